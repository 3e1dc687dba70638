"""``petition deadline``: when a limit falls due, with every day that was counted or not."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from engine.cli.shapes import BAD_INPUT, DONE, Run
from engine.cli.talk import Talk, emit
from engine.errors import BadInput
from engine.intake_files.table import Line, Table, read_table
from engine.statute import answers
from engine.statute.calendar import Calendar, load_calendar
from engine.statute.law import Law, load_law
from engine.text import Text

COLUMNS = ("limit", "on")
_KINDS = {
    "work": Text("工作日", "working day"),
    "rest": Text("休息日", "day of rest"),
    "holiday": Text("法定节假日", "public holiday"),
    "makeup": Text("调休上班", "make-up working day"),
}


def command(parser: argparse.ArgumentParser) -> Run:
    """Says what the command takes."""
    talk = Talk.in_environment()
    parser.add_argument("limit", nargs="?", help="T1…T10, P1…P8, Q1, Q2")
    parser.add_argument("on", nargs="?", help="YYYY-MM-DD")
    parser.add_argument(
        "--batch",
        type=Path,
        metavar="FILE.csv",
        help=talk.word(
            Text("逐行计算,列为 limit,on", "answer every row; its columns are limit,on")
        ),
    )
    parser.add_argument(
        "--json", action="store_true", help=talk.word(Text("输出 JSON", "JSON output"))
    )
    return _run


def _run(arguments: argparse.Namespace) -> int:
    talk = Talk.in_environment()
    law, calendar = load_law(), load_calendar()
    if arguments.batch is not None:
        if arguments.limit is not None:
            raise BadInput({"": Text("--batch 之外不再给期限", "--batch takes no limit beside it")})
        return _batch(arguments.batch, law, calendar, talk, as_json=arguments.json)
    if arguments.limit is None or arguments.on is None:
        raise BadInput(
            {
                "": Text(
                    "用法:petition deadline T5 2026-03-02", "usage: petition deadline T5 2026-03-02"
                )
            }
        )
    found = answers.answer(arguments.limit, answers.read_day(arguments.on), law, calendar)
    if arguments.json:
        emit(found)
    else:
        _explain(found, talk, with_days=True)
    return DONE


def _batch(path: Path, law: Law, calendar: Calendar, talk: Talk, *, as_json: bool) -> int:
    table = read_table(path.read_bytes(), keep_blank=True)
    places = _places(table)
    bad = 0
    for number, line in enumerate(table.lines, start=1):
        found = _answered(number, line, places, law, calendar, talk)
        bad += "error" in found
        if as_json:
            emit(found)
        else:
            _explain(found, talk, with_days=False)
    if bad:
        talk.reason_in("{bad}行无法计算", "{bad} rows cannot be answered", bad=bad)
    return BAD_INPUT if bad else DONE


def _answered(
    number: int, line: Line, places: Mapping[str, int], law: Law, calendar: Calendar, talk: Talk
) -> dict[str, object]:
    if line.fault is not None:
        return {"row": number, "error": talk.word(line.fault)}
    row = {name: line.cells[place] for name, place in places.items()}
    found = next(iter(_one(row, law, calendar, talk)))
    return {**found, "row": number} if "error" in found else found


def _one(
    row: Mapping[str, str], law: Law, calendar: Calendar, talk: Talk
) -> Iterator[dict[str, object]]:
    return answers.batch([row], law, calendar, language=talk.language)


def _places(table: Table) -> dict[str, int]:
    headings = [heading.lower() for heading in table.headings]
    if missing := [name for name in COLUMNS if name not in headings]:
        raise BadInput(
            {
                "": Text(
                    "缺少列 {name};应有 limit,on",
                    "the column {name} is missing; limit,on are needed",
                ).filled(name=missing[0])
            }
        )
    return {name: headings.index(name) for name in COLUMNS}


def _explain(found: Mapping[str, Any], talk: Talk, *, with_days: bool) -> None:
    if "error" in found:
        talk.say("第{row}行:{error}", "row {row}: {error}", row=found["row"], error=found["error"])
        return
    mark = Text("(暂定:该年日历未公布)", " (provisional: no calendar for that year yet)")
    talk.say(
        "{limit} 自 {on}:名义届满 {nominal},法定届满 {legal}{mark}",
        "{limit} from {on}: nominal end {nominal}, legal end {legal}{mark}",
        limit=found["limit"], on=found["on"], nominal=found["nominal_due"], legal=found["legal_due"],
        mark=mark if found["provisional"] else "",
    )  # fmt: skip
    if not with_days:
        return
    for number, day in _numbered(found["days"]):
        print(f"{number:>5}  {day['date']}  {talk.word(_KINDS[day['kind']])}")


def _numbered(days: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    counted = 0
    for day in days:
        counted += bool(day["counted"])
        yield (str(counted) if day["counted"] else "-"), day
