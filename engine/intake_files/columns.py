"""Which column answers which question: guessed from the headings, and correctable."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from engine.errors import BadInput
from engine.text import Text

_BRACKETS = re.compile(r"[\((\[【〔][^))\]】〕]*[\))\]】〕]")
_NOISE = re.compile(r"[\s*:_\-]+")
SEVERAL = frozenset({"place"})
"""What several columns may answer together: province, city and county make one place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """For each question the places of the columns that answer it; the others are kept as notes."""

    headings: tuple[str, ...]
    answering: Mapping[str, tuple[int, ...]]

    def noted(self) -> tuple[int, ...]:
        """The columns that answer no question."""
        used = {place for places in self.answering.values() for place in places}
        return tuple(place for place in range(len(self.headings)) if place not in used)

    def heading(self, place: int) -> str:
        """The heading at *place*, or its number where it has none."""
        return self.headings[place] or f"第{place + 1}列"

    def shown(self) -> dict[str, str]:
        """For each question the headings that answer it, for people to check."""
        return {
            question: "+".join(self.heading(place) for place in places)
            for question, places in self.answering.items()
        }


def questions() -> tuple[str, ...]:
    """What a column can be mapped to."""
    return tuple(words()["headings"])


def guessed(headings: Sequence[str], given: Mapping[str, str] | None = None) -> Columns:
    """The columns for *headings*: as *given* (question to heading; an empty heading means none), the rest guessed.

    Raises BadInput where *given* names what is not there, or where no date or no title was found.
    """
    given = given or {}
    _refuse_unknown(headings, given)
    answering: dict[str, tuple[int, ...]] = {}
    taken: set[int] = set()
    for question, heading in given.items():
        if heading:
            place = headings.index(heading)
            answering[question] = (place,)
            taken.add(place)
    meant = [_meaning(heading) for heading in headings]
    for question in questions():
        if question in given:
            continue
        found = [p for p, meaning in enumerate(meant) if meaning == question and p not in taken]
        if found:
            answering[question] = tuple(found if question in SEVERAL else found[:1])
    _refuse_unusable(headings, answering)
    return Columns(headings=tuple(headings), answering=answering)


def parse_mapping(text: str) -> dict[str, str]:
    """``title=主题,content=正文`` as a mapping from question to heading. Raises BadInput."""
    found: dict[str, str] = {}
    for part in text.split(","):
        question, equals, heading = part.partition("=")
        if not equals:
            raise BadInput(
                {
                    "map": Text(
                        "列对应应写作 title=主题,content=内容",
                        "write the mapping as title=HEADING,content=HEADING",
                    )
                }
            )
        found[question.strip()] = heading.strip()
    return found


@cache
def words() -> Mapping[str, Any]:
    """The shipped table of headings and values."""
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text("utf-8"))


def evened(heading: str) -> str:
    """*heading* as it is compared: one width, no blanks, no remarks in brackets, lower case."""
    return _NOISE.sub("", _BRACKETS.sub("", unicodedata.normalize("NFKC", heading))).lower()


def _meaning(heading: str) -> str | None:
    name = evened(heading)
    known = _known_headings()
    if name in known:
        return known[name]
    for prefix in words()["prefixes"]:
        if name.startswith(prefix) and (rest := name.removeprefix(prefix)) in known:
            return known[rest]
    return None


@cache
def _known_headings() -> Mapping[str, str]:
    return {
        evened(heading): question
        for question, headings in words()["headings"].items()
        for heading in headings
    }


def _refuse_unknown(headings: Sequence[str], given: Mapping[str, str]) -> None:
    if unknown := [question for question in given if question not in questions()]:
        raise _fault(
            "没有{found}这一项;可用:{all}", "there is no {found}; there are {all}",
            found=unknown[0], all=", ".join(questions()),
        )  # fmt: skip
    if missing := [heading for heading in given.values() if heading and heading not in headings]:
        raise _fault(
            "表中没有“{found}”这一列;表头为:{all}", "there is no column “{found}”; the headings are: {all}",
            found=missing[0], all="、".join(headings),
        )  # fmt: skip


def _refuse_unusable(headings: Sequence[str], answering: Mapping[str, object]) -> None:
    if "received_on" not in answering:
        raise _fault(
            "没有找到收到日期所在的列;请用 --map received_on=表头 指明。表头为:{all}",
            "no column with the day of receipt was found; name it with --map received_on=HEADING. Headings: {all}",
            all="、".join(headings),
        )
    if "title" not in answering:
        raise _fault(
            "没有找到标题所在的列;标题会在列表中显示,请用 --map title=表头 指明不含姓名的一列。表头为:{all}",
            "no column with a title was found; lists show it, so name one without names with --map title=HEADING. "
            "Headings: {all}",
            all="、".join(headings),
        )


def _fault(zh: str, en: str, **values: str) -> BadInput:
    return BadInput({"map": Text(zh, en).filled(**values)})
