"""``petition init``: the database and the first administrator."""

from __future__ import annotations

import argparse
import secrets
from pathlib import Path

from engine.bootstrap import deploy, new_store, shipped_source, vocabulary
from engine.cli.house import refuse_office
from engine.cli.shapes import DONE, Run
from engine.cli.talk import Talk, emit
from engine.clock import SystemClock
from engine.errors import BadInput
from engine.people import passwords
from engine.petition.parties import (
    SYSTEM,
    Appointment,
    Level,
    Organ,
    OrganKind,
    Person,
    Role,
)
from engine.settings import Settings
from engine.statute.law import load_law
from engine.text import Text


def command(parser: argparse.ArgumentParser) -> Run:
    """Says what the command takes."""
    talk = Talk.in_environment()
    words = talk.words
    parser.add_argument(
        "--organ", default="信访局", help=words("第一个机关的名称", "name of the first organ")
    )
    parser.add_argument(
        "--code", default="信", help=words("其发文代字", "its letter code in numbers")
    )
    parser.add_argument(
        "--level", choices=[level.value for level in Level], default=Level.COUNTY.value
    )
    parser.add_argument(
        "--login", default="admin", help=words("管理员登录名", "login of the administrator")
    )
    parser.add_argument(
        "--name", default="管理员", help=words("管理员姓名", "name of the administrator")
    )
    parser.add_argument(
        "--password-file",
        type=Path,
        metavar="FILE",
        help=words(
            "从文件读取密码(默认随机生成并显示一次)",
            "take the password from FILE (else one is made and shown once)",
        ),
    )
    parser.add_argument("--json", action="store_true", help=words("输出 JSON", "JSON output"))
    return _run


def _run(arguments: argparse.Namespace) -> int:
    talk = Talk.in_environment()
    settings = Settings.from_environment()
    refuse_office(settings)
    password = _password(arguments)
    store = new_store(settings)
    try:
        clock = SystemClock()
        deploy(store, shipped_source(), vocabulary(load_law()), clock)
        organ = _organ(arguments)
        person = Person(id=secrets.token_hex(8), name=arguments.name, login=arguments.login)
        with store.transaction() as paper:
            now = clock.now()
            paper.change_directory(
                organs=(organ,),
                people=(person,),
                appointments=(
                    Appointment(person=person.id, organ=organ.id, role=Role.ADMINISTRATOR),
                ),
                actor=SYSTEM,
                now=now,
            )
            paper.set_password(person.id, passwords.hashed(password), now=now)
    finally:
        store.close()
    shown = None if arguments.password_file else password
    if arguments.json:
        emit({"data": str(settings.data), "login": person.login, "password": shown})
        return DONE
    talk.say("数据目录:{data}", "data directory: {data}", data=settings.data)
    talk.say("管理员:{login}", "administrator: {login}", login=person.login)
    if shown:
        talk.say(
            "密码(只显示这一次):{password}",
            "password (shown this once): {password}",
            password=shown,
        )
    return DONE


def _organ(arguments: argparse.Namespace) -> Organ:
    return Organ(
        id=secrets.token_hex(8),
        name=Text(arguments.organ, arguments.organ),
        code=arguments.code,
        kind=OrganKind.PETITION_OFFICE,
        level=Level(arguments.level),
    )


def _password(arguments: argparse.Namespace) -> str:
    if arguments.password_file is None:
        return secrets.token_urlsafe(12)
    password: str = arguments.password_file.read_text("utf-8").strip()
    if (fault := passwords.fault(password, login=arguments.login)) is not None:
        raise BadInput({"password": fault})
    return password
