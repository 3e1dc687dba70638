"""A designer adds a step with a form and no Python; what was begun earlier stays on its version."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.bootstrap import shipped_source
from engine.errors import BadInput, DrawingRefused, NotFound, NotPermitted
from engine.petition.commands import Command
from engine.petition.entries import EntryKind
from engine.procedure import Source
from engine.procedure.canonical import canonical
from tests.office.counters import Counter
from tests.office.test_people import investigated

FORM = """
id = "consult"
title = { zh = "会商", en = "Consultation" }

[[field]]
name = "agreed"
label = { zh = "会商结论", en = "Conclusion" }
kind = "choice"
fact = "consulted"
options = [
  { value = "yes", zh = "一致", en = "Agreed" },
  { value = "no", zh = "不一致", en = "Not agreed" },
]

[[field]]
name = "minutes"
label = { zh = "会商记录", en = "Minutes" }
kind = "long_text"
""".encode()
TO_THE_OPINION = 'name="出具意见" sourceRef="next_way" targetRef="issue_opinion"'
CONSULTED_FIRST = """
<bpmn:userTask id="consult" name="会商" petition:form="consult" petition:role="clerk" petition:organ="organ" />
<bpmn:exclusiveGateway id="consulted_enough" default="consulted_to_opinion" />
<bpmn:sequenceFlow id="consult_done" sourceRef="consult" targetRef="consulted_enough" />
<bpmn:sequenceFlow id="consulted_to_opinion" sourceRef="consulted_enough" targetRef="issue_opinion" />
<bpmn:sequenceFlow id="consulted_again" sourceRef="consulted_enough" targetRef="consult_again">
  <bpmn:conditionExpression>consulted == "no"</bpmn:conditionExpression>
</bpmn:sequenceFlow>
<bpmn:userTask id="consult_again" name="再次会商" petition:form="consult" petition:role="head" petition:organ="organ" />
<bpmn:sequenceFlow id="consult_again_done" sourceRef="consult_again" targetRef="issue_opinion" />
"""


def with_consultation() -> Source:
    """The shipped procedure with a free step before the opinion."""
    drawing = shipped_source().files["handling.bpmn"].decode()
    assert TO_THE_OPINION in drawing
    changed = drawing.replace(
        TO_THE_OPINION, TO_THE_OPINION.replace('targetRef="issue_opinion"', 'targetRef="consult"')
    ).replace("</bpmn:process>", f"{CONSULTED_FIRST}</bpmn:process>")
    diagram = canonical(changed.encode(), drawing.encode())
    return shipped_source().with_files({"handling.bpmn": diagram, "forms/consult.toml": FORM})


def consulting(counter: Counter, petition: str, who: str, element: str, **answers: str) -> Command:
    """The command that fills in the free step."""
    given = {"agreed": "yes", "minutes": "演示记录", **answers}
    command = counter.command("fill", petition, who, **given)
    return replace(command, step=counter.step(petition, element))


def test_an_added_free_step_is_run_through_by_its_form_alone(counter: Counter) -> None:
    counter.deploy(with_consultation())
    petition = investigated(counter)
    assert counter.open_elements(petition) == {"consult"}
    offer = counter.offers(petition, "carl").find("fill")
    assert offer is not None
    assert (offer.refused, offer.title.zh) == (None, "会商")
    assert [field.name for field in offer.form.fields] == ["agreed", "minutes"]

    counter.perform(consulting(counter, petition, "carl", "consult", agreed="no"))
    assert counter.open_elements(petition) == {"consult_again"}
    counter.perform(consulting(counter, petition, "dora", "consult_again"))
    counter.does("issue_opinion", petition)

    first = next(one for one in counter.entries(petition) if one.kind is EntryKind.FREE_STEP)
    assert (first.act, dict(first.inputs)) == ("fill:consult", {"agreed": "no"})
    assert list(first.commitments) == ["minutes"]
    assert counter.file(petition).facts["consulted"] == "yes"
    assert "演示记录" not in repr(counter.everything())


def test_a_free_step_opens_and_closes_no_clock(counter: Counter) -> None:
    counter.deploy(with_consultation())
    petition = investigated(counter)
    before = counter.file(petition).ledger

    counter.perform(consulting(counter, petition, "carl", "consult"))

    assert counter.file(petition).ledger == before


def test_a_free_step_is_for_those_for_whom_it_is_drawn(counter: Counter) -> None:
    counter.deploy(with_consultation())
    petition = investigated(counter)

    counter.refuses(consulting(counter, petition, "anna", "consult"), NotPermitted)
    counter.refuses(consulting(counter, petition, "tina", "consult"), NotFound)
    counter.refuses(consulting(counter, petition, "carl", "consult", agreed="maybe"), BadInput)


def test_a_petition_begun_earlier_stays_on_its_version_to_its_end(counter: Counter) -> None:
    old = counter.accepted()
    version = counter.file(old).procedure
    counter.deploy(with_consultation())
    new = counter.registered()

    counter.goes(old, "appoint", "hear_petitioner", "investigate")

    assert counter.open_elements(old) == {"issue_opinion"}
    counter.goes(old, "issue_opinion", "dispatch", "prove_service")
    assert counter.file(old).procedure == version != counter.file(new).procedure
    assert {one.versions["procedure"] for one in counter.entries(old)} == {version}


def test_a_version_in_force_that_is_deployed_again_stays_as_it_is(counter: Counter) -> None:
    before = counter.everything()

    counter.deploy(shipped_source())

    assert counter.everything() == before


def test_a_drawing_that_breaks_a_rule_is_not_put_in_force(counter: Counter) -> None:
    broken = with_consultation().with_files({"forms/consult.toml": b"id = "})
    before = counter.everything()

    with pytest.raises(DrawingRefused):
        counter.deploy(broken)

    assert counter.everything() == before
