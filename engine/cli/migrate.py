"""``petition migrate``: running petitions carried over to another version of the drawings, or only a dry run of it.

Sealed matters go along, but are neither listed nor counted.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from engine.bootstrap import House
from engine.cli.house import present_house
from engine.cli.shapes import DONE, NO, Run
from engine.cli.talk import Talk, emit
from engine.clock import legal_date
from engine.drafting.migration import Route, read_renaming
from engine.errors import BadInput
from engine.petition.parties import SYSTEM
from engine.store.queries.migrations import (
    MigratedFile,
    migrated_files,
    running_files,
    tally,
)
from engine.text import Text

SHORTEST_DIGEST = 6
OUTCOMES: Mapping[str, Text] = {
    "kept": Text("原环节", "kept"),
    "moved": Text("环节有变", "moved"),
    "refused": Text("不能迁移", "refused"),
}
RESULTS: Mapping[str | None, Text] = {
    None: Text("预演", "dry run"),
    "carried": Text("已迁移", "carried over"),
    "anew": Text("已迁移(重新预演)", "carried over (planned anew)"),
    "refused": Text("不能迁移", "refused"),
    "left": Text("不再需要", "nothing to do"),
    "failed": Text("出错", "failed"),
}


def command(parser: argparse.ArgumentParser) -> Run:
    """Says what the command takes."""
    talk = Talk.in_environment()
    words = talk.words
    parser.add_argument(
        "--from", dest="before", required=True, metavar="DIGEST",
        help=words("现在的版本(摘要或其开头)", "the version they run on (its digest, or how it begins)"),
    )  # fmt: skip
    parser.add_argument(
        "--to", dest="after", required=True, metavar="DIGEST", help=words("迁移到的版本", "the version they go to")
    )  # fmt: skip
    parser.add_argument(
        "--mapping", type=Path, metavar="FILE",
        help=words("更名的元素,每行「旧标识 = 新标识」", "elements that were renamed: “old = new”, one a line"),
    )  # fmt: skip
    parser.add_argument(
        "--only", nargs="+", metavar="NUMBER", help=words("只迁移这些编号的事项", "only the petitions with these numbers")
    )  # fmt: skip
    parser.add_argument(
        "--dry-run", action="store_true", help=words("只预演,不改变任何事项", "say what would happen; change nothing")
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help=words("输出 JSON", "JSON output"))
    return _run


def _run(arguments: argparse.Namespace) -> int:
    talk = Talk.in_environment()
    renamed = read_renaming(arguments.mapping.read_text("utf-8-sig")) if arguments.mapping else {}
    with present_house() as house:
        route = Route(
            before=_digest(house, "from", arguments.before),
            after=_digest(house, "to", arguments.after),
            renamed=renamed,
        )
        on = legal_date(house.clock.now())
        with house.store.reading() as desk:
            files = running_files(desk, SYSTEM, route.before, on=on, numbers=arguments.only)
        if arguments.dry_run:
            plans = house.migrations.dry_run(route, files)
            rows = (
                _planned(number, plan.data())
                for number, plan in zip(files.values(), plans, strict=True)
            )
        else:
            done = _carried(house, route, files if arguments.only else None, talk)
            rows = (_finished(one) for one in done)
        return _tell(rows, talk, as_json=arguments.json)


def _digest(house: House, field: str, given: str) -> str:
    """The version whose digest is *given*, or the only one whose digest begins so."""
    with house.store.reading() as desk:
        known = [one.digest for one in desk.procedures(legal_date(house.clock.now()))]
    found = [one for one in known if one.startswith(given.lower())]
    if len(given) < SHORTEST_DIGEST or len(found) != 1:
        raise BadInput({field: _NO_VERSION.filled(given=given)})
    return found[0]


def _carried(
    house: House, route: Route, only: Iterable[str] | None, talk: Talk
) -> tuple[MigratedFile, ...]:
    on = legal_date(house.clock.now())
    work = house.migrations
    id = work.propose(route, actor=SYSTEM, only=only)

    def told(done: int) -> None:
        with house.store.reading() as desk:
            counted = tally(desk, SYSTEM, id, on=on)
        talk.counted(counted.planned + counted.finished, 2 * counted.files)

    work.finish(id, told)
    work.confirm(id, actor=SYSTEM)
    work.finish(id, told)
    with house.store.reading() as desk:
        return migrated_files(desk, SYSTEM, id, on=on, page_size=None)


def _planned(number: str, plan: Mapping[str, Any]) -> dict[str, Any]:
    return {"number": number, "result": None, "why": None, **plan}


def _finished(one: MigratedFile) -> dict[str, Any]:
    return {"number": one.number, "result": one.result, "why": one.why, **one.plan}


def _tell(rows: Iterable[dict[str, Any]], talk: Talk, *, as_json: bool) -> int:
    counted: dict[str, int] = {}
    for row in rows:
        outcome = str(row["result"] or row["outcome"])
        counted[outcome] = counted.get(outcome, 0) + 1
        if as_json:
            emit({**row, "why": talk.word(row["why"]) if row["why"] else None})
        else:
            print(_line(row, talk))
    if not as_json:
        parts = [f"{_outcome(name, talk)} {count}" for name, count in sorted(counted.items())]
        talk.say("共{n}件:{parts}", "{n} petitions: {parts}", n=sum(counted.values()), parts=", ".join(parts))  # fmt: skip
    return NO if counted.keys() & {"refused", "failed"} else DONE


def _outcome(name: str, talk: Talk) -> str:
    return talk.word(OUTCOMES.get(name) or RESULTS[name])


def _line(row: Mapping[str, Any], talk: Talk) -> str:
    parts = [row["number"], _outcome(str(row["result"] or row["outcome"]), talk)]
    parts += [_step(one) for one in row["steps"]]
    parts += [_limit(one, talk) for one in row["limits"] if one["before"] != one["after"]]
    if row["why"]:
        parts.append(talk.word(row["why"]))
    elif row["hindrances"]:
        parts += [
            talk.word(Text("「{name}」{why}", "“{name}” {why}").filled(
                name=one["name"], why=Text(one["zh"], one["en"])
            ))
            for one in row["hindrances"]
        ]  # fmt: skip
    return "  ".join(parts)


def _step(one: Mapping[str, Any]) -> str:
    if one["before"] == one["after"]:
        return str(one["after"])
    return f"{one['before'] or '—'}→{one['after'] or '—'}"


def _limit(one: Mapping[str, Any], talk: Talk) -> str:
    before, after = (str(one[name] or "—")[:10] for name in ("before", "after"))
    late = talk.word(Text("(本日届满)", " (up today)")) if one["postponed"] else ""
    return f"{one['element']}:{before}→{after}{late}"


_NO_VERSION = Text(
    "没有摘要以 {given} 开头的唯一版本(至少六位)",
    "no single version has a digest that begins with {given} (six signs at least)",
)
