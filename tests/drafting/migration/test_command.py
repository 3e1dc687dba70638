"""``petition migrate``: a dry run that changes nothing, a run that carries over, and exit statuses as everywhere."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.bootstrap import shipped_source
from engine.cli import main
from tests.acts.situations import HOUSING
from tests.audit.test_replay import different
from tests.drafting.migration.conftest import Drafting
from tests.office.test_migrating import at_the_investigation, renamed_step

Asked = Callable[..., tuple[int, list[str], str]]
OLD, NEW = shipped_source().digest, renamed_step().digest


@pytest.fixture
def ask(
    drafting: Drafting, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Asked:
    """Runs ``petition migrate`` in the office of *drafting*."""
    monkeypatch.delenv("PETITION_DATABASE_URL", raising=False)
    monkeypatch.setenv("PETITION_DATA", str(drafting.counter.house.settings.data))
    monkeypatch.setenv("PETITION_LANGUAGE", "en")

    def asked(*words: str | Path) -> tuple[int, list[str], str]:
        status = main(["migrate", "--from", OLD[:10], "--to", NEW, *map(str, words)])
        said = capsys.readouterr()
        return status, said.out.splitlines(), said.err

    return asked


@pytest.fixture
def waiting(drafting: Drafting) -> dict[str, str]:
    """A petition at its beginning and one at the investigation, with their numbers; and a sealed one."""
    ids = [drafting.counter.registered(), at_the_investigation(drafting.counter)]
    drafting.counter.registered(category="accusation", accused_organ=HOUSING)
    drafting.counter.deploy(renamed_step())
    return {id: drafting.counter.file(id).number for id in ids}


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    file = tmp_path / "renamed.txt"
    file.write_text("investigate = look_into\n", "utf-8")
    return file


def test_a_dry_run_says_what_would_be_and_changes_nothing(
    ask: Asked, drafting: Drafting, waiting: dict[str, str]
) -> None:
    before = drafting.counter.everything()

    status, lines, _ = ask("--dry-run", "--json")

    rows: list[dict[str, Any]] = [json.loads(line) for line in lines]
    assert status == 1
    found = {row["number"]: row for row in rows}
    at_the_beginning, at_the_step = (found.pop(number) for number in waiting.values())
    assert found == {}
    assert (at_the_beginning["outcome"], at_the_beginning["result"]) == ("kept", None)
    assert (at_the_step["outcome"], at_the_step["result"]) == ("refused", None)
    assert at_the_step["hindrances"][0]["element"] == "investigate"
    assert drafting.counter.everything() == before


def test_what_was_planned_is_carried_over_and_the_record_replays(
    ask: Asked, drafting: Drafting, waiting: dict[str, str], mapping: Path
) -> None:
    status, lines, told = ask("--mapping", mapping)

    assert status == 0
    assert lines[-1] == "2 petitions: carried over 2"
    assert any("investigate→look_into" in line for line in lines)
    assert "4/4" in told
    assert {drafting.counter.file(id).procedure for id in waiting} == {NEW}
    assert drafting.counter.entries(next(iter(waiting)))[-1].person == "system"
    assert different(drafting.counter.house) == {}


def test_only_the_numbers_that_are_named_are_carried_over(
    ask: Asked, drafting: Drafting, waiting: dict[str, str], mapping: Path
) -> None:
    first, second = waiting

    status, lines, _ = ask("--mapping", mapping, "--only", waiting[first])

    assert (status, len(lines)) == (0, 2)
    assert [drafting.counter.file(id).procedure for id in (first, second)] == [NEW, OLD]


@pytest.mark.parametrize("words", [["--only", "no such number"], ["--only", "sealed"]])
def test_a_number_that_nobody_may_know_is_as_one_that_is_not_there(
    ask: Asked, drafting: Drafting, waiting: dict[str, str], words: list[str]
) -> None:
    sealed = drafting.counter.registered(category="accusation", accused_organ=HOUSING)
    number = drafting.counter.file(sealed).number
    given = [number if one == "sealed" else one for one in words]
    before = drafting.counter.everything()

    status, lines, told = ask(*given)

    assert (status, lines) == (1, [])
    assert f"no petition {given[-1]} is under way" in told
    assert drafting.counter.everything() == before


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--to", "ffffffff"], "begins with ffffffff"),
        (["--to", OLD], "both versions are the same"),
        (["--mapping", "nothing.txt"], "no file nothing.txt"),
        (["--mapping", "bad"], "line 1 cannot be read"),
        (["--mapping", "unknown"], "no element nobody"),
    ],
)
def test_unusable_input_is_said_so(
    ask: Asked, waiting: dict[str, str], tmp_path: Path, words: list[str], why: str
) -> None:
    for name, text in (("bad", "a b c d"), ("unknown", "nobody = look_into")):
        (tmp_path / name).write_text(text, "utf-8")
    given = [str(tmp_path / one) if (tmp_path / one).exists() else one for one in words]

    status, lines, told = ask(*given, "--dry-run")

    assert (status, lines) == (2, [])
    assert why in told
