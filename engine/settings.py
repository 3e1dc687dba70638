"""Where this installation keeps its things: read from the environment, once, at the start."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from engine.errors import DataError
from engine.text import CHINESE, ENGLISH, Text

SECRET_FILE = "session-secret"
DATABASE_FILE = "petition.db"
WITNESS_FILE = "witness"
ERASURES_SUFFIX = ".erasures"
_OWNER_ONLY = 0o600
_SECRET_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of one installation.

    ``data`` is the directory of the keys, of the secret of sessions and, unless ``database_url`` says otherwise, of
    the database. ``language`` is the one in which pages are shown to those who have not chosen. ``witness`` is the file
    of the last signed checkpoint, in ``data`` unless another is named.
    """

    data: Path
    database_url: str
    language: str = CHINESE
    witness: Path | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """The settings that PETITION_DATA, PETITION_DATABASE_URL, PETITION_LANGUAGE and PETITION_WITNESS give.

        Raises DataError.
        """
        data = Path(environment.get("PETITION_DATA") or "data")
        language = environment.get("PETITION_LANGUAGE") or CHINESE
        if language not in {CHINESE, ENGLISH}:
            raise DataError(
                Text(
                    "PETITION_LANGUAGE 应为 zh 或 en,现为 {found}",
                    "PETITION_LANGUAGE has to be zh or en, it is {found}",
                ).filled(found=language)
            )
        return cls(
            data=data,
            database_url=environment.get("PETITION_DATABASE_URL")
            or sqlite_url(data / DATABASE_FILE),
            language=language,
            witness=Path(environment["PETITION_WITNESS"])
            if environment.get("PETITION_WITNESS")
            else None,
        )

    @property
    def witness_file(self) -> Path:
        """Where the last signed checkpoint is kept."""
        return self.witness or self.data / WITNESS_FILE

    @property
    def erasures_file(self) -> Path:
        """Where the register of erasures is kept: beside the witness, outside the database."""
        return self.witness_file.with_name(self.witness_file.name + ERASURES_SUFFIX)

    def session_secret(self) -> str:
        """The secret with which sessions are signed; made on first use, readable by the owner only."""
        path = self.data / SECRET_FILE
        try:
            return path.read_text(encoding="ascii")
        except FileNotFoundError:
            return write_once(path, secrets.token_hex(_SECRET_BYTES))


def sqlite_url(path: Path) -> str:
    """The URL of the SQLite database in the file *path*."""
    return f"sqlite:///{path}"


def write_once(path: Path, text: str) -> str:
    """Write *text* to the new file *path* for its owner only, and return what the file holds.

    Where another process was faster, its text stands and is returned.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            return path.read_text(encoding="ascii")
        return text
    finally:
        draft.unlink()
