"""The shipped drawings speak the language of the statute: acts, roles, names with their article."""

from __future__ import annotations

import re

import pytest

from engine.acts.act import ActKind
from engine.acts.catalogue import ACTS
from engine.bootstrap import shipped_source, vocabulary
from engine.procedure import check
from tests.processes.shipped import BPMN, NAMES, law, procedure, tree

ARTICLE = re.compile(r"\(.*第[一二三四五六七八九十]+条.*\)")
CLOCKS = {"T1", "T2", "T3", "T4", "T5", "T7", "T8", "T9", "T10", "U10"}


def test_the_drawings_are_the_seven_of_the_procedure() -> None:
    expected = ["handling", "petition", "re_review", "review", "routing", "service", "supervision"]

    assert expected == NAMES


def test_nothing_is_found_against_them() -> None:
    assert [] == check(shipped_source(), vocabulary(law()))


def test_every_step_act_of_the_statute_has_its_place() -> None:
    drawn = {element.act for element in procedure().elements()}
    missing = {act.id for act in ACTS.values() if act.kind is ActKind.STEP} - drawn

    assert set() == missing


def test_every_step_is_for_a_role_that_may_do_its_act() -> None:
    wrong = [
        step.id
        for step in procedure().elements()
        if step.kind == "userTask"
        and step.act
        and (step.slot, step.role) not in {(by.slot, by.role) for by in ACTS[step.act].by}
    ]

    assert [] == wrong


def test_a_step_is_called_after_its_act() -> None:
    odd = [
        step.id
        for step in procedure().elements()
        if step.kind == "userTask" and not step.id.startswith(str(step.act))
    ]

    assert [] == odd


def test_every_step_names_a_document_that_its_act_may_issue() -> None:
    wrong = [
        (step.id, step.document)
        for step in procedure().elements()
        if step.document and step.act and step.document not in ACTS[step.act].documents
    ]

    assert [] == wrong


@pytest.mark.parametrize("kind", ["userTask", "callActivity", "subProcess", "boundaryEvent"])
def test_names_are_chinese_and_cite_their_article(kind: str) -> None:
    unnamed = [
        one.name
        for one in procedure().elements()
        if one.kind == kind
        and one.id not in {"journey", "dispatch"}
        and not ARTICLE.search(one.name)
    ]

    assert [] == unnamed


def test_every_numbered_limit_has_a_listener() -> None:
    listened = {one.clock for one in procedure().elements() if one.clock}

    assert CLOCKS == listened


def test_only_the_petitioners_own_limits_interrupt_and_no_clock_ends_a_petition() -> None:
    interrupting = {one.clock for one in procedure().elements() if one.clock and one.interrupting}

    assert {"T7", "T9"} == interrupting


def test_the_petition_can_be_withdrawn_whatever_is_open() -> None:
    withdrawn = procedure().element("withdrawn")

    assert ("withdraw", "journey", True) == (
        withdrawn.act,
        withdrawn.attached_to,
        withdrawn.interrupting,
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_drawing_holds_no_number_of_days(name: str) -> None:
    texts = [element.get("name", "") for element in tree(name).iter()]
    texts += [words.text or "" for words in tree(name).iter(f"{BPMN}documentation")]

    assert [] == [text for text in texts if re.search(r"\d", text)]


@pytest.mark.parametrize("name", NAMES)
def test_every_choice_says_in_words_which_way_is_which(name: str) -> None:
    silent = [
        flow.get("id")
        for flow in tree(name).iter(f"{BPMN}sequenceFlow")
        if flow.find(f"{BPMN}conditionExpression") is not None and not flow.get("name")
    ]

    assert [] == silent
