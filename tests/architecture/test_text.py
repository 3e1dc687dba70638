"""What stands in the files works on every machine: no registry's host, no path of one computer."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from tests.architecture import tree

LOCKS = ("requirements.txt", "requirements-build.txt", "requirements-dev.txt")
NPM_LOCK = Path("web/frontend/package-lock.json")
NO_TEXT = {".gif", ".ico", ".jpg", ".png", ".zip"}

# Written with brackets so that this file does not hold what it looks for.
REGISTRY = re.compile(
    r"p[y]pi\.org|pythonh[o]sted|registry\.n[p]mjs|n[p]mmirror|deb\.d[e]bian|mirrors?\.\w+\.(com|edu)"
)
PLACE = re.compile(r"(?<![\w.}])/(w[o]rk|f[a]rm|r[o]ot|h[o]me|U[s]ers)/\w")


def lines_with(pattern: re.Pattern[str], path: Path) -> list[str]:
    lines = enumerate(tree.text_of(path).splitlines(), start=1)
    return [f"{path}:{number}: {line.strip()}" for number, line in lines if pattern.search(line)]


def pins(lock: str) -> dict[str, str]:
    """Each requirement of a lock with its version and marker."""
    lines = tree.text_of(Path(lock)).splitlines()
    pinned = (line.rstrip(" \\") for line in lines if re.match(r"[a-z0-9]", line))
    found: dict[str, str] = {}
    for requirement in pinned:
        name, _, version = requirement.partition("==")
        found[name] = found.get(name, "") + f"=={version}"
    return found


def plain(requirement: str) -> str:
    """A requirement's name as locks write it."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=!~; ]", requirement)[0]).lower()


@pytest.mark.parametrize("pattern", [REGISTRY, PLACE], ids=["registry", "place"])
def test_no_file_names_a_registry_or_a_place_on_one_machine(pattern: re.Pattern[str]) -> None:
    texts = [path for path in tree.files() if path.suffix not in NO_TEXT]

    assert [line for path in texts for line in lines_with(pattern, path)] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_address_and_pins_every_package_with_a_hash(lock: str) -> None:
    text = tree.text_of(Path(lock))
    entries = re.split(r"\n(?=[a-z0-9])", text)

    assert "://" not in text
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("larger", LOCKS[1:])
def test_the_larger_locks_hold_the_same_versions_as_the_offices_own(larger: str) -> None:
    offices = pins("requirements.txt")

    assert {name: pins(larger).get(name) for name in offices} == offices


def test_every_dependency_of_the_project_is_locked() -> None:
    project = tomllib.loads(tree.text_of(Path("pyproject.toml")))
    groups = project["dependency-groups"]
    developers = [entry for entry in groups["dev"] if isinstance(entry, str)]
    wanted = {
        "requirements.txt": project["project"]["dependencies"],
        "requirements-build.txt": groups["build"],
        "requirements-dev.txt": [*groups["build"], *developers],
    }

    missing = {
        lock: {plain(name) for name in names} - set(pins(lock)) for lock, names in wanted.items()
    }
    assert missing == {lock: set() for lock in LOCKS}


def test_the_lock_of_the_front_end_names_no_address_and_pins_every_package() -> None:
    text = tree.text_of(NPM_LOCK)
    packages = json.loads(text)["packages"]

    assert "://" not in text
    assert [name for name, package in packages.items() if name and "integrity" not in package] == []
