"""The papers that a closed matter leaves: which the way that it took calls for, and by which article."""

from __future__ import annotations

import pytest

from engine.acts.catalogue import ACTS
from engine.petition.facts import FACTS
from engine.statute.duties import Happening, load_volume, owed_after, papers_called_for
from engine.statute.law import load_law


def lacking(*happenings: Happening) -> dict[str, str]:
    """The papers that are not there, each with its article."""
    return {one.id: one.article for one in owed_after(happenings, papers_called_for(happenings))}


def did(act: str, *papers: str, **facts: object) -> Happening:
    return Happening(act=act, documents=frozenset(papers), facts=facts)


@pytest.mark.parametrize(
    ("act", "paper", "article"),
    [
        ("register", "registration_form", "22(1)"),
        ("forward", "transfer_letter", "22(1)"),
        ("assign", "assignment_letter", "22(1)(3)"),
        ("accept", "acceptance_notice", "23"),
        ("extend", "extension_notice", "34"),
        ("request_review", "review_request", "35"),
        ("order_hearing", "hearing_notice", "36(2)"),
        ("withdraw", "withdrawal_record", "21"),
    ],
)
def test_an_act_leaves_its_paper(act: str, paper: str, article: str) -> None:
    assert lacking(did(act))[paper] == article
    assert paper not in lacking(did(act, paper))


def test_every_transfer_needs_a_letter_of_its_own() -> None:
    first, second = did("forward", "transfer_letter"), did("forward")

    assert "transfer_letter" not in lacking(first)
    assert "transfer_letter" in lacking(first, second)


def test_duties_that_are_done_with_a_paper_are_asked_for_too() -> None:
    assert lacking(did("route", route="route_6"))["give_opinion"] == "31(6)"


def test_what_the_way_did_not_touch_is_not_asked_for() -> None:
    assert lacking(did("register", "registration_form"), did("sort")) == {}


def test_an_agreement_that_was_performed_needs_no_second_one() -> None:
    agreed = did("mediate", "settlement_agreement", settled=True)
    performed = did("confirm_performance", settled=True, performed=True)

    assert lacking(agreed, performed) == {}
    assert lacking(did("mediate", settled=True)) == {"settlement_agreement": "33"}


def test_an_assigned_matter_ends_with_a_report_unless_it_went_back() -> None:
    assigned = did("assign", "assignment_letter", assigned=True)

    assert lacking(assigned)["completion_report"] == "22(1)(3)"
    assert lacking(assigned, did("close", "completion_report")).get("completion_report") is None
    agreed = did("decide_objection", "objection_answer", objection="agreed")
    assert lacking(assigned, agreed).get("completion_report") is None


def test_every_row_speaks_of_acts_facts_and_documents_that_there_are() -> None:
    kinds = {rule.kind for rule in load_law().documents()}
    for rule in load_volume():
        for pattern in (*rule.after, *rule.until, *rule.lifted):
            assert pattern.act is None or pattern.act in ACTS, rule.id
            assert pattern.fact is None or pattern.fact in FACTS, rule.id
            assert pattern.document is None or pattern.document in kinds, rule.id
        assert rule.papers, rule.id
