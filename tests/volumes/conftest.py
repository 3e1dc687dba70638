"""The furnished office of the counter's tests."""

from __future__ import annotations

from tests.office.conftest import counter, furnished

__all__ = ["counter", "furnished"]
