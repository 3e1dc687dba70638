"""What a test does on a machine that lacks a tool: skip by name there, fail where everything must run."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest

EVERYTHING_MUST_RUN = bool(os.environ.get("CI"))


def missing(tool: str, *, tried: str) -> NoReturn:
    """Skips the test for want of `tool`; under CI fails it, so that no run is green without having run."""
    reason = f"{tool} is missing on this machine (looked for: {tried}); ./dev setup installs it or says how"
    if EVERYTHING_MUST_RUN:
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)
