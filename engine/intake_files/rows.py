"""From the rows of a table to the answers of the act ``register_imported``, losing nothing on the way.

A column that answers no question, and a cell that the form would not take, is kept word for word as a note below the
content. Only a row without a readable day of receipt, without a title, or with somebody else's number is refused: a title
stands in lists in the clear, so nobody but the clerk may take one out of the content.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from engine.intake_files.columns import Columns, words
from engine.intake_files.dates import read_day
from engine.intake_files.table import Line, Table
from engine.petition.commands import Upload
from engine.petition.forms import MAX_LINE, MAX_TEXT
from engine.text import Text

EARLIEST = date(2000, 1, 1)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_FORMULA_TEXT = re.compile(r'="(.*)"', re.DOTALL)
_SCIENTIFIC = re.compile(r"\d(\.\d+)?[eE]\+?\d+")
_VERBATIM = ("petitioner_name", "petitioner_address", "phone", "id_number")
_CHOICES = ("channel", "subject_category", "category")
# What a register that says nothing of it most likely holds; the words of the file are in the notes.
_UNSTATED = {"category": "grievance", "channel": "online", "initial": "true"}
_NOTES_TITLE = "【原表格其他栏目】"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedRow:
    """A row that can be registered. ``row`` counts the table's rows from 1, ``line`` is where it starts in the file.

    ``key`` is the same whenever the same petition is read again. ``answers`` are for the act ``register_imported``;
    the ``notes`` (heading, words) stand at the end of its content already.
    """

    row: int
    line: int
    key: str
    answers: Mapping[str, str]
    notes: tuple[tuple[str, str], ...] = ()
    uploads: tuple[Upload, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RowError:
    """A row that cannot be registered as it stands, with every reason."""

    row: int
    line: int
    last_line: int
    reasons: tuple[Text, ...]


@dataclass(slots=True)
class _Cells:
    """The cells of one row, handed out by question; what is not handed out becomes notes."""

    columns: Columns
    cells: tuple[str, ...]
    notes: list[tuple[int, str, str]] = field(default_factory=list)

    def take(self, question: str) -> str:
        places = self.columns.answering.get(question, ())
        return " ".join(word for place in places if (word := self.cells[place]))

    def keep(self, question: str) -> None:
        """Note the cells of *question* as they stand."""
        for place in self.columns.answering.get(question, ()):
            self.note(place)

    def note(self, place: int) -> None:
        if self.cells[place]:
            self.notes.append((place, self.columns.heading(place), self.cells[place]))

    def noted(self) -> tuple[tuple[str, str], ...]:
        for place in self.columns.noted():
            self.note(place)
        return tuple((heading, word) for _, heading, word in sorted(set(self.notes)))


def read_rows(
    table: Table,
    columns: Columns,
    *,
    today: date,
    defaults: Mapping[str, str] | None = None,
) -> Iterator[ImportedRow | RowError]:
    """Every row of *table* in order, readable or not. *defaults* answer what a row leaves empty (channel, say)."""
    numbers: dict[str, tuple[int, str]] = {}
    for number, line in enumerate(table.lines, start=1):
        if line.fault is not None:
            yield _error(number, line, (line.fault,))
            continue
        cells = _Cells(columns, tuple(cleaned(cell) for cell in line.cells))
        external, digest = _external_number(cells), _digest(cells.cells)
        reasons = [*_day_faults(cells, today), *_text_faults(cells)]
        if external:
            first, known = numbers.setdefault(external, (number, digest))
            if known != digest:
                reasons.append(_number_taken(external, first))
        if reasons:
            yield _error(number, line, reasons)
            continue
        yield _imported(number, line, cells, external, digest, defaults or {})


def cleaned(cell: str) -> str:
    """*cell* without what spreadsheets wrap around it: blanks, ``="…"``, a leading apostrophe, control characters."""
    cell = _CONTROL.sub(" ", cell.replace("\r\n", "\n").replace("\r", "\n")).strip().strip("\ufeff")
    if match := _FORMULA_TEXT.fullmatch(cell):
        cell = match[1].replace('""', '"').strip()
    return cell.removeprefix("'").strip()


def _imported(
    number: int,
    line: Line,
    cells: _Cells,
    external: str,
    digest: str,
    defaults: Mapping[str, str],
) -> ImportedRow:
    answers = {**_UNSTATED, **defaults}
    day = read_day(cells.take("received_on"))
    answers["received_on"] = day.isoformat() if day else ""
    if external:
        answers["external_number"] = external
    answers |= _choices(cells) | _lines(cells) | _head_count(cells)
    answers["title"] = _title(cells)
    if demands := _fitting(cells, "demands", MAX_TEXT):
        answers["demands"] = demands
    if day and _has_time(cells.take("received_on")):
        cells.keep("received_on")
    notes = cells.noted()
    content, uploads = _content(cells, notes)
    answers["content"] = content
    return ImportedRow(
        row=number,
        line=line.first,
        key=f"number:{external}" if external else f"content:{digest}",
        answers=answers,
        notes=notes,
        uploads=uploads,
    )


def _choices(cells: _Cells) -> dict[str, str]:
    """The form's word for each choice. The words of the file are kept as a note too, since several mean the same."""
    found: dict[str, str] = {}
    for question in _CHOICES:
        written = cells.take(question)
        meant = _meant(question, written) if written else None
        if meant is not None:
            found[question] = meant
        cells.keep(question)
    return found


def _meant(question: str, written: str) -> str | None:
    for row in words()[question]:
        if any(word in written.lower() for word in row["words"]):
            return str(row["is"])
    return None


def _lines(cells: _Cells) -> dict[str, str]:
    found = {question: _fitting(cells, question, MAX_LINE) for question in (*_VERBATIM, "place")}
    return {question: word for question, word in found.items() if word}


def _fitting(cells: _Cells, question: str, most: int) -> str:
    """The cell, or nothing where the form would not take it; then it is a note."""
    word = cells.take(question)
    fits = len(word) <= most and (most > MAX_LINE or "\n" not in word)
    if fits:
        return word
    cells.keep(question)
    return ""


def _head_count(cells: _Cells) -> dict[str, str]:
    written = cells.take("head_count").removesuffix("人").strip()
    if written.isdecimal() and int(written) > 0:
        return {"head_count": str(int(written))}
    cells.keep("head_count")
    return {}


def _title(cells: _Cells) -> str:
    title = " ".join(cells.take("title").split())
    if len(title) <= MAX_LINE:
        return title
    cells.keep("title")
    return title[: MAX_LINE - 1] + "…"


def _content(cells: _Cells, notes: tuple[tuple[str, str], ...]) -> tuple[str, tuple[Upload, ...]]:
    """The content with the notes below it; what is too long for the form goes with the row as a file of its own."""
    own = cells.take("content") or cells.take("title")
    whole = "\n".join([own, "", _NOTES_TITLE, *(f"{heading}:{word}" for heading, word in notes)])
    whole = whole if notes else own
    if len(whole) <= MAX_TEXT:
        return whole, ()
    upload = Upload(name="导入原文.txt", media_type="text/plain", content=whole.encode("utf-8"))
    cut = "…(全文见附件:导入原文.txt)"
    return whole[: MAX_TEXT - len(cut)] + cut, (upload,)


def _external_number(cells: _Cells) -> str:
    """The number in the file, unless the spreadsheet has spoilt it (``1.7E+07``); then it is a note."""
    number = cells.take("external_number")
    if _SCIENTIFIC.fullmatch(number) or len(number) > MAX_LINE:
        cells.keep("external_number")
        return ""
    return number


def _day_faults(cells: _Cells, today: date) -> Iterator[Text]:
    written = cells.take("received_on")
    day = read_day(written)
    if not written:
        yield Text("没有收到日期", "the day of receipt is missing")
    elif day is None:
        yield Text(
            "收到日期“{found}”无法识别,应为 2023-01-05 这样的日期",
            "the day of receipt “{found}” cannot be read; a date like 2023-01-05 was expected",
        ).filled(found=written[:40])
    elif day > today:
        yield Text("收到日期{day}晚于今天", "the day of receipt {day} lies in the future").filled(
            day=day
        )
    elif day < EARLIEST:
        yield Text("收到日期{day}过早", "the day of receipt {day} is too long ago").filled(day=day)


def _text_faults(cells: _Cells) -> Iterator[Text]:
    if not cells.take("title") and not cells.take("content"):
        yield Text("标题和内容都是空的", "both title and content are empty")
    elif not cells.take("title"):
        yield Text(
            "没有标题;标题会在列表中显示,请在表中补写(不写姓名)后再导入",
            "there is no title; lists show it, so write one (without names) and import again",
        )


def _number_taken(external: str, first: int) -> Text:
    return Text(
        "编号{number}与第{first}行相同而内容不同",
        "the number {number} is that of row {first}, with other content",
    ).filled(number=external, first=first)


def _has_time(written: str) -> bool:
    return any(sign in written for sign in "::时T")


def _digest(cells: Iterable[str]) -> str:
    plain = json.dumps(list(cells), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(plain.encode("utf-8")).hexdigest()


def _error(number: int, line: Line, reasons: Iterable[Text]) -> RowError:
    return RowError(row=number, line=line.first, last_line=line.last, reasons=tuple(reasons))
