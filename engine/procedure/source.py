"""The files of one version of the procedure, told apart by one digest."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Final

DIAGRAM: Final = ".bpmn"
TABLE: Final = ".dmn"
_ROOMS: Final = {
    ".": frozenset({DIAGRAM}),
    "forms": frozenset({".toml"}),
    "tables": frozenset({TABLE, ".toml"}),
    "documents": frozenset({".html", ".css"}),
}
"""What belongs to a version: suffixes by room. Anything else beside it (notes, scenarios) does not."""
_NAME: Final = re.compile(r"\w[\w-]{0,99}")


@dataclass(frozen=True)
class Source:
    """A set of files: diagrams at the top, and ``forms/``, ``tables/``, ``documents/`` beside them."""

    files: Mapping[str, bytes]

    def __post_init__(self) -> None:
        object.__setattr__(self, "files", MappingProxyType(dict(sorted(self.files.items()))))

    def __reduce__(self) -> tuple[type[Source], tuple[dict[str, bytes]]]:
        """How it is sent to another process."""
        return type(self), (dict(self.files),)

    @classmethod
    def in_directory(cls, directory: Path) -> Source:
        """The version that lies in *directory*: its diagrams, forms, tables and templates."""
        files: dict[str, bytes] = {}
        for room, suffixes in _ROOMS.items():
            for path in sorted((directory / room).glob("*")):
                if path.is_file() and path.suffix in suffixes:
                    files[path.relative_to(directory).as_posix()] = path.read_bytes()
        return cls(files)

    @cached_property
    def digest(self) -> str:
        """SHA-256 over names and contents in the order of the names, in hexadecimal digits."""
        sum_ = hashlib.sha256()
        for name, data in self.files.items():
            encoded = name.encode()
            sum_.update(
                len(encoded).to_bytes(4, "big") + encoded + len(data).to_bytes(8, "big") + data
            )
        return sum_.hexdigest()

    def zipped(self) -> bytes:
        """All files as a zip, the same for the same version: no file has a time of its own."""
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in self.files.items():
                archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
        return packed.getvalue()

    def with_files(self, more: Mapping[str, bytes]) -> Source:
        """The same version with *more* files, which replace those of the same name."""
        return Source({**self.files, **more})

    @staticmethod
    def holds(path: str) -> bool:
        """Whether a file of a version may lie at *path*: in a room that there is, with a suffix that belongs there."""
        name = PurePosixPath(path)
        return (
            name.as_posix() == path
            and name.suffix in _ROOMS.get(name.parent.as_posix(), ())
            and _NAME.fullmatch(name.stem) is not None
        )

    def diagrams(self) -> dict[str, bytes]:
        """The diagrams by file name."""
        return {name: data for name, data in self.files.items() if name.endswith(DIAGRAM)}

    def room(self, room: str, suffix: str) -> dict[str, bytes]:
        """The files of one *room* (``forms``, ``tables``, ``documents``) by their bare name."""
        return {
            PurePosixPath(name).stem: data
            for name, data in self.files.items()
            if name.startswith(f"{room}/") and name.endswith(suffix)
        }
