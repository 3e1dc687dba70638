"""Finding the command that was asked for, and reading its arguments."""

from __future__ import annotations

import argparse
import importlib
import importlib.metadata
from collections.abc import Mapping, Sequence
from typing import NoReturn

from engine.cli.shapes import BAD_INPUT, Command
from engine.cli.talk import Talk
from engine.errors import BadInput
from engine.text import Text

ENTRY_POINTS = "petition.commands"

OURS: Mapping[str, tuple[str, Text]] = {
    "init": ("engine.cli.init:command", Text("建立数据库和第一位管理员", "make the database and the first administrator")),
    "demo": ("engine.cli.demo:command", Text("建立演示机关", "make a demonstration office")),
    "worker": ("engine.cli.worker:command", Text("运行时钟(可同时运行多个)", "run the clocks (any number may run)")),
    "import": ("engine.cli.import_file:command", Text("从 CSV 表格登记信访事项", "register petitions from a CSV file")),
    "deadline": ("engine.cli.deadline:command", Text("计算法定期限,逐日说明", "count a legal limit, day by day")),
    "check": ("engine.cli.check:command", Text("检查流程图", "check diagrams")),
    "scenarios": ("engine.cli.scenarios:command", Text("演练情景", "play scenarios on a version of the procedure")),
    "simulate": ("engine.cli.simulate:command", Text("用许多虚构事项模拟一版流程图", "many made-up petitions through a drawing")),
    "tidy": ("engine.cli.tidy:command", Text("整理流程图的写法", "write diagrams in the one way they are kept")),
    "import-diagram": ("engine.cli.diagrams:importing", Text("收入其他工具的流程图", "take diagrams of other modelers in")),
    "export-diagram": ("engine.cli.diagrams:exporting", Text("写出普通 BPMN", "hand diagrams out as plain BPMN")),
    "replay": ("engine.cli.replay:command", Text("从记录重演并核对", "rebuild petitions from their record and compare")),
    "verdict": ("engine.cli.verdict:command", Text("逐条对照法定期限", "what became of each limit of the statute")),
    "migrate": ("engine.cli.migrate:command", Text("把在办事项迁移到另一版流程图", "carry running petitions to another version")),
    "export": ("engine.cli.export:command", Text("导出案卷,供任何人核验", "a petition's dossier, for anyone to check")),
    "volume": ("engine.cli.volume:command", Text("一案一卷:立卷并作四性检测", "a closed matter as one volume, with its check")),
    "events": ("engine.cli.events:command", Text("导出事件日志(XES、OCEL、CSV)", "event logs for process mining")),
    "verify": ("engine.cli.verify:command", Text("核验案卷(无需机关和网络)", "check a dossier; needs no office")),
    "log": ("engine.cli.log:command", Text("总日志:日志头、核对、恢复后续签", "the log over all entries: its head, its check")),
    "stamp": ("engine.cli.stamp:command", Text("日志头的时间戳(RFC 3161):请求与回复", "time stamps over the log's heads")),
    "erasures": ("engine.cli.erasures:command", Text("已删除的;恢复备份后重新删除", "what was erased, and erasing it again")),
    "backup": ("engine.cli.backup:command", Text("备份", "back everything up")),
    "restore": ("engine.cli.restore:command", Text("从备份恢复", "restore a backup")),
    "upgrade": ("engine.cli.upgrade:command", Text("升级数据库和流程图", "bring database and drawings to this version")),
    "bench": ("engine.bench.command:command", Text("测量", "measure")),
}  # fmt: skip
_KNOWN_ABOVE: Mapping[str, Text] = {
    "serve": Text("运行网页和时钟(单机)", "run web pages and clocks on one machine"),
}
_ABOUT = Text(
    "信访法定程序的流程引擎",
    "a process engine in which the law on petitions is part of the machine",
)


class HelpShown(Exception):
    """Help was asked for and has been shown."""


class Parser(argparse.ArgumentParser):
    """argparse, but a wrong argument is a reason in one line and not an exit."""

    def error(self, message: str) -> NoReturn:
        raise BadInput(
            {
                "": Text("{message}(用法见 {prog} --help)", "{message} (see {prog} --help)").filled(
                    message=message, prog=self.prog
                )
            }
        )

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        if status == BAD_INPUT:
            self.error(message or "")
        raise HelpShown


def run(arguments: Sequence[str], talk: Talk) -> int:
    """Run the command that *arguments* name. Raises PetitionError; HelpShown when only help was asked for."""
    above = {entry.name: entry for entry in importlib.metadata.entry_points(group=ENTRY_POINTS)}
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        print(_overview(talk, above))
        raise HelpShown
    name, rest = arguments[0], arguments[1:]
    if name in OURS:
        command: Command = _loaded(OURS[name][0])
    elif name in above:
        command = above[name].load()
    else:
        raise BadInput(
            {
                "": Text(
                    "没有命令 {name};可用:{all}", "there is no command {name}; there are {all}"
                ).filled(name=name, all=" ".join([*OURS, *above]))
            }
        )
    parser = Parser(prog=f"petition {name}", description=talk.word(_caption(name)))
    carry_out = command(parser)
    return carry_out(parser.parse_args(rest))


def _loaded(path: str) -> Command:
    module, _, attribute = path.partition(":")
    command: Command = getattr(importlib.import_module(module), attribute)
    return command


def _caption(name: str) -> Text:
    if name in OURS:
        return OURS[name][1]
    return _KNOWN_ABOVE.get(name, Text("", ""))


def _overview(talk: Talk, above: Mapping[str, object]) -> str:
    names = [*OURS, *(name for name in above if name not in OURS)]
    width = max(map(len, names)) + 2
    lines = [
        f"petition — {talk.word(_ABOUT)}",
        "",
        talk.word(Text("用法:petition 命令 [参数]", "usage: petition COMMAND [ARGUMENTS]")),
        "",
        *(f"  {name:<{width}}{talk.word(_caption(name))}" for name in names),
        "",
        talk.word(
            Text(
                "petition 命令 --help 说明各命令。数据在 PETITION_DATA 所指的目录(默认 ./data),"
                "或者 PETITION_DATABASE_URL 所指的 PostgreSQL。",
                "petition COMMAND --help explains each. Data live in the directory PETITION_DATA (./data by default), "
                "or in the PostgreSQL that PETITION_DATABASE_URL names.",
            )
        ),
    ]
    return "\n".join(lines)
