"""``petition backup``: everything, as it stands at one moment, while the office goes on working."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from engine.cli.house import present_house
from engine.cli.new_file import OWNER_ONLY, write_new
from engine.cli.shapes import DONE, Run
from engine.cli.talk import Talk, emit
from engine.errors import BadInput
from engine.record.keys import KEY_FILE
from engine.store.archive import write_archive
from engine.text import Text

KEY_SUFFIX = ".key"


def command(parser: argparse.ArgumentParser) -> Run:
    """Says what the command takes."""
    talk = Talk.in_environment()
    words = talk.words
    parser.add_argument(
        "file", type=Path, metavar="FILE", help=words("备份文件(新建)", "the file to make")
    )
    parser.add_argument(
        "--without-key",
        action="store_true",
        help=words(
            "不复制主密钥(须另行保管 master.key)",
            "do not copy the master key (keep master.key elsewhere)",
        ),
    )
    parser.add_argument("--json", action="store_true", help=words("输出 JSON", "JSON output"))
    return _run


def _run(arguments: argparse.Namespace) -> int:
    talk = Talk.in_environment()
    target: Path = arguments.file
    key_copy = target.with_name(target.name + KEY_SUFFIX)
    for path in (target, key_copy):
        if path.exists():
            raise BadInput({"": Text("{path} 已存在", "{path} exists already").filled(path=path)})
    with present_house() as house:
        archived = write_archive(house.store, target, told=talk.counted)
        os.chmod(target, OWNER_ONLY)
        if not arguments.without_key:
            write_new(key_copy, (house.settings.data / KEY_FILE).read_bytes())
    if arguments.json:
        emit(
            {
                "file": str(target),
                "key": None if arguments.without_key else str(key_copy),
                "petitions": archived.petitions,
                "rows": archived.rows,
            }
        )
        return DONE
    talk.say(
        "已备份{count}件到 {file}",
        "{count} files backed up to {file}",
        count=archived.petitions,
        file=target,
    )
    if not arguments.without_key:
        talk.say(
            "主密钥在 {key}:请与备份分开保管,没有它备份中的个人信息无法读取",
            "the master key is in {key}: keep it apart from the backup, whose personal data cannot be read without it",
            key=key_copy,
        )
    return DONE
