"""Which documents still wait for their service, and which organ issued each: a fact of the petition, kept as one word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.petition.documents import Document, ServiceState
from engine.petition.facts import Facts, FactValue

TO_SERVE = "to_serve"
_OVER = frozenset({ServiceState.DELIVERED, ServiceState.NOT_NEEDED})


def waiting(facts: Facts) -> dict[str, str]:
    """The ids of the documents that are still to be served, each with the organ that issued it."""
    pairs = (one.partition("@") for one in str(facts.get(TO_SERVE) or "").split(",") if one)
    return {document: organ for document, _, organ in pairs}


def served_on(
    facts: Facts, issued: Iterable[Document], served: Mapping[str, ServiceState]
) -> FactValue:
    """The fact after *issued* documents have come and others have been *served*; None where nothing waits."""
    left = waiting(facts)
    left.update({one.id: one.organ for one in issued if one.service is ServiceState.PENDING})
    done = {id for id, state in served.items() if state in _OVER}
    if facts.get("service") == ServiceState.DELIVERED:
        done.add(str(facts.get("serving_document")))
    return ",".join(f"{id}@{organ}" for id, organ in left.items() if id not in done) or None
