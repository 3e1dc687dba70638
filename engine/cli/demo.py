"""``petition demo``: the demonstration office, with petitions that have travelled every path."""

from __future__ import annotations

import argparse

from engine.cli.house import refuse_office
from engine.cli.shapes import DONE, Run
from engine.cli.talk import Talk, emit
from engine.demo.founding import SignIn, SignIns, found
from engine.demo.journeys import read_journeys
from engine.errors import BadInput
from engine.people.roles import ROLE_NAMES
from engine.settings import Settings
from engine.text import Text


def command(parser: argparse.ArgumentParser) -> Run:
    """Says what the command takes."""
    talk = Talk.in_environment()
    parser.add_argument(
        "--petitions",
        type=int,
        metavar="N",
        help=talk.word(
            Text("信访事项件数(默认每条路径一件)", "how many petitions (one per path by default)")
        ),
    )
    parser.add_argument(
        "--json", action="store_true", help=talk.word(Text("输出 JSON", "JSON output"))
    )
    return _run


def _run(arguments: argparse.Namespace) -> int:
    talk = Talk.in_environment()
    if arguments.petitions is not None and arguments.petitions < 0:
        raise BadInput({"petitions": Text("件数不能为负", "the number cannot be negative")})
    settings = Settings.from_environment()
    refuse_office(settings)
    petitions = len(read_journeys()) if arguments.petitions is None else arguments.petitions
    talk.progress("正在建立演示机关……", "making the demonstration office…")
    sign_ins = found(
        settings,
        petitions=petitions,
        progress=lambda what, done, total: talk.counted(done, total),
    )
    if arguments.json:
        emit(
            {
                "petitions": petitions,
                "password": sign_ins.password,
                "sign_ins": [_row(one, talk) for one in sign_ins.people],
            }
        )
    else:
        _tell(petitions, sign_ins, talk)
    return DONE


def _tell(petitions: int, sign_ins: SignIns, talk: Talk) -> None:
    talk.say(
        "演示机关已建立:{petitions}件信访事项。机关、人员均为虚构。",
        "the demonstration office is ready: {petitions} petitions. Its organs and people are made up.",
        petitions=petitions,
    )
    talk.say(
        "登录名(密码均为 {password}):",
        "sign-ins (the password is always {password}):",
        password=sign_ins.password,
    )
    rows = [_row(one, talk) for one in sign_ins.people]
    width = max(len(str(row["login"])) for row in rows) + 2
    for row in rows:
        print(f"  {row['login']:<{width}}{row['name']}  {row['roles']}")


def _row(one: SignIn, talk: Talk) -> dict[str, object]:
    return {
        "login": one.login,
        "name": one.name,
        "organ": talk.word(one.organ),
        "roles": "、".join(talk.word(ROLE_NAMES[role]) for role in one.roles),
        "sealed": one.sealed,
    }
