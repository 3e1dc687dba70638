"""The statute applied to a record finds what became of each clause, and doubts a record that says otherwise."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from engine.audit.verdict import Finding, Judged
from engine.bootstrap import House
from engine.cli import main
from engine.clock import legal_date
from engine.petition.entries import Entry
from engine.record.fold import fold
from engine.store.queries.census import all_files
from engine.store.queries.timeline import entries_of
from tests.audit.conftest import NOW, Lived

TODAY = legal_date(NOW)
CLAUSES = ["T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8", "T9", "T10", "U10"]


def judged(house: House, entries: Iterable[Entry], on: date = TODAY) -> tuple[Judged, ...]:
    with house.store.reading() as desk:
        return house.replay.verdict(desk, tuple(entries), on)


def records(house: House) -> list[tuple[Entry, ...]]:
    with house.store.reading() as desk:
        return [entries_of(desk, id) for id in all_files(desk)]


def with_row(house: House, limit: str, **wanted: object) -> tuple[tuple[Entry, ...], str]:
    """A record with a deadline of *limit* of which all of *wanted* holds, and that deadline's id."""
    for entries in records(house):
        for row in fold(entries).ledger.of(limit):
            if all(getattr(row, name) == value for name, value in wanted.items()):
                return entries, row.id
    raise AssertionError(f"no petition has a deadline of {limit} with {wanted}")


def of(found: Iterable[Judged], deadline: str) -> Judged:
    return next(one for one in found if one.deadline == deadline)


def rewritten(entries: Iterable[Entry], deadline: str, **row: object) -> tuple[Entry, ...]:
    """*entries* with something else in the last word on *deadline*."""
    entries = list(entries)
    places = [
        at
        for at, one in enumerate(entries)
        if any(data["id"] == deadline for data in one.consequences["deadlines"])
    ]
    last = entries[places[-1]]
    rows = [
        {**data, **row} if data["id"] == deadline else data
        for data in last.consequences["deadlines"]
    ]
    entries[places[-1]] = replace(last, consequences={**last.consequences, "deadlines": rows})
    return tuple(entries)


def test_the_records_of_a_lawful_office_leave_no_doubt(house: House) -> None:
    found = [one for entries in records(house) for one in judged(house, entries)]

    assert [one for one in found if one.doubts] == []
    assert {one.finding for one in found} >= set(Finding) - {
        Finding.SUSPENDED,
        Finding.MET_EXTENDED,
    }


def test_every_clause_with_a_number_is_judged_in_the_order_of_the_statute(house: House) -> None:
    for entries in records(house):
        clauses = [one.limit for one in judged(house, entries)]
        assert list(dict.fromkeys(clauses)) == CLAUSES


def test_a_duty_is_found_late_by_the_days_between_its_due_day_and_its_end(house: House) -> None:
    entries, id = with_row(house, "T5", state="met_late")
    row = fold(entries).ledger.get(id)
    one = of(judged(house, entries), id)

    assert (one.finding, one.breach) == (Finding.LATE, True)
    assert one.days == (row.closed_on - row.legal_due).days > 0  # type: ignore[operator]
    assert {row.opened_by, row.passed_by, row.closed_by} <= set(one.entries)


def test_a_duty_becomes_overdue_on_the_day_after_its_last(house: House) -> None:
    entries, id = with_row(house, "T5", state="running")
    due = fold(entries).ledger.get(id).legal_due
    assert due is not None

    assert of(judged(house, entries, due), id).finding is Finding.NOT_YET_DUE
    after = of(judged(house, entries, due + timedelta(days=1)), id)
    assert (after.finding, after.days) == (Finding.OVERDUE, 1)


def test_a_power_lapses_and_breaches_nothing(house: House) -> None:
    entries, id = with_row(house, "T7", state="lapsed")

    one = of(judged(house, entries), id)
    assert (one.finding, one.breach) == (Finding.LAPSED, False)


def test_an_extension_is_judged_with_the_entry_that_made_it(house: House) -> None:
    entries = next(
        entries
        for entries in records(house)
        if any(row.extension_days for row in fold(entries).ledger)
    )
    extension = next(one for one in judged(house, entries) if one.limit == "T6")

    assert extension.finding is Finding.MET
    assert [entries[seq - 1].act for seq in extension.entries] == ["extend"] * len(
        extension.entries
    )


@pytest.mark.parametrize(
    ("row", "word"),
    [
        ({"legal_due": "2031-01-06"}, "by law"),
        ({"calendar": "gone"}, "no longer known"),
        ({"state": "met"}, "not what its days give"),
        ({"extension_days": 31}, "more than the law allows"),
        ({"started_on": "2020-01-02"}, "by law"),
    ],
)
def test_a_record_that_says_otherwise_is_in_doubt(
    row: dict[str, object], word: str, house: House
) -> None:
    entries, id = with_row(house, "T5", state="running", extension_days=0)
    found = judged(house, rewritten(entries, id, **row))

    assert word in " ".join(doubt.en for one in found for doubt in one.doubts)


def test_a_clock_that_was_never_started_is_missed(house: House) -> None:
    entries, _ = with_row(house, "T7", state="running")
    silent = tuple(
        replace(
            one,
            consequences={
                **one.consequences,
                "deadlines": [row for row in one.consequences["deadlines"] if row["limit"] != "T7"],
            },
        )
        for one in entries
    )
    found = next(one for one in judged(house, silent) if one.limit == "T7")

    assert [doubt.en for doubt in found.doubts] == [
        "its starting event is recorded and no clock was started"
    ]


def test_the_command_tells_of_a_breach_by_its_status(
    on_sqlite: Lived,
    house: House,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("PETITION_DATA", str(on_sqlite.settings.data))
    monkeypatch.setenv("PETITION_LANGUAGE", "en")
    entries, id = with_row(house, "T5", state="met_late")

    status = main(["verdict", entries[0].petition, "--json"])
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    assert status == 1
    assert {row["deadline"]: row["finding"] for row in rows}[id] == "late"
