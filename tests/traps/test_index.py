"""Every trap has its test, and the table of ``tests/README.md`` says where."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

TESTS = Path(__file__).parents[1]
TRAPS = range(1, 47)
_TEST = re.compile(r"^def test_trap_(\d\d)_\w+", re.MULTILINE)
_ROW = re.compile(r"^\| (\d+) \| .+ \| (.+) \|$", re.MULTILINE)


def traps_tested() -> Mapping[int, set[str]]:
    """The files that hold a test named after a trap, by its number."""
    found: dict[int, set[str]] = {}
    for path in TESTS.rglob("*.py"):
        for number in _TEST.findall(path.read_text(encoding="utf-8")):
            found.setdefault(int(number), set()).add(str(path.relative_to(TESTS)))
    return found


def rows(text: str) -> Mapping[int, set[str]]:
    """The files that the table names, by the number of the trap."""
    return {
        int(number): set(re.findall(r"`([^`]+)`", files)) for number, files in _ROW.findall(text)
    }


def test_every_trap_has_a_test() -> None:
    assert set(traps_tested()) == set(TRAPS)


def test_the_table_says_where_each_is() -> None:
    assert rows((TESTS / "README.md").read_text(encoding="utf-8")) == traps_tested()


def test_a_row_is_read_with_all_its_files() -> None:
    assert rows("| 7 | only the head | `acts/a.py`, `traps/b.py` |") == {
        7: {"acts/a.py", "traps/b.py"}
    }
