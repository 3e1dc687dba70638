"""``petition restore``: an office from its backup, into a database that holds none."""

from __future__ import annotations

import argparse
from pathlib import Path

from engine.cli.backup import KEY_SUFFIX
from engine.cli.house import present_house, refuse_office
from engine.cli.shapes import DONE, Run
from engine.cli.talk import Talk, emit
from engine.errors import BadInput, DataError
from engine.record.keys import KEY_FILE, KeyRing
from engine.record.witness import Memory, Witness
from engine.settings import Settings, write_once
from engine.store.archive import Archived, read_manifest, restore_archive
from engine.text import Text


def command(parser: argparse.ArgumentParser) -> Run:
    """Says what the command takes."""
    talk = Talk.in_environment()
    words = talk.words
    parser.add_argument("file", type=Path, metavar="FILE", help=words("备份文件", "the backup"))
    parser.add_argument(
        "--key",
        type=Path,
        metavar="FILE.key",
        help=words("主密钥文件(默认在备份旁)", "the master key (beside the backup by default)"),
    )
    parser.add_argument("--json", action="store_true", help=words("输出 JSON", "JSON output"))
    return _run


def _run(arguments: argparse.Namespace) -> int:
    talk = Talk.in_environment()
    settings = Settings.from_environment()
    refuse_office(settings)
    archived = read_manifest(arguments.file)
    _put_key(arguments, settings, archived)
    restore_archive(arguments.file, settings.database_url, told=talk.counted)
    witness = Witness(settings.witness_file)
    if witness.memory() is Memory.NOTHING:
        witness.forget()
    with present_house(to_erase_again=True) as house:
        known, back = house.erasures.register.present, len(house.erasures.come_back())
    if arguments.json:
        emit({"petitions": archived.petitions, "rows": archived.rows, "to_erase_again": back})
    else:
        talk.say("已恢复{count}件", "{count} files restored", count=archived.petitions)
        talk.say(
            "恢复后不签署日志检查点,直到确认此前最后签署的一个:petition log resume",
            "no checkpoint of the log is signed until the last one before is confirmed: petition log resume",
        )
        _tell_of_erasures(talk, known=known, back=back)
    return DONE


def _tell_of_erasures(talk: Talk, *, known: bool, back: int) -> None:
    """What has to be erased again before anybody works here, as far as that is known."""
    if back:
        talk.say(
            "其中{count}件在备份之后已依法删除个人信息,须先重新删除:petition erasures --again",
            "{count} of them were erased after the backup; erase them again first: petition erasures --again",
            count=back,
        )
    elif not known:
        talk.say(
            "这里没有删除登记册:备份之后删除过的,请先并入登记册并重新删除(petition erasures --register 文件 --again)",
            "there is no register of erasures here: if anything was erased after the backup, bring the register first "
            "(petition erasures --register FILE --again)",
        )


def _put_key(arguments: argparse.Namespace, settings: Settings, archived: Archived) -> None:
    """Put the master key in its place, after making sure that it is the one of this backup."""
    here = settings.data / KEY_FILE
    given: Path = arguments.key or arguments.file.with_name(arguments.file.name + KEY_SUFFIX)
    if not given.exists() and not here.exists():
        raise BadInput(
            {
                "key": Text(
                    "需要主密钥:请用 --key 指明备份时保存的 .key 文件",
                    "the master key is needed: name the .key file kept with the backup with --key",
                )
            }
        )
    text = (given if given.exists() else here).read_text("ascii").strip()
    try:
        ring = KeyRing(bytes.fromhex(text))
    except ValueError as fault:
        raise BadInput({"key": Text("主密钥文件已损坏", "the key file is damaged")}) from fault
    if archived.key_fingerprint and ring.fingerprint != archived.key_fingerprint:
        raise BadInput(
            {"key": Text("主密钥与备份不符", "this master key does not belong to the backup")}
        )
    if write_once(here, text).strip() != text:
        raise DataError(
            Text("{path} 中已有另一主密钥", "{path} holds another master key").filled(path=here)
        )
