"""Every bench runs and writes figures as promised; what is counted is counted exactly, what takes time is not judged."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from engine.bench import BENCHES, TINY, Databases, run
from engine.bench.figures import FLOOR, NAIVE, Figure, percentile, table
from engine.bench.herd import DOUBLE, LOST
from engine.bench.record import CHECKED, EXPORTED, HASHED, MOST_SHARE, SEALED, light
from engine.bench.step import WITH_DOCUMENT
from engine.errors import DataError
from tests.postgres_server import PostgresServer

KEYS = [
    "bench", "database", "operation", "n", "cpu_ms", "db_cpu_ms", "wall_p50_ms", "wall_p95_ms", "sql", "commits",
    "bytes", "floor_ratio", "per_second", "share",
]  # fmt: skip
MOST_FOR_A_FREE_STEP = 8
MOST_FOR_AN_ACT_WITH_A_DOCUMENT = 14


@pytest.fixture(params=["sqlite", "postgresql"])
def databases(request: pytest.FixtureRequest, tmp_path: Path) -> Databases:
    server = None
    if request.param == "postgresql":
        postgres: PostgresServer = request.getfixturevalue("postgres_server")
        server = postgres.url("postgres")
    return Databases(chosen=request.param, server=server, directory=tmp_path)


def lines_of(bench: str, databases: Databases) -> dict[str, dict[str, Any]]:
    out = io.StringIO()
    run(bench, json=True, databases=databases, scale=TINY, out=out)
    return {line["operation"]: line for line in map(json.loads, out.getvalue().splitlines())}


@pytest.mark.parametrize("bench", [name for name in BENCHES if name != "lateness"])
def test_every_line_is_an_object_with_exactly_the_promised_keys(
    bench: str, databases: Databases
) -> None:
    lines = lines_of(bench, databases)

    assert lines
    assert all(list(line) == KEYS for line in lines.values())
    assert {(line["bench"], line["database"]) for line in lines.values()} == {
        (bench, databases.chosen)
    }


def test_a_free_step_takes_few_statements_and_one_commit_however_many_came_before(
    databases: Databases,
) -> None:
    lines = lines_of("step", databases)
    steps = {name: line for name, line in lines.items() if name.startswith("free step")}

    assert len(steps) == len(TINY.after)
    assert {line["commits"] for line in steps.values()} == {1.0}
    assert len({line["sql"] for line in steps.values()}) == 1
    assert all(line["sql"] <= MOST_FOR_A_FREE_STEP for line in steps.values())


def test_an_act_with_a_document_takes_few_statements_and_one_commit(databases: Databases) -> None:
    line = lines_of("step", databases)[WITH_DOCUMENT]

    assert line["sql"] <= MOST_FOR_AN_ACT_WITH_A_DOCUMENT
    assert line["commits"] == 1.0


def test_the_floor_is_three_statements_and_one_commit(databases: Databases) -> None:
    lines = lines_of("start", databases)

    assert (lines[FLOOR]["sql"], lines[FLOOR]["commits"]) == (3.0, 1.0)
    assert lines[FLOOR]["floor_ratio"] == 1.0
    assert f"{NAIVE} register" in lines


def test_two_workers_lose_no_clock_and_fire_none_twice(databases: Databases) -> None:
    lines = lines_of("herd", databases)

    assert (lines[LOST]["n"], lines[DOUBLE]["n"]) == (0, 0)


def test_lateness_counts_every_clock_of_every_midnight(databases: Databases) -> None:
    lines = lines_of("lateness", databases)

    assert all(line["n"] == TINY.midnights * TINY.clocks for line in lines.values())
    assert all(list(line) == KEYS for line in lines.values())


def test_the_record_tells_the_share_of_hashing_the_speed_of_checking_and_the_size_of_a_dossier(
    databases: Databases,
) -> None:
    lines = lines_of("record", databases)

    assert 0 < lines[HASHED]["share"] < 1
    assert lines[CHECKED]["per_second"] > 0
    assert lines[EXPORTED]["bytes"] > 0
    assert lines[SEALED]["cpu_ms"] > 0
    assert [name for name, line in lines.items() if line["share"] is not None] == [HASHED]


def test_hashing_that_takes_too_much_of_a_command_is_not_good() -> None:
    figure = Figure(
        bench="record", database="sqlite", operation=HASHED, n=1, cpu_ms=1.0, db_cpu_ms=0.0, wall_p50_ms=1.0,
        wall_p95_ms=1.0, sql=0.0, commits=0.0, bytes=0, floor_ratio=1.0, share=MOST_SHARE,
    )  # fmt: skip

    assert light([figure])
    assert not light([replace(figure, share=MOST_SHARE + 0.01)])


def test_postgresql_without_a_server_is_refused_in_a_sentence() -> None:
    with pytest.raises(DataError, match="--database-url"):
        run("step", json=True, databases=Databases(chosen="both"), scale=TINY, out=io.StringIO())


def test_the_table_sets_figures_beside_the_naive_ones() -> None:
    figure = Figure(
        bench="step", database="sqlite", operation="free step", n=1, cpu_ms=2.0, db_cpu_ms=0.5, wall_p50_ms=3.0,
        wall_p95_ms=4.0, sql=7.0, commits=1.0, bytes=600, floor_ratio=2.5,
    )  # fmt: skip
    naive = Figure(
        bench="step", database="sqlite", operation="naive free step", n=1, cpu_ms=24.0, db_cpu_ms=1.0,
        wall_p50_ms=30.0, wall_p95_ms=40.0, sql=3.0, commits=1.0, bytes=90_000, floor_ratio=25.0,
    )  # fmt: skip

    head, row = [line.split() for line in table([figure, naive]).splitlines()[2:4]][0:2]

    assert head[-1] == "10.0"
    assert row[0] == "naive"


@pytest.mark.parametrize(
    ("share", "value"), [(0.0, 1.0), (0.5, 5.0), (0.95, 10.0), (0.99, 10.0), (1.0, 10.0)]
)
def test_percentiles_are_values_that_were_measured(share: float, value: float) -> None:
    assert percentile([float(n) for n in range(10, 0, -1)], share) == value
