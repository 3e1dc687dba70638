"""``petition upgrade``: the database and the shipped drawings, to this version of the program."""

from __future__ import annotations

import argparse

from engine.bootstrap import deploy, shipped_source
from engine.cli.house import present_house, require_office
from engine.cli.shapes import DONE, Run
from engine.cli.talk import Talk, emit
from engine.settings import Settings
from engine.store.migrate import upgrade
from engine.text import Text


def command(parser: argparse.ArgumentParser) -> Run:
    """Says what the command takes."""
    talk = Talk.in_environment()
    parser.add_argument(
        "--keep-drawings",
        action="store_true",
        help=talk.word(
            Text(
                "不部署随程序的流程图(本机关已自行修改时)",
                "leave the drawings in force (where the office has its own)",
            )
        ),
    )
    parser.add_argument(
        "--json", action="store_true", help=talk.word(Text("输出 JSON", "JSON output"))
    )
    return _run


def _run(arguments: argparse.Namespace) -> int:
    talk = Talk.in_environment()
    settings = Settings.from_environment()
    require_office(settings)
    upgrade(settings.database_url)
    with present_house() as house:
        with house.store.reading() as desk:
            before = desk.current_procedure_or_none()
        after = before or ""
        if before is None or not arguments.keep_drawings:
            after = deploy(house.store, shipped_source(), house.vocabulary, house.clock)
    if arguments.json:
        emit({"procedure": after, "procedure_before": before})
        return DONE
    talk.say("数据库已是当前版本", "the database is at this version")
    if after == before:
        talk.say("流程图未变", "the drawings are the same")
    else:
        talk.say(
            "流程图已更新:新登记的信访事项适用;在办的仍按原流程图",
            "new drawings are in force for petitions registered from now on; those under way keep theirs",
        )
    return DONE
