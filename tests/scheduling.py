"""Which worker runs which tests, where pytest runs several."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from xdist.scheduler import LoadScopeScheduling

if TYPE_CHECKING:
    from xdist.remote import Producer

DATABASES = ("sqlite", "postgresql")


class RoomByRoom(LoadScopeScheduling):
    """Keeps the tests of one room, on one database, with one worker: what they share is made once. Pages fill the gaps."""

    def _split_scope(self, nodeid: str) -> str:
        room = nodeid.partition("::")[0].rpartition("/")[0]
        if room == "tests/web":
            return nodeid
        asked = nodeid.partition("[")[2]
        return f"{room} {next((one for one in DATABASES if one in asked), '')}"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> RoomByRoom:
    """Spread the tests room by room."""
    return RoomByRoom(config, log)
