"""``petition`` as a user calls it, and offices to call it in."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.cli import main
from engine.demo.founding import found
from engine.settings import Settings, sqlite_url

Asked = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def no_installation(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nobody's own installation is touched: data live in the test's directory."""
    for name in ("PETITION_DATABASE_URL", "PETITION_LANGUAGE", "PETITION_TRACE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PETITION_DATA", str(tmp_path / "data"))


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Asked:
    """Runs ``petition`` and gives its status, what it said, and its reason."""

    def asked(*argv: str | Path) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main([str(word) for word in argv])
        said = capsys.readouterr()
        return status, said.out, said.err

    return asked


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data directory of a demonstration office without petitions, to be copied."""
    data = tmp_path_factory.mktemp("founded")
    found(Settings(data=data, database_url=sqlite_url(data / "petition.db")), petitions=0)
    return data


@pytest.fixture
def office(founded: Path, tmp_path: Path) -> Path:
    """The data directory of a demonstration office of one's own, the one that ``petition`` uses."""
    data = tmp_path / "data"
    shutil.copytree(founded, data)
    return data
