"""Files are small, named after what they hold, and our own."""

from __future__ import annotations

from pathlib import Path

from tests.architecture import tree

LONGEST = 400
NOT_NAMES = {
    "base", "common", "core", "helper", "helpers", "manager", "misc", "service", "services", "util", "utils",
}  # fmt: skip


def is_migration(path: Path) -> bool:
    return "migrations" in path.parts


def test_no_python_file_has_grown_too_large_to_find_ones_way_in() -> None:
    paths = [*tree.files_in("engine", "web", "tests", suffixes=(".py",)), Path("dev")]
    lengths = {
        str(path): tree.text_of(path).count("\n") for path in paths if not is_migration(path)
    }

    assert {path: lines for path, lines in lengths.items() if lines > LONGEST} == {}


def test_files_and_directories_are_named_after_what_they_hold() -> None:
    code = tree.files_in("engine", "web", "tests", suffixes=(".py",))
    named = {part for path in code for part in [*path.parts[:-1], path.stem]}

    assert named & NOT_NAMES == set()


def test_files_of_others_are_installed_and_never_kept() -> None:
    kept = [
        path
        for path in tree.files()
        if path.name.endswith((".min.js", ".min.css", ".whl", ".woff", ".woff2", ".ttf"))
        or {"node_modules", "vendor"} & set(path.parts)
    ]

    assert kept == []


def test_every_room_has_a_readme() -> None:
    rooms = ["engine", "processes", "tests", "web"]

    assert [room for room in rooms if Path(room, "README.md") not in tree.files()] == []
