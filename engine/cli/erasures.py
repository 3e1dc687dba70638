"""``petition erasures``: what was erased here, for a register outside; and erasing again what a backup has brought back."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from engine.bootstrap import House
from engine.cli.house import present_house
from engine.cli.shapes import DONE, NO, Run
from engine.cli.talk import Talk, emit
from engine.errors import BadInput
from engine.office.erasing import again
from engine.petition.parties import SYSTEM
from engine.record.erasures import Erasure, read_erasures
from engine.store.household import Deed
from engine.text import Text

ERASED_AGAIN = "erased_again"


def command(parser: argparse.ArgumentParser) -> Run:
    """Says what the command takes."""
    talk = Talk.in_environment()
    words = talk.words
    parser.add_argument(
        "--again",
        action="store_true",
        help=words("把恢复的备份带回的重新删除,并记录", "erase again what a backup has brought back, and record it"),
    )  # fmt: skip
    parser.add_argument(
        "--register",
        type=Path,
        metavar="FILE",
        help=words("并入在别处保管的登记册(每行一条 JSON)", "take in a register that was kept elsewhere (one JSON a line)"),
    )  # fmt: skip
    parser.add_argument(
        "--sweep",
        action="store_true",
        help=words("立即清除数据库文件中的残留(不等到夜间)", "leave nothing in the files of the database, now and not at night"),
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help=words("输出 JSON", "JSON output"))
    return _run


def _run(arguments: argparse.Namespace) -> int:
    talk = Talk.in_environment()
    with present_house(to_erase_again=True) as house:
        if arguments.register is not None:
            house.erasures.register.add(_taken(arguments.register).values())
        if arguments.again:
            _erase_again(house, talk)
        house.erasures.tell()
        if arguments.sweep and not house.erasures.sweep():
            talk.reason_in(
                "有人正在使用数据库,未能清除,请稍后再试",
                "somebody is at work on the database, and nothing was swept: try again",
            )
            return NO
        return _listed(house, talk, as_json=arguments.json)


def _taken(path: Path) -> dict[str, Erasure]:
    found = read_erasures(path.read_bytes())
    if not found:
        raise BadInput({"register": Text("{path} 中没有登记", "{path} lists nothing").filled(path=path)})  # fmt: skip
    return found


def _erase_again(house: House, talk: Talk) -> None:
    back = house.erasures.come_back()
    for one in back:
        house.office.perform(again(one.petition, one.entry))
    if back:
        _record(house, back)
    talk.progress("已重新删除{count}件", "{count} files erased again", count=len(back))


def _record(house: House, back: Sequence[Erasure]) -> None:
    """The office's own chain says that a backup had brought them back."""
    deed = Deed(
        act=ERASED_AGAIN,
        inputs={"petitions": [{"id": one.petition, "entry": one.entry} for one in back]},
    )
    with house.store.transaction() as paper:
        paper.record_change(deed, actor=SYSTEM, now=house.clock.now())


def _listed(house: House, talk: Talk, *, as_json: bool) -> int:
    """What was erased, a line each: with JSON the lines that --register takes. 1 where some of it has come back."""
    back = house.erasures.come_back()
    for one in house.erasures.all():
        if as_json:
            emit({"petition": one.petition, "entry": one.entry, "at": one.at.isoformat()})
        else:
            print(one.petition, one.entry, one.at.isoformat())
    if back:
        talk.reason_in(
            "恢复的备份中有{count}件应重新删除:petition erasures --again",
            "{count} files have come back with a backup: run petition erasures --again",
            count=len(back),
        )
    return NO if back else DONE
