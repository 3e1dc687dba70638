"""Figures over all petitions are what the records give, one by one; whoever may not see a file is not told of it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from engine.audit.course import Walk
from engine.audit.figures.clauses import Rate, Verdict, clauses_of
from engine.audit.holding import Holder, holder_of
from engine.audit.story import attributed, tell
from engine.audit.verdict import Finding
from engine.bootstrap import House
from engine.clock import legal_date
from engine.petition.parties import Actor
from engine.record.fold import Standing
from engine.store.queries.behind import BANDS, VERY, Figure, files_behind
from engine.store.queries.cases import Cases, case_ids
from engine.store.queries.census import all_files
from engine.store.queries.figures import (
    clause_counts,
    element_figures,
    holder_figures,
    oldest_open,
    overdue_bands,
    told_up_to,
    ways,
)
from engine.store.queries.timeline import entries_of
from tests.audit.conftest import NOW, Lived, lived
from tests.audit.test_event_logs import somebody
from tests.cli.conftest import ask

__all__ = ["ask"]
TODAY = legal_date(NOW)
ELEMENTS = ("sort", "accept", "issue_opinion", "decide_review", "call_handling", "journey")


@pytest.fixture
def auditor(house: House) -> Actor:
    house.telling.catch_up(NOW)
    return somebody(house, "sealed.auditor")


def judged_one_by_one(house: House, auditor: Actor, period: Figure) -> Verdict:
    verdict = Verdict(due_from=period.due_from, due_to=period.due_to)
    with house.store.reading() as desk:
        for id in case_ids(desk, auditor, Cases(), on=TODAY):
            verdict.add(id, house.replay.verdict(desk, entries_of(desk, id), TODAY))
    return verdict


@pytest.mark.parametrize(
    ("database", "period"),
    [
        ("sqlite", Figure()),
        ("sqlite", Figure(due_from=TODAY - timedelta(60), due_to=TODAY + timedelta(5))),
        ("postgresql", Figure()),
    ],
)
def test_clauses_counted_in_the_database_are_those_judged_from_each_record(
    database: str, period: Figure, on_sqlite: Lived, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    there = on_sqlite
    if database == "postgresql":
        there = lived(tmp_path / "data", request.getfixturevalue("postgres_url"), petitions=24)
    house = there.open()
    house.telling.catch_up(NOW)
    auditor = somebody(house, "sealed.auditor")
    expected = judged_one_by_one(house, auditor, period)
    with house.store.reading() as desk:
        counts = clause_counts(desk, auditor, period, on=TODAY)
        figures = element_figures(
            desk, auditor, ELEMENTS, version=desk.current_procedure(TODAY), on=TODAY
        )
        gone, total = ways(desk, auditor, on=TODAY, concluded=False)
        bands = overdue_bands(desk, auditor, on=TODAY)
        held = holder_figures(
            desk, auditor, on=TODAY, now=int(NOW.timestamp()), figure=period, running=True
        )
        oldest = oldest_open(desk, auditor, on=TODAY)
        late = files_behind(desk, auditor, Figure(band=VERY, holder=held[0].holder), on=TODAY)
        files = {
            one.finding: files_behind(
                desk,
                auditor,
                Figure(limit="T5", finding=one.finding, due_from=period.due_from, due_to=period.due_to),
                on=TODAY,
            ).total
            for one in counts
            if one.limit == "T5"
        }  # fmt: skip
    house.store.close()

    assert clauses_of(house.law, counts) == expected.clauses(house.law)
    behind = {finding.value: len(numbers) for finding, numbers in expected.files["T5"].items()}
    assert files == behind
    assert figures["sort"].stays >= figures["sort"].ended > 0
    assert 0 < sum(one.count for one in gone) <= total
    assert sum(one.seconds for one in held) > 0
    assert 0 < len(oldest) <= 10
    assert late.total <= bands[VERY]
    assert sum(bands[band] for band in BANDS) == sum(
        one.count for one in clause_counts_of(counts, "overdue")
    ) or (period.due_from is not None)


def clause_counts_of(counts: Any, finding: str) -> list[Any]:
    return [one for one in counts if one.finding == finding]


def test_a_limit_counts_in_the_period_in_which_it_falls(house: House, auditor: Actor) -> None:
    def rates(period: Figure) -> int:
        with house.store.reading() as desk:
            found = clauses_of(house.law, clause_counts(desk, auditor, period, on=TODAY))
        return sum(clause.in_time.whole for clause in found)

    half = TODAY - timedelta(80)
    parts = rates(Figure(due_to=half)), rates(Figure(due_from=half + timedelta(1)))
    assert sum(parts) == rates(Figure())
    assert all(parts)


def test_each_instant_belongs_to_exactly_one_holder(house: House, auditor: Actor) -> None:
    now = int(NOW.timestamp())
    with house.store.reading() as desk:
        ids = case_ids(desk, auditor, Cases(process="petition"), on=TODAY)
        held = holder_figures(desk, auditor, on=TODAY, now=now, figure=Figure())
        expected: Counter[str] = Counter()
        for id in ids:
            story = tell(house.replay, desk, entries_of(desk, id))
            for one in attributed(story, NOW):
                expected[one.holder] += int(one.time.total_seconds())

    assert {one.holder: one.seconds for one in held} == {
        holder: seconds for holder, seconds in expected.items() if seconds
    }
    assert sum(one.transit for one in held) > 0


def test_what_is_under_way_belongs_to_its_sender_until_it_is_signed_for(house: House) -> None:
    step = house.maps(_version(house)).elements["sign_for"]
    facts = {"organ": "county.housing", "transferred_by": "county.petitions"}

    assert holder_of([step], Standing(facts=facts)) == Holder("county.petitions", transit=True)
    assert holder_of([], Standing(facts=facts)) is None


def test_a_stay_goes_on_under_its_new_name_when_a_petition_is_carried_over(house: House) -> None:
    with house.store.reading() as desk:
        first, *_ = entries_of(desk, all_files(desk)[0])
    walk = Walk(house.maps)
    walk.on(first)
    (step,) = walk.steps()
    began = next(one for one in walk.open if one.element == step.id)
    moves = [["carry", [[step.id, "route"]]]]
    carried = replace(first, seq=2, step=None, consequences={"moves": moves})
    walk.on(carried)

    assert [one.id for one in walk.steps()] == ["route"]
    assert (began.element, began.entered_by, began.left_by) == ("route", 1, None)


def _version(house: House) -> str:
    with house.store.reading() as desk:
        return desk.current_procedure(TODAY)


def test_medians_and_deciles_are_those_of_the_spans(house: House, auditor: Actor) -> None:
    with house.store.reading() as desk:
        found = element_figures(
            desk, auditor, ELEMENTS, version=desk.current_procedure(TODAY), on=TODAY
        )
        spans: dict[str, list[int]] = {}
        for id in case_ids(desk, auditor, Cases(), on=TODAY):
            opened: dict[str, list[int]] = {}
            for scene in tell(house.replay, desk, entries_of(desk, id)).scenes:
                second = int(scene.at.timestamp())
                for element in scene.entry.consequences.get("entered", ()):
                    opened.setdefault(element, []).append(second)
                for element in scene.entry.consequences.get("left", ()):
                    spans.setdefault(element, []).append(second - opened[element].pop(0))

    for element in ("sort", "accept", "issue_opinion", "decide_review", "call_handling"):
        ordered = sorted(spans[element])
        figure = found[element]
        assert figure.ended == len(ordered)
        assert figure.median == ordered[(len(ordered) + 1) // 2 - 1]
        assert figure.ninetieth == ordered[-(-9 * len(ordered) // 10) - 1]


def test_breaches_lie_where_the_petition_then_was(house: House, auditor: Actor) -> None:
    with house.store.reading() as desk:
        found = element_figures(
            desk, auditor, ELEMENTS, version=desk.current_procedure(TODAY), on=TODAY
        )
        late = files_behind(desk, auditor, Figure(element="sort", state="late"), on=TODAY)

    assert found["sort"].breaches >= late.total > 0
    assert found["journey"].breaches >= found["sort"].breaches


def test_the_oldest_open_stand_first(house: House, auditor: Actor) -> None:
    with house.store.reading() as desk:
        oldest = oldest_open(desk, auditor, on=TODAY)
        everything = desk.files(
            auditor, on=TODAY, state="open", kind="petition", page_size=200
        ).rows

    days = sorted(row.received_on for row in everything)
    assert [row.received_on for row in oldest] == days[:10]


def test_very_overdue_is_overdue_by_more_than_the_limit(house: House, auditor: Actor) -> None:
    with house.store.reading() as desk:
        bands = overdue_bands(desk, auditor, on=TODAY + timedelta(400))
        listed = files_behind(desk, auditor, Figure(band=VERY), on=TODAY + timedelta(400))

    assert bands[VERY] >= listed.total > 0


def test_nobody_is_counted_whom_the_asker_may_not_see(house: House, auditor: Actor) -> None:
    plain = somebody(house, "auditor")
    clerk = somebody(house, "heating.clerk")
    with house.store.reading() as desk:
        sealed = [row.petition for row in desk.files(auditor, on=TODAY, page_size=200).rows if row.sealed]  # fmt: skip
        hidden = {row.petition for row in files_behind(desk, plain, Figure(), on=TODAY).rows}
        counts = clause_counts(desk, clerk, Figure(), on=TODAY)
        mine = len(case_ids(desk, clerk, Cases(), on=TODAY))

    assert sealed
    assert hidden & set(sealed) == set()
    assert sum(one.count for one in counts if one.limit == "T1") <= mine


@contextmanager
def statements(house: House) -> Iterator[list[str]]:
    sent: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    event.listen(house.store.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(house.store.engine, "before_cursor_execute", note)


def test_figures_cost_a_few_statements_whatever_there_is(house: House, auditor: Actor) -> None:
    now = int(NOW.timestamp())
    with statements(house) as sent, house.store.reading() as desk:
        version = desk.current_procedure(TODAY)
        clause_counts(desk, auditor, Figure(), on=TODAY)
        element_figures(desk, auditor, ELEMENTS, version=version, on=TODAY)
        ways(desk, auditor, on=TODAY)
        holder_figures(desk, auditor, on=TODAY, now=now, figure=Figure())
        overdue_bands(desk, auditor, on=TODAY)
        oldest_open(desk, auditor, on=TODAY)

    assert len(sent) <= 14


def test_what_is_told_follows_the_record_and_is_told_once(house: House, auditor: Actor) -> None:
    with house.store.reading() as desk:
        assert told_up_to(desk)[0] == told_up_to(desk)[1]
        assert len(all_files(desk)) > 66
    with statements(house) as sent:
        assert house.telling.turn(NOW).petitions == 0
    assert len(sent) <= 5


@pytest.mark.parametrize(
    ("rate", "said"),
    [
        (Rate(7839, 8307), "7839/8307 = 94.37%"),
        (Rate(638, 1876), "638/1876 = 34.01%"),
        (Rate(0, 0), "—"),
        (Rate(1, 1), "1/1 = 100.00%"),
        (Rate(1, 800), "1/800 = 0.13%"),
    ],
)
def test_a_rate_is_said_with_what_it_is_made_of(rate: Rate, said: str) -> None:
    assert str(rate) == said
    assert rate.few is (rate.whole < 20)


def test_the_command_adds_up_all_petitions_in_several_processes(
    on_sqlite: Lived, house: House, ask: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PETITION_DATA", str(on_sqlite.settings.data))
    monkeypatch.setenv("PETITION_LANGUAGE", "en")
    status, out, err = ask("verdict", "--all", "--json", "--processes", "2")
    rows = {row["limit"]: row for row in map(json.loads, out.splitlines())}

    verdict = Verdict()
    with house.store.reading() as desk:
        ids = all_files(desk)
        for id in ids:
            verdict.add(id, house.replay.verdict(desk, entries_of(desk, id), TODAY))
    assert f"{len(ids)}/{len(ids)}" in err
    for clause in verdict.clauses(house.law):
        row = rows[clause.limit]
        # The command asks the machine's clock: whether a day has come may differ, how often a limit ran may not.
        assert sum(row["counts"].values()) == sum(clause.counts.values())
        assert row["in_time"]["denominator"] >= row["in_time"]["numerator"]
        assert set(row["files"]) == set(row["counts"])
    assert status == 1
    for wrong in (("verdict",), ("verdict", "x", "--all"), ("verdict", "x", "--from", "2026-01-01")):  # fmt: skip
        assert ask(*wrong)[0] == 2


def test_the_plain_command_speaks_of_few_and_of_nothing(
    on_sqlite: Lived, ask: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PETITION_DATA", str(on_sqlite.settings.data))
    monkeypatch.setenv("PETITION_LANGUAGE", "en")
    _, out, _ = ask("verdict", "--all", "--processes", "1")
    lines = {line.split()[0]: line for line in out.splitlines()}

    assert "—" in lines["T7"]
    assert "n<20" in lines["T10"]
    assert Finding.MET in set(Finding)
