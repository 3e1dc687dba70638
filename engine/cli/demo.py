"""``petition demo``: the demonstration office, with petitions that have travelled every path."""

from __future__ import annotations

import argparse

from engine.cli.house import refuse_office
from engine.cli.shapes import DONE, Run
from engine.cli.talk import Talk, emit
from engine.clock import SystemClock
from engine.demo.filling import fill
from engine.demo.organs import DemoOffice, read_office
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
    office = read_office()
    talk.progress("正在建立演示机关……", "making the demonstration office…")
    made = fill(
        settings, office, petitions=arguments.petitions, clock=SystemClock(), told=talk.counted
    )
    if arguments.json:
        emit({"petitions": made, "password": office.password, "sign_ins": _sign_ins(office, talk)})
        return DONE
    talk.say(
        "演示机关已建立:{made}件信访事项。机关、人员均为虚构。",
        "the demonstration office is ready: {made} petitions. Its organs and people are made up.",
        made=made,
    )
    talk.say(
        "登录名(密码均为 {password}):",
        "sign-ins (the password is always {password}):",
        password=office.password,
    )
    for row in _sign_ins(office, talk):
        print(f"  {row['login']:<26}{row['name']}  {row['organ']}  {row['roles']}")
    return DONE


def _sign_ins(office: DemoOffice, talk: Talk) -> list[dict[str, str]]:
    organs = {organ.id: organ for organ in office.organs}
    names = {person.id: person.name for person in office.people}
    found: dict[str, dict[str, str]] = {}
    for row in office.appointments:
        role = talk.word(ROLE_NAMES[row.role])
        known = found.setdefault(
            row.person,
            {
                "login": row.person,
                "name": names[row.person],
                "organ": talk.word(organs[row.organ].name),
                "roles": "",
            },
        )
        known["roles"] = f"{known['roles']}、{role}".strip("、")
    return list(found.values())
