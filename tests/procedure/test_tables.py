"""Decision tables decide as DMN says, or are refused."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from itertools import combinations, product

import pytest

from engine.drafting.table_editing import asked_cell, chosen_in
from engine.procedure import FactKind, FactWord, Source
from engine.procedure.table_cover import never_come_to, overlaps, uncovered
from engine.procedure.table_sheets import canonical_table, sheet_in
from engine.procedure.tables import Row, Value
from tests.effort import effort
from tests.procedure.diagrams import (
    chain,
    element,
    end,
    flow,
    gateway,
    process,
    start,
    task,
    version,
)
from tests.procedure.small_world import begin, rules

Rows = list[tuple[list[str], list[str]]]
MEASURE = ("measure", '"letter","reminder"', None)


def table(
    inputs: list[str],
    outputs: list[tuple[str, str | None, str | None]],
    rows: Rows,
    policy: str | None = "UNIQUE",
) -> bytes:
    """A DMN file; an output is (name, values, type)."""
    hit = f' hitPolicy="{policy}"' if policy else ""
    parts = [
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="urn:test">',
        f'<decision id="measure"><decisionTable id="t"{hit}>',
    ]
    parts += [
        f"<input><inputExpression><text>{name}</text></inputExpression></input>" for name in inputs
    ]
    for name, values, kind in outputs:
        typed = f' typeRef="{kind}"' if kind else ""
        listed = f"<outputValues><text>{values}</text></outputValues>" if values else ""
        parts.append(f'<output name="{name}"{typed}>{listed}</output>')
    for asked, given in rows:
        cells = "".join(f"<inputEntry><text>{cell}</text></inputEntry>" for cell in asked)
        cells += "".join(f"<outputEntry><text>{cell}</text></outputEntry>" for cell in given)
        parts.append(f"<rule>{cells}</rule>")
    return "".join([*parts, "</decisionTable></decision></definitions>"]).encode()


def deciding(dmn: bytes, condition: str = 'measure == "letter"') -> Source:
    return version(
        process(
            "p", start(), element("businessRuleTask", "decide", table="measure"), gateway("exclusive", "g", "g__other"),
            task("letter"), task("other"), task("later"), end(), chain("begin", "decide", "g"), flow("g", "letter", condition),
            flow("g", "other"), chain("letter", "later", "done"), chain("other", "done"),
        ),
        files={"tables/measure.dmn": dmn},
    )  # fmt: skip


def outcome(dmn: bytes, **facts: object) -> object:
    return begin(deciding(dmn), saving=True, **facts).progress.decided()["measure"]


COMPLETE: Rows = [
    (['"a"', "-"], ['"letter"']),
    (['not("a")', "true"], ['"letter"']),
    (['not("a")', "false"], ['"reminder"']),
]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"route": "a"}, "letter"),
        ({"route": "b", "urgent": True}, "letter"),
        ({"route": "b"}, "reminder"),
        ({}, "reminder"),
        ({"urgent": True}, "letter"),
    ],
)
def test_a_table_sets_its_output_by_the_row_that_matches(
    facts: dict[str, object], expected: str
) -> None:
    dmn = table(["route", "urgent"], [MEASURE], COMPLETE)

    assert rules(deciding(dmn)) == set()
    assert outcome(dmn, **facts) == expected


def test_gateways_see_what_a_table_decided_and_it_stays_decided() -> None:
    dmn = table(["route", "urgent"], [MEASURE], COMPLETE)
    petition = begin(deciding(dmn), saving=True, route="a")

    assert petition.open == ["letter"]
    petition.do("letter", route="b")
    assert petition.progress.decided() == {"measure": "letter"}


def test_first_takes_the_first_row_that_matches() -> None:
    dmn = table(["urgent"], [MEASURE], [(["true"], ['"letter"']), (["-"], ['"reminder"'])], "FIRST")

    assert outcome(dmn, urgent=True) == "letter"
    assert outcome(dmn) == "reminder"


def test_priority_takes_the_output_that_is_listed_first() -> None:
    dmn = table(
        ["urgent"], [MEASURE], [(["-"], ['"reminder"']), (["true"], ['"letter"'])], "PRIORITY"
    )

    assert outcome(dmn, urgent=True) == "letter"
    assert outcome(dmn) == "reminder"


def test_any_takes_rows_that_agree() -> None:
    rows: Rows = [
        (["true", "-"], ['"letter"']),
        (["-", "true"], ['"letter"']),
        (["false", "false"], ['"reminder"']),
    ]
    dmn = table(["urgent", "again"], [MEASURE], rows, "ANY")

    assert outcome(dmn, urgent=True, again=True) == "letter"
    assert outcome(dmn) == "reminder"


def test_a_case_without_a_row_is_warned_of_and_leaves_the_output_unset() -> None:
    dmn = table(["route"], [MEASURE], [(['"a","b"'], ['"letter"'])])

    assert rules(deciding(dmn)) == {"table_gap"}
    assert outcome(dmn, route="c") is None
    assert outcome(dmn, route="b") == "letter"


def test_a_table_may_ask_what_another_decided() -> None:
    first = table(
        ["urgent"], [("grave", None, "boolean")], [(["true"], ["true"]), (["false"], ["false"])]
    )
    second = table(["grave"], [MEASURE], [(["true"], ['"letter"']), (["false"], ['"reminder"'])])
    source = version(
        process(
            "p", start(), element("businessRuleTask", "one", table="grave"), element("businessRuleTask", "two", table="measure"),
            task("u"), end(), chain("begin", "one", "two", "u", "done"),
        ),
        files={"tables/grave.dmn": first, "tables/measure.dmn": second},
    )  # fmt: skip

    assert begin(source, urgent=True).progress.decided() == {"grave": True, "measure": "letter"}


ONE: Rows = [(["-"], ['"letter"'])]
REFUSED = {
    "overlap": (table(["urgent"], [MEASURE], [(["true"], ['"letter"']), (["-"], ['"letter"'])]), "table_overlap"),
    "overlap by default policy": (
        table(["urgent"], [MEASURE], [(["true"], ['"letter"']), (["-"], ['"letter"'])], None),
        "table_overlap",
    ),
    "any disagrees": (
        table(["urgent"], [MEASURE], [(["true"], ['"letter"']), (["-"], ['"reminder"'])], "ANY"),
        "table_overlap",
    ),
    "collect": (table(["urgent"], [MEASURE], ONE, "COLLECT"), "table_policy"),
    "rule order": (table(["urgent"], [MEASURE], ONE, "RULE ORDER"), "table_policy"),
    "output order": (table(["urgent"], [MEASURE], ONE, "OUTPUT ORDER"), "table_policy"),
    "unknown input": (table(["unknown"], [MEASURE], ONE), "table_form"),
    "date input": (table(["received_on"], [MEASURE], ONE), "table_form"),
    "expression input": (table(["urgent and again"], [MEASURE], ONE), "table_form"),
    "input twice": (table(["urgent", "urgent"], [MEASURE], [(["-", "-"], ['"letter"'])]), "table_form"),
    "no values": (table(["urgent"], [("measure", None, None)], ONE), "table_form"),
    "number output": (table(["urgent"], [("measure", None, "number")], ONE), "table_form"),
    "bad name": (table(["urgent"], [("__class__", '"a"', None)], ONE), "table_form"),
    "range cell": (table(["route"], [MEASURE], [(["[1..10]"], ['"letter"'])]), "table_cell"),
    "comparison cell": (table(["route"], [MEASURE], [(["&lt; 5"], ['"letter"'])]), "table_cell"),
    "python cell": (table(["urgent"], [MEASURE], [(["__import__('os')"], ['"letter"'])]), "table_cell"),
    "unknown value": (table(["route"], [MEASURE], [(['"z"'], ['"letter"'])]), "table_cell"),
    "output unlisted": (table(["urgent"], [MEASURE], [(["-"], ['"other"'])]), "table_cell"),
    "two outputs in a cell": (table(["urgent"], [MEASURE], [(["-"], ['"letter","reminder"'])]), "table_cell"),
    "columns": (table(["urgent"], [MEASURE], [(["-", "-"], ['"letter"'])]), "table_form"),
    "not dmn": (b"<definitions/>", "table_form"),
    "not xml": (b"urgent;letter", "xml_broken"),
    "doctype": (b"<!DOCTYPE x><definitions/>", "xml_doctype"),
    "two decisions": (
        table(["urgent"], [MEASURE], ONE).replace(b"</definitions>", b'<decision id="x"/></definitions>'),
        "table_form",
    ),
    "literal expression": (
        table(["urgent"], [MEASURE], ONE).replace(b"</decision>", b"<literalExpression/></decision>"),
        "table_form",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_table_that_could_decide_wrongly_is_refused(case: str) -> None:
    dmn, rule = REFUSED[case]

    assert rule in rules(deciding(dmn, "urgent"))


def test_a_row_may_set_a_fact_of_the_statute_to_its_own_values_only() -> None:
    good = table(["urgent"], [("route", None, None)], [(["true"], ['"a"']), (["false"], ['"b"'])])
    bad = table(["urgent"], [("route", '"a","z"', None)], [(["-"], ['"a"'])])

    assert rules(deciding(good, 'route == "a"')) == set()
    assert "table_form" in rules(deciding(bad, "urgent"))


DOMAINS = {"route": (None, "a", "b", "c"), "urgent": (False, True), "again": (False, True)}


def random_rows(chance: random.Random) -> list[Row]:
    """Rows that each admit some values of every input, or all of them."""
    return [
        Row(
            tuple(
                frozenset(chance.sample(domain, chance.randint(1, len(domain))))
                for domain in DOMAINS.values()
            ),
            ("letter",),
            number=number,
        )
        for number in range(1, chance.randint(1, 6) + 1)
    ]


def test_gaps_overlaps_and_idle_rows_are_those_that_going_through_every_case_finds() -> None:
    chance = random.Random(20)
    for _ in range(effort(200, long=5000)):
        rows, cases = random_rows(chance), list(product(*DOMAINS.values()))
        matching = {case: [row.number for row in rows if row.matches(case)] for case in cases}

        gaps = uncovered(DOMAINS.values(), rows)
        told = [case for box in gaps for case in product(*box)]
        assert sorted(told, key=str) == sorted((c for c in cases if not matching[c]), key=str)
        pairs = {(one, other): set(product(*box)) for one, other, box in overlaps(rows)}
        assert pairs == {
            pair: found
            for pair in combinations([row.number for row in rows], 2)
            if (found := {case for case in cases if set(pair) <= set(matching[case])})
        }
        first = {numbers[0] for numbers in matching.values() if numbers}
        assert set(never_come_to(DOMAINS.values(), rows)) == {row.number for row in rows} - first


CASES = """
[[case]]
name = "urgent"
given = { urgent = true }
expect = { measure = "%s" }
"""


@pytest.mark.parametrize(
    ("cases", "found"),
    [
        (CASES % "letter", set()),
        (CASES % "reminder", {"case_fails"}),
        ("[[case]]\ngiven = { unknown = true }\nexpect = {}", {"case_fails"}),
        ("[[case]]\ngiven = 1", {"cases_form"}),
        ("[[case", {"cases_form"}),
        ("x = " + "[" * 20_000, {"cases_form"}),
    ],
)
def test_saved_cases_are_tried_at_every_check(cases: str, found: set[str]) -> None:
    source = deciding(table(["route", "urgent"], [MEASURE], COMPLETE))

    assert rules(source.with_files({"tables/measure.toml": cases.encode()})) == found


def test_a_table_is_written_in_one_way_and_stays_the_same_table() -> None:
    dmn = table(["route", "urgent"], [MEASURE], COMPLETE).replace(
        b"<rule>", b"<rule><description>why</description>", 1
    )
    once = canonical_table(dmn)
    sheet = sheet_in(once)

    assert canonical_table(once) == once
    assert sheet is not None
    assert [rule.note for rule in sheet.rules] == ["why", "", ""]
    assert outcome(once, route="b", urgent=True) == "letter"
    assert canonical_table(b"no table") == b"no table"
    changed = once.replace(b"why", b"because").splitlines()
    assert sum(a != b for a, b in zip(once.splitlines(), changed, strict=True)) == 1


def test_cells_say_which_values_were_chosen() -> None:
    word = FactWord(kind=FactKind.ENUM, values=("a", "b", "c"))
    for chosen in chain_of_choices(word.domain):
        cell = asked_cell(chosen, word)
        assert chosen_in(cell, word) == (
            frozenset() if len(chosen) in {0, 4} else frozenset(chosen)
        ), cell


def chain_of_choices(values: Iterable[Value]) -> Iterator[tuple[Value, ...]]:
    """Every choice among *values*."""
    listed = tuple(values)
    for size in range(len(listed) + 1):
        yield from combinations(listed, size)
