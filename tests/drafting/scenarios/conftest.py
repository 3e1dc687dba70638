"""Private offices, opened once for all tests of this room."""

from __future__ import annotations

from functools import cache

import pytest

from engine.bootstrap import private_offices
from engine.drafting.scenarios.private_office import PrivateOffices
from engine.statute.law import load_law


@cache
def the_offices() -> PrivateOffices:
    return private_offices(load_law())


@pytest.fixture
def offices() -> PrivateOffices:
    """Where scenarios are played; what it reads is read once per session."""
    return the_offices()
