"""``petition volume``: a closed matter as one volume: cover, catalogue, papers, note, the check of four properties, the dossier."""

from __future__ import annotations

import argparse
from pathlib import Path

from engine.audit.exporting import Wish
from engine.audit.volumes.checks import TITLES
from engine.audit.volumes.making import Volume
from engine.cli.house import present_house
from engine.cli.new_file import write_new
from engine.cli.shapes import DONE, NO, Run
from engine.cli.talk import Talk, emit
from engine.cli.viewer import file_known_as, takes_viewer, viewer_named
from engine.clock import legal_date
from engine.errors import BadInput
from engine.text import Text


def command(parser: argparse.ArgumentParser) -> Run:
    """Says what the command takes."""
    talk = Talk.in_environment()
    words = talk.words
    parser.add_argument(
        "petition", metavar="NUMBER|ID", help=words("登记编号或者内部标识", "its number or its id")
    )
    parser.add_argument(
        "-o", dest="file", type=Path, metavar="FILE",
        help=words("新建的卷宗文件;不给出则只作检测", "the volume to make; without it, only the check"),
    )  # fmt: skip
    takes_viewer(parser, talk)
    parser.add_argument(
        "--purpose",
        default="",
        metavar="WHY",
        help=words("用途,记入访问记录(制卷必填)", "what for, which is logged (needed for -o)"),
    )
    parser.add_argument("--json", action="store_true", help=words("输出 JSON", "JSON output"))
    return _run


def _run(arguments: argparse.Namespace) -> int:
    talk = Talk.in_environment()
    target: Path | None = arguments.file
    if target is not None and target.exists():
        raise BadInput({"": Text("{path} 已存在", "{path} exists already").filled(path=target)})
    with present_house() as house:
        now = house.clock.now()
        with house.store.reading() as desk:
            viewer = viewer_named(desk, arguments, legal_date(now))
            petition = file_known_as(desk, arguments.petition)
        wish = Wish(viewer=viewer, petition=petition, purpose=arguments.purpose)
        if target is None:
            volume = house.volumes.survey(wish, now)
        else:
            volume, content = house.volumes.make(wish, now)
            write_new(target, content)
    if arguments.json:
        emit(_report(volume, target, talk))
    else:
        _tell(volume, target, talk)
    return DONE if volume.sound else NO


def _report(volume: Volume, target: Path | None, talk: Talk) -> dict[str, object]:
    return {
        "petition": volume.shown.file.id,
        "file": str(target) if target else None,
        "items": len(volume.items),
        "pages": volume.pages,
        "sound": volume.sound,
        "checks": [
            {
                "quality": check.quality.value,
                "claim": talk.word(check.claim),
                "passed": check.passed,
                "asked": check.asked,
                "faults": [talk.word(fault) for fault in check.faults],
            }
            for check in volume.checks
        ],
    }


def _tell(volume: Volume, target: Path | None, talk: Talk) -> None:
    talk.say(
        "{items}件,{pages}页", "{items} papers, {pages} pages", items=len(volume.items), pages=volume.pages
    )  # fmt: skip
    for check in volume.checks:
        mark = "×" if not check.passed else "✓" if check.asked else "–"
        print(f"{mark} {talk.word(TITLES[check.quality])}  {talk.word(check.claim)}")
        for fault in check.faults:
            print(f"    {talk.word(fault)}")
    if target is not None:
        talk.say("已立卷 {file}", "the volume is {file}", file=target)
