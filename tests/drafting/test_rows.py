"""Diagrams changed row by row: whatever is put in or renamed, the drawing still conforms and little of its text differs."""

from __future__ import annotations

import random

import pytest

from engine.acts.catalogue import ACTS
from engine.bootstrap import shipped_source, vocabulary
from engine.drafting.rows import (
    attributes_of,
    changed,
    chapters,
    free_id,
    row_of,
    rows,
    with_free_step,
)
from engine.drafting.words import Words, words_for
from engine.errors import BadInput, NotFound
from engine.procedure import Source, check
from engine.statute.law import load_law
from tests.effort import effort
from tests.office.test_versions import FORM

LAW = load_law()
VOCABULARY = vocabulary(LAW)
SHIPPED = shipped_source().with_files({"forms/consult.toml": FORM})


def words(source: Source) -> Words:
    return words_for(source, VOCABULARY, law=LAW, acts=ACTS)


WORDS = words(SHIPPED)


def test_a_free_step_after_any_element_with_one_way_out_conforms() -> None:
    single = [
        (scope.file, row.node.id)
        for scope in WORDS.drawing.processes()
        for row in rows(WORDS, scope.file)
        if len(row.ways) == 1 and row.node.slot and row.node.role
    ]
    for file, after in random.Random(7).sample(single, effort(4, long=len(single))):
        before = SHIPPED.files[file]
        diagram = with_free_step(after, id="consult", name="会商", form="consult")(before)
        source = SHIPPED.with_files({file: diagram})

        assert check(source, VOCABULARY) == [], (file, after)
        assert [line.target for line, _ in row_of(words(source), file, after).ways] == ["consult"]
        assert free_id(words(source), "consult") == "consult_2"
        drawn = diagram.decode()
        assert 'bpmnElement="consult"' in drawn
        assert drawn.count("<bpmn:userTask") == before.decode().count("<bpmn:userTask") + 1


def test_a_step_is_put_where_one_way_leads_on_and_nowhere_else() -> None:
    diagram = SHIPPED.files["handling.bpmn"]
    for after in ("next_way", "end_opinion"):
        with pytest.raises(BadInput):
            with_free_step(after, id="consult", name="会商", form="consult")(diagram)
    with pytest.raises(NotFound):
        with_free_step("nowhere", id="consult", name="会商", form="consult")(diagram)
    with pytest.raises(NotFound):
        changed("appoint", name="", words={})(b"no diagram")


def test_words_are_set_and_taken_away_in_one_line() -> None:
    diagram = SHIPPED.files["handling.bpmn"]
    named = changed("hold_hearing", name="听证会", words={"role": "head", "document": None})(
        diagram
    )
    ours = [line for line in named.splitlines() if line not in diagram.splitlines()]

    assert [line.decode().strip() for line in ours] == [
        '<bpmn:userTask id="hold_hearing" name="听证会" petition:act="hold_hearing" petition:role="head">'
    ]


def test_every_word_that_a_shipped_element_bears_may_be_asked_for_it() -> None:
    for node in WORDS.drawing.nodes():
        assert set(node.words) <= set(attributes_of(node)), node.id


def test_the_chapters_begin_where_a_petition_begins() -> None:
    assert [scope.id for scope in chapters(WORDS)] == [
        "petition", "supervision", "routing", "handling", "service", "review", "re_review",
    ]  # fmt: skip
