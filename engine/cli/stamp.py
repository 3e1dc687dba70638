"""``petition stamp``: time stamps of an authority (RFC 3161) over the log's heads; requests and replies are files."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

from engine.audit.wording import moment
from engine.bootstrap import House
from engine.cli.house import present_house
from engine.cli.shapes import DONE, Run
from engine.cli.talk import Talk, emit
from engine.errors import BadInput
from engine.record.stamps import Authorities, read_certificates
from engine.store.queries.stamped import stamps
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
            "ask 签署日志头并写出时间戳请求(.tsq);take 收下机构的回复(.tsr);list 列出",
            "ask: sign the head and write a request (.tsq); take: the authority's reply (.tsr); list: all of them",
        ),
    )
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help=words("请求或者回复", "request or reply"))  # fmt: skip
    takes_authorities(parser, talk)
    parser.add_argument("--json", action="store_true", help=words("输出 JSON", "JSON output"))
    return _run


def takes_authorities(parser: argparse.ArgumentParser, talk: Talk) -> None:
    """Let *parser* take ``--ca``."""
    parser.add_argument(
        "--ca",
        type=Path,
        metavar="FILE",
        help=talk.word(
            Text(
                "所信任的时间戳机构证书(PEM)",
                "the certificates of authorities that you trust (PEM)",
            )
        ),
    )


def authorities_given(path: Path | None) -> Authorities | None:
    """The certificates in the file that was given. Raises DataError."""
    return None if path is None else read_certificates(path.read_bytes())


def _run(arguments: argparse.Namespace) -> int:
    talk = Talk.in_environment()
    if arguments.file is None and arguments.what != "list":
        raise BadInput({"": Text("请给出文件", "name a file")})
    with present_house() as house:
        return _WHAT[arguments.what](house, arguments, talk)


def _ask(house: House, arguments: argparse.Namespace, talk: Talk) -> int:
    target: Path = arguments.file
    if target.exists():
        raise BadInput({"": Text("{path} 已存在", "{path} exists already").filled(path=target)})
    head, request = house.stamping.ask(house.clock.now())
    target.write_bytes(request)
    if arguments.json:
        emit({"file": str(target), "head": head.short, "size": head.size})
    else:
        said = Text(
            "请把 {file} 交时间戳机构;日志头 {head}", "hand {file} to the authority; head {head}"
        )
        talk.say(said.zh, said.en, file=target, head=head.short)
    return DONE


def _take(house: House, arguments: argparse.Namespace, talk: Talk) -> int:
    authorities = authorities_given(arguments.ca)
    if authorities is None:
        raise BadInput({"": Text("请用 --ca 给出机构的证书", "give the authority's certificates with --ca")})  # fmt: skip
    head, stamp = house.stamping.take(arguments.file.read_bytes(), authorities, house.clock.now())
    if arguments.json:
        at = stamp.at.isoformat()
        emit({"head": head.short, "size": head.size, "at": at, "authority": stamp.authority})
    else:
        talk.say(
            "{authority}证明:日志头 {head} 至迟于 {at} 已经存在",
            "{authority} proves: the head {head} was there by {at}",
            authority=stamp.authority, head=head.short, at=moment(stamp.at),
        )  # fmt: skip
    return DONE


def _list(house: House, arguments: argparse.Namespace, talk: Talk) -> int:
    with house.store.reading() as desk:
        rows = stamps(desk)
    for row in rows:
        at = row.stamped_at.isoformat() if row.stamped_at else None
        if arguments.json:
            head = row.checkpoint.short
            emit(
                {
                    "head": head,
                    "asked_at": row.asked_at.isoformat(),
                    "at": at,
                    "authority": row.authority,
                }
            )
        else:
            answered = (
                f"{moment(row.stamped_at)}  {row.authority}"
                if row.stamped_at
                else talk.word(_WAITING)
            )
            print(f"{row.checkpoint.short}  {answered}")
    return DONE


_WAITING = Text("尚无回复", "no reply yet")
_WHAT: Mapping[str, Carry] = {"ask": _ask, "take": _take, "list": _list}
