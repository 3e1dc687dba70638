"""The shipped drawings pass the gate and run wherever chance leads them."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import pytest

from engine.bootstrap import PROCESSES, vocabulary
from engine.procedure import FactKind, Procedure, Source, check, load
from engine.statute.law import load_law
from tests.procedure.small_world import Petition

WALKS = 40
MOVES = 60
NAMES = sorted(path.name for path in Path(PROCESSES).glob("*.bpmn"))


@cache
def _shipped() -> Procedure:
    return load(Source.in_directory(PROCESSES), vocabulary(load_law()))


def test_the_shipped_drawings_have_no_finding_at_all() -> None:
    assert check(Source.in_directory(PROCESSES), vocabulary(load_law())) == []


@pytest.mark.parametrize("limit", ["Q1", "T6", "P1"])
def test_no_clock_listens_to_what_is_no_deadline_of_its_own(limit: str) -> None:
    source = Source.in_directory(PROCESSES)
    changed = source.files["service.bpmn"].replace(b'clock="T5"', f'clock="{limit}"'.encode())
    found = check(source.with_files({"service.bpmn": changed}), vocabulary(load_law()))

    assert {one.rule for one in found} == {"unknown_limit"}


@pytest.mark.parametrize("name", NAMES)
def test_a_diagram_is_named_as_the_process_in_it(name: str) -> None:
    assert name.removesuffix(".bpmn") in _shipped().processes()


def _facts(procedure: Procedure, dice: random.Random) -> dict[str, object]:
    """Any value for any fact that a gateway may ask for."""
    return {
        name: dice.choice(word.domain)
        for name, word in sorted(procedure.facts.items())
        if word.kind in {FactKind.BOOLEAN, FactKind.ENUM}
    }


def _walk(
    procedure: Procedure, process: str, seed: int, *, saving: bool
) -> tuple[list[bytes], set[str]]:
    dice = random.Random(seed)
    petition = Petition(procedure, process, saving=saving, facts=_facts(procedure, dice))
    documents, flows = [petition.progress.dump()], set[str]()
    for _ in range(MOVES):
        if petition.progress.finished:
            break
        news = sorted(petition.progress.listening()), sorted(petition.progress.awaiting())
        petition.facts = _facts(procedure, dice)
        if petition.open and dice.random() < 0.85:
            petition.do(dice.choice(petition.open))
        elif news[0] and dice.random() < 0.7:
            petition.fire(dice.choice(news[0]))
        elif news[1]:
            petition.act(dice.choice(news[1]))
        petition.wait(days=dice.choice([0, 1, 9]))
        flows.update(petition.progress.flows_taken())
        documents.append(petition.progress.dump())
        assert (
            petition.progress.finished
            or petition.open
            or petition.progress.awaiting() - {"withdraw"}
        ), seed
    return documents, flows


def test_chance_never_leads_a_petition_into_a_dead_corner() -> None:
    """Whatever the facts, a petition is finished or something is open, listened to or timed."""
    procedure = _shipped()
    taken: set[str] = set()
    for process in ("petition", "supervision"):
        for seed in range(WALKS):
            saved, _ = _walk(procedure, process, seed, saving=True)
            live, flows = _walk(procedure, process, seed, saving=False)
            taken |= flows

            assert live == saved
            assert max(map(len, saved)) < 4_000

    assert len(taken) > len(procedure.flows()) / 2
