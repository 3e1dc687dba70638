"""``petition events``: event logs for process mining, and the drawing in a form that mining tools read."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from engine.audit.events.model import model_of
from engine.audit.events.taking import Form, Taken
from engine.bootstrap import House
from engine.cli.house import present_house
from engine.cli.new_file import new_file
from engine.cli.shapes import DONE, Run
from engine.cli.talk import Talk, emit
from engine.cli.viewer import takes_viewer, viewer_named
from engine.clock import legal_date
from engine.errors import BadInput, NotFound
from engine.statute.answers import read_day
from engine.store.queries.cases import Cases
from engine.text import Text

MAIN = "petition"


def command(parser: argparse.ArgumentParser) -> Run:
    """Says what the command takes."""
    talk = Talk.in_environment()
    words = talk.words
    parser.add_argument(
        "-o",
        dest="file",
        type=Path,
        metavar="FILE",
        help=words("新建的日志文件", "the log to make"),
    )
    parser.add_argument(
        "--format",
        choices=[form.value for form in Form],
        default=Form.XES.value,
        help=words("格式(默认 xes)", "in which form (default: xes)"),
    )
    takes_viewer(parser, talk, required=False)
    parser.add_argument(
        "--version",
        metavar="DIGEST",
        help=words(
            "只要依此版流程图办理的(可只写开头)",
            "only those that follow this version of the drawings (its beginning will do)",
        ),
    )
    parser.add_argument(
        "--process",
        metavar="ID",
        help=words("只要这一流程的,如 petition、supervision", "only those of this process: petition, supervision"),
    )  # fmt: skip
    for name, zh, en in (
        ("--from", "收到日期自此日起", "received on this day or later"),
        ("--to", "收到日期至此日止", "received on this day or earlier"),
    ):
        parser.add_argument(name, dest=name.strip("-") + "_", metavar="DAY", help=words(zh, en))
    parser.add_argument(
        "--model",
        type=Path,
        metavar="FILE",
        help=words(
            "另将流程图展平为挖掘工具可读的 BPMN,标签与事件名一致",
            "the drawing as well, laid flat as BPMN that mining tools read; its labels are the names of events",
        ),
    )
    parser.add_argument("--json", action="store_true", help=words("输出 JSON", "JSON output"))
    return _run


def _run(arguments: argparse.Namespace) -> int:
    talk = Talk.in_environment()
    _require_sense(arguments)
    with present_house() as house:
        version = _version(house, arguments.version)
        if arguments.model:
            digest = version or _in_force(house)
            model = model_of(house.drawings(digest), arguments.process or MAIN)
            with new_file(arguments.model) as out:
                out.write(model)
        taken = _taken(house, arguments, version) if arguments.file else None
    _tell(arguments, taken, talk)
    return DONE


def _require_sense(arguments: argparse.Namespace) -> None:
    if not arguments.file and not arguments.model:
        raise BadInput(
            {"": Text("请用 -o 或者 --model 指明文件", "name a file with -o or --model")}
        )
    if arguments.file and not arguments.login:
        raise BadInput({"": Text("请用 --as 指明以谁的名义导出", "say with --as in whose name the log is taken")})  # fmt: skip
    for path in (arguments.file, arguments.model):
        if path and path.exists():
            raise BadInput({"": Text("{path} 已存在", "{path} exists already").filled(path=path)})


def _taken(house: House, arguments: argparse.Namespace, version: str | None) -> Taken:
    now = house.clock.now()
    with house.store.reading() as desk:
        viewer = viewer_named(desk, arguments, legal_date(now))
    cases = Cases(
        process=arguments.process,
        version=version,
        received_from=_day(arguments.from_),
        received_to=_day(arguments.to_),
    )
    with new_file(arguments.file) as out:
        return house.event_logs.take(viewer, cases, Form(arguments.format), out, now=now)


def _version(house: House, given: str | None) -> str | None:
    """The digest that begins as *given*. Raises NotFound where none does, or several do."""
    if not given:
        return None
    with house.store.reading() as desk:
        found = [
            row.digest
            for row in desk.procedures(legal_date(house.clock.now()))
            if row.digest.startswith(given)
        ]
    if len(found) != 1:
        raise NotFound(_NO_VERSION.filled(digest=given))
    return found[0]


def _in_force(house: House) -> str:
    with house.store.reading() as desk:
        return desk.current_procedure(legal_date(house.clock.now()))


def _day(text: str | None) -> date | None:
    return read_day(text) if text else None


def _tell(arguments: argparse.Namespace, taken: Taken | None, talk: Talk) -> None:
    model = str(arguments.model) if arguments.model else None
    if arguments.json:
        told = {"petitions": taken.petitions, "events": taken.events} if taken else {}
        left = {one.what: one.count for one in taken.withheld} if taken else {}
        file = str(arguments.file) if arguments.file else None
        emit({"file": file, "model": model, **told, "withheld": left})
        return
    if taken is not None:
        talk.say(
            "已导出 {file}:{petitions}件、{events}个事件", "{file}: {petitions} petitions, {events} events",
            file=arguments.file, petitions=taken.petitions, events=taken.events,
        )  # fmt: skip
        for one in taken.withheld:
            count = "—" if one.count is None else one.count
            talk.say("未导出{name} {count}:{why}", "left out: {name} {count}: {why}",
                     name=one.name, count=count, why=one.why)  # fmt: skip
    if model is not None:
        talk.say("流程图已写入 {model}", "the drawing is in {model}", model=model)


_NO_VERSION = Text(
    "没有流程图版本{digest},或者不止一个",
    "there is no version {digest} of the drawings, or more than one",
)
