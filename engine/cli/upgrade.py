"""``petition upgrade``: the database and the shipped drawings, to this version of the program."""

from __future__ import annotations

import argparse

from engine.bootstrap import deploy, shipped_source
from engine.cli.house import present_house, require_office
from engine.cli.shapes import DONE, Run
from engine.cli.talk import Talk, emit
from engine.clock import legal_date
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
            before = desk.plan().in_force(legal_date(house.clock.now()))
            known = len(desk.plan().steps)
        after = before or ""
        if before is None or not arguments.keep_drawings:
            after = deploy(house.store, shipped_source(), house.vocabulary, house.clock)
        with house.store.reading() as desk:
            added = len(desk.plan().steps) > known
    if arguments.json:
        emit({"procedure": after, "procedure_before": before})
        return DONE
    talk.say("数据库已是当前版本", "the database is at this version")
    if after == before and added:
        talk.say(
            "随程序的流程图已列入流程库;本机关自行起草的版本继续有效,新流程图须另定启用日期",
            "the shipped drawings lie in the library; the office's own version stays in force until a day is set for them",
        )
    elif after == before:
        talk.say("流程图未变", "the drawings are the same")
    else:
        talk.say(
            "流程图已更新:新登记的信访事项适用;在办的仍按原流程图",
            "new drawings are in force for petitions registered from now on; those under way keep theirs",
        )
    return DONE
