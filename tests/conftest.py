"""What every test has: the fixtures of `postgres` and `browser`, and property tests that repeat a failure."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, configuration, settings

from tests.effort import effort

pytest_plugins = ["tests.browser", "tests.postgres"]

TESTS = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of one room with one worker, so that what they share is made once; the pages fill the gaps."""
    for item in items:
        room = item.path.parent.relative_to(TESTS).as_posix()
        if room != "web":
            asked = getattr(item, "callspec", None)
            database = asked.params.get("database", "") if asked else ""
            item.add_marker(pytest.mark.xdist_group(f"{room} {database}".strip()))


configuration.set_hypothesis_home_dir(TESTS.parent / ".cache" / "hypothesis")
settings.register_profile(
    "house",
    deadline=None,  # a busy machine is no defect
    max_examples=effort(100, long=1000),
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("house")
