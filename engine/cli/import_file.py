"""``petition import``: registers petitions from a spreadsheet, each row once, and says what became of every row."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.bootstrap import House
from engine.cli.house import present_house
from engine.cli.shapes import BAD_INPUT, DONE, Run
from engine.cli.talk import Talk, emit
from engine.clock import legal_date
from engine.errors import BadInput, NotFound, Refused
from engine.intake_files.columns import Columns, guessed, parse_mapping
from engine.intake_files.rows import ImportedRow, RowError, read_rows
from engine.intake_files.table import Table, read_table
from engine.petition.commands import Command, Receipt
from engine.petition.parties import Actor, Role
from engine.text import Text

ACT = "register_imported"
CHANNELS = ("online", "letter", "call", "fax", "visit")


@dataclass(slots=True)
class Tally:
    """What became of the rows."""

    registered: int = 0
    repeated: int = 0
    refused: list[dict[str, Any]] = field(default_factory=list)

    def refuse(self, row: int, line: int, reasons: list[str]) -> None:
        self.refused.append({"row": row, "line": line, "reasons": reasons})


def command(parser: argparse.ArgumentParser) -> Run:
    """Says what the command takes."""
    talk = Talk.in_environment()
    words = talk.words
    parser.add_argument(
        "file", type=Path, metavar="FILE.csv", help=words("GB18030 或 UTF-8", "GB18030 or UTF-8")
    )
    parser.add_argument(
        "--as",
        dest="login",
        metavar="LOGIN",
        help=words(
            "以谁的名义登记(经办员);只有一位经办员时可省略",
            "the clerk who registers; may be left out where there is only one",
        ),
    )
    parser.add_argument("--organ", metavar="ID", help=words("以哪个机关的名义", "as which organ"))
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="title=标题,…",
        help=words(
            "指定列的对应(默认按表头推断)",
            "which column answers what (guessed from the headings by default)",
        ),
    )
    parser.add_argument(
        "--channel",
        choices=CHANNELS,
        help=words("表中未注明时的信访形式", "the channel where the file does not say"),
    )
    parser.add_argument(
        "--run-clocks",
        action="store_true",
        help=words("启动法定期限(默认不启动)", "start the legal limits (they are not by default)"),
    )
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help=words("只读取和检查,不登记", "read and check only, register nothing"),
    )
    parser.add_argument("--json", action="store_true", help=words("输出 JSON", "JSON output"))
    return _run


def _run(arguments: argparse.Namespace) -> int:
    talk = Talk.in_environment()
    table = read_table(arguments.file.read_bytes())
    columns = guessed(
        table.headings, parse_mapping(",".join(arguments.map)) if arguments.map else None
    )
    with present_house() as house:
        _tell_columns(table, columns, talk)
        tally = _imported(house, table, columns, arguments, talk)
    _report(tally, table, columns, arguments, talk)
    if tally.refused:
        talk.reason(_NOT_TAKEN[arguments.dry_run].filled(count=len(tally.refused)))
    return BAD_INPUT if tally.refused else DONE


_NOT_TAKEN = {
    False: Text("{count}行未登记", "{count} rows were not registered"),
    True: Text("{count}行不能登记", "{count} rows could not be registered"),
}


def _tell_columns(table: Table, columns: Columns, talk: Talk) -> None:
    shown = [f"{question}={heading}" for question, heading in columns.shown().items()]
    talk.progress(
        "编码 {encoding},{rows}行,列:{columns}",
        "{encoding}, {rows} rows, columns: {columns}",
        encoding=table.encoding,
        rows=len(table.lines),
        columns="; ".join(shown),
    )


def _imported(
    house: House, table: Table, columns: Columns, arguments: argparse.Namespace, talk: Talk
) -> Tally:
    today = legal_date(house.clock.now())
    named = arguments.login is not None or arguments.organ is not None
    actor = _actor(house, arguments) if named or not arguments.dry_run else None
    defaults = {"channel": arguments.channel} if arguments.channel else {}
    tally = Tally()
    for done, row in enumerate(read_rows(table, columns, today=today, defaults=defaults), start=1):
        if isinstance(row, RowError):
            tally.refuse(row.row, row.line, [talk.word(reason) for reason in row.reasons])
        else:
            _take(house, row, actor, tally, arguments, talk)
        talk.counted(done, len(table.lines))
    return tally


def _take(
    house: House,
    row: ImportedRow,
    actor: Actor | None,
    tally: Tally,
    arguments: argparse.Namespace,
    talk: Talk,
) -> None:
    """Register *row*; on a dry run only see whether the form would take it."""
    answers: Mapping[str, object] = {**row.answers, "run_clocks": arguments.run_clocks}
    try:
        if arguments.dry_run or actor is None:
            house.acts[ACT].form.read(answers, today=legal_date(house.clock.now()))
            repeated = False
        else:
            repeated = _registered(house, row, answers, actor).repeated
    except BadInput as fault:
        tally.refuse(row.row, row.line, [talk.word(text) for text in fault.fields.values()])
    except Refused as refusal:
        tally.refuse(row.row, row.line, [talk.word(refusal.text)])
    else:
        tally.repeated += repeated
        tally.registered += not repeated


def _registered(
    house: House, row: ImportedRow, answers: Mapping[str, object], actor: Actor
) -> Receipt:
    command = Command(
        act=ACT,
        actor=actor,
        key=f"import:{actor.organ}:{row.key}",
        answers=answers,
        uploads=row.uploads,
    )
    return house.office.perform(command)


def _actor(house: House, arguments: argparse.Namespace) -> Actor:
    """The clerk in whose name rows are registered."""
    with house.store.reading() as desk:
        directory = desk.directory()
    today = legal_date(house.clock.now())
    clerks = [
        held
        for held in directory.appointments
        if held.role is Role.CLERK and held.valid_on(today) and directory.person(held.person).active
    ]
    fitting = [
        held
        for held in clerks
        if arguments.login in {None, directory.person(held.person).login}
        and arguments.organ in {None, held.organ}
    ]
    if not fitting:
        raise NotFound(_NO_SUCH_CLERK if clerks else _NO_CLERK)
    if len(fitting) > 1:
        logins = ", ".join(sorted({directory.person(held.person).login for held in fitting}))
        raise BadInput({"as": _SEVERAL_CLERKS.filled(count=len(fitting), logins=logins)})
    return directory.actor_for(fitting[0].person, fitting[0].organ, today)


_NO_CLERK = Text(
    "还没有经办员,登记要以一位经办员的名义:请运行 petition serve,以管理员登录,"
    "在「管理 › 人员」新增人员并任命为「经办员」,再用 --as 登录名 导入(--dry-run 不需要)",
    "there is no clerk yet, and a clerk registers: run petition serve, sign in as the administrator, add a person under "
    "Administration › People and appoint them clerk, then import with --as LOGIN (--dry-run needs none)",
)
_NO_SUCH_CLERK = Text(
    "没有符合条件的经办员;请检查 --as 和 --organ,或者由管理员在「管理 › 人员」任命",
    "there is no such clerk: check --as and --organ, or let the administrator appoint one under Administration › People",
)
_SEVERAL_CLERKS = Text(
    "有{count}位经办员,请用 --as 登录名 指明以谁的名义登记:{logins}",
    "there are {count} clerks: name the one who registers with --as LOGIN: {logins}",
)


def _report(
    tally: Tally, table: Table, columns: Columns, arguments: argparse.Namespace, talk: Talk
) -> None:
    if arguments.json:
        emit(
            {
                "encoding": table.encoding,
                "columns": columns.shown(),
                "noted": [columns.heading(place) for place in columns.noted()],
                "dry_run": arguments.dry_run,
                "registered": tally.registered,
                "repeated": tally.repeated,
                "refused": tally.refused,
            }
        )
        return
    for row in tally.refused:
        talk.say(
            "第{row}行(文件第{line}行):{reasons}",
            "row {row} (line {line} of the file): {reasons}",
            row=row["row"], line=row["line"], reasons=";".join(row["reasons"]),
        )  # fmt: skip
    if arguments.dry_run:
        talk.say(
            "试运行,没有登记任何事项:可以登记{registered}件,不能登记{refused}件",
            "dry run, nothing was registered: {registered} could be, {refused} could not",
            registered=tally.registered, refused=len(tally.refused),
        )  # fmt: skip
        return
    talk.say(
        "登记{registered}件,此前已登记{repeated}件,未登记{refused}件",
        "{registered} registered, {repeated} registered before, {refused} not registered",
        registered=tally.registered, repeated=tally.repeated, refused=len(tally.refused),
    )  # fmt: skip
