"""The working copy as the tests of its architecture see it: files that are tracked or could be."""

from __future__ import annotations

import ast
import functools
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
CODE = ("engine", "web")


@functools.cache
def files() -> tuple[Path, ...]:
    """Every file that git tracks or would track, relative to the root."""
    asked = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    present = (Path(name) for name in set(listed.split("\0")) if name)
    return tuple(sorted(path for path in present if (ROOT / path).is_file()))


def files_in(*rooms: str, suffixes: tuple[str, ...]) -> tuple[Path, ...]:
    """The files of some top-level directories that end as named."""
    return tuple(path for path in files() if path.parts[0] in rooms and path.suffix in suffixes)


def text_of(path: Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


@functools.cache
def syntax_of(path: Path) -> ast.Module:
    return ast.parse(text_of(path), filename=str(path))


def modules() -> Iterator[tuple[Path, ast.Module]]:
    """Every Python file of the engine and the web with its syntax tree."""
    for path in files_in(*CODE, suffixes=(".py",)):
        yield path, syntax_of(path)
