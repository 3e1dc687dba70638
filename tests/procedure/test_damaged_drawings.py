"""However a drawing is damaged: it is refused with a finding, or it runs. Nothing else ever comes out."""

from __future__ import annotations

import random
from contextlib import suppress
from functools import cache
from typing import Any

from lxml import etree

from engine.bootstrap import shipped_source, vocabulary
from engine.errors import ProcedureError
from engine.procedure import Procedure, Source, Vocabulary, check, load
from engine.procedure.findings import refusals
from engine.statute.law import load_law
from tests.effort import effort
from tests.procedure.small_world import Petition

DAMAGED = effort(100, long=500)
MOVES = 12


@cache
def _words() -> Vocabulary:
    return vocabulary(load_law())


def _damaged(dice: random.Random) -> Source:
    """The shipped version with one to four faults in one of its diagrams."""
    shipped = shipped_source()
    name = dice.choice(sorted(shipped.diagrams()))
    root = etree.fromstring(shipped.files[name])
    for _ in range(dice.randint(1, 4)):
        elements = [
            e for e in root.iter() if "BPMN/20100524/MODEL" in e.tag and e.getparent() is not None
        ]
        if not elements:
            break
        dice.choice([_drop, _copy, _move, _reword, _rename])(dice, elements)
    data: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return shipped.with_files({name: data})


def _drop(dice: random.Random, elements: list[Any]) -> None:
    gone = dice.choice(elements)
    gone.getparent().remove(gone)


def _copy(dice: random.Random, elements: list[Any]) -> None:
    chosen, place = dice.choice(elements), dice.choice(elements)
    place.append(etree.fromstring(etree.tostring(chosen)))


def _move(dice: random.Random, elements: list[Any]) -> None:
    flow = dice.choice([e for e in elements if e.get("sourceRef")] or elements)
    nodes = [e.get("id") for e in elements if e.get("id")]
    flow.set(dice.choice(["sourceRef", "targetRef"]), dice.choice(nodes))


def _reword(dice: random.Random, elements: list[Any]) -> None:
    chosen = dice.choice([e for e in elements if e.attrib])
    name = dice.choice(sorted(chosen.attrib))
    other = dice.choice([e for e in elements if name in e.attrib])
    chosen.set(name, dice.choice([other.get(name), "", "x" * 300, "End", "T5", "0 days"]))


def _rename(dice: random.Random, elements: list[Any]) -> None:
    dice.choice(elements).tag = dice.choice(elements).tag


def _lead_about(procedure: Procedure, dice: random.Random) -> None:
    for process in procedure.processes():
        with suppress(ProcedureError):  # a net that is meant to hold
            petition = Petition(procedure, process, saving=True)
            for _ in range(MOVES):
                if petition.open:
                    petition.do(dice.choice(petition.open))
                petition.wait(days=3)


def test_a_damaged_drawing_is_refused_or_runs() -> None:
    refused = ran = 0
    for seed in range(DAMAGED):
        dice = random.Random(seed)
        source = _damaged(dice)
        findings = check(source, _words())
        if refusals(findings):
            refused += 1
            assert all(finding.message.zh and finding.file for finding in findings)
            continue
        ran += 1
        _lead_about(load(source, _words()), dice)

    assert refused > DAMAGED / 4
    assert ran > DAMAGED / 20


def test_a_file_cut_or_corrupted_anywhere_is_refused_or_runs() -> None:
    shipped = shipped_source()
    for seed in range(DAMAGED):
        dice = random.Random(seed)
        name = dice.choice(sorted(shipped.diagrams()))
        data = bytearray(shipped.files[name])
        for _ in range(dice.randint(1, 3)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        if dice.random() < 0.3:
            del data[dice.randrange(len(data)) :]
        source = shipped.with_files({name: bytes(data)})

        if not refusals(check(source, _words())):
            load(source, _words())
