"""Where the program uses a limit or a document of the statute: which acts, and which modules name it.

Read from the program's own text, so that no list has to be kept beside it. An act uses what its deciding or offering
function names, or any function that those call by name; that may tell too much, never too little of what is named.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import FunctionType
from typing import Final

import engine
from engine.acts.act import Act
from engine.acts.catalogue import ACTS

_ENGINE: Final = Path(engine.__file__).parent
_ROOMS: Final = ("acts", "audit", "documents", "office", "people", "petition", "record", "statute")
"""Where rules and wording live; benches, the demonstration and the command line say nothing in law."""


@dataclass(slots=True)
class _Said:
    words: set[str] = field(default_factory=set)
    calls: set[str] = field(default_factory=set)


def acts_using(names: Iterable[str]) -> tuple[str, ...]:
    """The acts that name one of *names* (ids or aliases of limits, kinds of documents)."""
    sought, functions = set(names), _functions()
    return tuple(
        id
        for id, act in ACTS.items()
        if sought & _reached(_written(act.decide) | _written(act.offered), functions)
    )


def modules_using(names: Iterable[str]) -> tuple[str, ...]:
    """The modules of the engine that name one of *names*, by their path."""
    sought = set(names)
    return tuple(path for path, words in _modules().items() if sought & words)


def _written(function: object) -> set[str]:
    """The names under which *function* is written: its own, and those of what it wraps."""
    if isinstance(function, Act):
        return _written(function.decide) | _written(function.offered)
    if not isinstance(function, FunctionType):
        return set()
    wrapped = (cell.cell_contents for cell in function.__closure__ or ())
    return {function.__name__}.union(*map(_written, wrapped))


def _reached(start: set[str], functions: Mapping[str, _Said]) -> set[str]:
    """Every word that the functions *start*, and those they call, say."""
    todo, seen, words = set(start), set(), set()
    while todo:
        name = todo.pop()
        if name in seen or name not in functions:
            continue
        seen.add(name)
        words |= functions[name].words
        todo |= functions[name].calls
    return words


@lru_cache(maxsize=1)
def _functions() -> Mapping[str, _Said]:
    """What each function and module constant of the acts says and calls, by its bare name."""
    found: dict[str, _Said] = {}
    for path in sorted((_ENGINE / "acts").glob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            for name in _named(node):
                said = found.setdefault(name, _Said())
                said.words |= _words(node)
                said.calls |= {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
                said.calls |= {one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute)}
    return found


def _named(node: ast.stmt) -> tuple[str, ...]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return (node.name,)
    targets = node.targets if isinstance(node, ast.Assign) else ()
    return tuple(one.id for one in targets if isinstance(one, ast.Name))


@lru_cache(maxsize=1)
def _modules() -> Mapping[str, set[str]]:
    """The words of every module where rules and wording live."""
    return {
        path.relative_to(_ENGINE.parent).as_posix(): _words(
            ast.parse(path.read_text(encoding="utf-8"))
        )
        for room in _ROOMS
        for path in sorted((_ENGINE / room).rglob("*.py"))
    }


def _words(node: ast.AST) -> set[str]:
    return {
        one.value
        for one in ast.walk(node)
        if isinstance(one, ast.Constant) and isinstance(one.value, str)
    }
