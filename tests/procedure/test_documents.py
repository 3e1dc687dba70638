"""The state document: small, the same bytes for the same history, and of no use to a forger or a wrong version."""

from __future__ import annotations

import json
import random
from concurrent.futures import ThreadPoolExecutor

import pytest

from engine.errors import ProcedureError
from engine.procedure import Procedure, load
from tests.procedure import diagrams as draw
from tests.procedure.random_diagrams import ACTS, CLOCKS, GUARDS, sketch
from tests.procedure.small_world import T0, WORDS, OpenLedger, Petition, begin

SEEDS = 60


def _history(procedure: Procedure, seed: int, *, saving: bool) -> list[bytes]:
    """The documents after every move of a random history."""
    dice = random.Random(seed)
    petition = Petition(procedure, saving=saving)
    documents = [petition.progress.dump()]
    for _ in range(25):
        facts = {"c1": dice.random() < 0.5, "c2": dice.random() < 0.5, "again": dice.random() < 0.4}
        word = dice.choice([*ACTS, *CLOCKS, *GUARDS])
        if petition.open and dice.random() < 0.8:
            petition.do(dice.choice(petition.open), **facts)
        else:
            (petition.act if word in ACTS else petition.fire)(word)
        documents.append(petition.progress.dump())
    return documents


def test_the_same_history_gives_the_same_bytes_saved_or_not() -> None:
    for seed in range(SEEDS):
        processes, _ = sketch(seed)
        source = draw.version(*processes)
        first = _history(load(source, WORDS), seed, saving=False)

        assert first == _history(load(source, WORDS), seed, saving=True)
        assert max(map(len, first)) < 3_000


def test_petitions_on_one_shared_drawing_do_not_disturb_each_other() -> None:
    processes, _ = sketch(11)
    procedure = load(draw.version(*processes), WORDS)
    alone = [_history(procedure, seed, saving=True) for seed in range(16)]

    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda seed: _history(procedure, seed, saving=True), range(16)))

    assert together == alone


def _saved() -> tuple[Procedure, bytes]:
    petition = begin(draw.version(draw.straight("p", "u", "v"))).do("u")
    return petition.procedure, petition.progress.dump()


def test_loading_and_saving_changes_nothing() -> None:
    procedure, document = _saved()

    assert procedure.resume(document, facts={}, ledger=OpenLedger(), now=T0).dump() == document


def test_a_finished_petition_stays_finished() -> None:
    petition = begin(draw.version(draw.straight("p", "u")), saving=True).do("u")

    assert petition.progress.finished
    assert petition.progress.ended_at == "p_done"
    assert not petition.act("withdraw")
    assert petition.progress.open_steps() == ()
    assert petition.progress.position().marking == ()
    assert len(petition.progress.dump()) < 300


def test_a_document_of_another_version_is_refused() -> None:
    _, document = _saved()
    other = load(draw.version(draw.straight("p", "u", "v", "w")), WORDS)

    with pytest.raises(ProcedureError, match="另一版"):
        other.resume(document, facts={}, ledger=OpenLedger(), now=T0)


DAMAGE = {
    "nothing": lambda plain: None,
    "format": lambda plain: {**plain, "format": 99},
    "more": lambda plain: {**plain, "typename": "SignalEventDefinition"},
    "less": lambda plain: {key: value for key, value in plain.items() if key != "scopes"},
    "element": lambda plain: json.loads(json.dumps(plain).replace('"v"', '"nothing"')),
    "parent": lambda plain: {**plain, "scopes": [["p", 0, [[2, 77, "u", 16, 0]]]]},
    "process": lambda plain: {**plain, "process": "nothing"},
    "list": lambda plain: [plain],
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_document_is_refused(damage: str) -> None:
    procedure, document = _saved()
    damaged = json.dumps(DAMAGE[damage](json.loads(document))).encode()

    with pytest.raises(ProcedureError):
        procedure.resume(damaged, facts={}, ledger=OpenLedger(), now=T0)


def test_a_document_that_is_no_json_is_refused() -> None:
    procedure, document = _saved()

    for data in (b"", b"\x80", document[:-3]):
        with pytest.raises(ProcedureError):
            procedure.resume(data, facts={}, ledger=OpenLedger(), now=T0)


def test_facts_never_enter_the_document() -> None:
    petition = begin(draw.version(draw.straight("p", "u", "v")), saving=True)
    petition.do("u", received_on="2026-03-02", typename="nope")

    assert b"2026-03-02" not in petition.progress.dump()
    assert b"typename" not in petition.progress.dump()
