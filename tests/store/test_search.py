"""A search finds exactly what holds the words, at every length, in Chinese, digits and letters."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.store.search import BREAK, phrase, spaced
from engine.store.store import Store
from tests.store.samples import (
    CLERK,
    HOUSING,
    PETITION_OFFICE,
    TODAY,
    WATER,
    file,
    moved_on,
    register,
)

TITLES = {
    "p1": "关于小区物业收费的事项",
    "p2": "关于物业,收费不明的事项",
    "p3": "反映堃龑路 Road-7 积水",
    "p4": "供水管网改造",
}
NUMBERS = {
    name: f"测信〔2026〕{serial}号" for name, serial in zip(TITLES, (7, 17, 71, 123), strict=True)
}
WORDS = [
    "业", "物业", "物业收费", "业收", "堃龑", "堃", "Road", "road-7", "oad", "7", "17", "2026〕17号", "〔2026〕",
    "管网", "不存在", "水", ",", "%", "\"", "' OR 1=1", "(", "物业 收费", "123号",
]  # fmt: skip


@pytest.fixture
def filled(store: Store) -> Store:
    with store.transaction() as paper:
        for name, title in TITLES.items():
            register(paper, file(name, title=title, number=NUMBERS[name]))
    return store


def _holds(name: str, text: str) -> bool:
    """The reference: plain containment in number or title, punctuation and spaces made equal."""
    wanted = phrase(text)
    held = (f" {spaced(NUMBERS[name])} ", f" {spaced(TITLES[name])} ")
    return not wanted or any(f" {wanted} " in words for words in held)


def test_what_is_found_holds_the_words_and_all_that_holds_them_is_found(filled: Store) -> None:
    with filled.reading() as desk:
        pages = {text: desk.files(CLERK, on=TODAY, text=text) for text in WORDS}

    found = {text: {row.petition for row in page.rows} for text, page in pages.items()}
    assert found == {text: {name for name in TITLES if _holds(name, text)} for text in WORDS}
    assert all(page.total == len(page.rows) for page in pages.values())


def test_a_phrase_is_not_found_across_punctuation(filled: Store) -> None:
    with filled.reading() as desk:
        found = {row.petition for row in desk.files(CLERK, on=TODAY, text="物业收费").rows}

    assert found == {"p1"}


def test_a_changed_title_is_found_and_the_old_one_no_more(filled: Store) -> None:
    with filled.transaction() as paper:
        before = paper.load("p4")
        paper.save(moved_on(before, title="道路照明"), before=before)
    with filled.reading() as desk:
        assert desk.files(CLERK, on=TODAY, text="管网").total == 0
        assert desk.files(CLERK, on=TODAY, text="照明").total == 1


def test_files_are_found_by_organ_number_state_and_day(store: Store) -> None:
    held = {"office": PETITION_OFFICE, "organ": WATER}
    with store.transaction() as paper:
        register(paper, file("p1"))
        before = register(paper, file("p2", facts={"office": PETITION_OFFICE, "organ": HOUSING}))
        before = paper.load(before.id)
        paper.save(moved_on(before, facts=held), before=before)
        register(paper, file("p3", closed_at=before.registered_at, received_on=date(2026, 1, 5)))

    def found(**asked: object) -> set[str]:
        with store.reading() as desk:
            return {row.petition for row in desk.files(CLERK, on=TODAY, **asked).rows}

    assert found(text="水利局") == {"p2"}
    assert found(text="water bureau") == {"p2"}
    assert found(organ=HOUSING) == {"p2"}
    assert found(number="信访〔2026〕p3号") == {"p3"}
    assert found(number="信访〔2026〕p号") == set()
    assert found(state="closed") == {"p3"}
    assert found(state="open") == {"p1", "p2"}
    assert found(registered_from=date(2026, 2, 1)) == {"p1", "p2"}


@given(st.text(max_size=40), st.text(max_size=40))
def test_words_are_ascii_and_joining_texts_joins_their_words(left: str, right: str) -> None:
    words = spaced(left)

    assert words.isascii()
    assert all(word == BREAK or word[0] == "u" for word in words.split())
    if right.isalnum() and left.isalnum():
        assert f"{words} {spaced(right)}" == spaced(f"{left} {right}")


def test_a_hint_at_duplicates_needs_more_than_a_name(store: Store) -> None:
    with store.transaction() as paper:
        register(paper, file("p1", title="关于噪声的事项"))
        paper.trace("p1", {"petitioner_name": "演示甲", "phone": "+86 138-0000-0001"})
        register(paper, file("p2", title="关于供水的事项"))
        paper.trace("p2", {"petitioner_name": "演示甲", "phone": "13800000002"})

    def hints(title: str = "", **values: str) -> set[str]:
        with store.reading() as desk:
            rows = desk.duplicates(CLERK, on=TODAY, values=values, title=title)
        return {row.petition for row in rows}

    assert hints(petitioner_name="演示甲") == set()
    assert hints("关于噪声的事项", petitioner_name="演示甲") == {"p1"}
    assert hints(phone="13800000001") == {"p1"}
    assert hints(phone="13800000009") == set()
    assert hints() == set()


def test_a_file_is_no_duplicate_of_itself(store: Store) -> None:
    with store.transaction() as paper:
        for name in ("p1", "p2"):
            register(paper, replace(file(name)))
            paper.trace(name, {"phone": "13800000001"})
    with store.reading() as desk:
        rows = desk.duplicates(CLERK, on=TODAY, petition="p1")

    assert [row.petition for row in rows] == ["p2"]
