"""Every construct that the engine would run wrongly is refused, with the element and a sentence in both languages."""

from __future__ import annotations

import pytest

from engine.errors import DrawingRefused
from engine.procedure import Severity, Source, check, load
from tests.procedure import diagrams as draw
from tests.procedure.diagrams import (
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
from tests.procedure.small_world import WORDS, rules

LOOSE = "<bpmn:{tag}/>"


def around(*parts: str, first: str = "u", **words: object) -> Source:
    """A process that goes from its start through *first* to its end, with *parts* in it."""
    return version(process("p", start(), end(), *parts, chain("begin", first, "done"), **words))


def event(tag: str, definition: str, id: str = "u") -> str:
    return element(tag, id, f"<bpmn:{definition}/>")


def bad_condition(text: str) -> Source:
    return around(
        gateway("exclusive", "u", "u__done"),
        task("other"),
        flow("u", "other", text),
        flow("other", "done"),
    )


RUNS_WRONGLY = {
    # what runs code
    "script": (around(element("scriptTask", "u", "<bpmn:script>x=1</bpmn:script>")), "runs_code"),
    "service": (around(element("serviceTask", "u")), "runs_code"),
    "send": (around(element("sendTask", "u")), "plain_task"),
    "receive": (around(element("receiveTask", "u")), "plain_task"),
    "manual": (around(element("manualTask", "u")), "plain_task"),
    "plain": (around(element("task", "u")), "plain_task"),
    # markers and containers
    "many": (
        around(element("userTask", "u", "<bpmn:multiInstanceLoopCharacteristics/>", form="note")),
        "loop_marker",
    ),
    "loop": (
        around(element("userTask", "u", "<bpmn:standardLoopCharacteristics/>", form="note")),
        "loop_marker",
    ),
    "transaction": (around(element("transaction", "u")), "unknown_element"),
    "ad_hoc": (around(element("adHocSubProcess", "u")), "unknown_element"),
    "complex": (around(element("complexGateway", "u")), "unknown_element"),
    "data": (around(task("u"), element("dataObject", "d")), "unknown_element"),
    # events
    "link": (around(event("intermediateThrowEvent", "linkEventDefinition")), "event_kind"),
    "compensation": (around(event("intermediateThrowEvent", "compensateEventDefinition")), "event_kind"),
    "signal": (around(event("intermediateCatchEvent", "signalEventDefinition")), "event_kind"),
    "error": (around(task("u"), event("endEvent", "errorEventDefinition", "e")), "event_kind"),
    "conditional": (around(event("intermediateCatchEvent", "conditionalEventDefinition")), "event_kind"),
    "thrown_message": (around(event("intermediateThrowEvent", "messageEventDefinition")), "throw_trigger"),
    "cycle": (
        around(
            element(
                "intermediateCatchEvent",
                "u",
                "<bpmn:timerEventDefinition><bpmn:timeCycle>R3/P1D</bpmn:timeCycle></bpmn:timerEventDefinition>",
                clock="T5",
            )
        ),
        "timer_text",
    ),
    "months": (
        around(
            element(
                "intermediateCatchEvent",
                "u",
                "<bpmn:timerEventDefinition><bpmn:timeDuration>P1M</bpmn:timeDuration></bpmn:timerEventDefinition>",
                limit="5 days",
            )
        ),
        "timer_text",
    ),
    "two_definitions": (
        around(
            element(
                "intermediateCatchEvent",
                "u",
                "<bpmn:timerEventDefinition/><bpmn:messageEventDefinition/>",
                clock="T5",
            )
        ),
        "event_many",
    ),
    "once_only": (
        around(
            task("u"), boundary("b", "u", interrupting=False, act="object"), flow("b", "done")
        ),
        "message_boundary_once",
    ),
    "plain_boundary": (around(task("u"), element("boundaryEvent", "b", attachedToRef="u"), flow("b", "done")), "boundary_trigger"),
    "nowhere": (around(task("u"), boundary("b", "x", clock="T5"), flow("b", "done")), "broken_attachment"),
    "beside_interrupts": (
        around(task("u"), draw.beside("s", "object", task("v"), end("e"), chain("s_begin", "v", "e"), interrupting=True)),
        "event_sub_process_interrupts",
    ),
    "beside_timer": (
        around(
            task("u"),
            element(
                "subProcess",
                "s",
                timer("sb", "startEvent", isInterrupting="false") + end("e") + task("v") + chain("sb", "v", "e"),
                triggeredByEvent="true",
            ),
        ),
        "event_sub_process_start",
    ),
    "beside_flow": (
        around(
            task("u"),
            draw.beside("s", "object", task("v"), end("e"), chain("s_begin", "v", "e")),
            flow("u", "s"),
        ),
        "event_sub_process_flow",
    ),
    "triggered_start": (
        version(process("p", message("begin", "object", "startEvent"), task("u"), end(), chain("begin", "u", "done"))),
        "start_trigger",
    ),
    "two_starts": (around(task("u"), start("begin2"), flow("begin2", "u")), "starts"),
    "no_start": (version(process("p", task("u"), end(), chain("u", "done"))), "starts"),
    "no_end": (version(process("p", start(), task("u"), chain("begin", "u"))), "no_end"),
    # flows
    "implicit_split": (around(task("u"), task("v"), flow("u", "v"), flow("v", "done")), "implicit_split"),
    "task_condition": (
        version(process("p", start(), task("u"), end(), flow("begin", "u"), flow("u", "done", "urgent"))),
        "stray_condition",
    ),
    "parallel_condition": (
        around(gateway("parallel", "u"), task("v"), flow("u", "v", "urgent"), flow("v", "done")),
        "stray_condition",
    ),
    "twice": (around(gateway("parallel", "u"), flow("u", "done", id="second")), "flow_twice"),
    "dangling": (around(task("u"), flow("u", "nothing")), "broken_flow"),
    "across": (
        around(sub_process("u", start("s"), task("v"), end("e"), chain("s", "v", "e")), flow("v", "done")),
        "broken_flow",
    ),
    "dead_end": (around(task("u"), task("v"), gateway("parallel", "g"), flow("g", "v"), flow("begin", "g")), "dead_end"),
    "into_start": (around(gateway("exclusive", "u", "u__done"), flow("u", "begin", "urgent")), "flow_into"),
    "out_of_end": (around(task("u"), flow("done", "u")), "flow_out_of_end"),
    "no_default": (
        around(gateway("exclusive", "u"), task("v"), flow("v", "done")).with_files(
            {
                "test.bpmn": draw.document(
                    process(
                        "p", start(), gateway("exclusive", "u"), task("v"), end(), flow("begin", "u"),
                        flow("u", "v", 'route == "a"'), flow("u", "done", "urgent"), flow("v", "done"),
                    )
                )
            }
        ),
        "no_default",
    ),
    "no_condition": (
        around(gateway("exclusive", "u"), task("v"), flow("u", "v"), flow("v", "done")),
        "no_condition",
    ),
    "default_condition": (
        version(
            process(
                "p", start(), gateway("exclusive", "u", "u__v"), task("v"), end(), flow("begin", "u"),
                flow("u", "v", "urgent"), flow("u", "done", "again"), flow("v", "done"),
            )
        ),
        "default_condition",
    ),
    "default_elsewhere": (around(element("userTask", "u", default="u__done", form="note")), "stray_default"),
    "default_unknown": (around(gateway("exclusive", "u", "nothing")), "broken_default"),
    "event_gateway": (around(gateway("eventBased", "u")), "event_gateway"),
    # calls and loops
    "unknown_call": (around(call("u", "q")), "unknown_call"),
    "recursion": (around(call("u", "p")), "recursive_call"),
    "engine_loop": (
        around(gateway("exclusive", "u", "u__done"), gateway("exclusive", "m"), flow("u", "m", "urgent"), flow("m", "u")),
        "engine_loop",
    ),
    "join_waits_for_itself": (
        version(
            process(
                "p", start(), gateway("parallel", "both"), task("u"), task("v"), gateway("parallel", "j"),
                gateway("exclusive", "x", "x__done"), end(), chain("begin", "both", "u", "j", "x", "done"),
                chain("both", "v", "j"), flow("x", "both", "again"),
            )
        ),
        "join_waits_for_itself",
    ),
    "loop_through_call": (
        version(
            process(
                "p", start(), gateway("exclusive", "m"), call("c", "q"), gateway("exclusive", "x", "x__done"), end(),
                chain("begin", "m", "c", "x", "done"), flow("x", "m", "again"),
            ),
            process("q", start("qb"), end("qe"), chain("qb", "qe")),
        ),
        "engine_loop",
    ),
    # ids
    "reserved_end": (around(task("u"), task("End"), chain("End", "done")), "id_reserved"),
    "reserved_join": (around(task("p.EndJoin"), first="p.EndJoin"), "id_reserved"),
    "double_id": (around(task("u"), task("u")), "id_twice"),
    "called_like_caller": (
        version(process("p", start(), call("q", "q"), end(), chain("begin", "q", "done")),
                process("q", start("qb"), task("v"), end("qe"), chain("qb", "v", "qe"))),
        "id_twice",
    ),
    "no_id": (around(element("userTask", None, form="note"), task("u")), "no_id"),
    "long_id": (around(task("u" * 101), first="u" * 101), "id_form"),
    # words
    "unknown_word": (around(element("userTask", "u", form="note", stage="intake")), "unknown_word"),
    "no_word": (around(element("userTask", "u", role="clerk", organ="organ")), "step_word"),
    "two_words": (around(task("u", act="accept", form="note")), "step_word"),
    "unknown_act": (around(task("u", act="invent")), "unknown_act"),
    "starting_step": (around(task("u", act="register")), "act_kind"),
    "start_step": (around(task("u", act="register")), "act_kind"),
    "step_heard": (around(message("u", "accept")), "act_kind"),
    "mute_message": (around(message("u", None)), "message_word"),
    "unknown_form": (around(task("u", form="missing")), "unknown_form"),
    "unknown_document": (around(task("u", document="missing")), "unknown_document"),
    "no_role": (around(element("userTask", "u", form="note", organ="organ")), "no_role"),
    "no_organ": (around(element("userTask", "u", form="note", role="clerk")), "no_organ"),
    "unknown_role": (around(task("u", role="king")), "unknown_role"),
    "unknown_organ": (around(task("u", organ="palace")), "unknown_organ"),
    "wrong_hands": (around(task("u", act="reply", role="head")), "act_by"),
    "unknown_stage": (around(task("u"), stage="dreaming"), "unknown_stage"),
    "no_clock": (around(timer("u")), "timer_word"),
    "clock_and_limit": (around(timer("u", clock="T5", limit="5 days")), "timer_word"),
    "unknown_clock": (around(timer("u", clock="T99")), "unknown_limit"),
    "unknown_within": (around(timer("u", limit="5 days", within="T99")), "unknown_limit"),
    "within_alone": (around(timer("u", clock="T5", within="T5")), "stray_word"),
    "limit_words": (around(timer("u", limit="two weeks")), "limit_form"),
    "limit_zero": (around(timer("u", limit="0 days")), "limit_form"),
    "clock_on_message": (around(message("u", "object", clock="T5")), "stray_word"),
    "no_table": (around(element("businessRuleTask", "u")), "table_word"),
    "unknown_table": (around(element("businessRuleTask", "u", table="missing")), "unknown_table"),
    # odd attributes
    "compensates": (around(element("userTask", "u", form="note", isForCompensation="true")), "unsupported_attribute"),
    "parallel_events": (around(element("eventBasedGateway", "u", eventGatewayType="Parallel")), "unsupported_attribute"),
}  # fmt: skip


@pytest.mark.parametrize("case", RUNS_WRONGLY)
def test_a_drawing_that_would_run_wrongly_is_refused(case: str) -> None:
    source, rule = RUNS_WRONGLY[case]

    with pytest.raises(DrawingRefused) as refused:
        load(source, WORDS)

    told = {finding.rule: finding for finding in refused.value.findings}
    assert rule in told
    assert told[rule].file == "test.bpmn"
    assert told[rule].message.zh
    assert "{" not in told[rule].message.zh + told[rule].message.en


def test_every_refusal_is_told_at_once() -> None:
    source = around(
        task("u", act="invent"), task("v", role="king"), task("w"), flow("w", "nothing")
    )

    assert rules(source) >= {"unknown_act", "unknown_role", "broken_flow", "dead_end"}


def test_what_cannot_be_reached_or_chosen_is_only_a_warning() -> None:
    source = around(
        gateway("exclusive", "u", "u__done"), task("v"), task("w"), task("lonely"),
        flow("u", "v", 'route == "a"'), flow("u", "w", 'route == "a" and urgent'),
        flow("v", "done"), flow("w", "done"), flow("lonely", "done"),
    )  # fmt: skip

    found = check(source, WORDS)

    assert {(f.rule, f.severity, f.element) for f in found} == {
        ("unreachable", Severity.WARN, "lonely"),
        ("dead_flow", Severity.WARN, "u__w"),
    }
    assert load(source, WORDS).processes() == ("p",)


def test_an_exclusive_gateway_needs_no_default_when_its_conditions_cover_everything() -> None:
    source = version(
        process(
            "p", start(), gateway("exclusive", "u"), task("v"), end(), flow("begin", "u"),
            flow("u", "v", "urgent"), flow("u", "done", "not urgent"), flow("v", "done"),
        )
    )  # fmt: skip

    assert rules(source) == set()


def test_extensions_of_other_products_are_ignored_with_a_warning_unless_they_run_something() -> (
    None
):
    def extended(inner: str) -> Source:
        extension = (
            '<bpmn:extensionElements xmlns:camunda="http://camunda.org/schema/1.0/bpmn">'
            f"{inner}</bpmn:extensionElements>"
        )
        return around(element("userTask", "u", extension, form="note", role="clerk", organ="organ"))

    assert rules(
        extended('<camunda:properties><camunda:property name="a"/></camunda:properties>')
    ) == {"foreign_extension"}
    assert "runs_code" in rules(extended('<camunda:executionListener class="x.Y" event="start"/>'))
    assert "runs_code" in rules(
        extended('<camunda:taskListener expression="${x}" event="create"/>')
    )
    assert "unknown_word" in rules(
        extended('<petition:act xmlns:petition="urn:petition:procedure:1"/>')
    )
