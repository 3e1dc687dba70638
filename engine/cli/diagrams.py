"""``petition import-diagram`` and ``export-diagram``: other modelers' diagrams with a report, ours plain."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from engine.bootstrap import vocabulary
from engine.cli.shapes import BAD_INPUT, DONE, Run
from engine.cli.talk import Talk, emit, plain
from engine.drafting.imports import Fate, Foreign, foreign_in, taken_beside
from engine.drafting.imports import plain as without_our_words
from engine.errors import BadInput
from engine.procedure import Finding, Source, Vocabulary, check
from engine.procedure.foreign import Taken
from engine.procedure.xml import MAX_BYTES
from engine.statute.law import load_law
from engine.text import Text

FATES: Mapping[Fate, Text] = {
    Fate.TURNED: Text("已转换", "converted"),
    Fate.DROPPED: Text("未保留", "left out"),
    Fate.KEPT: Text("保留", "kept"),
    Fate.CHANGE: Text("须改", "to be changed"),
}


def importing(parser: argparse.ArgumentParser) -> Run:
    """Says what ``import-diagram`` takes."""
    talk = Talk.in_environment()
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="FILE",
        help=talk.word(Text("其他工具的 BPMN 2.0 文件", "files of BPMN 2.0 of other modelers")),
    )  # fmt: skip
    parser.add_argument(
        "--to", type=Path, metavar="DIRECTORY",
        help=talk.word(
            Text("把得到的流程图写进这个目录;不给则只报告", "write the diagrams into this directory; else only report")
        ),
    )  # fmt: skip
    parser.add_argument(
        "--replace", action="store_true",
        help=talk.word(Text("替换目录中同一流程的图", "replace diagrams of the same process in the directory")),
    )  # fmt: skip
    parser.add_argument(
        "--json", action="store_true", help=talk.word(Text("输出 JSON", "JSON output"))
    )
    return _import


def exporting(parser: argparse.ArgumentParser) -> Run:
    """Says what ``export-diagram`` takes."""
    talk = Talk.in_environment()
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help=talk.word(Text("流程图(.bpmn)", "diagrams (.bpmn)"))
    )  # fmt: skip
    parser.add_argument(
        "--to", type=Path, required=True, metavar="DIRECTORY",
        help=talk.word(
            Text("写出普通 BPMN 的目录,不含本系统的标注", "where to write plain BPMN, without the words of this office")
        ),
    )  # fmt: skip
    return _export


def _import(arguments: argparse.Namespace) -> int:
    talk, words = Talk.in_environment(), vocabulary(load_law())
    files = dict(Source.in_directory(arguments.to).files) if arguments.to else {}
    status, reports = DONE, []
    for path in arguments.files:
        try:
            found = taken_beside(path.name, _read(path), files, replacing=arguments.replace)
        except BadInput as refused:
            status = BAD_INPUT
            reports.append({"file": path.name, "refused": talk.word(refused.text)})
            talk.reason_in("{name}:{why}", "{name}: {why}", name=plain(path.name), why=refused.text)
            continue
        files |= {one.path: one.content for one in found}
        reports += [_report(path.name, one, words, talk) for one in found]
        if arguments.to:
            arguments.to.mkdir(parents=True, exist_ok=True)
            for one in found:
                (arguments.to / one.path).write_bytes(one.content)
        if not arguments.json:
            for one in found:
                _tell(path.name, one, _to_change(one, words), talk)
    if arguments.json:
        emit({"files": reports})
    return status


def _export(arguments: argparse.Namespace) -> int:
    talk = Talk.in_environment()
    arguments.to.mkdir(parents=True, exist_ok=True)
    for path in arguments.files:
        (arguments.to / path.name).write_bytes(without_our_words(path.read_bytes()))
        talk.say("已写出 {name}", "written: {name}", name=plain(path.name))
    return DONE


def _read(path: Path) -> bytes:
    """The file, no more of it than shows that it is too large."""
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _to_change(taken: Taken, words: Vocabulary) -> list[Finding]:
    return check(Source({taken.path: taken.content}), words)


def _report(name: str, taken: Taken, words: Vocabulary, talk: Talk) -> dict[str, object]:
    return {
        "file": name,
        "diagram": taken.path,
        "notes": [
            {"fate": note.fate.value, "element": note.element, "words": talk.word(note.words)}
            for note in taken.notes
        ],
        "foreign": [
            {
                "element": one.element, "product": one.product, "what": one.what,
                "fate": _fate(one).value, "hint": talk.word(one.hint) if one.hint else None,
            }
            for one in foreign_in(taken.content)
        ],
        "findings": [
            {"severity": one.severity.value, "element": one.element, "words": talk.word(one.message)}
            for one in _to_change(taken, words)
        ],
    }  # fmt: skip


def _fate(foreign: Foreign) -> Fate:
    return Fate.CHANGE if foreign.runs else Fate.KEPT


def _tell(name: str, taken: Taken, findings: list[Finding], talk: Talk) -> None:
    print(f"{plain(name)} → {plain(taken.path)}")
    for note in taken.notes:
        _line(talk, FATES[note.fate], note.element, note.words)
    for one in foreign_in(taken.content):
        what = f"{one.product}  {one.what}"
        _line(talk, FATES[_fate(one)], one.element, Text(what, what), one.hint)
    for finding in findings:
        if finding.severity.value == "refuse":
            _line(talk, FATES[Fate.CHANGE], finding.element, finding.message)


def _line(
    talk: Talk, fate: Text, element: str | None, words: Text, hint: Text | None = None
) -> None:
    parts = [talk.word(fate), plain(element or "—"), talk.word(words)]
    print("  ", "  ".join([*parts, *([f"({talk.word(hint)})"] if hint else [])]))


__all__ = ["exporting", "importing"]
