"""What a page offers for an organ or a person is what the act accepts; what it leaves out is refused."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy

import pytest

from engine.acts.catalogue import ACTS
from engine.errors import BadInput, Refused
from engine.petition.forms import FieldKind
from tests.acts.situations import (
    HOUSING,
    LABOUR,
    Matter,
    accepted,
    actor,
    forwarded,
    registered,
    served,
    under_review,
)


def _sorted(**answers: str) -> Matter:
    return registered().does("sort", "anna", **answers)


def _direct() -> Matter:
    return registered("fay").does("sort", "fay", disposition="subordinate")


def _accused() -> Matter:
    return registered(category="accusation", accused_organ=HOUSING)


def _reviewed() -> Matter:
    matter = under_review().does("decide_review", "fred")
    return matter.does("dispatch", "fred").does("prove_service", "fred")


CASES: tuple[tuple[Callable[[], Matter], str, str, str, dict[str, object]], ...] = (
    (_sorted, "forward", "organ", "anna", {}),
    (_sorted, "assign", "organ", "anna", {"assigned_due": "2026-03-20"}),
    (_direct, "refer_down", "organ", "fay", {}),
    (_accused, "forward_accusation", "discipline_organ", "anna", {}),
    (registered, "forward_litigation", "organ", "anna", {}),
    (forwarded, "object", "proposed_organ", "carl", {}),
    (forwarded, "dispute", "disputing_organ", "carl", {}),
    (accepted, "appoint", "handler", "dora", {}),
    (served, "request_review", "review_organ", "carl", {}),
    (_reviewed, "request_re_review", "re_review_organ", "carl", {}),
)


@pytest.mark.parametrize(("made", "act", "question", "who", "answers"), CASES)
def test_who_is_listed_is_accepted_and_who_is_not_is_refused(
    made: Callable[[], Matter], act: str, question: str, who: str, answers: dict[str, object]
) -> None:
    matter = made()
    choice = ACTS[act].choices[question]
    kind = next(one.kind for one in ACTS[act].form.fields if one.name == question)
    everybody = matter.organs.people if kind is FieldKind.PERSON else matter.organs.organs
    situation = matter.situation(actor(who))
    listed = {id for id in everybody if choice.suits(situation, id)}
    # Nobody is refused the sending of a matter to themselves: it is just nothing that a list should offer.
    itself = {actor(who).organ} if act in {"forward", "assign", "object"} else set()

    assert listed
    assert listed != set(everybody)
    for id in everybody:
        if id not in itself:
            assert _accepts(matter, act, who, {**answers, question: id}) == (id in listed), id


def test_an_accused_organ_is_left_out_in_words_that_tell_nothing() -> None:
    choice = ACTS["forward_accusation"].choices["discipline_organ"]
    situation = _accused().situation(actor("anna"))

    assert not choice.suits(situation, HOUSING)
    assert choice.suits(situation, LABOUR)
    assert "检举" not in choice.left_out.zh


def test_nobody_is_offered_their_own_recusal_or_a_recused_successor() -> None:
    matter = accepted().does("appoint", "dora").does("recuse", "dora", person="cora")
    situation = matter.situation(actor("dora"))
    choices = ACTS["recuse"].choices

    assert not choices["person"].suits(situation, "dora")
    assert choices["person"].suits(situation, "carl")
    assert not choices["replacement"].suits(situation, "cora")


def test_only_what_an_act_asks_is_chosen() -> None:
    for act in ACTS.values():
        asked = {one.name for one in act.form.fields}
        assert set(act.choices) <= asked


def _accepts(matter: Matter, act: str, who: str, answers: dict[str, object]) -> bool:
    try:
        deepcopy(matter).does(act, who, **answers)
    except (BadInput, Refused):
        return False
    return True
