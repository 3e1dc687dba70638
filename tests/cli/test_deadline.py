"""``petition deadline``, as a user calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Asked


def test_a_limit_is_answered_with_every_day(ask: Asked) -> None:
    status, out, _ = ask("deadline", "T4", "2026-02-13", "--json")
    found = json.loads(out)

    assert status == 0
    assert found["legal_due"] == found["nominal_due"] == "2026-02-27"
    assert [day["date"] for day in found["days"] if day["counted"]] == [
        "2026-02-14",
        "2026-02-24",
        "2026-02-25",
        "2026-02-26",
        "2026-02-27",
    ]


def test_without_json_it_reads_as_an_explanation(ask: Asked) -> None:
    status, out, _ = ask("deadline", "T4", "2026-02-13")

    assert status == 0
    assert "法定届满 2026-02-27" in out
    assert "调休上班" in out


def test_english_is_spoken_where_it_is_asked_for(
    ask: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PETITION_LANGUAGE", "en")

    assert "legal end 2026-02-27" in ask("deadline", "T4", "2026-02-13")[1]


@pytest.mark.parametrize(
    "argv",
    [
        ("T99", "2026-02-13"),
        ("T5", "2026-02-30"),
        ("T5", "13.2.2026"),
        ("T5", "2021-01-01"),
        ("T5",),
        (),
        ("T5", "2026-02-13", "extra"),
        ("--colour",),
        ("--batch", "nowhere.csv"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_line(ask: Asked, argv: tuple[str, ...]) -> None:
    status, out, err = ask("deadline", *argv)

    assert (status, out) == (2, "")
    assert err.startswith("petition: ")
    assert err.count("\n") == 1


def test_a_batch_gives_a_line_for_every_row_in_order(ask: Asked, tmp_path: Path) -> None:
    file = tmp_path / "limits.csv"
    file.write_text("limit,on\r\nT5,2026-03-02\r\nT5,soon\r\n,\r\nT1\r\nQ1,2026-03-02\r\n", "utf-8")

    status, out, err = ask("deadline", "--batch", file, "--json")
    lines = [json.loads(line) for line in out.splitlines()]

    assert status == 2
    assert [line.get("row") for line in lines] == [None, 2, 3, 4, None]
    assert lines[0]["limit"] == "T5"
    assert set(lines[1]) == {"row", "error"}
    assert lines[4]["limit"] == "Q1"
    assert "3行" in err


def test_a_clean_batch_is_done(ask: Asked, tmp_path: Path) -> None:
    file = tmp_path / "limits.csv"
    file.write_bytes(b"\xef\xbb\xbfon,limit\n2026-03-02,T5\n")

    assert ask("deadline", "--batch", file, "--json")[0] == 0


@pytest.mark.parametrize("content", ["", "T5,2026-03-02\n", "limit\nT5\n"])
def test_a_batch_without_its_columns_is_refused(ask: Asked, tmp_path: Path, content: str) -> None:
    file = tmp_path / "limits.csv"
    file.write_text(content, "utf-8")

    status, out, err = ask("deadline", "--batch", file, "--json")

    assert (status, out) == (2, "")
    assert err.count("\n") == 1


def test_an_unknown_command_names_those_there_are(ask: Asked) -> None:
    status, _, err = ask("dance")

    assert status == 2
    assert "deadline" in err


@pytest.mark.parametrize("argv", [(), ("--help",), ("help",)])
def test_help_lists_the_commands(ask: Asked, argv: tuple[str, ...]) -> None:
    status, out, _ = ask(*argv)

    assert status == 0
    assert "import" in out
    assert "serve" in out or "worker" in out


def test_a_command_explains_itself(ask: Asked) -> None:
    status, out, _ = ask("deadline", "--help")

    assert status == 0
    assert "--batch" in out
