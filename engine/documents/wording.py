"""Wording that no document may hold: a promise not to petition, help at the price of silence (Constitution Art. 41)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from engine.text import Text

_FILE = Path(__file__).with_name("wording.toml")
_SAID = Text("{reason};文中写有“{found}”,请删去", "{reason}; the text says “{found}”: take it out")


@dataclass(frozen=True, slots=True)
class _Rule:
    pattern: re.Pattern[str]
    spared: re.Pattern[str] | None
    reason: Text


def forbidden_wording(text: str) -> list[Text]:
    """A sentence for each rule that *text* breaks: the reason, what was found, what to do. Empty: nothing is wrong."""
    findings = []
    joined = re.sub(r"[ \t\u3000]+", " ", text)
    for rule in _rules():
        found = next(
            (one[0] for one in rule.pattern.finditer(joined) if not _spared(rule, one[0])), None
        )
        if found is not None:
            findings.append(_SAID.filled(reason=rule.reason, found=found))
    return findings


def _spared(rule: _Rule, found: str) -> bool:
    return rule.spared is not None and rule.spared.search(found) is not None


@cache
def binding_parts() -> frozenset[str]:
    """The parts of documents in which somebody is bound, and where such wording is therefore refused."""
    return frozenset(_table()["binding_parts"])


def _table() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@cache
def _rules() -> tuple[_Rule, ...]:
    return tuple(
        _Rule(
            pattern=re.compile(row["pattern"]),
            spared=re.compile(row["except"]) if "except" in row else None,
            reason=Text(row["reason"]["zh"], row["reason"]["en"]),
        )
        for row in _table()["forbidden"]
    )
