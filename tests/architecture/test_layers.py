"""Who may import whom, and which library lives in which room."""

from __future__ import annotations

import ast
import importlib.metadata
import sys
from collections.abc import Iterator
from pathlib import Path

from importlinter.cli import lint_imports

from tests.architecture import tree

# Each foreign library with the one room that may import it; a library that is not named has no room.
HOMES = {
    "SpiffWorkflow": ("engine/procedure",),
    "lxml": ("engine/procedure",),
    "sqlalchemy": ("engine/store",),
    "alembic": ("engine/store",),
    "psycopg": ("engine/store",),
    "orjson": ("engine/procedure", "engine/record", "engine/store"),
    "apscheduler": ("engine/worker",),
    "cryptography": ("engine/record",),
    "rfc3161_client": ("engine/record",),
    "argon2": ("engine/people",),
    "typst": ("engine/printing",),
    "pylopdf_fonts_zh_cn": ("engine/printing",),
    "jinja2": ("engine/documents", "web"),
    "markupsafe": ("engine/documents", "web"),
    "babel": ("web",),
    "flask": ("web",),
    "flask_babel": ("web",),
    "flask_limiter": ("web",),
    "flask_login": ("web",),
    "flask_wtf": ("web",),
    "segno": ("web",),
    "waitress": ("web",),
    "werkzeug": ("web",),
    "wtforms": ("web",),
}
OURS = {"engine", "web"}


def imports(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Each import's line and top-level name, wherever in the file it stands."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name.partition(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.lineno, node.module.partition(".")[0]


def strangers(path: Path, module: ast.Module) -> list[str]:
    """The imports in a file of libraries that live elsewhere."""
    return [
        f"{path}:{line} imports {library}; its home is {HOMES.get(library, 'not decided')}"
        for line, library in imports(module)
        if library not in sys.stdlib_module_names | OURS
        and not any(str(path).startswith(home) for home in HOMES.get(library, ()))
    ]


def test_arrows_go_one_way() -> None:
    configuration = tree.ROOT / "pyproject.toml"
    cache = tree.ROOT / ".cache" / "import-linter"

    assert lint_imports(config_filename=str(configuration), cache_dir=str(cache)) == 0


def test_each_library_is_imported_in_its_own_room_only() -> None:
    found = [line for path, module in tree.modules() for line in strangers(path, module)]

    assert found == []


def test_a_library_away_from_home_is_found() -> None:
    late = ast.parse(
        "def read():\n    from lxml import etree\n    import sqlalchemy.orm\n    import json"
    )

    assert strangers(Path("engine/procedure/reader.py"), late) == [
        "engine/procedure/reader.py:3 imports sqlalchemy; its home is ('engine/store',)"
    ]


def test_every_command_of_another_room_can_be_loaded() -> None:
    commands = importlib.metadata.entry_points(group="petition.commands")

    assert {command.name: callable(command.load()) for command in commands} == {"serve": True}
