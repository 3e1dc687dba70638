"""A petition that cannot be read does not stop the others, is tried again, and then loses nothing."""

from __future__ import annotations

import logging

import pytest
from sqlalchemy import select, update

from engine.bench.workplace import Workplace
from engine.clock import legal_date
from engine.store.tables import entry, petition
from engine.worker import RETRY_AFTER
from tests.faults.invariants import broken, settled
from tests.faults.striking import BEFORE_COMMIT, Blow, StrikingPaper

COUNT = 12


def fired(place: Workplace, petition_id: str) -> list[str]:
    """The clocks of a petition that have fired, by name."""
    wanted = select(entry.c.act).where(entry.c.petition == petition_id, entry.c.kind == "firing")
    with place.house.store.engine.connect() as connection:
        return list(connection.execute(wanted).scalars())


@pytest.fixture
def midnight(place: Workplace) -> list[str]:
    """Petitions whose internal limit is up now; nobody has looked yet."""
    petitions = place.registered(COUNT)
    place.clock.turn_to(place.next_due())
    return petitions


def test_a_petition_whose_state_is_broken_does_not_stop_the_others(
    place: Workplace, midnight: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    poisoned, *others = midnight
    whole = _progress(place, poisoned)
    _set(place, poisoned, progress=b"not a state document")

    with caplog.at_level(logging.CRITICAL):
        turn = place.house.tower.drain(batch=5)

    assert (turn.firings, turn.failed) == (len(others), 1)
    assert all(fired(place, one) == ["clock:internal"] for one in others)
    assert fired(place, poisoned) == []
    _set(place, poisoned, progress=whole)
    _tried_again(place, poisoned)


def test_a_petition_whose_drawing_cannot_be_read_does_not_stop_the_others(
    place: Workplace, midnight: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    poisoned, *others = midnight
    digest = _present_version(place)
    _unreadable_version(place, "0" * len(digest))
    _set(place, poisoned, procedure="0" * len(digest))

    with caplog.at_level(logging.CRITICAL):
        turn = place.house.tower.drain(batch=5)

    assert (turn.firings, turn.failed) == (len(others), 1)
    _set(place, poisoned, procedure=digest)
    _tried_again(place, poisoned)


def test_a_petition_that_keeps_failing_is_left_alone_in_between(
    place: Workplace, midnight: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    _set(place, midnight[0], progress=b"")

    with caplog.at_level(logging.CRITICAL):
        first = place.house.tower.drain()
        at_once = place.house.tower.drain()
        place.clock.turn_to(place.clock.now() + RETRY_AFTER)
        later = place.house.tower.drain()

    assert (first.failed, at_once.failed, later.failed) == (1, 0, 1)


@pytest.mark.parametrize(
    "point",
    ["load_for", "next_number", "save", "append", "settle_work", "issue", BEFORE_COMMIT],
)
def test_a_fault_anywhere_in_a_transaction_leaves_nothing_of_it(
    place: Workplace, point: str
) -> None:
    place.registered(1)
    commands = [place.registration(), place.free_step(place.registered(1)[0])]
    for command in commands:
        before = _everything(place)
        struck = _performed_with_fault(place, command, point)

        assert not struck or _everything(place) == before
        assert place.house.office.perform(command).repeated is not struck
    assert broken(place.house) == []


class Fault(Exception):
    """Something that nobody foresaw."""


def _performed_with_fault(place: Workplace, command: object, point: str) -> bool:
    """Whether carrying out *command* met the fault at *point*; without one it is carried out."""

    def fail() -> None:
        raise Fault

    blow = Blow(point, strike=fail)
    try:
        with place.house.store.transaction() as paper:
            place.house.office.carry_out(StrikingPaper(paper, blow), command)  # type: ignore[arg-type]
            blow.passing(BEFORE_COMMIT)
    except Fault:
        return True
    return False


def _everything(place: Workplace) -> list[tuple[object, ...]]:
    with place.house.store.engine.connect() as connection:
        return [
            tuple(row)
            for table in (petition, entry)
            for row in connection.execute(select(table).order_by(*table.primary_key.columns))
        ]


def _tried_again(place: Workplace, petition_id: str) -> None:
    """Once it can be read again its clock fires, for the instant at which it was due."""
    place.clock.turn_to(place.clock.now() + RETRY_AFTER)
    place.house.tower.drain()

    assert fired(place, petition_id) == ["clock:internal"]
    assert settled(place.house) == []
    assert broken(place.house) == []


def _progress(place: Workplace, petition_id: str) -> bytes:
    with place.house.store.reading() as desk:
        return desk.load(petition_id).progress


def _present_version(place: Workplace) -> str:
    with place.house.store.reading() as desk:
        return desk.current_procedure(legal_date(place.clock.now()))


def _unreadable_version(place: Workplace, digest: str) -> None:
    with place.house.store.transaction() as paper:
        paper.deploy(
            {"petition.bpmn": b"<torn"}, digest=digest, now=place.clock.now(), actor=place.clerk
        )


def _set(place: Workplace, petition_id: str, **columns: object) -> None:
    with place.house.store.engine.begin() as connection:
        connection.execute(update(petition).where(petition.c.id == petition_id).values(**columns))
