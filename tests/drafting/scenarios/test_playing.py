"""A scenario that differs says where; a drawing that is changed shows in the scenarios that come through it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from engine.bootstrap import shipped_source
from engine.drafting.scenarios.expecting import Difference
from engine.drafting.scenarios.playing import play, rehearsed
from engine.drafting.scenarios.private_office import PrivateOffices
from engine.drafting.scenarios.reading import read_scenario
from engine.drafting.scenarios.scenario import Deed, Move, Scenario, ToNext
from engine.errors import BadInput, DataError, DrawingRefused
from engine.petition.documents import ServiceState
from engine.procedure import Source
from engine.record.chain import verify_chain
from engine.record.fold import fold

HEAD = 'id = "tried"\ntitle = { zh = "试", en = "tried" }\nstart = 2026-03-02\n'
REGISTERED = '[[move]]\nact = "register"\n'


def scenario_of(offices: PrivateOffices, moves: str) -> Scenario:
    return read_scenario(HEAD + moves, offices.usual)


def difference_in(offices: PrivateOffices, moves: str) -> Difference | None:
    return play(offices, shipped_source(), scenario_of(offices, moves)).difference


def test_a_scenario_without_expectations_passes_where_nothing_is_refused(
    offices: PrivateOffices,
) -> None:
    assert difference_in(offices, REGISTERED + '[[move]]\nto = "next"\n') is None


@pytest.mark.parametrize(
    ("move", "what", "expected", "found"),
    [
        ('expect.stage = "handling"', "stage", "handling", "intake"),
        ('expect.steps = ["accept"]', "steps", "accept", "sort"),
        ("expect.deadlines.T1.due = 2026-03-18", "deadlines.T1.due", "2026-03-18", "2026-03-17"),
        ('expect.deadlines.T5.state = "running"', "deadlines.T5.state", "running", "none"),
        ('expect.documents = ["receipt"]', "documents", "receipt", "receipt, registration_form"),
        ("expect.facts.urgent = true", "facts.urgent", "True", "False"),
        ('expect.closing = "final"', "closing", "final", ""),
    ],
)
def test_the_first_difference_says_what_was_expected_and_found(
    offices: PrivateOffices, move: str, what: str, expected: str, found: str
) -> None:
    assert difference_in(offices, REGISTERED + move) == Difference(1, what, expected, found)


def test_what_is_refused_against_expectation_is_a_difference(offices: PrivateOffices) -> None:
    found = difference_in(offices, REGISTERED + '[[move]]\nact = "accept"\n')

    assert found is not None
    assert (found.move, found.what) == (2, "done")


def test_what_is_done_though_it_was_to_be_refused_is_a_difference(offices: PrivateOffices) -> None:
    found = difference_in(offices, REGISTERED + '[[move]]\nact = "sort"\nrefused = "22"\n')

    assert found is not None
    assert (found.move, found.what, found.expected) == (2, "refused", "22")


def test_a_file_that_was_never_opened_is_a_difference(offices: PrivateOffices) -> None:
    found = difference_in(
        offices, REGISTERED + '[[move]]\nfile = "supervision.T1"\nexpect.stage = "supervision"\n'
    )

    assert found == Difference(2, "file", "supervision.T1", "none")


def test_a_change_of_the_drawing_shows_in_the_scenario_that_comes_through_it(
    offices: PrivateOffices,
) -> None:
    petition = shipped_source().files["petition.bpmn"].decode()
    named = 'petition:act="report_urgent"'
    assert named in petition
    changed = shipped_source().with_files(
        {"petition.bpmn": petition.replace(named, 'petition:act="add_material"').encode()}
    )
    scenario = scenario_of(
        offices,
        '[[move]]\nact = "register"\nanswers = { urgent = true, urgent_ground = "life" }\n'
        'expect.steps = ["report_urgent", "sort"]\n',
    )

    assert play(offices, shipped_source(), scenario).passed
    assert play(offices, changed, scenario).difference == Difference(
        1, "steps", "report_urgent, sort", "add_material, sort"
    )


def test_a_version_that_cannot_run_is_refused(offices: PrivateOffices) -> None:
    with pytest.raises(DrawingRefused):
        play(offices, Source({"petition.bpmn": b"<nothing/>"}), scenario_of(offices, REGISTERED))


@pytest.mark.parametrize(
    "moves",
    [
        "[[move]]\n",
        '[[move]]\nact = "register"\nwen = 3\n',
        '[[move]]\nact = "unheard_of"\n',
        '[[move]]\nleg = "unheard_of"\n',
        "[[move]]\nto = 5\n",
        '[[move]]\nto = { limit = "T5", day = 0 }\n',
        "[[move]]\nto = { days = 99999 }\n",
        '[[move]]\nact = "register"\nexpect.deadlines.T1.due = "soon"\n',
        '[[move]]\nact = "register"\nexpect.steps = "sort"\n',
        "move = 3\n",
        "[[move]\n",
        'cast = 5\n[[move]]\nact = "register"\n',
    ],
)
def test_a_malformed_scenario_is_named(offices: PrivateOffices, moves: str) -> None:
    with pytest.raises(DataError, match=r"tried\.toml"):
        read_scenario(HEAD + moves, offices.usual, name="tried.toml")


def test_the_clock_never_goes_back_and_has_no_next_where_nothing_runs(
    offices: PrivateOffices,
) -> None:
    rehearsal = rehearsed(offices, shipped_source(), scenario_of(offices, ""))
    with pytest.raises(BadInput):
        rehearsal.make(Move(turn=ToNext()))
    with pytest.raises(BadInput):
        rehearsal.office.turn_to(datetime(2026, 3, 1, tzinfo=UTC))


def test_a_private_office_keeps_the_same_record_as_any_other(offices: PrivateOffices) -> None:
    scenario = scenario_of(offices, REGISTERED + '[[move]]\nleg = "decided"\n')
    rehearsal = rehearsed(offices, shipped_source(), scenario)
    for move in scenario.moves:
        rehearsal.make(move)
    file = rehearsal.office.file(rehearsal.files["petition"])
    entries = rehearsal.office.entries(file.id)

    assert verify_chain(entries, head=file.head) == file.head
    assert fold(entries).facts == file.facts
    assert rehearsal.look().documents[-1].service is ServiceState.PENDING


def test_two_rehearsals_know_nothing_of_each_other(offices: PrivateOffices) -> None:
    scenario = scenario_of(offices, REGISTERED)
    one, other = (rehearsed(offices, shipped_source(), scenario) for _ in range(2))
    one.make(scenario.moves[0])

    assert one.look().file.number
    assert other.files == {}
    assert other.office.next_due() is None


def test_a_refusal_that_was_expected_changes_nothing(offices: PrivateOffices) -> None:
    rehearsal = rehearsed(offices, shipped_source(), scenario_of(offices, ""))
    rehearsal.make(scenario_of(offices, REGISTERED).moves[0])
    before = rehearsal.look().file
    refusal = rehearsal.make(Move(deed=Deed(act="accept", by="housing.clerk", refused="")))

    assert refusal is not None
    assert rehearsal.look().file == before
