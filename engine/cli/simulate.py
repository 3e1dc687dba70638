"""``petition simulate``: many made-up petitions through a draft or a version, beside the version in force.

Nothing of it lies in the office's database. What the office's record says is taken in place of usual assumptions.
"""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engine.bootstrap import House
from engine.cli.house import present_house
from engine.cli.shapes import DONE, Run
from engine.cli.talk import Talk, emit
from engine.clock import legal_date
from engine.drafting.simulation.asking import USUAL, Asked
from engine.drafting.simulation.assumptions import Assumptions, from_data, merged, to_data
from engine.errors import BadInput
from engine.text import Text

SHORTEST_DIGEST = 6
SAYS: Mapping[str, Text] = {
    "same": Text("完全相同", "the same"),
    "chance": Text("可能是偶然", "may be chance"),
    "more": Text("不是偶然", "more than chance"),
    "few": Text("数据太少", "too few"),
}
_STEPS_SHOWN = 15


def command(parser: argparse.ArgumentParser) -> Run:
    """Says what the command takes."""
    talk = Talk.in_environment()
    words = talk.words
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--draft", metavar="ID", help=words("所试草案的标识", "the draft to try, by its id")
    )
    what.add_argument(
        "--version",
        metavar="DIGEST",
        help=words(
            "所试版本(摘要或其开头);默认为现行版本",
            "the version to try; the one in force by default",
        ),
    )
    parser.add_argument(
        "-n",
        type=int,
        default=USUAL,
        dest="petitions",
        metavar="N",
        help=words("计入的虚构事项件数", "how many made-up petitions count"),
    )
    parser.add_argument("--seed", type=int, default=1, help=words("随机种子", "the seed of chance"))
    parser.add_argument(
        "--assumptions",
        type=Path,
        metavar="FILE",
        help=words(
            "假设(TOML,写法见 processes/cast/pace.toml),未写的取本机关记录或通常值",
            "assumptions (TOML, as processes/cast/pace.toml); the rest from the record, or usual",
        ),
    )
    parser.add_argument(
        "--usual",
        action="store_true",
        help=words("不看本机关记录", "leave the office's record aside"),
    )
    parser.add_argument("--json", action="store_true", help=words("输出 JSON", "JSON output"))
    return _run


def _run(arguments: argparse.Namespace) -> int:
    talk = Talk.in_environment()
    with present_house() as house:
        about = arguments.draft or _digest(house, arguments.version)
        simulations = house.simulations
        assumed = simulations.usual() if arguments.usual else simulations.measured().assumptions
        if arguments.assumptions is not None:
            assumed = _with_file(assumed, arguments.assumptions)
        asked = Asked(
            about=about, base=simulations.base_of(about), assumptions=assumed,
            petitions=arguments.petitions, seed=arguments.seed,
        )  # fmt: skip
        found = simulations.together(asked, talk.counted)
        if arguments.json:
            emit({"about": about, "seed": asked.seed, "assumptions": to_data(assumed), **found})
        else:
            _tell(found, house, talk)
    return DONE


def _with_file(assumed: Assumptions, path: Path) -> Assumptions:
    try:
        table = tomllib.loads(path.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise BadInput({"assumptions": _MALFORMED.filled(fault=fault)}) from fault
    return from_data(merged(to_data(assumed), table))


def _digest(house: House, given: str | None) -> str:
    on = legal_date(house.clock.now())
    with house.store.reading() as desk:
        if given is None:
            return desk.current_procedure(on)
        known = [one.digest for one in desk.procedures(on)]
    found = [one for one in known if one.startswith(given.lower())]
    if len(given) < SHORTEST_DIGEST or len(found) != 1:
        raise BadInput({"version": _NO_VERSION.filled(given=given)})
    return found[0]


def _tell(found: Mapping[str, Any], house: House, talk: Talk) -> None:
    tried, base = found["tried"], found["base"]
    differences = found.get("differences", {})
    talk.say(
        "{n}件,{over}件办结;一半在{median}天内,九成在{ninetieth}天内",
        "{n} petitions, {over} over; half within {median} days, nine of ten within {ninetieth}",
        n=tried["petitions"], over=tried["over"], median=_days(tried["lasted"], 0), ninetieth=_days(tried["lasted"], 1),
    )  # fmt: skip
    for limit, one in tried["clauses"].items():
        title = talk.word(house.law.limit_by_id(limit).title)
        other = base and base["clauses"].get(limit)
        print(
            f"{limit:4} {title}: {one['late']}/{one['late'] + one['met']} {_rate(one)}"
            + (f" | {other['late']}/{other['late'] + other['met']} {_rate(other)}" if other else "")
            + _judged(differences.get("clauses", {}).get(limit), talk, 100, "%")
        )
    busiest = sorted(tried["steps"].items(), key=lambda pair: -_stay(pair[1]))
    for element, one in busiest[:_STEPS_SHOWN]:
        other = base and base["steps"].get(element)
        print(
            f"{element}: {_days(one['stay'], 0)} / {_days(one['stay'], 1)}"
            + (f" | {_days(other['stay'], 0)} / {_days(other['stay'], 1)}" if other else "")
            + _judged(differences.get("steps", {}).get(element), talk, 1, "")
        )
    for team, one in tried["teams"].items():
        use = "—" if one["use"] is None else f"{100 * one['use']:.0f}%"
        print(f"{team} ({one['people']}): {use}, {one['waiting']:.1f} / {one['most']}")
    for element, sentence, times in tried["refused"]:
        talk.say(
            "{element} 被拒绝{n}次:{why}", "{element} refused {n} times: {why}",
            element=element, n=times, why=sentence,
        )  # fmt: skip


def _judged(one: Mapping[str, Any] | None, talk: Talk, factor: float, unit: str) -> str:
    if one is None:
        return ""
    if one["says"] in {"same", "few"}:
        return f"  ({talk.word(SAYS[one['says']])})"
    middle, low, high = (f"{factor * one[name]:+.1f}{unit}" for name in ("mean", "low", "high"))
    return f"  {middle} [{low}, {high}] ({talk.word(SAYS[one['says']])})"


def _rate(one: Mapping[str, Any]) -> str:
    if one["rate"] is None:
        return "—"
    return f"{100 * one['rate']:.1f}% [{100 * one['low']:.1f}, {100 * one['high']:.1f}]"


def _days(ranks: list[float] | None, place: int) -> str:
    return "—" if ranks is None else f"{ranks[place]:.1f}"


def _stay(step: Mapping[str, Any]) -> float:
    return float(step["stay"][0]) if step["stay"] else 0.0


_MALFORMED = Text("假设文件有误:{fault}", "the file of assumptions is malformed: {fault}")
_NO_VERSION = Text(
    "没有摘要以 {given} 开头的唯一版本(至少六位)",
    "no single version has a digest that begins with {given} (six signs at least)",
)
