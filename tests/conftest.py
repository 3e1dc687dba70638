"""What every test has: the fixtures of `postgres` and `browser`, and property tests that repeat a failure."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, configuration, settings

from tests.effort import effort

pytest_plugins = ["tests.browser", "tests.postgres", "tests.scheduling"]

configuration.set_hypothesis_home_dir(Path(__file__).parents[1] / ".cache" / "hypothesis")
settings.register_profile(
    "house",
    deadline=None,  # a busy machine is no defect
    max_examples=effort(100, long=1000),
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("house")
