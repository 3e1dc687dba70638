"""``petition scenarios``: plays scenarios on a version of the procedure, and says which go as they say."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from engine.bootstrap import PROCESSES, private_offices, version_in
from engine.cli.house import present_house
from engine.cli.shapes import DONE, NO, Run
from engine.cli.talk import Talk, emit, plain
from engine.drafting.scenarios.coverage import to_data, together
from engine.drafting.scenarios.playing import Played, play_all
from engine.drafting.scenarios.reading import read_file
from engine.drafting.scenarios.scenario import Scenario
from engine.errors import BadInput
from engine.procedure import Source
from engine.statute.law import load_law
from engine.text import Text

ROOM = "scenarios"
_NEVER_SHOWN = 12


def command(parser: argparse.ArgumentParser) -> Run:
    """Says what the command takes."""
    talk = Talk.in_environment()
    parser.add_argument(
        "paths",
        nargs="*",
        type=Path,
        metavar="DIRECTORY|FILE",
        help=talk.word(
            Text(
                "情景文件(.toml)或者其目录;默认为该版本的 scenarios/",
                "scenarios (.toml) or a directory of them; by default those beside the version",
            )
        ),
    )
    parser.add_argument(
        "--processes",
        type=Path,
        default=PROCESSES,
        metavar="DIR",
        help=talk.word(
            Text(
                "所试版本的目录;默认为随附的版本", "the version to try; the shipped one by default"
            )
        ),
    )
    parser.add_argument(
        "--version",
        metavar="DIGEST",
        help=talk.word(
            Text(
                "所试的是本机关的这一版本(摘要或其开头),连同随它保存的情景",
                "try this version of the office (its digest, or how it begins), with the scenarios that stay with it",
            )
        ),
    )
    parser.add_argument(
        "--json", action="store_true", help=talk.word(Text("输出 JSON", "JSON output"))
    )
    return _run


def _run(arguments: argparse.Namespace) -> int:
    talk = Talk.in_environment()
    law = load_law()
    offices = private_offices(law)
    if arguments.version:
        source, scenarios = _kept(arguments.version)
    else:
        source = version_in(arguments.processes)
        paths = arguments.paths or [arguments.processes / ROOM]
        scenarios = [read_file(path, offices.usual) for path in _files(paths)]
    played = play_all(offices, source, scenarios, progress=talk.counted)
    coverage = to_data(together(one.coverage for one in played), offices.procedure(source), law)
    if arguments.json:
        for one in played:
            emit(_row(one))
        emit({"version": source.digest, "coverage": coverage})
    else:
        _tell(played, coverage, talk)
    return DONE if all(one.passed for one in played) else NO


def _kept(digest: str) -> tuple[Source, list[Scenario]]:
    """The version *digest* of the office with its scenarios. Raises BadInput where no version, or several, begin so."""
    with present_house() as house:
        found = [
            one.digest for one in house.library.versions() if one.digest.startswith(digest.lower())
        ]
        if len(found) != 1:
            raise BadInput({"version": _NO_VERSION.filled(digest=digest, n=len(found))})
        return house.source_of(found[0]), list(house.trials.scenarios(found[0]).values())


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    """The scenarios that *paths* name. Raises BadInput where a directory holds none."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        found = sorted(path.glob("*.toml"))
        if not found:
            raise BadInput(
                {
                    "": Text(
                        "目录 {name} 中没有情景(.toml)", "there is no scenario (.toml) in {name}"
                    ).filled(name=path)
                }
            )
        yield from found


def _row(one: Played) -> dict[str, object]:
    found = one.difference
    return {
        "scenario": one.scenario.id,
        "passed": one.passed,
        "difference": found
        and {"move": found.move, "what": found.what, "expected": found.expected, "found": found.found},
    }  # fmt: skip


def _tell(played: Sequence[Played], coverage: object, talk: Talk) -> None:
    for one in played:
        title = plain(f"{one.scenario.id}  {talk.word(one.scenario.title)}")
        if one.difference is None:
            talk.say("通过    {title}", "passed  {title}", title=title)
            continue
        talk.say(
            "不一致  {title}:第{move}步 {what} 预期 {expected},实际 {found}",
            "differs {title}: after move {move}, {what} expected {expected}, found {found}",
            title=title, move=one.difference.move, what=one.difference.what,
            expected=one.difference.expected, found=one.difference.found,
        )  # fmt: skip
    passed = sum(one.passed for one in played)
    talk.say(
        "{n}个情景,{passed}个通过", "{n} scenarios, {passed} passed", n=len(played), passed=passed
    )
    for kind, zh, en in (("elements", "元素", "elements"), ("flows", "连线", "flows")):
        counts: dict[str, int] = coverage[kind]  # type: ignore[index]
        never = sorted(id for id, times in counts.items() if not times)
        shown = " ".join(never[:_NEVER_SHOWN]) + (" …" if len(never) > _NEVER_SHOWN else "")
        talk.say(
            zh + "覆盖 {reached}/{all}{never}", en + " covered {reached}/{all}{never}",
            reached=len(counts) - len(never), all=len(counts), never=(never and f": {shown}") or "",
        )  # fmt: skip


_NO_VERSION = Text(
    "摘要以{digest}开头的版本有{n}个", "{n} versions have a digest that begins with {digest}"
)
