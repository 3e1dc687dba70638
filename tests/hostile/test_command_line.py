"""The command line is handed files made to hurt: one line of reason, an exit status, and nothing changed."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from engine.bootstrap import PROCESSES
from engine.cli import main
from tests.hostile.words import NO_DAYS, SNIPPETS
from tests.intake_files.registers import FIRST, HEADINGS, SECOND, register
from tests.model.place import MORNING_AFTER, Place, found
from tests.procedure.test_hostile_files import HOSTILE

Ran = tuple[int, str, str]
Ask = Callable[..., Ran]
ROUTING = (PROCESSES / "routing.bpmn").read_text("utf-8")


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data directory of an office without petitions, to be copied."""
    return found(tmp_path_factory.mktemp("office") / "data")


@pytest.fixture
def office(empty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The office that ``petition`` finds."""
    data = tmp_path / "data"
    shutil.copytree(empty, data)
    for name in ("PETITION_DATABASE_URL", "PETITION_LANGUAGE", "PETITION_TRACE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PETITION_DATA", str(data))
    return data


@pytest.fixture
def ask(office: Path, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Runs ``petition``; gives status, words and reason, and holds them to the manners of a command."""

    def asked(*argv: str | Path) -> Ran:
        capsys.readouterr()
        status = main([str(word) for word in argv])
        said = capsys.readouterr()
        assert status in {0, 1, 2}, f"{argv[0]} ended with {status}"
        for sign in ("Traceback", "site-packages", "程序缺陷", "a defect of the program"):
            assert sign not in said.out + said.err, said.err
        assert "\x1b" not in said.out + said.err, "a file may not command the terminal"
        return status, said.out, said.err

    return asked


def _traces(data: Path) -> tuple[object, ...]:
    place = Place.at(data, opens=MORNING_AFTER)
    try:
        return place.traces()
    finally:
        place.house.store.close()


# ---- drawings --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_drawing_does_not_conform(ask: Ask, tmp_path: Path, case: str) -> None:
    source, rule = HOSTILE[case]
    file = tmp_path / "bad.bpmn"
    file.write_bytes(source.files["bad.bpmn"])

    status, out, _ = ask("check", file, "--json")

    assert status == 1
    assert f'"{rule}"' in out


REACHING = (
    "().__class__.__base__.__subclasses__()", "__import__('os').system('touch pwned')", "open('/etc/passwd').read()",
    "urgent.__class__", "(lambda: urgent)()", "[x for x in (1,)]", "urgent if urgent else urgent", "f'{urgent}'",
    "urgent or exec('1')", "globals()", "category == category.format(urgent)", "10**10**10", "'a' * 10**9",
    "not " * 5000 + "urgent", "(" * 500 + "urgent" + ")" * 500, "urgent\x00", "urgent;import os", "urgent := 1",
    "await urgent", "print(urgent)", "category in (open('x'),)", "no_such_fact", "now()", "datetime.now()", "1/0", "",
)  # fmt: skip


@pytest.mark.parametrize("expression", REACHING)
def test_a_condition_that_reaches_for_python_is_refused(
    ask: Ask, tmp_path: Path, expression: str
) -> None:
    marked = ROUTING.index("conditionExpression")
    begin = ROUTING.index(">", marked) + 1
    end = ROUTING.index("<", begin)
    file = tmp_path / "routing.bpmn"
    file.write_text(ROUTING[:begin] + escape(expression) + ROUTING[end:], "utf-8")

    status, _, _ = ask("check", file, "--json")

    assert status == 1
    assert not Path("pwned").exists()


@pytest.mark.parametrize(
    "attribute",
    [
        'petition:python="1"', 'petition:script="import os"', 'camunda:class="java.lang.Runtime"',
        'petition:act="__import__"', 'petition:clock="T99"', 'petition:role="god"', 'petition:document="../../x"',
        'petition:form="../../../etc/passwd"', 'petition:within="PT0S"', 'petition:within="999999999 days"',
    ],
)  # fmt: skip
def test_an_attribute_beyond_the_vocabulary_is_refused(
    ask: Ask, tmp_path: Path, attribute: str
) -> None:
    file = tmp_path / "routing.bpmn"
    own = ROUTING.replace('petition:act="accept"', attribute, 1)
    if attribute.startswith("camunda"):
        own = own.replace(
            "<bpmn:definitions",
            '<bpmn:definitions xmlns:camunda="http://camunda.org/schema/1.0/bpmn"',
            1,
        )
    assert own != ROUTING
    file.write_text(own, "utf-8")

    assert ask("check", file)[0] == 1


def test_files_that_are_no_files_are_unusable(ask: Ask, tmp_path: Path) -> None:
    folder = tmp_path / "folder.bpmn"
    folder.mkdir()
    loop = tmp_path / "loop.bpmn"
    loop.symlink_to(loop)
    locked = tmp_path / "\x1b[31mred.bpmn"
    locked.write_bytes(b"\x00")
    for path in (
        folder,
        loop,
        tmp_path / "none.bpmn",
        Path("/dev/null"),
        tmp_path / ("x" * 300),
        locked,
    ):
        assert ask("check", path)[0] in {1, 2}


# ---- registers -------------------------------------------------------------------------------------------------------


def _bad_registers() -> Iterator[tuple[str, bytes]]:
    good = register(FIRST, SECOND)
    yield "a_quote_never_closed", good + '"70003,"没有结束'.encode("gb18030")
    yield "nul_bytes", good.replace(b"70002", b"7\x000002")
    yield "only_nul", b"\x00" * 1000
    yield "one_huge_field", register((*FIRST[:9], "字" * 3_000_000, ""))
    yield "a_million_columns", ("," * 1_000_000).encode() + b"\n" + good
    yield "no_line_end", b"a" * 5_000_000
    yield "half_utf16", "编号,收到时间\n1,2023-01-05".encode("utf-16")[:-1]
    yield "a_spreadsheet", b"PK\x03\x04" + b"\x00" * 500
    yield "a_page", b"<html><table><tr><td>1</td></tr></table></html>"
    yield "headings_twice", register(FIRST, headings=(*HEADINGS[:10], HEADINGS[0]))
    yield "no_rows", register()
    yield "too_few_cells", register(("1",), ("2", "3"), FIRST)
    yield "nothing_but_commas", b",,,,\n" * 1000


BAD = dict(_bad_registers())


@pytest.mark.parametrize("case", BAD)
def test_a_broken_register_is_refused_or_told_row_by_row(
    ask: Ask, office: Path, tmp_path: Path, case: str
) -> None:
    file = tmp_path / "register.csv"
    file.write_bytes(BAD[case])
    before = _traces(office)

    dry, _, _ = ask("import", file, "--as", "county.clerk", "--dry-run")
    assert _traces(office) == before
    status, _, err = ask("import", file, "--as", "county.clerk")

    assert status == dry
    if status != 0:
        assert err.strip().splitlines()[-1].startswith("petition: ")


@pytest.mark.parametrize("day", [*NO_DAYS[:14], "1900-01-01", "31/12/9999", "44927", "昨天"])
def test_a_row_with_a_day_that_cannot_be_is_named_and_not_registered(
    ask: Ask, office: Path, tmp_path: Path, day: str
) -> None:
    file = tmp_path / "register.csv"
    file.write_bytes(register((FIRST[0], day, *FIRST[2:]), encoding="utf-8"))
    before = _traces(office)
    status, out, _ = ask("import", file, "--as", "county.clerk")

    if status == 0:  # some of these are days to people: 2026-03-02T09:00:00
        assert day in {"2026-03-02T09:00:00", "02.03.2026", "２０２６-０３-０２", "44927"}
    else:
        assert "第1行" in out
        assert _traces(office) == before


@pytest.mark.parametrize("words", [*SNIPPETS, "=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1+1"])
def test_words_in_a_register_are_kept_as_words(
    ask: Ask, office: Path, tmp_path: Path, words: str
) -> None:
    file = tmp_path / "register.csv"
    out = io.StringIO(newline="")
    csv.writer(out).writerows([HEADINGS, (*FIRST[:3], words, *FIRST[4:9], words, "")])
    file.write_bytes(out.getvalue().encode("utf-8"))

    status, said, _ = ask("import", file, "--as", "county.clerk")

    assert status in {0, 2}, said
    place = Place.at(office, opens=MORNING_AFTER)
    titles = [place.file(id).title for id in place.versions()]
    place.house.store.close()
    assert len(titles) == (1 if status == 0 else 0)
    assert all(title.strip() for title in titles)


# ---- deadlines, and everything else that takes words ------------------------------------------------------------------


def test_a_batch_with_bad_rows_names_each_and_answers_the_others(ask: Ask, tmp_path: Path) -> None:
    rows = [("T5", "2025-08-04"), *(("T5", day) for day in NO_DAYS if day != "2026-03-03"), ("T99", "2025-01-01"),
            ("", ""), ("T6", "2025-01-01"), ("=T5", "=2025"), ("T5\x1b[2J", "2025-01-01"), ("T1", "2025-01-20")]  # fmt: skip
    file = tmp_path / "batch.csv"
    out = io.StringIO(newline="")
    csv.writer(out).writerows([("limit", "on"), *rows])
    file.write_text(out.getvalue(), "utf-8")

    status, said, _ = ask("deadline", "--batch", file, "--json")

    assert status == 2
    assert len(said.splitlines()) == len(rows)
    assert '"legal_due": "2025-10-09"' in said.splitlines()[0].replace('":"', '": "')
    assert "2025-02-05" in said.splitlines()[-1]


@pytest.mark.parametrize(
    "arguments",
    [
        ("deadline", "T5", "2025-02-30"), ("deadline", "T99", "2025-01-01"), ("deadline", "'; --", "x"),
        ("deadline", "T5", "9999-12-31"), ("deadline", "--batch", "/dev/null"), ("deadline", "--batch", "/nothing"),
        ("no_such_command",), ("",), ("--help\x00",), ("import",), ("import", "/dev/null", "--as", "' OR 1=1"),
        ("restore", "/dev/null"), ("restore", "/etc/hostname"), ("backup", "/dev/null/x"), ("upgrade", "--to", "x"),
        ("check", "--json"), ("replay", "../../etc/passwd"), ("verify", "/dev/null"), ("export", "' OR 1=1", "x"),
        ("verdict", "none"), ("serve", "--port", "99999999"), ("init",), ("demo", "--petitions", "-1"),
    ],
)  # fmt: skip
def test_arguments_that_make_no_sense_are_answered_in_a_line(
    ask: Ask, office: Path, arguments: tuple[str, ...]
) -> None:
    before = _traces(office)
    status, _, err = ask(*arguments)

    assert status != 0
    assert err.strip()
    assert _traces(office) == before


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://nobody:secret@127.0.0.1:1/none",
        "mysql://x",
        "not a url",
        "sqlite:////proc/x",
    ],
)
def test_a_database_that_cannot_be_is_said_without_its_password(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("PETITION_DATABASE_URL", url)
    status, out, err = ask("import", "/dev/null", "--as", "county.clerk")

    assert status != 0
    assert "secret" not in out + err
