"""A new file, taken away from an office: there whole or not at all, never over another, and for its owner alone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

OWNER_ONLY = 0o600
_CREATED = os.O_WRONLY | os.O_CREAT | os.O_EXCL


def write_new(path: Path, content: bytes) -> None:
    """Write *content* to the new file *path*. Raises OSError, FileExistsError where there is one already."""
    with os.fdopen(os.open(path, _CREATED, OWNER_ONLY), "wb") as file:
        file.write(content)


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """A file that comes to lie at *path* once it is whole. Raises OSError."""
    draft = path.with_name(path.name + ".part")
    handle = os.open(draft, _CREATED, OWNER_ONLY)
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
