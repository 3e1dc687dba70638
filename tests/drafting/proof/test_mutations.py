"""The shipped drawings pass, quickly; lawful changes of them pass; there are enough of both kinds."""

from __future__ import annotations

import subprocess
import sys

import pytest

from engine.bootstrap import shipped_source, vocabulary
from engine.drafting.proof import prove
from engine.procedure.findings import refusals
from engine.statute.law import load_law
from tests.drafting.mutations.lawful import LAWFUL, Change
from tests.drafting.mutations.redrawing import redrawn
from tests.drafting.mutations.unlawful import UNLAWFUL
from tests.effort import LONG

AT_LEAST = {"lawful": 40, "unlawful": 60}
SECONDS = 4.0
"""Twice what is promised on an idle machine, for one that others use too."""

MEASURED = """
import time
from engine.bootstrap import shipped_source, vocabulary
from engine.drafting.proof import prove
from engine.statute.law import load_law
source, words = shipped_source(), vocabulary(load_law())
begun = time.process_time()
proof = prove(source, words)
print(time.process_time() - begun, proof.states, len(proof.findings))
"""


def test_there_are_enough_changes_of_both_kinds_and_no_two_are_the_same() -> None:
    assert len({change.edits for change in LAWFUL}) >= AT_LEAST["lawful"]
    assert len({mutation.edits for mutation in UNLAWFUL}) >= AT_LEAST["unlawful"]
    assert len({one.name for one in (*LAWFUL, *UNLAWFUL)}) == len(LAWFUL) + len(UNLAWFUL)


def test_the_shipped_drawings_pass_without_a_finding() -> None:
    proof = prove(shipped_source(), vocabulary(load_law()))

    assert proof.findings == ()
    assert proof.states > 1000


def test_the_shipped_procedure_is_proved_in_a_moment() -> None:
    said = subprocess.run(
        [sys.executable, "-c", MEASURED], check=True, capture_output=True, text=True
    )
    seconds, states, findings = said.stdout.split()

    assert float(seconds) < SECONDS, f"{states} states in {seconds} s of CPU"
    assert findings == "0"


@pytest.mark.parametrize("change", LAWFUL if LONG else LAWFUL[2::9], ids=lambda one: one.name)
def test_a_lawful_change_passes(change: Change) -> None:
    proof = prove(redrawn(*change.edits, files=change.files), vocabulary(load_law()))

    assert refusals(proof.findings) == []
