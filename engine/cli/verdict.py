"""``petition verdict``: what became of each limit of the statute in one petition, and which entries decide that."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import date

from engine.audit.verdict import Finding, Judged
from engine.cli.house import present_house
from engine.cli.shapes import DONE, NO, Run
from engine.cli.talk import Talk, emit
from engine.clock import legal_date
from engine.store.queries.census import file_named
from engine.store.queries.timeline import entries_of
from engine.text import Text

FINDINGS: Mapping[Finding, Text] = {
    Finding.MET: Text("按期完成", "met"),
    Finding.MET_EXTENDED: Text("延期后按期完成", "met with extension"),
    Finding.LATE: Text("逾期{days}天完成", "late by {days} days"),
    Finding.OVERDUE: Text("逾期{days}天未完成", "overdue by {days} days and open"),
    Finding.LAPSED: Text("期满失权", "lapsed"),
    Finding.EXCEPTED: Text("依法除外", "excepted"),
    Finding.VOID: Text("作废", "void"),
    Finding.NOT_YET_DUE: Text("未届满", "not yet due"),
    Finding.SUSPENDED: Text("暂停", "suspended"),
    Finding.NOT_ENGAGED: Text("未涉及", "not engaged"),
}


def command(parser: argparse.ArgumentParser) -> Run:
    """Says what the command takes."""
    talk = Talk.in_environment()
    parser.add_argument(
        "petition",
        metavar="NUMBER|ID",
        help=talk.word(Text("登记编号或者内部标识", "its number or its id")),
    )
    parser.add_argument(
        "--json", action="store_true", help=talk.word(Text("输出 JSON", "JSON output"))
    )
    return _run


def _run(arguments: argparse.Namespace) -> int:
    talk = Talk.in_environment()
    with present_house() as house:
        on = legal_date(house.clock.now())
        with house.store.reading() as desk:
            entries = entries_of(desk, file_named(desk, arguments.petition))
            found = house.replay.verdict(desk, entries, on)
    for one in found:
        if arguments.json:
            emit(_row(one, talk))
        elif one.finding is not Finding.NOT_ENGAGED or one.doubts:
            print(_line(one, talk))
    return NO if any(one.breach or one.doubts for one in found) else DONE


def _row(one: Judged, talk: Talk) -> dict[str, object]:
    return {
        "limit": one.limit,
        "article": one.article,
        "title": talk.word(one.title),
        "finding": one.finding.value,
        "days": one.days,
        "deadline": one.deadline,
        "debtor": one.debtor,
        "started_on": _day(one.started_on),
        "legal_due": _day(one.legal_due),
        "closed_on": _day(one.closed_on),
        "entries": list(one.entries),
        "doubts": [talk.word(doubt) for doubt in one.doubts],
    }


def _line(one: Judged, talk: Talk) -> str:
    finding = talk.word(FINDINGS[one.finding].filled(days=one.days))
    name = f"{one.deadline or one.limit:<6}"
    seqs = " ".join(f"#{seq}" for seq in one.entries)
    parts = [name, finding, talk.word(one.title), _day(one.legal_due) or "", seqs]
    doubts = "".join(f"  !{talk.word(doubt)}" for doubt in one.doubts)
    return "  ".join(part for part in parts if part) + doubts


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
