"""Whatever is changed in a chain is found, and the first entry at fault is named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.petition.deadlines import Deadline, DeadlineState, Ledger
from engine.petition.entries import Entry, EntryKind
from engine.record.canonical import canonical_bytes, read_canonical
from engine.record.chain import (
    ChainBroken,
    digest_of,
    entry_content,
    entry_from_content,
    sealed_entry,
    state_hash,
    verify_chain,
)
from engine.record.fold import fold
from engine.record.ledger_data import deadline_from_data, deadline_to_data
from engine.statute.reckoning import Interval

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
DEADLINE = Deadline(
    id="T5#1", limit="T5", law="regulation-2022", article="34", power=False, debtor="housing",
    started_on=date(2026, 3, 2), nominal_due=date(2026, 5, 1), legal_due=date(2026, 5, 6),
    provisional=False, calendar="c1", opened_by=1,
)  # fmt: skip


def _entry(seq: int, **consequences: object) -> Entry:
    return Entry(
        petition="p1", seq=seq, kind=EntryKind.ACT, act="forward", person="clerk", organ="office",
        stands_in_for=None, effective_at=NOW, recorded_at=NOW + timedelta(minutes=seq), step=f"forward#{seq}",
        inputs={"organ": "housing", "on": "2026-03-02"}, commitments={"note": "00" * 32},
        consequences=consequences, versions={"law": "l1", "calendar": "c1"}, state="s", key=f"k{seq}",
    )  # fmt: skip


def _chain(length: int = 4, petition: str = "p1") -> list[Entry]:
    entries: list[Entry] = []
    for seq in range(1, length + 1):
        previous = entries[-1].digest if entries else ""
        entries.append(sealed_entry(replace(_entry(seq), petition=petition), previous=previous))
    return entries


def test_a_whole_chain_proves_itself_and_gives_its_head() -> None:
    entries = _chain()

    assert verify_chain(entries) == entries[-1].digest
    assert verify_chain(entries, head=entries[-1].digest) == entries[-1].digest
    assert verify_chain([], head="") == ""


CHANGES: dict[str, object] = {
    "act": "decline", "kind": EntryKind.OFFICE, "person": "other", "organ": "other", "stands_in_for": "other",
    "effective_at": NOW + timedelta(microseconds=1), "recorded_at": NOW, "step": None, "inputs": {},
    "commitments": {"note": "11" * 32}, "consequences": {"facts": {}}, "versions": {}, "state": "t", "key": None,
    "digest": "0" * 64,
}  # fmt: skip


@pytest.mark.parametrize("field", CHANGES)
def test_a_changed_field_is_found_in_its_entry(field: str) -> None:
    entries = _chain()
    entries[1] = replace(entries[1], **{field: CHANGES[field]})  # type: ignore[arg-type]

    with pytest.raises(ChainBroken) as broken:
        verify_chain(entries)
    assert broken.value.seq == 2


def _without_second(entries: list[Entry]) -> list[Entry]:
    return [entries[0], *entries[2:]]


def _second_twice(entries: list[Entry]) -> list[Entry]:
    return [*entries[:2], *entries[1:]]


def _swapped(entries: list[Entry]) -> list[Entry]:
    return [entries[0], entries[2], entries[1], *entries[3:]]


def _second_of_another(entries: list[Entry]) -> list[Entry]:
    return [entries[0], _chain(petition="p2")[1], *entries[2:]]


def _second_forged_anew(entries: list[Entry]) -> list[Entry]:
    forged = sealed_entry(replace(entries[1], act="decline"), previous=entries[0].digest)
    return [entries[0], forged, *entries[2:]]


def _renumbered(entries: list[Entry]) -> list[Entry]:
    return [
        entries[0],
        sealed_entry(replace(entries[2], seq=2), previous=entries[0].digest),
        *entries[3:],
    ]


@pytest.mark.parametrize(
    ("tamper", "at"),
    [
        (_without_second, 2), (_second_twice, 3), (_swapped, 2), (_second_of_another, 2),
        (_second_forged_anew, 3), (_renumbered, 3),
        (lambda entries: entries[1:], 1),
    ],
)  # fmt: skip
def test_a_chain_put_together_otherwise_is_found(
    tamper: Callable[[list[Entry]], list[Entry]], at: int
) -> None:
    with pytest.raises(ChainBroken) as broken:
        verify_chain(tamper(_chain()))
    assert (broken.value.seq, broken.value.petition) == (at, "p1")


def test_a_cut_off_tail_is_found_by_the_head_alone() -> None:
    entries = _chain()
    verify_chain(entries[:-1])

    with pytest.raises(ChainBroken) as broken:
        verify_chain(entries[:-1], head=entries[-1].digest)
    assert broken.value.seq == 4


def test_the_bytes_that_are_kept_give_the_entry_again() -> None:
    (entry,) = _chain(1)
    content = entry_content(entry)

    assert entry_from_content(content, entry.digest) == entry
    assert digest_of(content) == entry.digest
    assert read_canonical(content)["hash"] == "sha256"


@given(st.integers(0, 2000), st.integers(0, 7))
def test_a_flipped_bit_of_the_kept_bytes_changes_the_digest(place: int, bit: int) -> None:
    (entry,) = _chain(1)
    content = bytearray(entry_content(entry))
    content[place % len(content)] ^= 1 << bit

    assert digest_of(bytes(content)) != entry.digest


def test_the_state_is_the_same_in_whatever_order_it_is_named() -> None:
    ledger = Ledger((DEADLINE,))
    one = state_hash([[1, "sort"], [2, "report_urgent"]], {"a": 1, "b": True}, ledger)
    other = state_hash([[2, "report_urgent"], [1, "sort"]], {"b": True, "a": 1}, ledger)

    assert one == other


@pytest.mark.parametrize(
    "state",
    [
        ([[1, "forward"]], {"a": 1}, Ledger((DEADLINE,))),
        ([[1, "sort"]], {"a": 2}, Ledger((DEADLINE,))),
        ([[1, "sort"]], {"a": True}, Ledger((DEADLINE,))),
        ([[1, "sort"]], {"a": 1}, Ledger((replace(DEADLINE, extension_days=1),))),
        ([[1, "sort"]], {"a": 1}, Ledger()),
    ],
)
def test_every_part_of_the_state_counts(
    state: tuple[list[list[object]], dict[str, int], Ledger],
) -> None:
    assert state_hash(*state) != state_hash([[1, "sort"]], {"a": 1}, Ledger((DEADLINE,)))


DAYS = st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1))


@given(
    DAYS, DAYS, st.sampled_from(DeadlineState), st.integers(0, 30),
    st.lists(st.tuples(st.dates(), DAYS, st.text(max_size=5)), max_size=2),
)  # fmt: skip
def test_a_deadline_as_data_gives_the_same_deadline(
    due: date | None,
    closed: date | None,
    state: DeadlineState,
    days: int,
    pauses: list[tuple[date, date | None, str]],
) -> None:
    deadline = replace(
        DEADLINE, legal_due=due, closed_on=closed, assigned_due=closed, state=state, extension_days=days,
        suspensions=tuple(Interval(start=start, end=end, reason=reason) for start, end, reason in pauses),
    )  # fmt: skip

    assert (
        deadline_from_data(read_canonical(canonical_bytes(deadline_to_data(deadline)))) == deadline
    )


def test_facts_and_ledger_follow_from_the_entries_alone() -> None:
    ended = replace(DEADLINE, state=DeadlineState.MET, closed_by=3)
    second = replace(DEADLINE, id="T7#1", limit="T7", opened_by=3)
    entries = [
        _entry(
            1,
            facts={"office": "o", "urgent": True, "organ": "x"},
            deadlines=[deadline_to_data(DEADLINE)],
        ),
        _entry(2, facts={"organ": None, "urgent": False}, excluded=["housing"]),
        _entry(
            3,
            facts={},
            deadlines=[deadline_to_data(second), deadline_to_data(ended)],
            excluded=["x"],
        ),
    ]
    standing = fold(entries)

    assert standing.seq == 3
    assert standing.facts == {"office": "o", "urgent": False}
    assert standing.ledger == Ledger((ended, second))
    assert standing.excluded == {"housing", "x"}
    assert fold(entries[:1]).ledger == Ledger((DEADLINE,))
