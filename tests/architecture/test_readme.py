"""The README says where things are, and they are there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from tests.architecture import tree

README = Path("README.md")


def index_rows() -> list[str]:
    """The last cell of each row of the table "Where is the rule about …?"."""
    _, _, chapter = tree.text_of(README).partition("## Where is the rule about")
    rows = [line for line in chapter.partition("\n## ")[0].splitlines() if line.startswith("|")]
    return [row.rstrip("|").rpartition("|")[2] for row in rows[2:]]


def test_every_row_of_the_index_leads_to_a_file() -> None:
    rows = index_rows()
    named = [path for row in rows for path in re.findall(r"`([\w./*-]+)`", row)]

    assert len(rows) >= 8
    assert all("`" in row for row in rows)
    assert [path for path in named if not list(tree.ROOT.glob(path))] == []


def test_every_link_and_picture_of_a_readme_is_there() -> None:
    readmes = [path for path in tree.files() if path.suffix == ".md"]
    links = [
        (path, target)
        for path in readmes
        for target in re.findall(r"\]\(([^)#\s]+)", tree.text_of(path))
        if "://" not in target
    ]

    assert [link for link in links if not (tree.ROOT / link[0].parent / link[1]).exists()] == []


def test_the_readme_gives_two_commands_and_both_exist() -> None:
    given = re.findall(r"^ +(\./dev \w+)$", tree.text_of(README), flags=re.MULTILINE)
    usage = subprocess.run(
        [sys.executable, tree.ROOT / "dev", "--help"], capture_output=True, text=True, check=True
    ).stdout

    assert given == ["./dev run", "./dev test"]
    assert all(command in usage for command in given)
