"""The numbers of the law stand in engine/statute/*.toml and nowhere in the code."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture import tree

PERIODS = {15, 30, 60, 90}
ROOMS_OF_THE_LAW = ("statute", "petition", "acts", "people", "documents", "office")
NAMES_OF_LENGTHS = {"days", "working_days", "natural_days", "months", "weeks", "years"}


def lengths_written_down(module: ast.Module, *, any_period: bool) -> Iterator[tuple[int, str]]:
    """Each line where a length of time is a literal; `any_period`: where a period of the law is one at all.

    One day is no period: the day after a day is arithmetic.
    """
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            is_timedelta = ast.unparse(node.func).rpartition(".")[2] == "timedelta"
            lengths = [word.value for word in node.keywords if word.arg in NAMES_OF_LENGTHS]
            lengths += node.args[:1] if is_timedelta else []
            if any(is_whole(length) and length.value > 1 for length in lengths):
                yield node.lineno, ast.unparse(node)
        elif any_period and is_whole(node) and node.value in PERIODS:
            yield node.lineno, ast.unparse(node)


def is_whole(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) is int


def is_room_of_the_law(path: Path) -> bool:
    return path.parts[0] == "engine" and Path(path.parts[1]).stem in ROOMS_OF_THE_LAW


def test_no_code_holds_a_number_of_the_law() -> None:
    found = [
        f"{path}:{line}: {code}"
        for path, module in tree.modules()
        for line, code in lengths_written_down(module, any_period=is_room_of_the_law(path))
    ]

    assert found == []


@pytest.mark.parametrize(
    "code",
    [
        "due = received + timedelta(days=15)",
        "due = received + datetime.timedelta(15)",
        "add(received, working_days=5)",
        "LIMIT = 60",
        "if spent > 30: refuse()",
    ],
)
def test_a_number_of_the_law_is_found(code: str) -> None:
    assert list(lengths_written_down(ast.parse(code), any_period=True))


@pytest.mark.parametrize(
    "code", ["day + timedelta(days=1)", "timedelta(days=limit.length)", "page[:20]"]
)
def test_a_number_that_is_none_of_the_laws_is_left_alone(code: str) -> None:
    assert not list(lengths_written_down(ast.parse(code), any_period=True))
