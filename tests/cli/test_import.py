"""``petition import``: each row once, each with its reason, nothing lost, no clock unless it is asked for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from engine.petition.deadlines import Ledger
from tests.cli.conftest import Asked
from tests.cli.test_set_up import store_in
from tests.intake_files.registers import FIRST, SECOND, register

CLERK = ("--as", "county.clerk", "--json")


@pytest.fixture
def spreadsheet(tmp_path: Path) -> Path:
    file = tmp_path / "register.csv"
    file.write_bytes(register(FIRST, SECOND))
    return file


def imported(ask: Asked, file: Path, *more: str) -> tuple[int, dict[str, Any]]:
    status, out, _ = ask("import", file, *CLERK, *more)
    return status, json.loads(out)


def ledgers(data: Path) -> list[Ledger]:
    store = store_in(data)
    with store.reading() as desk:
        ids = (
            desk.connection.exec_driver_sql("select id from petition order by number")
            .scalars()
            .all()
        )
        found = [desk.load(id).ledger for id in ids]
    store.close()
    return found


def test_every_row_is_registered_and_no_clock_started(
    ask: Asked, office: Path, spreadsheet: Path
) -> None:
    status, said = imported(ask, spreadsheet)

    assert status == 0
    assert (said["registered"], said["repeated"], said["refused"]) == (2, 0, [])
    assert [len(list(ledger)) for ledger in ledgers(office)] == [0, 0]


def test_importing_again_registers_nothing_twice(
    ask: Asked, office: Path, spreadsheet: Path
) -> None:
    imported(ask, spreadsheet)

    status, said = imported(ask, spreadsheet)

    assert status == 0
    assert (said["registered"], said["repeated"]) == (0, 2)
    assert len(ledgers(office)) == 2


def test_the_clocks_run_where_that_is_asked(ask: Asked, office: Path, spreadsheet: Path) -> None:
    imported(ask, spreadsheet, "--run-clocks")

    assert [len(list(ledger)) for ledger in ledgers(office)] == [1, 1]


def test_a_broken_row_is_named_and_the_others_are_registered(
    ask: Asked, office: Path, tmp_path: Path
) -> None:
    file = tmp_path / "broken.csv"
    file.write_bytes(register(FIRST, ("70003", "前天", *FIRST[2:]), ("70004",), SECOND))

    status, out, err = ask("import", file, "--as", "county.clerk")

    assert status == 2
    assert "第2行(文件第4行):收到日期“前天”无法识别" in out
    assert "应有11列,实有1列" in out
    assert "登记2件" in out
    assert err.splitlines()[-1] == "petition: 2行未登记"


def test_a_dry_run_registers_nothing(ask: Asked, office: Path, spreadsheet: Path) -> None:
    status, said = imported(ask, spreadsheet, "--dry-run")

    assert (status, said["registered"], said["dry_run"]) == (0, 2, True)
    assert ledgers(office) == []


def test_right_after_init_a_dry_run_needs_nobody_and_an_import_says_whom(
    ask: Asked, spreadsheet: Path
) -> None:
    ask("init")

    status, out, _ = ask("import", spreadsheet, "--dry-run")
    assert (status, out) == (0, "试运行,没有登记任何事项:可以登记2件,不能登记0件\n")

    status, out, err = ask("import", spreadsheet)
    assert (status, out) == (1, "")
    assert "petition serve" in err
    assert "「管理 › 人员」" in err
    assert "经办员" in err


def test_a_dry_run_names_the_rows_that_could_not_be_registered(
    ask: Asked, office: Path, tmp_path: Path
) -> None:
    file = tmp_path / "untitled.csv"
    file.write_bytes(register(FIRST, ("70009", *FIRST[1:3], "", *FIRST[4:])))

    status, out, err = ask("import", file, "--dry-run")

    assert status == 2
    assert "第2行(文件第4行):没有标题" in out
    assert err.splitlines()[-1] == "petition: 1行不能登记"
    assert ledgers(office) == []


def test_the_mapping_can_be_given(ask: Asked, office: Path, spreadsheet: Path) -> None:
    _, said = imported(ask, spreadsheet, "--map", "title=状态", "--map", "category=")

    assert said["columns"]["title"] == "状态"
    assert "category" not in said["columns"]
    assert "标题" in said["noted"]


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        (("--as", "nobody"), "没有符合条件的经办员"),
        (("--as", "county.head"), "没有符合条件的经办员"),
        (("--as", "county.clerk", "--organ", "city.petitions"), "没有符合条件的经办员"),
        ((), "--as"),
        (("--as", "county.clerk", "--map", "title=颜色"), "没有“颜色”这一列"),
        (("--as", "county.clerk", "--channel", "pigeon"), "pigeon"),
    ],
)
def test_what_cannot_be_done_is_said_before_anything_is_registered(
    ask: Asked, office: Path, spreadsheet: Path, more: tuple[str, ...], reason: str
) -> None:
    status, out, err = ask("import", spreadsheet, *more)

    assert status in {1, 2}
    assert out == ""
    assert reason in err.splitlines()[-1]
    assert ledgers(office) == []


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", "颜色,大小\n红,大\n".encode(), bytes(range(128, 256)) * 9]
)
def test_a_file_that_is_no_register_is_refused_in_one_line(
    ask: Asked, office: Path, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "other.csv"
    file.write_bytes(content)

    status, out, err = ask("import", file, *CLERK)

    assert (status, out) == (2, "")
    assert err.count("\n") == 1


def test_an_imported_accusation_is_sealed(ask: Asked, office: Path, tmp_path: Path) -> None:
    """Art. 30: also one from an old register."""
    file = tmp_path / "accusations.csv"
    file.write_bytes(register((*FIRST[:2], "检举控告", *FIRST[3:])))

    imported(ask, file)

    store = store_in(office)
    with store.reading() as desk:
        (id,) = desk.connection.exec_driver_sql("select id from petition").scalars().all()
        assert desk.load(id).sealed
    store.close()
