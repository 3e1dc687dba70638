"""The catalogue as a whole: words in two languages, sealed texts, declared consequences, and guards that never stumble."""

from __future__ import annotations

import re

import pytest

from engine.acts.act import Act, ActKind
from engine.acts.catalogue import ACTS, vocabulary_words
from engine.acts.wording import waives_petitioning
from engine.errors import BadInput, Refused
from engine.petition.facts import FACTS
from engine.petition.forms import FieldKind
from engine.statute.law import load_law
from tests.acts.situations import (
    Matter,
    accepted,
    actor,
    finished,
    forwarded,
    opined,
    registered,
    reviewed,
    served,
    supervision,
    under_re_review,
)

NOT_PERSONAL = {
    "external_number", "submission", "prior_opinion", "breach_limit", "breach_article", "breach_deadline", "calendar",
}  # fmt: skip
"""Texts that hold a number or a code. ``prior_opinion`` is one of refuse_for_good; in requests it is sealed."""

every_act = pytest.mark.parametrize("act", ACTS.values(), ids=list(ACTS))


@every_act
def test_every_word_stands_in_both_languages(act: Act) -> None:
    words = [act.title, act.form.title, *(field.label for field in act.form.fields)]
    words += [field.hint for field in act.form.fields if field.hint]
    words += [option.label for field in act.form.fields for option in field.options]

    for text in words:
        assert re.search(r"[一-鿿]", text.zh), text
        assert text.en, text
        assert not re.search(r"[一-鿿]", text.en), text


@every_act
def test_free_text_is_sealed(act: Act) -> None:
    for field in act.form.fields:
        if field.kind in {FieldKind.TEXT, FieldKind.LONG_TEXT} and field.name not in NOT_PERSONAL:
            assert field.sealed, field.name


@every_act
def test_a_question_depends_only_on_one_asked_before(act: Act) -> None:
    asked: set[str] = set()
    for field in act.form.fields:
        assert field.name not in asked
        assert field.when is None or field.when[0] in asked, field.name
        asked.add(field.name)


@every_act
def test_declared_consequences_are_words_of_the_statute(act: Act) -> None:
    law = load_law()

    assert set(act.facts) <= set(FACTS)
    for kind in act.documents:
        assert law.document(kind).kind == kind
    for clock in act.clocks:
        verb, limit = clock.split(":")
        assert verb in {"open", "close", "void", "extend", "suspend", "resume", "correct"}
        assert limit == "*" or law.has_limit(limit)


def test_only_handling_is_extended_and_only_the_re_review_suspended() -> None:
    touched = {clock for act in ACTS.values() for clock in act.clocks}

    assert {clock for clock in touched if clock.startswith("extend")} == {"extend:T5"}
    assert {clock for clock in touched if clock.startswith(("suspend", "resume"))} == {
        "suspend:T10",
        "resume:T10",
    }


def test_nobody_but_the_engine_and_people_with_a_part_may_act() -> None:
    unbound = {act.id for act in ACTS.values() if not act.by}

    assert unbound == {"recalendar", "seal", "claim", "release", "hand_over", "substitute"}
    assert vocabulary_words()["extend"] == ("standing", (("organ", "head"),))


STAGES = (
    Matter, registered, forwarded, accepted, opined, served, reviewed, under_re_review, finished, supervision,
)  # fmt: skip


@pytest.mark.parametrize("stage", STAGES)
def test_guards_and_defaults_answer_at_every_stage(stage: object) -> None:
    matter: Matter = stage()  # type: ignore[operator]
    for act in ACTS.values():
        situation = matter.situation(actor("carl"))
        assert act.offered(situation) is None or isinstance(act.offered(situation), Refused)
        if act.offered(situation) is not None:
            continue
        known = {field.name: field for field in act.form.fields}
        for name, value in act.defaults(situation).items():
            known[name].read(value, today=matter.today)


@pytest.mark.parametrize("stage", STAGES)
def test_the_usual_answers_break_no_act_at_any_stage(stage: object) -> None:
    for act_id, act in ACTS.items():
        matter: Matter = stage()  # type: ignore[operator]
        if act.kind is ActKind.START:
            continue
        try:
            matter.does(act_id, "anna")
        except (Refused, BadInput):
            continue


def test_a_refusal_says_why_in_both_languages_with_its_article() -> None:
    refusal = forwarded().refused("forward", "anna")

    assert "住" not in refusal.text.en
    assert "county.housing" in refusal.text.en
    assert refusal.article == "22(1)"


@pytest.mark.parametrize(
    ("text", "waives"),
    [
        ("信访人自愿息诉罢访", True), ("承诺不再到任何机关上访", True), ("保证不信访", True),
        ("不再受理", False), ("撤回后可以再次提出", False), ("信访人对结果满意", False), ("限期整改,不得拖延", False),
    ],
)  # fmt: skip
def test_a_promise_not_to_petition_is_recognised(text: str, waives: bool) -> None:
    assert waives_petitioning(text) is waives
