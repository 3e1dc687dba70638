"""``petition check``: whether diagrams keep to the vocabulary, would run rightly, and keep the law whatever happens."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from pathlib import Path

from engine.bootstrap import shipped_source, version_in, vocabulary
from engine.cli.shapes import DONE, NO, Run
from engine.cli.talk import Talk, emit, plain
from engine.drafting.proof import MOST_STATES, Proof, prove
from engine.errors import BadInput
from engine.procedure import Finding, RunStep, Severity, Source, Vocabulary, check
from engine.procedure.drawing import Kind, Scope
from engine.procedure.findings import Findings
from engine.procedure.parsing import parse_drawing
from engine.procedure.source import DIAGRAM
from engine.procedure.xml import read_xml
from engine.statute.law import load_law
from engine.text import Text

ROOMS = {".toml": "forms", ".dmn": "tables", ".html": "documents"}


def command(parser: argparse.ArgumentParser) -> Run:
    """Says what the command takes."""
    talk = Talk.in_environment()
    parser.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="FILE",
        help=talk.word(
            Text(
                "流程图、表单、决策表;所给文件组成一个版本,其调用而未给出的取自 processes/;也可给一个目录",
                "diagrams, forms, tables: together one version; what they call and is not given comes from processes/. "
                "A directory is a version of its own",
            )
        ),
    )
    parser.add_argument(
        "--no-proof",
        action="store_true",
        help=talk.word(
            Text(
                "只看能否正确运行,不逐一走遍所有可能来判定是否合法",
                "only whether they would run rightly, without walking all that can happen",
            )
        ),
    )
    parser.add_argument(
        "--states",
        type=int,
        default=MOST_STATES,
        metavar="N",
        help=talk.word(
            Text(
                "最多走多少个状态(默认{most}),超过的拒绝",
                "refuse what has more than N states (default {most})",
            ).filled(most=MOST_STATES)
        ),
    )
    parser.add_argument(
        "--json", action="store_true", help=talk.word(Text("输出 JSON", "JSON output"))
    )
    return _run


def _run(arguments: argparse.Namespace) -> int:
    talk = Talk.in_environment()
    proof = _examined(_version(arguments.files), vocabulary(load_law()), arguments)
    conforms = not any(finding.severity is Severity.REFUSE for finding in proof.findings)
    if arguments.json:
        findings = [_row(finding, talk) for finding in proof.findings]
        emit({"conforms": conforms, "findings": findings, "states": proof.states})
    else:
        _tell(proof, talk, conforms=conforms)
    return DONE if conforms else NO


def _examined(source: Source, words: Vocabulary, arguments: argparse.Namespace) -> Proof:
    if arguments.no_proof:
        return Proof(findings=tuple(check(source, words)), states=0)
    return prove(source, words, most=arguments.states)


def _version(paths: Iterable[Path]) -> Source:
    """The given files as one version, completed with those of the shipped one that they call, or that call them."""
    paths = list(paths)
    if len(paths) == 1 and paths[0].is_dir():
        return version_in(paths[0])
    given = {_place(path): path.read_bytes() for path in paths}
    shipped = shipped_source().files
    files = {name: data for name, data in shipped.items() if not name.endswith(DIAGRAM)} | given
    if not _opens_files(files):
        named = {f"{process}{DIAGRAM}" for process in _processes(files)}
        files |= {name: data for name, data in shipped.items() if name not in named | files.keys()}
    while missing := _called(files) & shipped.keys() - files.keys():
        files |= {name: shipped[name] for name in missing}
    return Source(files)


def _place(path: Path) -> str:
    """Where a file stands in a version: diagrams at the top, the others in the room of their kind."""
    if path.suffix == DIAGRAM:
        return path.name
    if path.suffix not in ROOMS:
        raise BadInput(
            {
                "": Text(
                    "{name} 不是流程图(.bpmn)、表单(.toml)、决策表(.dmn)或者文书模板(.html)",
                    "{name} is no diagram (.bpmn), form (.toml), table (.dmn) or template (.html)",
                ).filled(name=path.name)
            }
        )
    return f"{ROOMS[path.suffix]}/{path.name}"


def _scopes(files: Mapping[str, bytes]) -> Mapping[str, Scope]:
    """The scopes of the diagrams among *files*; a file that is no XML has none."""
    ignored = Findings()
    trees = {
        name: tree
        for name, data in files.items()
        if name.endswith(DIAGRAM) and (tree := read_xml(name, data, ignored)) is not None
    }
    return parse_drawing(trees).scopes


def _called(files: Mapping[str, bytes]) -> set[str]:
    """The diagrams that *files* call and that none of them holds."""
    scopes = _scopes(files)
    called = {node.called for scope in scopes.values() for node in scope.nodes if node.called}
    return {f"{process}{DIAGRAM}" for process in called - scopes.keys()}


def _processes(files: Mapping[str, bytes]) -> set[str]:
    return {scope.id for scope in _scopes(files).values() if scope.parent is None}


def _opens_files(files: Mapping[str, bytes]) -> bool:
    """Whether some process of *files* begins with an act that opens a file."""
    starts = (
        start
        for scope in _scopes(files).values()
        if scope.parent is None
        for start in scope.of(Kind.START)
    )
    return any(start.act is not None for start in starts)


def _row(finding: Finding, talk: Talk) -> dict[str, object]:
    return {
        "rule": finding.rule,
        "clause": finding.clause,
        "severity": finding.severity.value,
        "file": finding.file,
        "element": finding.element,
        "message": talk.word(finding.message),
        "run": [_step(step, talk) for step in finding.run] or None,
    }


def _step(step: RunStep, talk: Talk) -> dict[str, object]:
    return {
        "element": step.element,
        "kind": step.kind,
        "word": step.word,
        "choice": dict(step.choice),
        "words": talk.word(step.words),
    }


def _tell(proof: Proof, talk: Talk, *, conforms: bool) -> None:
    words = {
        Severity.REFUSE: Text("不符合", "refused"),
        Severity.WARN: Text("提示", "warning"),
    }
    for finding in proof.findings:
        where = finding.file + (f"#{finding.element}" if finding.element else "")
        print(
            f"{talk.word(words[finding.severity])}  {plain(where)}  {talk.word(finding.message)}  [{finding.rule}]"
        )
        for number, step in enumerate(finding.run, start=1):
            print(f"        {number}. {plain(talk.word(step.words))}")
    if proof.states:
        talk.say("走遍了{states}个状态", "walked {states} states", states=proof.states)
    if conforms:
        talk.say("符合要求", "conforms")
    else:
        talk.say("不符合要求", "does not conform")
