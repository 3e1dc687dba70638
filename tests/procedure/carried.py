"""Carrying a petition of a test over to another version."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta

import pytest

from engine.errors import NotCarried
from engine.procedure import Carried, Procedure, Source, load
from tests.procedure.small_world import WORDS, Petition


def carried(
    petition: Petition, source: Source | Procedure, renamed: Mapping[str, str] | None = None
) -> Carried:
    """Carry *petition* over, an hour later."""
    petition.now += timedelta(hours=1)
    procedure = load(source, WORDS) if isinstance(source, Source) else source
    done = procedure.carried(
        petition.progress, renamed or {}, facts=petition.facts, ledger=petition.ledger, now=petition.now
    )  # fmt: skip
    petition.procedure, petition.progress = procedure, done.progress
    petition.saved()
    return done


def refused(
    petition: Petition, source: Source, renamed: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Why *petition* cannot be carried over: the sentence for each element at fault. Nothing has changed."""
    before = petition.progress.dump()
    with pytest.raises(NotCarried) as caught:
        carried(petition, source, renamed)
    assert petition.progress.dump() == before
    return {one.element: one.why.en for one in caught.value.obstacles}


def without_time(document: bytes) -> bytes:
    """*document* but for when it was last moved."""
    return re.sub(rb'"instant":\d+', b"", document)
