"""The law's data: every row is sourced, versions follow the day a clock starts, malformed files are refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from engine.errors import BadInput, DataError
from engine.statute import law as law_module
from engine.statute.law import Kind, Limit, Mark, Unit, load_law, read_law

LAW = load_law()
BROKEN = sorted((Path(__file__).parent / "broken" / "law").glob("*.toml"))
NOW, THEN = date(2022, 5, 1), date(2022, 4, 30)

LENGTHS = {
    "T1": 15, "T2": 15, "T3": 15, "T4": 5, "T5": 60, "T6": 30, "T7": 30, "T8": 30, "T9": 30, "T10": 30,
    "P1": 15, "P2": 15, "P3": 15, "P4": 60, "P5": 30, "P6a": 30, "P6b": 30, "P7a": 30, "P7b": 30, "P8": 30,
    "P9": None, "U10": None, "Q1": 3, "Q2": 10, "Q3": 1,
}  # fmt: skip


def test_a_drawing_may_listen_to_deadlines_of_their_own_alone() -> None:
    assert [limit.id for limit in LAW.clocks()] == [
        "T1", "T2", "T3", "T4", "T5", "T7", "T8", "T9", "T10", "U10",
    ]  # fmt: skip


def test_the_limits_are_those_of_the_two_regulations() -> None:
    assert LENGTHS == {limit.id: limit.length for limit in LAW.limits()}


def test_only_the_objection_and_the_targets_count_working_days() -> None:
    working = {limit.id for limit in LAW.limits() if limit.unit is Unit.WORKING_DAYS}

    assert {"T4", "Q1", "Q2", "Q3"} == working


def test_powers_are_the_objection_the_extension_and_the_petitioners_requests() -> None:
    powers = {limit.id for limit in LAW.limits() if limit.kind is Kind.POWER}

    assert {"T4", "T6", "T7", "T9", "P5", "P6a", "P7a"} == powers


@pytest.mark.parametrize("limit", LAW.limits(), ids=lambda limit: limit.id)
def test_every_limit_names_its_article_its_mark_and_its_words(limit: Limit) -> None:
    assert limit.article
    assert limit.mark in Mark
    assert limit.cite.zh.startswith("《")
    assert f"Art. {limit.article}" in limit.cite.en
    assert limit.alias.isidentifier()
    assert limit.source


@pytest.mark.parametrize("limit", LAW.limits(), ids=lambda limit: limit.id)
def test_a_breach_finds_the_article_that_answers_for_it(limit: Limit) -> None:
    liability = LAW.liability(limit)

    assert (limit.breach is None) is (liability is None)
    assert not (limit.breach is None and limit.kind is Kind.DUTY and limit.version == "R22")


def test_the_duties_without_a_number_are_complete() -> None:
    assert [f"U{number}" for number in range(1, 31)] == [duty.id for duty in LAW.duties()]


def test_a_clock_takes_the_version_of_the_day_it_starts() -> None:
    assert ("T5", "R22") == (LAW.limit("T5", on=NOW).id, LAW.limit("T5", on=NOW).version)
    assert ("P4", "R05") == (LAW.limit("T5", on=THEN).id, LAW.limit("T5", on=THEN).version)


def test_every_limit_of_today_but_the_new_ones_has_a_counterpart_then() -> None:
    """R05 knew neither the objection of Art. 23(3) nor a day named on assignment."""
    today = [limit.id for limit in LAW.limits() if limit.version == "R22"]
    without = set()
    for name in today:
        try:
            LAW.limit(name, on=THEN)
        except BadInput:
            without.add(name)

    assert {"T4", "U10"} == without


@pytest.mark.parametrize(
    ("name", "on", "field"),
    [
        ("T1", date(2005, 4, 30), "on"),
        ("T4", THEN, "on"),
        ("P4", NOW, "on"),
        ("Q1", THEN, "on"),
        ("T99", NOW, "limit"),
    ],
)
def test_no_limit_is_made_up_for_a_day_on_which_it_did_not_hold(
    name: str, on: date, field: str
) -> None:
    with pytest.raises(BadInput) as refusal:
        LAW.limit(name, on=on)

    assert {field} == set(refusal.value.fields)


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("conclude_handling", "T5"),
        ("object_to_transfer", "T4"),
        ("P6", "P6a"),
        ("P7", "P7a"),
        ("T5", "T5"),
    ],
)
def test_a_limit_answers_to_its_alias(name: str, id: str) -> None:
    assert id == LAW.limit_id(name)


def test_only_the_re_review_is_suspended_and_only_by_a_hearing() -> None:
    suspended = {limit.id: limit.suspended_by for limit in LAW.limits() if limit.suspended_by}

    assert {"T10": ("hearing",), "P7b": ("hearing",)} == suspended


def test_articles_can_be_asked_for_by_any_name() -> None:
    names = ("T4", "report_urgent", "handling_opinion", "representatives_on_visit")

    assert ["23(3)", "25(1)", "32", "20(3)"] == [LAW.article_of(name) for name in names]


def test_an_opinion_states_what_article_32_asks_and_the_remedy() -> None:
    rule = LAW.document("handling_opinion")

    assert ("request", "facts_and_reasons", "opinion", "legal_basis", "remedy") == rule.mandatory
    assert ("信处", True) == (rule.code, rule.served)


def test_a_document_says_which_parts_are_missing() -> None:
    rule = LAW.document("extension_notice")

    missing = rule.missing({"reasons": "案情复杂", "days": " ", "new_due_date": "2025-11-03"})

    assert ["days", "approver"] == [part.id for part in missing]


def test_there_are_no_two_documents_under_one_number_word() -> None:
    codes = [rule.code for rule in LAW.documents() if rule.code]

    assert len(codes) == len(set(codes))


def test_what_the_law_leaves_open_has_no_default() -> None:
    expected = {
        "satisfaction_window_days",
        "recommendation_feedback_days",
        "jurisdiction_dispute_days",
        "hearing_notice_days",
    }

    assert expected == {setting.id for setting in LAW.settings()}
    assert not any(hasattr(setting, "value") for setting in LAW.settings())


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_malformed_file_is_refused_naming_file_and_row(path: Path) -> None:
    expected = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# expected: ")

    with pytest.raises(DataError) as refusal:
        read_law([path])

    assert refusal.value.text.en.startswith(path.name)
    assert expected in refusal.value.text.en


def test_the_digest_names_the_very_data(tmp_path: Path) -> None:
    shipped = (law_module.HERE / "regulation-2005.toml").read_text(encoding="utf-8")
    shipped = shipped.replace("counterpart", "# counterpart")
    (tmp_path / "one.toml").write_text(shipped, encoding="utf-8")
    (tmp_path / "two.toml").write_text(shipped + "\n# a remark\n", encoding="utf-8")

    assert read_law([tmp_path / "one.toml"]).digest != read_law([tmp_path / "two.toml"]).digest
