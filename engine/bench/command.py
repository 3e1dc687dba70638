"""The command ``petition bench``."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from engine.bench.benches import BENCHES, BOTH, Databases, run
from engine.bench.scale import FULL, USUAL
from engine.bench.workplace import POSTGRESQL, SQLITE

_EXPLAINED = """\
Each figure is the cost of one operation: CPU of this process and of PostgreSQL's backends, time by the wall, SQL
statements, commits, bytes of state. Beside it stand the floor (one locked select, one update, one insert, one commit
through the same engine, in the same run) and stock SpiffWorkflow with its own serializer on the same drawing ("naive").
Ratios of one run count; absolute times only describe a machine.

  step      a free step after 5, 20 and 100 steps; an act with a document
  start     registering a petition
  fire      an internal limit; a limit of the statute with the supervision file that its breach opens
  herd      1,000 clocks (--full: 10,000) due at one midnight, drained by two processes: none lost, none twice
  lateness  100 clocks in real time: from the legal instant until another process can read the firing
"""


def command(parser: argparse.ArgumentParser) -> Callable[[argparse.Namespace], int]:
    """Says what the command takes. It runs to 0 done, 1 if a clock was lost, doubled or late."""
    parser.description = "Measure the office on a new, empty database that is gone afterwards."
    parser.epilog = _EXPLAINED
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("bench", choices=sorted(BENCHES), help="what to measure")
    parser.add_argument("--json", action="store_true", help="one JSON object per line, no tables")
    parser.add_argument(
        "--database",
        choices=(SQLITE, POSTGRESQL, BOTH),
        help="where to measure (default: both where a PostgreSQL server is known, else sqlite)",
    )
    parser.add_argument(
        "--database-url",
        metavar="URL",
        help="a PostgreSQL server that may make a new database (default: PETITION_DATABASE_URL)",
    )
    parser.add_argument("--full", action="store_true", help="many more operations")
    parser.add_argument(
        "--directory",
        type=Path,
        help="where SQLite's file lies meanwhile (default: the place for temporary files)",
    )
    return _run


def _run(arguments: argparse.Namespace) -> int:
    server = arguments.database_url or _server()
    databases = Databases(
        chosen=arguments.database or (BOTH if server else SQLITE),
        server=server,
        directory=arguments.directory,
    )
    scale = FULL if arguments.full else USUAL
    return run(
        arguments.bench, json=arguments.json, databases=databases, scale=scale, out=sys.stdout
    )


def _server() -> str | None:
    url = os.environ.get("PETITION_DATABASE_URL", "")
    return url if url.startswith(POSTGRESQL) else None
