"""In whose name a command looks at a file."""

from __future__ import annotations

import argparse
from datetime import date

from engine.cli.talk import Talk
from engine.errors import NotFound
from engine.petition.parties import Actor
from engine.store.queries.census import file_named
from engine.store.queries.sight import NOT_KNOWN
from engine.store.store import Desk
from engine.text import Text


def takes_viewer(parser: argparse.ArgumentParser, talk: Talk, *, required: bool = True) -> None:
    """Let *parser* take ``--as`` and ``--organ``."""
    parser.add_argument(
        "--as",
        dest="login",
        required=required,
        metavar="LOGIN",
        help=talk.word(Text("以谁的名义查阅(登录名)", "in whose name (a login)")),
    )
    parser.add_argument(
        "--organ",
        metavar="ID",
        help=talk.word(Text("以哪个机关的名义", "as which organ")),
    )


def viewer_named(desk: Desk, arguments: argparse.Namespace, on: date) -> Actor:
    """The person with the login that was given, for the organ that was given or their first. Raises NotFound."""
    directory = desk.directory()
    for person in directory.people.values():
        if person.login == arguments.login and person.active:
            for organ in directory.organs_of(person.id, on):
                if arguments.organ in {None, organ.id}:
                    return directory.actor_for(person.id, organ.id, on)
    raise NotFound(
        Text(
            "没有这一登录名,或其在该机关没有职务",
            "there is no such login, or it holds no office at that organ",
        )
    )


def file_known_as(desk: Desk, name: str) -> str:
    """The id of the file with the number or id *name*. Raises NotFound in the words for files that may not be seen."""
    try:
        return file_named(desk, name)
    except NotFound as error:
        raise NotFound(NOT_KNOWN) from error
