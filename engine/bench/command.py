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
from engine.text import CHINESE, Text

_ABOUT = Text(
    "在一个新建的空数据库上测量,测完即删",
    "Measure the office on a new, empty database that is gone afterwards.",
)
_EXPLAINED = Text(
    """\
每行是一种操作的代价:本进程与 PostgreSQL 后端的处理器时间、实际时间、SQL 语句数、提交数、状态文档字节数。旁边是
同一次运行中的下限(floor:经同一引擎的一次裸事务:锁定读、更新、插入、提交)和使用自带序列化的原版 SpiffWorkflow
(naive:同一流程图)。只有同一次运行内的比值有意义。

  step      办过 5、20、100 个环节之后再办一个自定环节;带文书的行为
  start     登记一件信访事项
  fire      内部时限到期;法定期限到期并立督办件
  herd      同一午夜到期的 1,000 个时钟(--full:10,000 个),两个进程处理:不漏、不重
  record    记录:散列占一次办理的几成,每条的封存、记入日志、核对;案卷的导出、核验和大小
  lateness  实际时间中的 100 个时钟:从法定时刻到其他进程能读到
""",
    """\
Each figure is the cost of one operation: CPU of this process and of PostgreSQL's backends, time by the wall, SQL
statements, commits, bytes of state. Beside it stand the floor (one locked select, one update, one insert, one commit
through the same engine, in the same run) and stock SpiffWorkflow with its own serializer on the same drawing ("naive").
Only ratios within one run mean anything.

  step      a free step after 5, 20 and 100 steps; an act with a document
  start     registering a petition
  fire      an internal limit; a limit of the statute with the supervision file that its breach opens
  herd      1,000 clocks (--full: 10,000) due at one midnight, drained by two processes: none lost, none twice
  record    how much of a command is hashing; sealing, logging and checking an entry; a dossier and its size
  lateness  100 clocks in real time: from the legal instant until another process can read the firing
""",
)
_JSON = Text("每行一个 JSON 对象", "one JSON object per line, no tables")
_DATABASE = Text(
    "在哪种数据库上测量(默认:知道 PostgreSQL 服务器时两种都测,否则 sqlite)",
    "where to measure (default: both where a PostgreSQL server is known, else sqlite)",
)
_SERVER = Text(
    "可在其上新建数据库的 PostgreSQL 服务器(默认 PETITION_DATABASE_URL);其中已有的数据库不受影响",
    "a PostgreSQL server that may make a new database (default: PETITION_DATABASE_URL); others on it stay untouched",
)
_FULL = Text("做得多得多", "many more operations")
_DIRECTORY = Text(
    "测量期间 SQLite 文件所在目录(默认:系统临时目录)",
    "where SQLite's file lies meanwhile (default: the place for temporary files)",
)


def command(parser: argparse.ArgumentParser) -> Callable[[argparse.Namespace], int]:
    """Says what the command takes. It runs to 0 done, 1 if a clock was lost, doubled or late, or hashing too dear."""
    language = os.environ.get("PETITION_LANGUAGE", CHINESE)
    parser.description = _ABOUT.in_language(language)
    parser.epilog = _EXPLAINED.in_language(language)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("bench", choices=sorted(BENCHES))
    parser.add_argument("--json", action="store_true", help=_JSON.in_language(language))
    parser.add_argument(
        "--database", choices=(SQLITE, POSTGRESQL, BOTH), help=_DATABASE.in_language(language)
    )
    parser.add_argument("--database-url", metavar="URL", help=_SERVER.in_language(language))
    parser.add_argument("--full", action="store_true", help=_FULL.in_language(language))
    parser.add_argument("--directory", type=Path, help=_DIRECTORY.in_language(language))
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
