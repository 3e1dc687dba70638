"""A petition carried over to another version of its drawings stands where it stood, and goes on as if it had begun there."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Mapping
from datetime import timedelta

import pytest

from engine.errors import BadInput, NotCarried
from engine.procedure import Carried, Procedure, Source, load
from tests.effort import effort
from tests.procedure import diagrams as draw
from tests.procedure.diagrams import (
    boundary,
    chain,
    end,
    flow,
    gateway,
    process,
    start,
    straight,
    task,
    version,
)
from tests.procedure.random_diagrams import ACTS, CLOCKS, GUARDS, sketch, tangle
from tests.procedure.small_world import WORDS, Petition, begin

SKETCHES = effort(60, long=2_000)
MOVES = 30


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


# ---- steps ---------------------------------------------------------------------------------------------------------


def test_an_open_step_keeps_its_number_and_its_beginning() -> None:
    petition = begin(version(straight("p", "u", "v")), saving=True).do("u")
    (before,) = petition.progress.open_steps()

    carried(petition, version(straight("p", "u", "first", "v", "w")))

    assert (before,) == petition.progress.open_steps()
    assert petition.do("v").open == ["w"]
    assert petition.do("w").progress.finished


def test_a_step_that_was_renamed_goes_on_under_its_new_name_and_back() -> None:
    old, new = version(straight("p", "u", "v")), version(straight("p", "u", "visit"))
    petition = begin(old, saving=True).do("u")
    first = petition.progress.dump()

    carried(petition, new, {"v": "visit"})
    assert petition.open == ["visit"]
    carried(petition, old, {"visit": "v"})

    assert petition.open == ["v"]
    assert _without_time(petition.progress.dump()) == _without_time(first)


def _without_time(document: bytes) -> bytes:
    return re.sub(rb'"instant":\d+', b"", document)


@pytest.mark.parametrize(
    ("drawn", "why"),
    [
        (straight("p", "u", "w"), "no such element"),
        (process("p", start(), task("u"), task("v", act="accept"), end(), chain("begin", "u", "v", "done")), "another act"),
        (process("p", start(), task("u"), draw.sub_process("v", start("vs"), task("x"), end("ve"), chain("vs", "x", "ve")),
                 end(), chain("begin", "u", "v", "done")), "another kind"),
        (process("p", start(), task("u"), draw.sub_process("s", start("vs"), task("v"), end("ve"), chain("vs", "v", "ve")),
                 end(), chain("begin", "u", "s", "done")), "another scope"),
    ],
)  # fmt: skip
def test_a_step_without_its_like_is_refused_by_name(drawn: str, why: str) -> None:
    petition = begin(version(straight("p", "u", "v"))).do("u")

    found = refused(petition, version(drawn))

    assert list(found) == ["v"]
    assert why in found["v"]


def test_a_step_that_is_not_open_may_be_removed() -> None:
    petition = begin(version(straight("p", "u", "v", "w")), saving=True)

    carried(petition, version(straight("p", "u", "w")))

    assert petition.do("u").open == ["w"]


@pytest.mark.parametrize(
    "renamed", [{"nothing": "u"}, {"u": "nothing"}, {"u": "w", "v": "w"}], ids=str
)
def test_a_name_that_is_not_there_is_bad_input(renamed: dict[str, str]) -> None:
    petition = begin(version(straight("p", "u", "v")))

    with pytest.raises(BadInput):
        carried(petition, version(straight("p", "u", "v", "w")), renamed)


def test_an_id_that_now_stands_for_a_renamed_step_is_not_taken_for_the_old_one() -> None:
    petition = begin(version(straight("p", "u", "v"))).do("u")

    assert list(refused(petition, version(straight("p", "v", "w")), {"u": "v"})) == ["v"]


def test_what_is_in_a_sub_process_or_a_called_process_stays_there() -> None:
    def drawn(name: str, called: str) -> Source:
        inside = draw.sub_process(name, start("is"), task("u"), end("ie"), chain("is", "u", "ie"))
        parts = (
            start(),
            gateway("parallel", "g"),
            inside,
            draw.call("c", called),
            gateway("parallel", "j"),
            end(),
        )
        ties = (chain("begin", "g", name, "j", "done"), chain("g", "c", "j"))
        return version(process("p", *parts, *ties), straight(called, "v"))  # fmt: skip

    petition = begin(drawn("s", "q"), saving=True)
    paths = [step.path for step in petition.progress.open_steps()]

    carried(petition, drawn("t", "r"), {"s": "t", "q": "r", "q_begin": "r_begin"})

    assert [step.path for step in petition.progress.open_steps()] == paths
    assert petition.open == ["u", "v"]
    assert petition.do("u", "v").progress.finished


def test_a_call_of_another_process_is_refused() -> None:
    def drawn(called: str) -> Source:
        parts = (start(), draw.call("c", called), end(), chain("begin", "c", "done"))
        return version(process("p", *parts), straight("q", "u"), straight("r", "v"))

    assert list(refused(begin(drawn("q")), drawn("r"))) == ["c"]


# ---- facts ---------------------------------------------------------------------------------------------------------

CHOICE = """
id = "ask"
title = {{ zh = "问", en = "Ask" }}
[[field]]
name = "answer"
label = {{ zh = "答", en = "Answer" }}
kind = "choice"
fact = "answer"
options = [{options}]
"""


def _asking(*values: str) -> Source:
    options = ", ".join(f'{{ value = "{one}", zh = "{one}", en = "{one}" }}' for one in values)
    files = {"forms/ask.toml": CHOICE.format(options=options).encode()}
    asked = process(
        "p", start(), task("u", form="ask"), gateway("exclusive", "x", "x__v"), task("v"), task("w"), end(),
        chain("begin", "u", "x", "v", "done"),
        flow("x", "w", 'answer == "b"'), flow("w", "done"),
    )  # fmt: skip
    return version(asked, files=files)


def test_a_fact_whose_value_is_not_declared_any_more_is_refused() -> None:
    petition = begin(_asking("a", "b"), answer="a").do("u")

    assert "“a”" in refused(petition, _asking("b", "c"))["answer"]


def test_a_fact_that_nobody_asks_for_any_more_is_kept_and_named() -> None:
    petition = begin(_asking("a", "b"), answer="a").do("u")

    done = carried(petition, version(straight("p", "u", "v")))

    assert done.forgotten == ("answer",)
    assert petition.facts == {"answer": "a"}


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


# ---- joins ---------------------------------------------------------------------------------------------------------


def _forked(*branches: str, kind: str = "parallel", before: str = "", **ways: str) -> Source:
    """*branches* between a split and a join of *kind*; a way in *ways* goes through one more step."""
    parts = [start(), task("first"), gateway("parallel", "g"), gateway(kind, "j"), task("last"), end()]  # fmt: skip
    for one in branches:
        further = [ways[one]] if one in ways else []
        parts += [task(one), *(task(name) for name in further), chain("g", one, *further, "j")]
    return version(process("p", *parts, chain("begin", "first", "g"), chain("j", "last", "done")))


def test_an_arrival_at_a_join_waits_on() -> None:
    petition = begin(_forked("u", "v"), saving=True).do("first", "v")

    carried(petition, _forked("u", "w", u="x"), {"v": "w"})

    assert petition.open == ["u"]
    assert petition.do("u", "x").open == ["last"]


def test_an_arrival_whose_way_in_is_gone_is_refused() -> None:
    petition = begin(_forked("u", "v")).do("first", "v")

    assert "“v”" in refused(petition, _forked("u", "v", v="x"))["j"]


def test_a_branch_too_many_would_make_the_join_wait_for_ever() -> None:
    wider = _forked("u", "v", "w")

    assert "for ever" in refused(begin(_forked("u", "v")).do("first"), wider)["j"]
    assert "for ever" in refused(begin(_forked("u", "v")).do("first", "v"), wider)["j"]
    carried(before := begin(_forked("u", "v"), saving=True), wider)
    assert before.do("first", "u", "v", "w").open == ["last"]


def test_a_branch_less_is_refused_where_its_step_is_open_only() -> None:
    wider = _forked("u", "v", "w")

    assert list(refused(begin(wider).do("first", "u"), _forked("u", "v"))) == ["w"]
    carried(before := begin(wider, saving=True), _forked("u", "v"))
    assert before.do("first", "u", "v").open == ["last"]


def test_a_branch_too_many_at_an_inclusive_join_does_no_harm() -> None:
    petition = begin(_forked("u", "v", kind="inclusive"), saving=True).do("first", "v")

    carried(petition, _forked("u", "v", "w", kind="inclusive"))

    assert petition.do("u").open == ["last"]


# ---- random drawings -----------------------------------------------------------------------------------------------


def _move(petition: Petition, dice: random.Random) -> str:
    """A random move, told by places and words alone."""
    facts: dict[str, object] = {f"c{number}": dice.random() < 0.5 for number in range(1, 5)}
    facts |= {"route": dice.choice(["a", "b", "c"]), "again": dice.random() < 0.4}
    word, place, stepping = dice.choice([*ACTS, *CLOCKS, *GUARDS]), dice.random(), dice.random()
    petition.facts.update(facts)
    if petition.open and stepping < 0.8:
        step = petition.progress.open_steps()[int(place * len(petition.open))]
        petition.now += timedelta(hours=1)
        petition.progress.complete(step.id, facts=dict(petition.facts), now=petition.now)
        petition.saved()
        return f"step {step.id}"
    (petition.act if word in ACTS else petition.fire)(word)
    return word


def _otherwise_called(source: Source) -> tuple[Source, dict[str, str]]:
    """The same version with other ids everywhere, and which leads to which."""
    names: dict[str, str] = {}

    def called(match: re.Match[str]) -> str:
        attribute, id = match.groups()
        other = id if id in {"p", "definitions"} else f"z_{id}"
        if attribute == "id" and "__" not in id and id != other:
            names[id] = other
        return f' {attribute}="{other}"'

    pattern = r' (id|sourceRef|targetRef|attachedToRef|default|calledElement)="([^"]+)"'
    changed = re.sub(pattern, called, source.files["test.bpmn"].decode())
    return source.with_files({"test.bpmn": changed.encode()}), names


def _watched_everywhere(source: Source) -> Source:
    """The same version with one more clock beside every step, to which nobody listened before."""
    drawn = source.files["test.bpmn"].decode()
    for number, found in enumerate(re.findall(r'<bpmn:userTask id="(\w+)"[^>]*></bpmn:userTask>', drawn)):  # fmt: skip
        extra = boundary(f"extra{number}", found, interrupting=False, clock="T8") + end(
            f"after{number}"
        )
        pattern = rf'(<bpmn:userTask id="{found}"[^>]*></bpmn:userTask>)'
        drawn = re.sub(pattern, rf"\1{extra}{flow(f'extra{number}', f'after{number}')}", drawn)
    return source.with_files({"test.bpmn": drawn.encode()})


@pytest.mark.parametrize("batch", range(4))
def test_a_petition_carried_to_the_same_drawing_under_other_names_goes_on_the_same(
    batch: int,
) -> None:
    for seed in range(batch, SKETCHES, 4):
        old = draw.version(*(sketch(seed, loose_joins=True)[0] if seed % 3 else (tangle(seed),)))
        try:
            first = load(old, WORDS)
        except Exception:  # noqa: BLE001 - some tangles are refused by the gate
            continue
        source, names = _otherwise_called(old)
        other, back = load(source, WORDS), {new: one for one, new in names.items()}
        staying, going = Petition(first, saving=True), Petition(first, saving=True)
        staying_dice, going_dice = random.Random(seed), random.Random(seed)
        for move in range(MOVES):
            if move % 3 == 2:
                there = going.procedure is first
                carried(going, other if there else first, names if there else back)
                staying.now = going.now
            assert [step.id for step in staying.progress.open_steps()] == [
                step.id for step in going.progress.open_steps()
            ]
            assert _move(staying, staying_dice) == _move(going, going_dice)
            if staying.progress.finished:
                break
        if going.procedure is not first:
            carried(going, first, back)
            staying.now = going.now
        assert _without_time(going.progress.dump()) == _without_time(staying.progress.dump())


@pytest.mark.parametrize("batch", range(4))
def test_clocks_added_and_taken_away_on_the_way_change_nothing_else(batch: int) -> None:
    for seed in range(batch, SKETCHES, 4):
        plain = draw.version(*sketch(seed, loose_joins=True)[0])
        first, more = load(plain, WORDS), load(_watched_everywhere(plain), WORDS)
        staying, going = Petition(first, saving=True), Petition(first, saving=True)
        staying_dice, going_dice = random.Random(seed), random.Random(seed)
        for move in range(MOVES):
            if move % 2:
                carried(going, more if going.procedure is first else first)
                staying.now = going.now
            assert staying.open == going.open
            told = _move(staying, staying_dice)
            again = _move(going, going_dice)
            assert told.startswith("step") == again.startswith("step")
            if staying.progress.finished:
                break
        assert staying.progress.finished == going.progress.finished
