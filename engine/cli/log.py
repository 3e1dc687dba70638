"""``petition log``: the log over all entries: its head, its key, its check, and what to do after a restore."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

from engine.audit.log_check import LogFault, check_log
from engine.audit.papers_check import check_papers
from engine.bootstrap import House
from engine.cli.export import heads_given, takes_heads
from engine.cli.house import present_house
from engine.cli.shapes import DONE, NO, Run
from engine.cli.talk import Talk, emit
from engine.errors import BadInput
from engine.text import Text

Carry = Callable[[House, argparse.Namespace, Talk], int]


def command(parser: argparse.ArgumentParser) -> Run:
    """Says what the command takes."""
    talk = Talk.in_environment()
    words = talk.words
    parser.add_argument(
        "what",
        choices=sorted(_WHAT),
        help=words(
            "head 签署并显示日志头;key 显示公钥;check 核对日志与数据库;resume 恢复后继续签署;hash 改用散列算法(首条之前)",
            "head: sign and show the head; key: show the public key; check: the log against the tables; "
            "resume: sign again after a restore; hash: choose the hash, before the first leaf",
        ),
    )
    parser.add_argument(
        "name", nargs="?", metavar="sha256|sm3", help=words("用于 hash", "for hash")
    )
    takes_heads(parser, talk)
    parser.add_argument(
        "--none-later",
        action="store_true",
        help=words(
            "resume:确认数据库中的检查点是最后一个", "resume: the database holds the last checkpoint there was"
        ),
    )  # fmt: skip
    parser.add_argument(
        "--lost",
        action="store_true",
        help=words("resume:承认丢失,另起一期", "resume: accept that leaves are lost, and begin another epoch"),
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help=words("输出 JSON", "JSON output"))
    return _run


def _run(arguments: argparse.Namespace) -> int:
    talk = Talk.in_environment()
    with present_house() as house:
        return _WHAT[arguments.what](house, arguments, talk)


def _head(house: House, arguments: argparse.Namespace, talk: Talk) -> int:
    now = house.clock.now()
    house.log.turn(now)
    checkpoint = house.log.sign(now)
    if arguments.json:
        root = checkpoint.root.hex()
        emit(
            {
                "size": checkpoint.size,
                "root": root,
                "short": checkpoint.short,
                "note": checkpoint.note,
            }
        )
    else:
        print(checkpoint.note, end="")
    return DONE


def _key(house: House, arguments: argparse.Namespace, talk: Talk) -> int:
    if arguments.json:
        emit({"key": str(house.log.signer.public)})
    else:
        print(house.log.signer.public)
    return DONE


def _check(house: House, arguments: argparse.Namespace, talk: Talk) -> int:
    heads = heads_given(arguments.head)
    with house.store.reading() as desk:
        faults = [*check_log(desk, house.log.signer.public, heads), *check_papers(desk)]
        size = desk.log_state().size
    if arguments.json:
        emit({"leaves": size, "sound": not faults, "faults": [_row(one, talk) for one in faults]})
    elif faults:
        for one in faults:
            talk.say("{where}:{why}", "{where}: {why}", where=_where(one), why=one.why)
    else:
        talk.say("日志{size}条,与数据库相符", "{size} leaves, and the tables agree", size=size)
    return NO if faults else DONE


def _resume(house: House, arguments: argparse.Namespace, talk: Talk) -> int:
    now = house.clock.now()
    if arguments.lost:
        house.log.accept_loss(now)
    elif arguments.none_later or len(arguments.head) == 1:
        path = Path(arguments.head[0]) if arguments.head else None
        house.log.resume(path.read_text("utf-8") if path else None)
        house.log.sign(now)
    else:
        raise BadInput(
            {
                "": Text(
                    "请给出此前最后签署的检查点(--head 文件),或者 --none-later,或者 --lost",
                    "give the last checkpoint that was signed (--head FILE), or --none-later, or --lost",
                )
            }
        )
    return _head(house, arguments, talk)


def _hash(house: House, arguments: argparse.Namespace, talk: Talk) -> int:
    house.log.use_hash(arguments.name or "")
    if arguments.json:
        emit({"hash": arguments.name})
    else:
        talk.say("日志使用 {name}", "the log is hashed with {name}", name=arguments.name)
    return DONE


def _row(fault: LogFault, talk: Talk) -> dict[str, object]:
    return {"petition": fault.petition, "entry": fault.seq, "why": talk.word(fault.why)}


def _where(fault: LogFault) -> Text:
    if fault.petition is None:
        return Text("日志", "the log")
    if fault.seq is None:
        return Text("{petition}", "{petition}").filled(petition=fault.petition)
    return Text("{petition}第{seq}条", "entry {seq} of {petition}").filled(
        petition=fault.petition, seq=fault.seq
    )


_WHAT: Mapping[str, Carry] = {
    "head": _head, "key": _key, "check": _check, "resume": _resume, "hash": _hash,
}  # fmt: skip
