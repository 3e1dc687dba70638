"""``petition tidy``: brings diagrams into the one way to write them, so that versions differ by what was changed."""

from __future__ import annotations

import argparse
from pathlib import Path

from engine.cli.shapes import DONE, Run
from engine.cli.talk import Talk, plain
from engine.procedure.canonical import canonical
from engine.text import Text


def command(parser: argparse.ArgumentParser) -> Run:
    """Says what the command takes."""
    talk = Talk.in_environment()
    parser.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="FILE",
        help=talk.word(Text("流程图(.bpmn),就地改写", "diagrams (.bpmn), rewritten in place")),
    )
    return _run


def _run(arguments: argparse.Namespace) -> int:
    talk = Talk.in_environment()
    for path in arguments.files:
        before = path.read_bytes()
        after = canonical(before)
        if after != before:
            path.write_bytes(after)
            talk.say("已改写 {name}", "rewritten: {name}", name=plain(path.name))
    return DONE
