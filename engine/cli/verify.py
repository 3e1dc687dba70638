"""``petition verify``: whether a dossier, or a volume with the dossier in it, proves itself. Needs no office and no network."""

from __future__ import annotations

import argparse
from pathlib import Path

from engine.audit.wording import moment
from engine.cli.export import heads_given
from engine.cli.shapes import DONE, NO, Run
from engine.cli.stamp import authorities_given, takes_authorities
from engine.cli.talk import Talk, emit
from engine.record.proving import Verdict
from engine.record.volume import verified
from engine.text import Text


def command(parser: argparse.ArgumentParser) -> Run:
    """Says what the command takes."""
    talk = Talk.in_environment()
    words = talk.words
    parser.add_argument(
        "file",
        type=Path,
        metavar="FILE",
        help=words("案卷文件或者卷宗文件", "the dossier, or the volume"),
    )
    parser.add_argument(
        "--head",
        metavar="FILE|1234-9f3a1-…",
        help=words(
            "所持日志头:检查点文件,或者凭证上的字样",
            "a head of the log that is held: a checkpoint, or the words on a paper",
        ),
    )
    parser.add_argument(
        "--key",
        metavar="KEY",
        help=words("已知的日志公钥(petition log key)", "the log's public key (petition log key)"),
    )
    takes_authorities(parser, talk)
    parser.add_argument("--json", action="store_true", help=words("输出 JSON", "JSON output"))
    return _run


def _run(arguments: argparse.Namespace) -> int:
    talk = Talk.in_environment()
    heads = heads_given([arguments.head] if arguments.head else [])
    verdict = verified(
        arguments.file.read_bytes(),
        held=heads[0] if heads else None,
        key=arguments.key,
        authorities=authorities_given(arguments.ca),
    )
    if arguments.json:
        emit(_report(verdict, talk))
    else:
        _tell(verdict, talk, held=bool(heads), trusted=arguments.ca is not None)
    return DONE if verdict.proven else NO


def _report(verdict: Verdict, talk: Talk) -> dict[str, object]:
    first, checkpoint, whole = verdict.first, verdict.checkpoint, verdict.whole_as_of
    return {
        "proven": verdict.proven,
        "number": verdict.number,
        "petition": verdict.petition,
        "entries": verdict.entries,
        "head": checkpoint.short if checkpoint else None,
        "whole_as_of": whole.isoformat() if whole else None,
        "entry": first.entry if first else None,
        "why": talk.word(first.why) if first else None,
        "faults": len(verdict.faults),
        "stamps": [
            {"size": size, "at": stamp.at.isoformat(), "authority": stamp.authority}
            for size, stamp in verdict.stamps
        ],
    }


def _tell(verdict: Verdict, talk: Talk, *, held: bool, trusted: bool) -> None:
    first, checkpoint = verdict.first, verdict.checkpoint
    if first is not None:
        where = Text("案卷", "the dossier")
        if first.entry is not None:
            where = Text("第{entry}条", "entry {entry}").filled(entry=first.entry)
        talk.say("不能自证:{where}:{why}", "NOT proven: {where}: {why}", where=where, why=first.why)
        return
    talk.say(
        "已证明:{number},{entries}条,完整至{whole}",
        "proven: {number}, {entries} entries, whole as of {whole}",
        number=verdict.number, entries=verdict.entries, whole=verdict.whole_as_of,
    )  # fmt: skip
    talk.say("日志头 {head}", "head of the log {head}", head=checkpoint.short if checkpoint else "")
    for size, stamp in verdict.stamps:
        said = _PROVED if trusted else _UNPROVED
        talk.say(said.zh, said.en, size=size, at=moment(stamp.at), authority=stamp.authority)
    if not held:
        talk.say(
            "请与凭证或公报上的日志头、公布的公钥比对(--head、--key)",
            "compare it with a head on a paper or in a bulletin, and the key with the published one (--head, --key)",
        )


_PROVED = Text(
    "时间戳:{authority}证明日志头({size}条)至迟于 {at} 已经存在",
    "time stamp: {authority} proves that the head of {size} leaves was there by {at}",
)
_UNPROVED = Text(
    "时间戳(签名未核):{authority},日志头({size}条),{at};请用 --ca 给出机构证书,或者用 openssl ts -verify",
    "time stamp (signature not checked): {authority}, the head of {size} leaves, {at}; give --ca, or use openssl ts -verify",
)
