"""A designer adds a step of their own, with a form and a choice, and needs no Python for it."""

from __future__ import annotations

from engine.bootstrap import shipped_source, vocabulary
from engine.procedure import Source, check, load
from tests.procedure.small_world import Petition
from tests.processes.shipped import files, law

FORM = """
id = "site-visit"
title = { zh = "实地走访", en = "Site visit" }

[[field]]
name = "visited_on"
label = { zh = "走访日期", en = "Visited on" }
kind = "date"

[[field]]
name = "result"
label = { zh = "走访结果", en = "Result" }
kind = "choice"
fact = "visit_result"
options = [
  { value = "clear", zh = "情况属实", en = "As stated" },
  { value = "unclear", zh = "尚需查证", en = "To be verified" },
]
""".encode()
STRETCH = '<bpmn:sequenceFlow id="hear_petitioner_to_investigate" sourceRef="hear_petitioner" targetRef="investigate" />'
VISITED = """
<bpmn:sequenceFlow id="to_visit" sourceRef="hear_petitioner" targetRef="visit" />
<bpmn:exclusiveGateway id="visit_again" default="visited" />
<bpmn:userTask id="visit" name="实地走访" petition:form="site-visit" petition:role="clerk" petition:organ="organ" />
<bpmn:sequenceFlow id="visit_done" sourceRef="visit" targetRef="visit_again" />
<bpmn:sequenceFlow id="visited" sourceRef="visit_again" targetRef="investigate" />
<bpmn:sequenceFlow id="once_more" sourceRef="visit_again" targetRef="second_visit">
  <bpmn:conditionExpression>visit_result == "unclear"</bpmn:conditionExpression>
</bpmn:sequenceFlow>
<bpmn:userTask id="second_visit" name="再次走访" petition:form="site-visit" petition:role="clerk" petition:organ="organ" />
<bpmn:sequenceFlow id="second_visited" sourceRef="second_visit" targetRef="investigate" />
"""


def _with_visit(form: bytes = FORM) -> Source:
    handling = files()["handling.bpmn"].decode()
    assert STRETCH in handling
    changed = handling.replace(STRETCH, VISITED)
    return shipped_source().with_files(
        {"handling.bpmn": changed.encode(), "forms/site-visit.toml": form}
    )


def test_a_free_step_with_a_form_is_found_in_order() -> None:
    assert [] == check(_with_visit(), vocabulary(law()))


def test_the_answer_to_the_form_leads_on() -> None:
    petition = Petition(load(_with_visit(), vocabulary(law())), "handling")
    petition.do("appoint").do("hear_petitioner")

    assert ["site-visit"] == [step.form for step in petition.progress.open_steps()]
    assert ["second_visit"] == petition.do("visit", visit_result="unclear").open
    assert ["investigate"] == petition.do("second_visit").open


def test_a_form_cannot_set_what_the_statute_sets() -> None:
    seizing = FORM.replace(b"visit_result", b"opinion_issued")

    assert "fact_taken" in {
        finding.rule for finding in check(_with_visit(seizing), vocabulary(law()))
    }
