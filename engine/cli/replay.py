"""``petition replay``: every state rebuilt from the record alone and compared with what is stored."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence

from engine.audit.replay import Replayed
from engine.bootstrap import House
from engine.cli.house import present_house
from engine.cli.shapes import DONE, NO, Run
from engine.cli.spread import spread
from engine.cli.talk import Talk, emit
from engine.errors import BadInput
from engine.store.queries.census import all_files, file_named
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
        "--all", action="store_true", help=talk.word(Text("全部信访事项", "every petition"))
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
    if (arguments.petition is None) == (not arguments.all) or arguments.processes < 0:
        raise BadInput({"": Text("用法:petition replay 编号 | --all [--processes N]",
                                 "usage: petition replay NUMBER | --all [--processes N]")})  # fmt: skip
    with present_house() as house:
        with house.store.reading() as desk:
            wanted = all_files(desk) if arguments.all else (file_named(desk, arguments.petition),)
        found = spread(house, replay_some, wanted, arguments.processes)
        return _tell_all(found, len(wanted), talk, arguments)


def replay_some(house: House, petitions: Sequence[str]) -> list[Replayed]:
    """Replay *petitions* as they stand at one moment."""
    replay = house.replay
    with house.store.reading() as desk:
        return [replay.replay(desk, petition) for petition in petitions]


def _tell_all(
    found: Iterable[Replayed], total: int, talk: Talk, arguments: argparse.Namespace
) -> int:
    entries = different = 0
    for done, one in enumerate(found, start=1):
        entries += one.entries
        different += not one.equal
        if arguments.json:
            emit(_row(one, talk))
        else:
            _tell(one, talk)
        if arguments.all:
            talk.counted(done, total)
    if arguments.all and not arguments.json:
        talk.say(
            "共{total}件、{entries}条:{different}件有差异",
            "{total} petitions, {entries} entries: {different} differ",
            total=total, entries=entries, different=different,
        )  # fmt: skip
    return NO if different else DONE


def _row(one: Replayed, talk: Talk) -> dict[str, object]:
    fault = one.divergence
    return {
        "petition": one.petition,
        "number": one.number,
        "entries": one.entries,
        "verdict": "equal" if fault is None else "diverged",
        "first": None
        if fault is None
        else {
            "entry": fault.seq,
            "what": talk.word(fault.what),
            "expected": fault.expected,
            "found": fault.found,
        },
    }


def _tell(one: Replayed, talk: Talk) -> None:
    fault = one.divergence
    if fault is None:
        talk.say(
            "一致  {number}  {entries}条", "equal  {number}  {entries} entries",
            number=one.number, entries=one.entries,
        )  # fmt: skip
        return
    talk.say(
        "不一致  {number}  第{seq}条:{what};应为 {expected},实为 {found}",
        "differs  {number}  entry {seq}: {what}; expected {expected}, found {found}",
        number=one.number, seq=fault.seq, what=talk.word(fault.what), expected=fault.expected or "—",
        found=fault.found or "—",
    )  # fmt: skip
