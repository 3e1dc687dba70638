"""How many SQL statements a command costs, once the drawings, the organs and the calendar have been read."""

from __future__ import annotations

import pytest

from engine.petition.commands import Command
from tests.office.counters import Counter
from tests.office.test_people import investigated
from tests.office.test_versions import consulting, with_consultation
from tests.store.statements import counted

FREE_STEP = 8
ACT_WITH_A_DOCUMENT = 14
LOOKING = 6


def cost(counter: Counter, command: Command) -> int:
    """The statements that *command* sends."""
    with counter.house.store.transaction() as paper, counted(paper) as sent:
        counter.house.office.carry_out(paper, command)
    return len(sent)


def test_a_free_step_is_cheap(counter: Counter) -> None:
    counter.deploy(with_consultation())
    petition = investigated(counter)

    assert cost(counter, consulting(counter, petition, "carl", "consult")) <= FREE_STEP


@pytest.mark.parametrize("act", ["forward", "accept", "issue_opinion"])
def test_an_act_with_a_document_and_clocks_is_not_dear(counter: Counter, act: str) -> None:
    path = (
        "sort", "forward", "sign_for", "route", "accept", "appoint", "hear_petitioner", "investigate", "issue_opinion",
    )  # fmt: skip
    petition = counter.goes(counter.registered(), *path[: path.index(act)])

    assert cost(counter, counter.command(act, petition)) <= ACT_WITH_A_DOCUMENT


def test_a_repetition_costs_no_more_than_looking(counter: Counter) -> None:
    petition = counter.goes(counter.registered(), "sort")
    command = counter.command("forward", petition)
    counter.perform(command)

    assert cost(counter, command) <= LOOKING


def test_a_long_life_makes_no_command_dearer(counter: Counter) -> None:
    petition = counter.accepted()
    young = cost(counter, counter.command("add_material", petition, "carl", note="一"))
    for _ in range(20):
        counter.does("add_material", petition, "carl", note="又一")

    assert cost(counter, counter.command("add_material", petition, "carl", note="二")) == young
