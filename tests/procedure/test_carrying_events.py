"""What listens beside a step is what the new drawing has there; internal limits keep their beginning."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta

import pytest

from engine.procedure import Source
from tests.procedure import diagrams as draw
from tests.procedure.carried import carried, refused
from tests.procedure.diagrams import (
    boundary,
    chain,
    end,
    flow,
    gateway,
    process,
    start,
    task,
    version,
)
from tests.procedure.random_diagrams import ACTS
from tests.procedure.small_world import WORDS, Petition, begin

# ---- what listens beside -------------------------------------------------------------------------------------------


def _watched(*events: str, host: str = "u") -> Source:
    """A step with boundary *events*, each of which leads to a step of its own."""
    names = re.findall(r'<bpmn:boundaryEvent id="(\w+)"', "".join(events))
    asides = [
        task(f"{one}_step") + end(f"{one}_end") + chain(one, f"{one}_step", f"{one}_end")
        for one in names
    ]
    return version(
        process("p", start(), task(host), *events, *asides, end(), chain("begin", host, "done"))
    )


CLOCK = boundary("b", "u", interrupting=False, clock="handling")
OTHER = boundary("c", "u", interrupting=False, clock="T3")
ENDING = boundary("b", "u", clock="T5")
ACT = boundary("a", "u", act="withdraw")


def _heard(events: Iterable[str]) -> list[str]:
    names = re.findall(r'petition:(?:clock|act)="(\w+)"', "".join(events))
    return [WORDS.limits.get(one, one) for one in names]


@pytest.mark.parametrize(
    ("before", "after", "hears"),
    [
        ((), (CLOCK,), {"T5"}),
        ((CLOCK,), (), set()),
        ((CLOCK,), (CLOCK, OTHER, ACT), {"T3", "T5", "withdraw"}),
        ((CLOCK, OTHER, ACT), (OTHER,), {"T3"}),
        ((CLOCK,), (boundary("b", "u", interrupting=False, clock="T7"),), {"T7"}),
    ],
)
def test_boundary_events_of_an_open_step_are_those_of_the_new_drawing(
    before: tuple[str, ...], after: tuple[str, ...], hears: set[str]
) -> None:
    petition = begin(_watched(*before), saving=True)

    done = carried(petition, _watched(*after))

    assert petition.progress.listening() | petition.progress.awaiting() == hears
    assert petition.open == ["u"]
    assert {one.clock or one.act for one in done.begun} == hears - set(_heard(before))
    assert {one.clock or one.act for one in done.ended} == set(_heard(before)) - hears
    assert petition.do("u").progress.finished


def test_a_new_clock_beside_an_open_step_fires_as_if_it_had_always_been_there() -> None:
    petition = begin(_watched(), saving=True)

    carried(petition, _watched(CLOCK, ACT))
    assert petition.fire("T5")
    assert not petition.fire("T5")
    assert petition.open == ["u", "b_step"]
    assert petition.act("withdraw")

    assert petition.open == ["b_step", "a_step"]
    assert petition.do("a_step", "b_step").progress.finished


def test_a_clock_that_has_fired_fires_no_second_time() -> None:
    petition = begin(_watched(CLOCK), saving=True)
    petition.fire("T5")

    carried(petition, _watched(CLOCK, OTHER))

    assert petition.open == ["u", "b_step"]
    assert not petition.fire("T5")
    assert petition.do("b_step", "u").progress.finished


def test_what_a_clock_opened_goes_on_when_the_clock_is_gone() -> None:
    petition = begin(_watched(CLOCK), saving=True)
    petition.fire("T5")
    again = version(
        process(
            "p", start(), gateway("parallel", "g"), task("u"), task("b_step"), end("b_end"), end(),
            chain("begin", "g", "u", "done"), chain("g", "b_step", "b_end"),
        )
    )  # fmt: skip

    carried(petition, again)

    assert petition.open == ["u", "b_step"]
    assert petition.do("u").open == ["b_step"]
    assert petition.do("b_step").progress.finished


def test_a_clock_that_fired_beside_a_step_does_not_end_it_because_it_now_would() -> None:
    petition = begin(_watched(CLOCK), saving=True)
    petition.fire("T5")

    carried(petition, _watched(ENDING))

    assert petition.open == ["u", "b_step"]
    assert not petition.fire("T5")
    assert petition.do("u", "b_step").progress.finished


def test_an_event_that_is_waited_for_must_stay_the_same() -> None:
    def drawn(**news: str) -> Source:
        event = draw.message("w", **news) if "act" in news else draw.timer("w", **news)
        return version(process("p", start(), event, end(), chain("begin", "w", "done")))

    petition = begin(drawn(clock="T5"), saving=True)

    assert "something else" in refused(petition, drawn(clock="T7"))["w"]
    assert "something else" in refused(petition, drawn(act="withdraw"))["w"]
    carried(petition, drawn(clock="handling"))
    assert petition.fire("T5")


def test_the_alternatives_of_an_event_based_gateway_are_those_of_the_new_drawing() -> None:
    def drawn(**events: str) -> Source:
        parts = [start(), gateway("eventBased", "g"), end(), flow("begin", "g")]
        for name, word in events.items():
            event = draw.message(name, word) if word in ACTS else draw.timer(name, clock=word)
            parts += [event, task(f"u_{name}"), chain("g", name, f"u_{name}", "done")]
        return version(process("p", *parts))

    petition = begin(drawn(a="withdraw", b="T5"), saving=True)

    carried(petition, drawn(a="withdraw", c="T7"))

    assert petition.progress.listening() | petition.progress.awaiting() == {"withdraw", "T7"}
    assert petition.fire("T7")
    assert petition.open == ["u_c"]


# ---- internal limits -----------------------------------------------------------------------------------------------


def _limited(limit: str) -> Source:
    return _watched(boundary("b", "u", interrupting=False, limit=limit))


def _ends(petition: Petition) -> list[timedelta]:
    """When the internal limits are up, from the day on which the first of them began."""
    return [
        one.due_at - one.since.replace(hour=16, minute=0)
        for one in petition.progress.internal_limits()
    ]


def test_an_internal_limit_keeps_its_beginning_and_counts_its_new_length_from_there() -> None:
    petition = begin(_limited("10 days"), saving=True)
    petition.wait(days=3)

    carried(petition, _limited("6 days"))

    assert _ends(petition) == [timedelta(days=6)]
    carried(petition, _limited("10 days"))
    assert _ends(petition) == [timedelta(days=10)]


def test_an_internal_limit_that_would_be_over_is_up_at_the_end_of_the_day() -> None:
    petition = begin(_limited("10 days"), saving=True)
    petition.wait(days=5)

    done = carried(petition, _limited("3 days"))

    assert {element for _, element in done.postponed} == {"b"}
    assert _ends(petition) == [timedelta(days=5)]
    assert petition.wait(hours=1) == []
    assert petition.wait(days=1) == ["b"]


def test_a_new_internal_limit_begins_now_and_never_in_the_past() -> None:
    petition = begin(_watched(), saving=True)
    petition.wait(days=5)

    carried(petition, _limited("3 days"))

    assert [one.since for one in petition.progress.internal_limits()] == [petition.now]
    assert _ends(petition) == [timedelta(days=3)]
