"""Each clock fires once, at its own instant and in its order, whenever somebody looks; what turns out otherwise is put right."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from engine.bootstrap import shipped_source
from engine.clock import SHANGHAI
from engine.errors import NotOffered
from engine.office.calendars import Published, publish_year
from engine.petition.deadlines import DeadlineState
from engine.petition.entries import Entry, EntryKind
from engine.petition.parties import SYSTEM, Actor
from engine.procedure import Source
from engine.statute.reckoning import due_instant
from tests.acts.situations import HOUSING, MONDAY, PO
from tests.office.counters import Counter
from tests.procedure import diagrams as draw

LONG_AFTER = date(2026, 7, 20)


def firings(counter: Counter, petition: str) -> list[Entry]:
    """The entries of clocks, in the order of the record."""
    return [one for one in counter.entries(petition) if one.kind is EntryKind.FIRING]


def legal_day(counter: Counter, petition: str, limit: str) -> date:
    """The last day of the newest deadline of *limit*."""
    due = counter.row(petition, limit).legal_due
    assert due is not None
    return due


def midnight_after(day: date) -> datetime:
    """24:00 of *day* in Shanghai."""
    return datetime.combine(day + timedelta(days=1), time(), SHANGHAI).astimezone(UTC)


# ---- after an outage -------------------------------------------------------------------------------


def test_what_passed_during_an_outage_fires_at_its_own_instants_and_in_their_order(
    counter: Counter,
) -> None:
    petition = counter.forwarded()
    counter.live_until(LONG_AFTER)

    fired = firings(counter, petition)

    assert [one.act for one in fired] == ["clock:T4", "clock:T3", "clock:T5"]
    assert [one.effective_at for one in fired] == [
        midnight_after(legal_day(counter, petition, limit)) for limit in ("T4", "T3", "T5")
    ]
    assert {one.recorded_at for one in fired} == {counter.clock.now()}
    assert counter.row(petition, "T5").started_on == counter.row(petition, "T3").nominal_due
    breaches = {file.facts["breach_limit"] for file in counter.supervisions(petition)}
    assert breaches == {"T3", "T5"}


def test_whoever_comes_first_lets_the_clocks_fire_and_the_tower_finds_nothing_left(
    counter: Counter,
) -> None:
    petition = counter.forwarded()
    counter.turn_to(LONG_AFTER)
    counter.does("sign_for", petition)
    seen = counter.entries(petition)

    counter.drain()

    assert counter.entries(petition) == seen
    assert [one.kind for one in seen[-4:]] == [EntryKind.FIRING] * 3 + [EntryKind.ACT]


def test_a_clock_that_is_not_up_does_not_fire(counter: Counter) -> None:
    petition = counter.forwarded()
    counter.clock.turn_to(due_instant(legal_day(counter, petition, "T4")) - timedelta(seconds=1))
    counter.drain()
    assert firings(counter, petition) == []

    counter.clock.turn_to(due_instant(legal_day(counter, petition, "T4")))
    counter.drain()

    assert [one.act for one in firings(counter, petition)] == ["clock:T4"]


# ---- late entries ----------------------------------------------------------------------------------


def test_a_notice_typed_in_late_but_given_in_time_is_met_and_ends_its_supervision(
    counter: Counter,
) -> None:
    petition = counter.goes(counter.forwarded(), "sign_for", "route")
    given, due = MONDAY, legal_day(counter, petition, "T3")
    counter.live_until(due + timedelta(days=3))
    [beside] = counter.supervisions(petition)
    assert counter.row(petition, "T3").state is DeadlineState.OVERDUE
    assert counter.file(petition).facts["presumed_accepted"] is True

    counter.does("accept", petition, notice_on=given)
    counter.drain()

    row, file = counter.row(petition, "T3"), counter.file(petition)
    assert (row.state, row.closed_on) == (DeadlineState.MET, given)
    assert file.facts.get("presumed_accepted") in {None, False}
    assert counter.row(petition, "T5").started_on == given
    annulled = counter.file(beside.id)
    assert annulled.facts["annulled"] is True
    assert annulled.closed_at == counter.clock.now()
    entry = counter.entries(petition)[-1]
    assert entry.effective_at.astimezone(SHANGHAI).date() == given
    assert entry.recorded_at == counter.clock.now()


def test_a_notice_given_late_leaves_the_breach_and_its_supervision(counter: Counter) -> None:
    petition = counter.goes(counter.forwarded(), "sign_for", "route")
    counter.live_until(legal_day(counter, petition, "T3") + timedelta(days=3))

    counter.does("accept", petition)
    counter.drain()

    [beside] = counter.supervisions(petition)
    assert counter.row(petition, "T3").state is DeadlineState.MET_LATE
    assert beside.closed_at is None


# ---- internal limits -------------------------------------------------------------------------------


def with_own_limit(words: str) -> Source:
    """A drawing of the office's own: a free step, and a second one when its internal limit is up."""
    own = draw.process(
        "petition",
        draw.start(), draw.task("look", organ="office"),
        draw.boundary("reminded", "look", interrupting=False, limit=words),
        draw.task("remind", organ="office"), draw.end("reminded_done"), draw.end(),
        draw.chain("begin", "look", "done"), draw.chain("reminded", "remind", "reminded_done"),
    )  # fmt: skip
    form = draw.FORM.format(name="note").encode()
    supervision = {"supervision.bpmn": shipped_source().files["supervision.bpmn"]}
    return Source({"petition.bpmn": draw.document(own), "forms/note.toml": form, **supervision})


def test_an_internal_limit_fires_at_its_own_instant_once(counter: Counter) -> None:
    counter.deploy(with_own_limit("3 working_days"))
    petition = counter.registered()
    counter.live_until(MONDAY + timedelta(days=10))

    [fired] = firings(counter, petition)

    assert fired.act == "clock:internal"
    assert fired.effective_at == midnight_after(MONDAY + timedelta(days=3))
    assert counter.open_elements(petition) == {"look", "remind"}
    assert counter.file(petition).ledger.of("T1")[0].state is DeadlineState.RUNNING


def test_an_internal_limit_that_is_too_long_is_cut_to_the_law(counter: Counter) -> None:
    counter.deploy(with_own_limit("999 days"))
    petition = counter.registered()
    due = legal_day(counter, petition, "T1")
    counter.live_until(due + timedelta(days=40))

    fired = firings(counter, petition)

    assert [one.act for one in fired] == ["clock:internal", "clock:T1"]
    assert {one.effective_at for one in fired} == {midnight_after(due)}


def test_an_internal_limit_that_nobody_waits_for_any_more_does_not_fire(counter: Counter) -> None:
    counter.deploy(with_own_limit("3 days"))
    petition = counter.registered()
    fill = counter.command("fill", petition, "anna")
    with pytest.raises(NotOffered):
        counter.perform(fill)
    counter.perform(replace(fill, step=counter.step(petition, "look")))
    counter.live_until(MONDAY + timedelta(days=10))

    assert firings(counter, petition) == []
    assert counter.file(petition).closed_at is not None


# ---- a year of the calendar ------------------------------------------------------------------------

NEW_YEAR = {
    "notice": {"year": 2027, "number": "演示〔2026〕1号", "title": "2027年节假日安排(演示)"},
    "holidays": [
        {"name": "元旦", "from": "2027-01-01", "to": "2027-01-05"},
        {"name": "春节", "from": "2027-02-05", "to": "2027-02-11"},
        {"name": "清明节", "from": "2027-04-05", "to": "2027-04-05"},
        {"name": "劳动节", "from": "2027-05-01", "to": "2027-05-05"},
        {"name": "端午节", "from": "2027-06-09", "to": "2027-06-09"},
        {"name": "中秋节", "from": "2027-09-15", "to": "2027-09-15"},
        {"name": "国庆节", "from": "2027-10-01", "to": "2027-10-07"},
    ],
    "makeup_workdays": [],
}
DECEMBER = date(2026, 12, 17)


def publish(counter: Counter, *, keep: bool = True, actor: Actor = SYSTEM) -> Published:
    """Put the year 2027 in force."""
    return publish_year(
        counter.house.store,
        NEW_YEAR,
        law=counter.house.law,
        actor=actor,
        now=counter.clock.now(),
        keep=keep,
    )


def test_a_published_year_recounts_each_running_deadline_once(counter: Counter) -> None:
    counter.turn_to(DECEMBER)
    petition, other = counter.registered(), counter.registered()
    before = counter.row(petition, "T1")
    assert before.provisional

    published = publish(counter)
    assert counter.row(petition, "T1") == before
    counter.drain()
    counter.drain()

    after = counter.row(petition, "T1")
    assert published.files == 2
    assert (before.legal_due, after.legal_due) == (date(2027, 1, 4), date(2027, 1, 6))
    assert not after.provisional
    for one in (petition, other):
        counted = [entry for entry in counter.entries(one) if entry.act == "recalendar"]
        assert [entry.person for entry in counted] == ["system"]
        assert counted[0].consequences["deadlines"]


def test_a_year_that_is_only_tried_changes_nothing(counter: Counter) -> None:
    counter.turn_to(DECEMBER)
    counter.registered()
    before = counter.everything()

    assert publish(counter, keep=False).files == 1

    assert counter.everything() == before


def test_a_preview_tells_old_and_new_days_and_of_sealed_files_only_those_who_see_them(
    counter: Counter,
) -> None:
    counter.turn_to(DECEMBER)
    ordinary = counter.file(counter.registered())
    sealed = counter.file(counter.registered(category="accusation", accused_organ=HOUSING))
    assert sealed.sealed
    told = {
        who: publish(counter, keep=False, actor=counter.actor(who)).shifts
        for who in ("anna", "abel", "carl")
    }

    assert {one.number for one in told["anna"]} == {one.number for one in told["carl"]}
    assert {one.number for one in told["anna"]} == {ordinary.number}
    assert {one.number for one in told["abel"]} == {ordinary.number, sealed.number}
    (shift,) = told["anna"]
    assert (shift.was.legal_due, shift.was.provisional) == (date(2027, 1, 4), True)
    assert (shift.now.legal_due, shift.now.provisional) == (date(2027, 1, 6), False)

    publish(counter, actor=counter.actor("anna"))
    with counter.house.store.reading() as desk:
        assert desk.recounting(counter.actor("anna"), DECEMBER) == (0, 1)
        assert desk.recounting(counter.actor("abel"), DECEMBER)[1] > 1
    counter.drain()
    with counter.house.store.reading() as desk:
        assert desk.recounting(counter.actor("anna"), DECEMBER) == (1, 1)
        done, running = desk.recounting(counter.actor("abel"), DECEMBER)
    assert done == running > 1


def test_a_year_published_again_counts_nothing_again(counter: Counter) -> None:
    counter.turn_to(DECEMBER)
    petition = counter.registered()
    publish(counter)
    counter.drain()
    seen = counter.entries(petition)

    assert publish(counter).files == 0
    counter.drain()

    assert counter.entries(petition) == seen


def test_a_deadline_that_has_passed_is_not_unmade_by_a_later_notice(counter: Counter) -> None:
    counter.turn_to(DECEMBER)
    petition = counter.registered()
    counter.live_until(date(2027, 1, 5))
    assert counter.row(petition, "T1").state is DeadlineState.OVERDUE

    publish(counter)
    counter.drain()

    row = counter.row(petition, "T1")
    assert (row.state, row.legal_due) == (DeadlineState.OVERDUE, date(2027, 1, 4))


# ---- reopening -------------------------------------------------------------------------------------


def lapsed(counter: Counter) -> str:
    """A petition closed since nobody asked for a review in time."""
    petition = counter.served()
    counter.does("confirm_execution", petition)
    counter.live_until(legal_day(counter, petition, "T7") + timedelta(days=1))
    counter.does("confirm_lapse", petition)
    return petition


def test_reopening_starts_the_drawing_again_at_the_review(counter: Counter) -> None:
    petition = lapsed(counter)
    closed = counter.file(petition)
    assert closed.closed_at is not None
    assert counter.open_elements(petition) == set()

    counter.does("reopen", petition)

    file = counter.file(petition)
    assert file.closed_at is None
    assert file.stage == "review"
    assert counter.open_elements(petition) == {"request_review_late"}
    counter.does("request_review", petition)
    assert counter.row(petition, "T8").state is DeadlineState.RUNNING


def test_a_file_that_is_open_is_not_reopened(counter: Counter) -> None:
    petition = counter.served()

    counter.refuses(counter.command("reopen", petition))


def test_the_offices_of_a_breach_are_those_that_owe_it(counter: Counter) -> None:
    petition = counter.registered()
    counter.live_until(legal_day(counter, petition, "T1") + timedelta(days=1))
    [beside] = counter.supervisions(petition)

    assert (beside.facts["organ"], beside.organ) == (PO, "city.petitions")
    other = counter.forwarded()
    counter.live_until(legal_day(counter, other, "T3") + timedelta(days=1))
    [further] = counter.supervisions(other)
    assert (further.facts["organ"], further.organ) == (HOUSING, PO)
