"""The installation that a command works on."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from engine.bootstrap import House, open_house
from engine.errors import DataError
from engine.settings import Settings
from engine.store.migrate import require_present_version
from engine.store.presence import Presence, presence
from engine.text import Text


@contextmanager
def present_house(*, to_erase_again: bool = False) -> Iterator[House]:
    """The installation that the environment names, closed in the end.

    Raises DataError unless it is there and at this version, and, but for whoever is about to do that, where a backup has
    brought back what was erased.
    """
    logging.getLogger("alembic").setLevel(logging.WARNING)  # asking for the version is no news
    settings = Settings.from_environment()
    require_office(settings)
    require_present_version(settings.database_url)
    house = open_house(settings)
    try:
        if not to_erase_again:
            _refuse_erased(house)
        yield house
    finally:
        house.store.close()


def _refuse_erased(house: House) -> None:
    if back := house.erasures.come_back():
        raise DataError(
            Text(
                "恢复的备份中有{count}件此后已依法删除个人信息,须先重新删除:petition erasures --again",
                "the backup that was restored holds personal data of {count} files that were erased since: "
                "run petition erasures --again first",
            ).filled(count=len(back))
        )


def require_office(settings: Settings) -> None:
    """Raise DataError unless there is an office; asking makes none."""
    if presence(settings.database_url) is not Presence.OFFICE:
        raise DataError(
            Text(
                "这里还没有机关:请先运行 petition init 或者 petition demo",
                "there is no office here yet: run petition init or petition demo first",
            )
        )


def refuse_office(settings: Settings) -> None:
    """Raise DataError where there is an office already; none is ever written over."""
    if presence(settings.database_url) is Presence.OFFICE:
        raise DataError(
            Text(
                "这里已有机关;请用 PETITION_DATA 指定另一目录,或者另一数据库",
                "there is an office here already: name another directory in PETITION_DATA, or another database",
            )
        )
