"""``petition export``: the dossier of a petition, one file that anyone can check without the office."""

from __future__ import annotations

import argparse
from pathlib import Path

from engine.audit.exporting import Wish
from engine.cli.house import present_house
from engine.cli.new_file import write_new
from engine.cli.shapes import DONE, Run
from engine.cli.talk import Talk, emit
from engine.cli.viewer import file_known_as, takes_viewer, viewer_named
from engine.clock import legal_date
from engine.errors import BadInput
from engine.record.held import Held
from engine.text import Text


def command(parser: argparse.ArgumentParser) -> Run:
    """Says what the command takes."""
    talk = Talk.in_environment()
    words = talk.words
    parser.add_argument(
        "petition", metavar="NUMBER|ID", help=words("登记编号或者内部标识", "its number or its id")
    )
    parser.add_argument(
        "-o", dest="file", type=Path, required=True, metavar="FILE", help=words("新建的案卷文件", "the file to make")
    )  # fmt: skip
    takes_viewer(parser, talk)
    parser.add_argument(
        "--purpose",
        default="",
        metavar="WHY",
        help=words(
            "含个人信息和文书全文,并记录用途(默认只含承诺值)",
            "with personal data and documents, for this purpose, which is logged (default: commitments only)",
        ),
    )
    takes_heads(parser, talk)
    parser.add_argument("--json", action="store_true", help=words("输出 JSON", "JSON output"))
    return _run


def takes_heads(parser: argparse.ArgumentParser, talk: Talk) -> None:
    """Let *parser* take ``--head``."""
    parser.add_argument(
        "--head",
        action="append",
        default=[],
        metavar="FILE|1234-9f3a1-…",
        help=talk.word(
            Text(
                "所持日志头:检查点文件,或者凭证上的字样",
                "a head of the log that is held: a checkpoint, or the words on a paper",
            )
        ),
    )


def heads_given(given: list[str]) -> list[Held]:
    """The heads that were given, as files or as words. Raises DataError."""
    return [
        Held.read(Path(one).read_text("utf-8") if Path(one).is_file() else one) for one in given
    ]


def _run(arguments: argparse.Namespace) -> int:
    talk = Talk.in_environment()
    target: Path = arguments.file
    if target.exists():
        raise BadInput({"": Text("{path} 已存在", "{path} exists already").filled(path=target)})
    heads = heads_given(arguments.head)
    with present_house() as house:
        now = house.clock.now()
        with house.store.reading() as desk:
            viewer = viewer_named(desk, arguments, legal_date(now))
            petition = file_known_as(desk, arguments.petition)
        wish = Wish(viewer=viewer, petition=petition, purpose=arguments.purpose, heads=heads)
        dossier = house.exporter.export(wish, now)
    write_new(target, dossier)
    if arguments.json:
        emit({"file": str(target), "petition": petition, "bytes": len(dossier)})
    else:
        talk.say("已导出 {file}", "exported to {file}", file=target)
    return DONE
