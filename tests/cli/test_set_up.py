"""Making an office, backing it up, bringing it back, and what is said where there is none."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from engine.people import passwords
from engine.petition.parties import Role
from engine.petition.versions import StepKind
from engine.record.keys import KeyRing
from engine.settings import sqlite_url
from engine.store.store import Store
from tests.cli.conftest import Asked
from tests.intake_files.registers import FIRST, SECOND, register


def store_in(data: Path) -> Store:
    return Store(sqlite_url(data / "petition.db"), keys=KeyRing.in_directory(data))


def test_init_makes_an_office_with_an_administrator_who_can_sign_in(
    ask: Asked, tmp_path: Path
) -> None:
    status, out, _ = ask("init", "--organ", "测试县信访局", "--code", "测县", "--json")
    said = json.loads(out)

    assert status == 0
    store = store_in(tmp_path / "data")
    with store.reading() as desk:
        directory = desk.directory()
        (appointment,) = directory.appointments
        credentials = desk.credentials(said["login"])
        assert desk.plan().steps[-1].kind is StepKind.ENACT
    store.close()
    assert appointment.role is Role.ADMINISTRATOR
    assert directory.organ(appointment.organ).name.zh == "测试县信访局"
    assert credentials is not None
    assert passwords.verify(credentials.password_hash, said["password"])


def test_a_password_from_a_file_is_used_and_not_shown(ask: Asked, tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("three plain words\n", "utf-8")

    status, out, _ = ask("init", "--password-file", file)

    assert status == 0
    assert "three plain words" not in out


def test_a_weak_password_makes_no_office(ask: Asked, tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("short\n", "utf-8")

    status, _, err = ask("init", "--password-file", file)

    assert status == 2
    assert err.count("\n") == 1
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("command", ["init", "demo"])
def test_an_office_is_never_made_over_another(ask: Asked, office: Path, command: str) -> None:
    before = (office / "petition.db").read_bytes()

    status, out, err = ask(command)

    assert (status, out) == (2, "")
    assert "已有机关" in err
    assert before == (office / "petition.db").read_bytes()


@pytest.mark.parametrize(
    "argv", [("worker", "--once"), ("backup", "x.backup"), ("upgrade",), ("import", "x.csv")]
)
def test_without_an_office_nothing_is_made_and_the_reason_says_what_to_do(
    ask: Asked, tmp_path: Path, argv: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("x.csv").write_text("标题,日期\n甲,2023-01-05\n", "utf-8")

    status, out, err = ask(*argv)

    assert (status, out) == (2, "")
    assert "petition init" in err
    assert not (tmp_path / "data" / "petition.db").exists()


def test_a_database_that_is_none_is_a_reason_in_one_line(
    ask: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PETITION_DATABASE_URL", "not a database")

    status, out, err = ask("worker", "--once")

    assert (status, out) == (2, "")
    assert err.count("\n") == 1


def test_the_demonstration_prints_every_sign_in(ask: Asked) -> None:
    status, out, _ = ask("demo", "--petitions", "0", "--json")
    said = json.loads(out)

    assert status == 0
    logins = {row["login"] for row in said["sign_ins"]}
    assert {
        "county.clerk",
        "housing.head",
        "city.reviewer",
        "supervisor",
        "auditor",
        "admin",
    } <= logins
    assert said["password"]


def test_a_backup_brings_the_office_back_on_another_machine(
    ask: Asked, office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = tmp_path / "office.backup"
    assert ask("backup", backup)[0] == 0
    monkeypatch.setenv("PETITION_DATA", str(tmp_path / "elsewhere"))

    status, _, _ = ask("restore", backup)

    assert status == 0
    assert ask("worker", "--once")[0] == 0
    assert (tmp_path / "elsewhere" / "master.key").stat().st_mode & 0o077 == 0
    assert ask("restore", backup)[0] == 2


def test_a_backup_without_its_key_is_not_restored(
    ask: Asked, office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = tmp_path / "office.backup"
    ask("backup", backup, "--without-key")
    monkeypatch.setenv("PETITION_DATA", str(tmp_path / "elsewhere"))
    KeyRing.create_in(tmp_path / "other")

    missing = ask("restore", backup)
    wrong = ask("restore", backup, "--key", tmp_path / "other" / "master.key")
    right = ask("restore", backup, "--key", office / "master.key")

    assert [missing[0], wrong[0], right[0]] == [2, 2, 0]
    assert "--key" in missing[2]
    assert "不符" in wrong[2]


def test_a_backup_never_writes_over_a_file(ask: Asked, office: Path, tmp_path: Path) -> None:
    backup = tmp_path / "office.backup"
    backup.write_text("kept", "utf-8")

    assert ask("backup", backup)[0] == 2
    assert backup.read_text("utf-8") == "kept"


def test_something_else_than_a_backup_is_refused(ask: Asked, tmp_path: Path) -> None:
    file = tmp_path / "holiday.jpg"
    file.write_bytes(b"a picture")

    status, _, err = ask("restore", file)

    assert status == 2
    assert "不是本系统的备份" in err
    assert not (tmp_path / "data").exists()


def test_upgrade_leaves_a_present_office_as_it_is(ask: Asked, office: Path) -> None:
    status, out, _ = ask("upgrade", "--json")
    said = json.loads(out)

    assert status == 0
    assert said["procedure"] == said["procedure_before"]


def test_a_worker_that_is_asked_once_says_what_it_did(ask: Asked, office: Path) -> None:
    status, out, _ = ask("worker", "--once", "--json")

    assert status == 0
    assert json.loads(out)["failed"] == 0


def test_a_lost_key_is_a_reason_and_not_a_trace(ask: Asked, office: Path) -> None:
    (office / "master.key").unlink()

    status, out, err = ask("worker", "--once")

    assert (status, out) == (2, "")
    assert "master.key" in err


def test_a_damaged_database_is_a_reason_and_not_a_trace(ask: Asked, office: Path) -> None:
    shutil.copy(office / "master.key", office / "petition.db")

    status, out, err = ask("worker", "--once")

    assert (status, out) == (2, "")
    assert err.count("\n") == 1


def test_an_office_lives_in_postgresql_where_the_environment_names_one(
    ask: Asked, postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spreadsheet, backup = tmp_path / "register.csv", tmp_path / "office.backup"
    spreadsheet.write_bytes(register(FIRST, SECOND))
    monkeypatch.setenv("PETITION_DATABASE_URL", postgres_url)

    statuses = [
        ask("demo", "--petitions", "0")[0],
        ask("import", spreadsheet, "--as", "county.clerk")[0],
        ask("upgrade")[0],
        ask("worker", "--once")[0],
        ask("backup", backup)[0],
    ]
    assert statuses == [0, 0, 0, 0, 0]
    assert not (tmp_path / "data" / "petition.db").exists()

    monkeypatch.delenv("PETITION_DATABASE_URL")
    status, out, _ = ask("restore", backup, "--json")

    assert status == 0
    assert json.loads(out)["petitions"] == 2
