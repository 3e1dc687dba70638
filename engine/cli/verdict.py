"""``petition verdict``: what became of each limit of the statute in one petition, or in all of them."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from functools import partial

from engine.audit.figures.clauses import ENDS, Clause, Verdict
from engine.audit.verdict import BREACHES, Finding, Judged
from engine.audit.wording import found_as
from engine.bootstrap import House
from engine.cli.house import present_house
from engine.cli.shapes import DONE, NO, Run
from engine.cli.spread import spread
from engine.cli.talk import Talk, emit
from engine.clock import legal_date
from engine.errors import BadInput
from engine.statute.answers import read_day
from engine.store.queries.cases import entries_by_case
from engine.store.queries.census import all_files, file_named, numbers_of
from engine.store.queries.timeline import entries_of
from engine.text import Text


def command(parser: argparse.ArgumentParser) -> Run:
    """Says what the command takes."""
    talk = Talk.in_environment()
    parser.add_argument(
        "petition",
        nargs="?",
        metavar="NUMBER|ID",
        help=talk.word(Text("登记编号或者内部标识", "its number or its id")),
    )
    parser.add_argument(
        "--all",
        action="store_true",
        help=talk.word(Text("全部信访事项,逐条汇总", "every petition, added up by clause")),
    )
    for name, zh, en in (
        ("--from", "期限自此日起届满的", "limits that fall due on this day or later"),
        ("--to", "期限至此日止届满的", "limits that fall due on this day or earlier"),
    ):
        parser.add_argument(
            name, dest=name.strip("-") + "_", metavar="DAY", help=talk.word(Text(zh, en))
        )
    parser.add_argument(
        "--processes",
        type=int,
        default=0,
        metavar="N",
        help=talk.word(
            Text("并行进程数(默认为处理器数)", "how many processes (default: one per processor)")
        ),
    )
    parser.add_argument(
        "--json", action="store_true", help=talk.word(Text("输出 JSON", "JSON output"))
    )
    return _run


def _run(arguments: argparse.Namespace) -> int:
    talk = Talk.in_environment()
    period = arguments.from_ or arguments.to_
    one = arguments.petition is not None
    if one == arguments.all or (one and period) or arguments.processes < 0:
        raise BadInput({"": Text("用法:petition verdict 编号 | --all [--from 日期 --to 日期] [--processes N]",
                                 "usage: petition verdict NUMBER | --all [--from DAY --to DAY] [--processes N]")})  # fmt: skip
    with present_house() as house:
        return _all(house, arguments, talk) if arguments.all else _one(house, arguments, talk)


def _one(house: House, arguments: argparse.Namespace, talk: Talk) -> int:
    with house.store.reading() as desk:
        entries = entries_of(desk, file_named(desk, arguments.petition))
        found = house.replay.verdict(desk, entries, legal_date(house.clock.now()))
    for one in found:
        if arguments.json:
            emit(_row(one, talk))
        elif one.finding is not Finding.NOT_ENGAGED or one.doubts:
            print(_line(one, talk))
    return NO if any(one.breach or one.doubts for one in found) else DONE


# ---- over all ------------------------------------------------------------------------------------------------------


def _all(house: House, arguments: argparse.Namespace, talk: Talk) -> int:
    verdict = Verdict(
        due_from=read_day(arguments.from_) if arguments.from_ else None,
        due_to=read_day(arguments.to_) if arguments.to_ else None,
    )
    with house.store.reading() as desk:
        wanted = all_files(desk)
    work = partial(judge_some, on=legal_date(house.clock.now()))
    for done, (number, judged) in enumerate(
        spread(house, work, wanted, arguments.processes), start=1
    ):
        verdict.add(number, judged)
        talk.counted(done, len(wanted))
    clauses = verdict.clauses(house.law)
    for clause in clauses:
        if arguments.json:
            emit(_clause_row(clause, verdict, talk))
        else:
            print(_clause_line(clause, talk))
    breached = any(clause.counts.get(one) for clause in clauses if not clause.power for one in BREACHES)  # fmt: skip
    return NO if breached or any(clause.doubts for clause in clauses) else DONE


def judge_some(
    house: House, petitions: Sequence[str], *, on: date
) -> list[tuple[str, tuple[Judged, ...]]]:
    """The verdicts on *petitions*, each with its number."""
    with house.store.reading() as desk:
        numbers = numbers_of(desk, petitions)
        entries = entries_by_case(desk, petitions)
        return [(numbers[one], house.replay.verdict(desk, entries[one], on)) for one in petitions]


def _clause_row(clause: Clause, verdict: Verdict, talk: Talk) -> dict[str, object]:
    files = verdict.files[clause.limit]
    return {
        "limit": clause.limit,
        "article": clause.article,
        "title": talk.word(clause.title),
        "counts": {finding.value: clause.counts[finding] for finding in ENDS if finding in clause.counts},
        "in_time": {"numerator": clause.in_time.part, "denominator": clause.in_time.whole},
        "doubts": clause.doubts,
        "files": {finding.value: files[finding] for finding in ENDS if finding in files},
        "doubtful": verdict.doubtful.get(clause.limit, []),
    }  # fmt: skip


def _clause_line(clause: Clause, talk: Talk) -> str:
    counts = [
        f"{talk.word(ENDS[finding])} {clause.counts[finding]}" for finding in ENDS if finding in clause.counts
    ]  # fmt: skip
    doubts = [talk.word(_DOUBTFUL.filled(count=clause.doubts))] if clause.doubts else []
    few = talk.word(_FEW) if clause.in_time.few and clause.in_time.whole else ""
    name = f"{clause.limit:<6}{clause.in_time!s:<22}{few}"
    return "  ".join([f"{name:<30}", talk.word(clause.title), *counts, *doubts])


_DOUBTFUL = Text("存疑 {count}", "in doubt {count}")
_FEW = Text("n<20", "n<20")


# ---- one petition --------------------------------------------------------------------------------------------------


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
    finding = talk.word(found_as(one))
    name = f"{one.deadline or one.limit:<6}"
    seqs = " ".join(f"#{seq}" for seq in one.entries)
    parts = [name, finding, talk.word(one.title), _day(one.legal_due) or "", seqs]
    doubts = "".join(f"  !{talk.word(doubt)}" for doubt in one.doubts)
    return "  ".join(part for part in parts if part) + doubts


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
