"""Answers that cannot be: days that are none, words that want to be more, choices nobody offered, pages grown old."""

from __future__ import annotations

from datetime import date, timedelta
from html import unescape

import pytest

from engine.acts.catalogue import ACTS
from engine.errors import BadInput, Refused
from engine.petition.commands import Command
from engine.petition.forms import FieldKind, Form
from tests.hostile.town import MORNING, Town, must_refuse, stops
from tests.hostile.words import NO_DAYS, SNIPPETS
from tests.model.playing import Play
from tests.model.road import MAIN, Traveller
from tests.web.checks import checked

ROAD = {stop[0]: stop for stop in stops()}
AHEAD = {"2026-03-03", "9999-12-31"}
"""Days that a question about the future may be answered with."""


def _days(form: Form) -> list[tuple[str, bool]]:
    return [
        (one.name, one.future)
        for one in form.fields
        if one.kind is FieldKind.DATE and one.when is None
    ]


@pytest.mark.parametrize("stop", ROAD)
def test_a_day_that_cannot_be_is_said_at_its_question(town: Town, stop: str) -> None:
    _, act, who, answers = ROAD[stop]
    with town.unchanged():
        for name, future in _days(ACTS[act].form):
            for day in NO_DAYS:
                if not (future and day in AHEAD):
                    must_refuse(
                        town.deed(who, town.waiting[stop], act, {**answers, name: day}), 422
                    )


@pytest.mark.parametrize("act", sorted(ACTS))
def test_no_act_takes_a_day_that_cannot_be(act: str) -> None:
    form, today = ACTS[act].form, MORNING.date()
    for name, future in _days(form):
        for day in (*NO_DAYS, " ", "\x00", "∞", "2026-03-02\n"):
            faults = _faults(form, {name: day}, today)
            assert (
                name in faults or day.strip() in {"", "2026-03-02"} or (future and day in AHEAD)
            ), day


def _faults(form: Form, answers: dict[str, object], today: date) -> set[str]:
    try:
        form.read(answers, today=today)
    except BadInput as fault:
        return set(fault.fields)
    return set()


@pytest.mark.parametrize("stop", ROAD)
@pytest.mark.parametrize(
    "wrong", ["nowhere", "' OR 1=1", "<b>", "true", "-1", "99", "\u202e", "x" * 300]
)
def test_a_choice_that_nobody_offered_is_refused(town: Town, stop: str, wrong: str) -> None:
    _, act, who, answers = ROAD[stop]
    kinds = {
        FieldKind.CHOICE,
        FieldKind.ORGAN,
        FieldKind.PERSON,
        FieldKind.DEADLINE,
        FieldKind.DOCUMENT,
        FieldKind.PETITION,
    }
    with town.unchanged():
        for one in ACTS[act].form.fields:
            if one.kind in kinds and one.asked(answers):
                must_refuse(
                    town.deed(who, town.waiting[stop], act, {**answers, one.name: wrong}), 409, 422
                )


@pytest.mark.parametrize(
    "number", ["-1", "0", "31", "1000000", "1e3", "٣", "0x10", "1.5", "9" * 5000, "NaN", "１０"]
)
def test_an_impossible_number_of_days_extends_nothing(town: Town, number: str) -> None:
    answers = {"complex": True, "reasons": "演示", "days": number}
    answer = town.deed("housing.head", town.waiting["investigate"], "extend", answers)
    if number in {"１０", "٣"}:  # digits of other scripts are digits
        return
    with town.unchanged():
        must_refuse(
            town.deed("housing.head", town.waiting["investigate"], "extend", answers), 409, 422
        )
    must_refuse(answer, 409, 422)


def test_an_answer_too_long_or_with_invisible_signs_is_refused(town: Town) -> None:
    with town.unchanged():
        for words in (
            "字" * 20_001,
            "a\x00b",
            "\x1b[2J",
            "\x07",
            "a\x7fb",
        ):
            answers = {**MAIN[8][3], "record": words}
            must_refuse(
                town.deed("housing.clerk", town.waiting["investigate"], "investigate", answers),
                422,
                400,
            )


def test_half_a_sign_is_refused_at_the_counter(town: Town) -> None:
    """No page can send it; a program may."""
    command = Command(
        act="investigate", actor=town.place.actor("housing.clerk"), key="half-a-sign",
        petition=town.waiting["investigate"], answers={**MAIN[8][3], "record": "\ud83d"},
    )  # fmt: skip
    with town.unchanged(), pytest.raises(BadInput):
        town.place.house.office.perform(command)


def test_questions_that_the_act_does_not_ask_change_nothing(own_town: Town) -> None:
    """The page drops them; the counter, where only programs come, refuses them."""
    petition, extra = (
        own_town.waiting["sign_for"],
        {"closing": "final", "route": "route_6", "__class__": "x"},
    )
    command = Command(
        act="sign_for",
        actor=own_town.place.actor("housing.clerk"),
        key="extra",
        petition=petition,
        answers=extra,
    )
    with own_town.unchanged(), pytest.raises(BadInput):
        own_town.place.house.office.perform(command)
    assert own_town.deed("housing.clerk", petition, "sign_for", extra).status_code == 302
    facts = own_town.place.file(petition).facts
    assert "closing" not in facts
    assert "route" not in facts


@pytest.mark.parametrize("stop", ROAD)
def test_a_page_that_has_grown_old_is_refused(town: Town, stop: str) -> None:
    _, act, who, answers = ROAD[stop]
    petition = town.waiting[stop]
    version = town.place.file(petition).version
    with town.unchanged():
        for old in {max(0, version - 1), version + 1, version + 999} - {version}:
            must_refuse(town.deed(who, petition, act, answers, version=str(old)), 409)


def test_a_confirmation_sent_again_with_other_answers_changes_nothing(own_town: Town) -> None:
    petition, town = own_town.waiting["sort"], own_town
    page = {"phase": "confirm", "key": "the-key-of-one-page", "f-disposition": "forward"}
    address = f"/petitions/{petition}/do/sort"
    assert town.post("county.clerk", address, page).status_code == 302
    with town.unchanged():
        again = town.post("county.clerk", address, {**page, "f-disposition": "assign"})
        assert again.status_code in {302, 404}
    assert town.place.file(petition).facts["disposition"] == "forward"


def test_the_key_of_one_act_is_no_key_for_another(own_town: Town) -> None:
    """A key is carried out once, whatever is sent with it."""
    key = "the-key-of-one-page"
    first, second = own_town.waiting["sort"], own_town.waiting["forward"]
    sent = {"phase": "confirm", "key": key, "f-disposition": "forward"}
    assert own_town.post("county.clerk", f"/petitions/{first}/do/sort", sent).status_code == 302
    with own_town.unchanged():
        other = {"phase": "confirm", "key": key, "f-organ": "county.labour"}
        own_town.post("county.clerk", f"/petitions/{second}/do/forward", other)
    assert own_town.place.file(second).facts.get("organ") is None


@pytest.mark.parametrize("words", SNIPPETS)
def test_hostile_words_in_every_act_stay_words_on_every_paper(own_town: Town, words: str) -> None:
    """A matter travels the whole road with *words* wherever words are asked; every page and paper shows them as words."""
    town, play = own_town, Play(own_town.place, name="words")
    traveller = _along_the_road(Traveller(play), words)
    if traveller is None:
        return
    screen = town.screen("county.clerk")
    for part in ("", "/timeline", "/papers", "/content", "/receipt", "/diagram", "/replay"):
        checked(screen.get(f"/petitions/{traveller}{part}"), 200)
    shown = checked(
        town.post("county.clerk", f"/petitions/{traveller}/content", {"purpose": "核对内容"}), 200
    )
    assert _flat(words) in _flat(unescape(shown.html))
    papers = [
        link
        for link in checked(screen.get(f"/petitions/{traveller}/papers"), 200).links
        if "/documents/" in link
    ]
    assert len(papers) > 6
    for link in papers:
        checked(screen.get(link), 200)
    printed = "".join(
        checked(town.post("county.clerk", link, {"purpose": "核对内容"}), 200).html
        for link in papers
    )
    assert _flat(words) in _flat(unescape(printed))


def _along_the_road(traveller: Traveller, words: str) -> str | None:
    """The petition at the end of the road; None where the office does not take such words at all."""
    for stop, act, _, given in MAIN:
        free = {FieldKind.TEXT, FieldKind.LONG_TEXT}
        asked = {one.name for one in ACTS[act].form.fields if one.kind in free and one.asked(given)}
        asked -= {"external_number", "submission"}
        done = traveller.at(stop, **dict.fromkeys(asked, words))
        if isinstance(done, BadInput):
            assert traveller.petition is None, f"{stop} refuses what register took: {done}"
            return None
        assert not isinstance(done, Refused | Exception), f"{stop}: {done}"
    return traveller.petition


def _flat(words: str) -> str:
    return "".join(words.split())


def test_a_session_that_is_too_old_does_nothing(own_town: Town) -> None:
    screen = own_town.screen("county.clerk")
    own_town.place.clock.turn_to(own_town.place.clock.now() + timedelta(hours=1))
    with own_town.unchanged():
        assert screen.get("/work").status_code == 302
