"""How a petition moves along a drawing: steps, interruptions, scopes, stages, positions."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.errors import NotFound, NotOffered, ProcedureError
from engine.procedure import Source, load
from tests.procedure import diagrams as draw
from tests.procedure.diagrams import (
    beside,
    boundary,
    call,
    chain,
    element,
    end,
    flow,
    gateway,
    message,
    process,
    start,
    sub_process,
    task,
    timer,
    version,
)
from tests.procedure.small_world import T0, WORDS, OpenLedger, Petition, begin

BOTH_WAYS = pytest.mark.parametrize(
    "saving", [False, True], ids=["in memory", "saved at every move"]
)


def _withdrawable() -> Source:
    """The whole procedure inside a sub-process that a withdrawal interrupts, with a call and a timer inside."""
    return version(
        process(
            "p",
            start(),
            sub_process(
                "body", start("sb"), task("receive"), call("c", "q"), boundary("late", "c", interrupting=False, clock="notice"),
                task("remind"), end("reminded"), end("se"),
                chain("sb", "receive", "c", "se"), chain("late", "remind", "reminded"), stage="intake",
            ),
            boundary("withdrawal", "body", act="withdraw"),
            end("withdrawn"),
            end(),
            chain("begin", "body", "done"),
            chain("withdrawal", "withdrawn"),
        ),
        process(
            "q", start("qb"),
            sub_process("deep", start("db"), task("handle", act="accept"), end("de"), chain("db", "handle", "de")),
            end("qe"), chain("qb", "deep", "qe"), stage="handling",
        ),
    )  # fmt: skip


@BOTH_WAYS
def test_a_withdrawal_clears_everything_inside_at_any_depth(saving: bool) -> None:
    petition = begin(_withdrawable(), saving=saving).do("receive")
    petition.fire("T3")
    assert petition.open == ["handle", "remind"]

    assert petition.act("withdraw")

    assert petition.open == []
    assert petition.progress.finished
    assert petition.progress.ended_at == "withdrawn"
    assert petition.progress.listening() == frozenset()
    assert petition.progress.stage == "closed"


def test_a_step_knows_where_it_lies_and_for_whom_it_is() -> None:
    petition = begin(_withdrawable())
    opened = petition.now + timedelta(hours=1)

    (step,) = petition.do("receive").progress.open_steps()

    assert (step.element, step.act, step.form) == ("handle", "accept", None)
    assert (step.role, step.slot, step.process) == ("clerk", "organ", "q")
    assert (step.stage, step.path, step.opened_at) == ("handling", ("c",), opened)


def test_roles_come_from_the_lane_unless_the_task_says_otherwise() -> None:
    lanes = element(
        "laneSet",
        None,
        element("lane", "outer", "".join([
            element("childLaneSet", None, element("lane", "inner", "<bpmn:flowNodeRef>u</bpmn:flowNodeRef>"
                    "<bpmn:flowNodeRef>s</bpmn:flowNodeRef>", role="clerk")),
        ]), organ="office"),
    )  # fmt: skip
    plain = element("userTask", "u", form="note")
    own = element("userTask", "v", form="note", role="head")
    inside = sub_process("s", start("sb"), own, end("se"), chain("sb", "v", "se"))
    source = version(
        process("p", lanes, start(), plain, inside, end(), chain("begin", "u", "s", "done"))
    )
    petition = begin(source)

    (first,) = petition.progress.open_steps()
    (second,) = petition.do("u").progress.open_steps()

    assert (first.role, first.slot) == ("clerk", "office")
    assert (second.role, second.slot) == ("head", "office")


@BOTH_WAYS
def test_an_event_sub_process_runs_beside_as_often_as_its_act_happens(saving: bool) -> None:
    source = version(
        process(
            "p",
            start(),
            sub_process(
                "s", start("sb"), task("u"), end("se"), chain("sb", "u", "se"),
                beside("o", "object", task("answer"), end("oe"), chain("o_begin", "answer", "oe")),
            ),
            end(),
            chain("begin", "s", "done"),
        )
    )  # fmt: skip
    petition = begin(source, saving=saving)

    assert petition.progress.awaiting() == {"object"}
    assert petition.act("object")
    assert petition.act("object")
    assert petition.open == ["u", "answer", "answer"]
    assert petition.do("u").open == ["answer", "answer"]
    assert not petition.progress.finished
    assert petition.do("answer", "answer").progress.finished
    assert not petition.act("object")


def test_the_second_petition_on_a_drawing_starts_as_the_first_did() -> None:
    """SpiffWorkflow edits a shared spec when an event sub-process is triggered; ours stays as it is."""
    body = beside("o", "object", task("answer"), end("oe"), chain("o_begin", "answer", "oe"))
    procedure = load(
        version(process("p", start(), task("u"), end(), body, chain("begin", "u", "done"))), WORDS
    )
    Petition(procedure).act("object")

    second = Petition(procedure)

    assert second.open == ["u"]
    assert second.do("u").progress.finished


def test_an_act_that_nothing_listens_to_moves_nothing() -> None:
    petition = begin(version(draw.straight("p", "u")))
    before = petition.progress.position().marking

    assert not petition.act("withdraw")
    assert not petition.fire("T5")
    assert petition.progress.position().marking == before


def test_a_terminating_end_ends_its_own_scope_only() -> None:
    source = version(
        process(
            "p",
            start(),
            sub_process(
                "s", start("sb"), gateway("parallel", "g"), task("a"), task("b"), end("stop", terminate=True), end("se"),
                chain("sb", "g", "a", "stop"), chain("g", "b", "se"),
            ),
            task("after"),
            end(),
            chain("begin", "s", "after", "done"),
        )
    )  # fmt: skip

    assert begin(source, saving=True).do("a").open == ["after"]


def test_the_first_event_after_an_event_gateway_decides() -> None:
    source = version(
        process(
            "p", start(), gateway("eventBased", "wait"), message("asked", "object"), timer("over", clock="T7"),
            timer("also", clock="T5"), task("review"), task("lapse"), task("other"), end(),
            chain("begin", "wait", "asked", "review", "done"),
            chain("wait", "over", "lapse", "done"), chain("wait", "also", "other", "done"),
        )
    )  # fmt: skip
    petition = begin(source, saving=True)

    assert petition.progress.listening() == {"T7", "T5"}
    assert petition.progress.awaiting() == {"object"}
    petition.fire("T5")
    assert petition.open == ["other"]
    assert not petition.fire("T7")
    assert not petition.act("object")


def test_two_interrupting_events_at_one_instant_take_one_way() -> None:
    source = version(
        process(
            "p", start(), task("u"), boundary("a", "u", clock="T5"), boundary("b", "u", clock="T5"), task("x"), task("y"),
            end(), chain("begin", "u", "done"), chain("a", "x", "done"), chain("b", "y", "done"),
        )
    )  # fmt: skip
    petition = begin(source, saving=True)
    petition.fire("T5")

    assert petition.open == ["x"]


def test_ending_one_visit_to_a_task_leaves_a_second_visit_alone() -> None:
    """The clock of each visit leads back to the same task, so that it is open three times."""
    source = version(
        process(
            "p", start(), gateway("exclusive", "m"), task("u"), boundary("b", "u", interrupting=False, clock="T5"), end(),
            chain("begin", "m", "u", "done"), chain("b", "m"),
        )
    )  # fmt: skip
    petition = begin(source, saving=True)
    petition.fire("T5")
    petition.fire("T5")
    assert petition.open == ["u", "u", "u"]

    assert petition.do("u").open == ["u", "u"]
    assert petition.fire("T5")
    assert petition.do("u", "u", "u").progress.finished


def test_the_outermost_interruption_wins_over_what_listens_inside() -> None:
    inside = sub_process(
        "s", start("sb"), task("u"), boundary("in", "u", clock="T5"), task("v"), end("se"),
        chain("sb", "u", "se"), chain("in", "v", "se"),
    )  # fmt: skip
    source = version(
        process(
            "p", start(), inside, boundary("out", "s", clock="T5"), task("after"), end(), end("e"),
            chain("begin", "s", "done"), chain("out", "after", "e"),
        )
    )  # fmt: skip
    petition = begin(source)
    petition.progress.position()
    petition.fire("T5")

    assert petition.open == ["after"]
    assert petition.progress.position().entered == ("out", "after")


def test_two_thousand_rounds_leave_the_document_as_small_as_ten() -> None:
    source = version(
        process(
            "p", start(), gateway("exclusive", "m"), task("u"), boundary("b", "u", interrupting=False, clock="T5"), task("w"),
            end("we"), gateway("exclusive", "x", "x__done"), end(), chain("begin", "m", "u", "x", "done"),
            flow("x", "m", "again"), chain("b", "w", "we"),
        )
    )  # fmt: skip
    petition = begin(source, again=True)
    sizes = []
    for _ in range(2000):
        petition.do("u")
        sizes.append(len(petition.progress.dump()))

    assert max(sizes) - sizes[9] < 30
    assert petition.open == ["u"]
    assert petition.do("u", again=False).progress.finished


def test_what_moved_is_told_once() -> None:
    petition = begin(_withdrawable())
    petition.progress.position()
    petition.progress.flows_taken()

    petition.do("receive")

    position = petition.progress.position()
    assert position.entered == ("c", "qb", "deep", "db", "handle")
    assert position.left == ("receive", "qb", "db")
    assert position.marking == ("body", "c", "deep", "handle")
    assert petition.progress.flows_taken() == ("receive__c", "qb__deep", "db__handle")
    again = petition.progress.position()
    assert (again.entered, again.left, again.marking) == ((), (), position.marking)


def test_a_boundary_event_is_entered_when_it_happens() -> None:
    petition = begin(_withdrawable()).do("receive")
    petition.progress.position()
    petition.fire("T3")

    position = petition.progress.position()

    assert position.entered == ("late", "remind")
    assert position.left == ("late",)
    assert petition.progress.flows_taken()[-1] == "late__remind"


def test_the_stage_is_the_one_furthest_along_and_stays_where_nothing_is_open() -> None:
    parts = (
        gateway("parallel", "g"), gateway("parallel", "j"),
        sub_process("one", start("b1"), task("a"), end("e1"), chain("b1", "a", "e1"), stage="intake"),
        sub_process("two", start("b2"), task("b"), end("e2"), chain("b2", "b", "e2"), stage="review"),
    )  # fmt: skip
    source = version(
        process(
            "p", start(), *parts, task("c"), end(), chain("begin", "g", "one", "j", "c", "done"), chain("g", "two", "j"),
            stage="handling",
        )
    )  # fmt: skip
    petition = begin(source, saving=True)
    stages = [petition.progress.stage]
    for name in ("b", "a", "c"):
        petition.do(name)
        stages.append(petition.progress.stage)

    assert stages == ["review", "intake", "handling", "closed"]


def test_a_step_that_is_not_open_cannot_be_completed() -> None:
    petition = begin(version(draw.straight("p", "u", "v")))
    (step,) = petition.progress.open_steps()
    petition.do("u")

    for wrong in (step.id, 1, 0, 999):
        with pytest.raises(NotOffered):
            petition.progress.complete(wrong, facts={}, now=petition.now)
    assert petition.open == ["v"]


def test_a_petition_only_starts_on_a_process_that_exists() -> None:
    procedure = load(_withdrawable(), WORDS)

    for name in ("nothing", "body"):
        with pytest.raises(NotFound):
            procedure.start(name, facts={}, ledger=OpenLedger(), now=T0)


def test_an_instant_without_a_time_zone_is_refused() -> None:
    petition = begin(version(draw.straight("p", "u")))

    with pytest.raises(ProcedureError):
        petition.progress.deliver("withdraw", facts={}, now=T0.replace(tzinfo=None))


def test_a_drawing_can_be_read_by_those_who_show_and_prove_it() -> None:
    procedure = load(_withdrawable(), WORDS)
    elements = {element.id: element for element in procedure.elements()}

    assert procedure.processes() == ("p", "q")
    assert elements["handle"].act == "accept"
    assert elements["handle"].process == "q"
    assert elements["handle"].scope == "deep"
    assert elements["late"].clock == "T3"
    assert elements["late"].attached_to == "c"
    assert not elements["late"].interrupting
    assert {(f.source, f.target) for f in procedure.flows()} >= {("late", "remind"), ("qb", "deep")}
    assert procedure.diagram("q").startswith("<?xml")
    assert set(procedure.forms) == {"note"}
    assert procedure.digest == _withdrawable().digest
