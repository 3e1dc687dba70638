"""The duties without a number that a record leaves owed: the rules by which drawings are proved, applied to what happened."""

from __future__ import annotations

from collections.abc import Iterable

from engine.petition.entries import Entry
from engine.statute.duties import Happening, Owed, owed_after


def still_owed(entries: Iterable[Entry]) -> tuple[Owed, ...]:
    """The duties that *entries* call up and neither do nor lawfully let fall away, in the order of the statute's file.

    Of a running petition they are what is to be done next; of one that is closed they are what was left out.
    """
    return owed_after(happening(entry) for entry in entries)


def happening(entry: Entry) -> Happening:
    """An entry as the statute sees it: its act, the facts that it set, the documents that it issued."""
    done = entry.consequences
    return Happening(
        act=entry.act,
        facts=done.get("facts") or {},
        documents=frozenset(str(one["kind"]) for one in done.get("documents") or ()),
    )
