"""One value has one sequence of bytes, and what has none is refused."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import DataError
from engine.petition.parties import Role
from engine.record.canonical import LARGEST, canonical_bytes, canonical_text, read_canonical

KEYS = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=8)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_every_library_that_sorts_keys_writes_the_same_bytes(value: Any) -> None:
    others = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    assert canonical_text(value) == others


@given(VALUES)
def test_what_is_written_is_read_again(value: Any) -> None:
    assert read_canonical(canonical_bytes(value)) == value


@given(st.dictionaries(KEYS, st.integers(0, 9), max_size=6))
def test_the_order_of_keys_does_not_count(value: dict[str, int]) -> None:
    backwards = dict(reversed(list(value.items())))

    assert canonical_bytes(value) == canonical_bytes(backwards)


def test_days_instants_words_and_collections_have_one_form() -> None:
    shanghai = timezone(timedelta(hours=8))
    value = {
        "day": date(2026, 3, 2),
        "instant": datetime(2026, 3, 2, 9, 0, tzinfo=shanghai),
        "role": Role.CLERK,
        "tuple": ("乙", "甲"),
        "set": frozenset({"b", "a"}),
    }

    assert canonical_text(value) == (
        '{"day":"2026-03-02","instant":"2026-03-02T01:00:00.000000+00:00","role":"clerk",'
        '"set":["a","b"],"tuple":["乙","甲"]}'
    )


def test_an_instant_has_the_same_form_in_every_zone() -> None:
    here = datetime(2026, 3, 2, 1, 0, 0, 5, tzinfo=UTC)
    there = here.astimezone(timezone(timedelta(hours=8)))

    assert canonical_bytes(here) == canonical_bytes(there)


@pytest.mark.parametrize(
    ("value", "place"),
    [
        (1.5, "/"),
        ({"a": [0, {"b": 0.1}]}, "/a/1/b"),
        (LARGEST + 1, "/"),
        (-LARGEST - 1, "/"),
        ({"键": 1}, "/"),
        ({1: 1}, "/"),
        (b"bytes", "/"),
        (object(), "/"),
        ("\ud800", "/"),
        (datetime(2026, 3, 2, 1, 0), "/"),  # noqa: DTZ001 - the very thing that is refused
    ],
)
def test_what_has_no_form_is_refused_with_its_place(value: Any, place: str) -> None:
    with pytest.raises(DataError) as refused:
        canonical_bytes(value)

    assert f"at {place})" in refused.value.text.en


def test_what_is_no_json_is_refused() -> None:
    with pytest.raises(DataError):
        read_canonical(b"{")
