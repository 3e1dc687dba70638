"""Taking a dossier away, checking it elsewhere, and keeping the log, as one calls it."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from engine.bootstrap import open_house
from engine.demo.founding import found
from engine.settings import Settings, sqlite_url
from engine.store.queries.stamped import stamps
from engine.store.tables import petition
from tests.cli.conftest import Asked
from tests.record.authority import Authority

PETITIONS = 3


@pytest.fixture(scope="session")
def founded_with_petitions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("petitions")
    found(Settings(data=data, database_url=sqlite_url(data / "petition.db")), petitions=PETITIONS)
    return data


@pytest.fixture
def busy(founded_with_petitions: Path, tmp_path: Path) -> str:
    """The number of a petition of an office of one's own."""
    data = tmp_path / "data"
    shutil.copytree(founded_with_petitions, data)
    house = open_house(Settings(data=data, database_url=sqlite_url(data / "petition.db")))
    with house.store.reading() as desk:
        number = desk.connection.scalar(
            select(petition.c.number).where(petition.c.kind == "petition", ~petition.c.sealed)
        )
    house.store.close()
    return str(number)


def test_a_dossier_is_taken_away_and_checked_without_the_office(
    ask: Asked, busy: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, head = tmp_path / "dossier.zip", tmp_path / "head"
    _, note, _ = ask("log", "head")
    head.write_text(note, "utf-8")
    short = json.loads(ask("log", "head", "--json")[1])["short"]
    _, key, _ = ask("log", "key")

    status, _, err = ask(
        "export", busy, "-o", file, "--as", "auditor", "--purpose", "复核", "--head", head
    )
    assert (status, err) == (0, "")
    assert file.stat().st_mode & 0o077 == 0
    monkeypatch.setenv("PETITION_DATA", str(tmp_path / "nowhere"))
    for held in (head, short):
        status, out, _ = ask("verify", file, "--head", held, "--key", key.strip(), "--json")
        assert (status, json.loads(out)["proven"]) == (0, True)
    wrong = short[:-1] + ("0" if short[-1] != "0" else "1")
    status, out, _ = ask("verify", file, "--head", wrong)
    assert status == 1
    assert "不能自证" in out
    assert ask("verify", head)[0] == 2
    assert ask("verify", file, "--head", "no head")[0] == 2


def test_a_dossier_is_made_for_those_who_may_see_the_file_and_over_no_other_file(
    ask: Asked, busy: str, tmp_path: Path
) -> None:
    file = tmp_path / "dossier.zip"

    status, _, err = ask("export", busy, "-o", file, "--as", "admin")
    assert (status, err.count("\n")) == (1, 1)
    unknown = ask("export", "没有〔2026〕1号", "-o", file, "--as", "auditor")
    assert (status, err) == (unknown[0], unknown[2])
    assert not file.exists()
    file.write_text("kept")
    assert ask("export", busy, "-o", file, "--as", "auditor")[0] == 2
    assert file.read_text() == "kept"


def test_the_log_is_checked_against_the_tables(ask: Asked, busy: str) -> None:
    status, out, _ = ask("log", "check", "--json")
    said = json.loads(out)

    assert (status, said["sound"], said["faults"]) == (0, True, [])
    assert said["leaves"] > PETITIONS
    assert ask("log", "check", "--head", "99999-" + "0" * 20)[0] == 1


def test_after_a_restore_nothing_is_signed_until_the_last_head_is_brought(
    ask: Asked, busy: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup, head = tmp_path / "backup", tmp_path / "head"
    head.write_text(ask("log", "head")[1], "utf-8")
    assert ask("backup", backup)[0] == 0
    monkeypatch.setenv("PETITION_DATA", str(tmp_path / "elsewhere"))
    assert ask("restore", backup)[0] == 0

    status, out, err = ask("log", "head")
    assert (status, out) == (1, "")
    assert "petition log resume" in err
    assert ask("worker", "--once")[0] == 0
    assert ask("log", "resume")[0] == 2
    status, out, _ = ask("log", "resume", "--head", head)
    assert status == 0
    assert out.splitlines()[0] == head.read_text("utf-8").splitlines()[0]
    assert ask("worker", "--once")[0] == 0


def test_a_closed_matter_is_made_a_volume_and_checked(
    ask: Asked, busy: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "volume.zip"
    settings = Settings.from_environment()
    house = open_house(settings)
    with house.store.reading() as desk:
        closed = desk.connection.scalar(
            select(petition.c.number).where(petition.c.closed_at.is_not(None), ~petition.c.sealed)
        )
        running = desk.connection.scalar(
            select(petition.c.number).where(petition.c.closed_at.is_(None), ~petition.c.sealed)
        )
    house.store.close()
    assert closed is not None

    status, out, _ = ask("volume", closed, "--as", "auditor", "--json")
    said = json.loads(out)
    assert (status, said["sound"], said["file"]) == (1, False, None), "it was never archived"
    assert {one["quality"] for one in said["checks"]} == {
        "authentic",
        "complete",
        "usable",
        "secure",
    }
    assert ask("volume", closed, "--as", "auditor", "-o", file)[0] == 2, "it needs a purpose"
    assert ask("volume", closed, "--as", "auditor", "-o", file, "--purpose", "归档")[0] == 1
    assert file.stat().st_mode & 0o077 == 0
    assert ask("volume", running, "--as", "auditor")[0] == 1
    assert ask("volume", closed, "--as", "admin")[0] == 1
    monkeypatch.setenv("PETITION_DATA", str(tmp_path / "nowhere"))
    status, out, _ = ask("verify", file, "--json")
    assert (status, json.loads(out)["proven"]) == (0, True)


def test_a_head_is_stamped_by_an_authority_outside(
    ask: Asked, busy: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority, request, reply = Authority(), tmp_path / "head.tsq", tmp_path / "head.tsr"
    roots, strangers = tmp_path / "ca.pem", tmp_path / "others.pem"
    roots.write_bytes(authority.pem)
    strangers.write_bytes(Authority().pem)

    assert ask("stamp", "ask", request)[0] == 0
    assert ask("stamp", "ask", request)[0] == 2, "it is there already"
    house = open_house(Settings.from_environment())
    with house.store.reading() as desk:
        (waiting,) = stamps(desk)
    house.store.close()
    reply.write_bytes(
        authority.reply(
            waiting.checkpoint.note.encode(), waiting.nonce, at=datetime(2026, 3, 2, tzinfo=UTC)
        )
    )
    assert ask("stamp", "take", reply)[0] == 2, "no certificates"
    assert ask("stamp", "take", request, "--ca", roots)[0] == 2, "no reply"
    assert ask("stamp", "take", reply, "--ca", strangers)[0] == 1
    status, out, _ = ask("stamp", "take", reply, "--ca", roots)
    assert (status, authority.name in out) == (0, True)
    assert authority.name in ask("stamp", "list")[1]
    assert ask("log", "check")[0] == 0

    file = tmp_path / "dossier.zip"
    assert ask("export", busy, "-o", file, "--as", "auditor")[0] == 0
    monkeypatch.setenv("PETITION_DATA", str(tmp_path / "nowhere"))
    status, out, _ = ask("verify", file, "--ca", roots, "--json")
    assert (status, json.loads(out)["stamps"][0]["authority"]) == (0, authority.name)
    assert ask("verify", file, "--ca", strangers)[0] == 1
    assert "未核" in ask("verify", file)[1]
