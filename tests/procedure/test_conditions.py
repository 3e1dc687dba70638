"""Conditions name facts and nothing else; no text of a drawing reaches Python."""

from __future__ import annotations

import pytest

from engine.procedure import FactKind, FactWord
from tests.procedure.diagrams import chain, end, flow, gateway, process, start, task, version
from tests.procedure.small_world import begin, rules


def _choice(condition: str) -> tuple[str, ...]:
    return (
        process(
            "p", start(), gateway("exclusive", "g", "g__no"), task("yes"), task("no"), end(),
            chain("begin", "g"), flow("g", "yes", condition), flow("g", "no"), chain("yes", "done"), chain("no", "done"),
        ),
    )  # fmt: skip


def _taken(condition: str, **facts: object) -> str:
    return begin(version(*_choice(condition)), **facts).open[0]


TRUE = [
    ("urgent", {"urgent": True}),
    ("not urgent", {}),
    ("not not urgent", {"urgent": True}),
    ("urgent == true", {"urgent": True}),
    ("urgent == false", {}),
    ("urgent != true", {"urgent": None}),
    ("urgent in (true, false)", {}),
    ('route == "a"', {"route": "a"}),
    ("route == 'a'", {"route": "a"}),
    ('route != "a"', {"route": "b"}),
    ('route != "a"', {}),
    ('route in ("a", "b")', {"route": "b"}),
    ('route not in ("a")', {"route": "b"}),
    ('route not in ("a")', {}),
    ('urgent and route == "a" or again', {"again": True}),
    ('urgent and (route == "a" or again)', {"urgent": True, "again": True}),
    ('not (urgent or again) and route in ("c")', {"route": "c"}),
]
FALSE = [
    ("urgent", {}),
    ("urgent", {"urgent": "yes"}),
    ("urgent", {"urgent": 1}),
    ("not urgent", {"urgent": True}),
    ('route == "a"', {}),
    ('route in ("a", "b")', {"route": "c"}),
    ('urgent and (route == "a" or again)', {"again": True}),
    ('not urgent and route == "a"', {"urgent": True, "route": "a"}),
]


@pytest.mark.parametrize(("condition", "facts"), TRUE)
def test_a_true_condition_is_taken(condition: str, facts: dict[str, object]) -> None:
    assert _taken(condition, **facts) == "yes"


@pytest.mark.parametrize(("condition", "facts"), FALSE)
def test_a_false_condition_is_not_taken(condition: str, facts: dict[str, object]) -> None:
    assert _taken(condition, **facts) == "no"


REFUSED = [
    "", " ", "(", ")", "urgent)", "(urgent", "urgent urgent", "urgent and", "and urgent", "not", "in", "urgent ==",
    "unknown", "received_on", "route", 'route == "z"', 'route == a', "route == true", 'urgent == "a"', "route in ()",
    'route in "a"', 'route in ("a"', '"a" == route', "urgent == again", "urgent is True", "True", "None", "1", "urgent == 1",
    "urgent = true", "urgent && again", "urgent || again", "!urgent", "urgent; again", "urgent\nimport os",
    "lambda: 1", "__import__('os').system('x')", "().__class__.__base__.__subclasses__()", "urgent.__class__",
    "urgent['x']", "[x for x in (1,)]", "{1: 2}", "f'{urgent}'", "urgent if again else urgent", "exec('x')", "open('x')",
    "urgent + again", "urgent * 9**9**9", "-urgent", "urgent < again", "getattr(urgent, 'x')", "${urgent}", "#{urgent}",
    "=urgent", "urgent := true", 'route == "a\\"', "urgent\\", "`urgent`", "@urgent",
    "(" * 40 + "urgent" + ")" * 40, "not " * 300 + "urgent", " and ".join(["urgent"] * 200), "事实", "ｕｒｇｅｎｔ",
]  # fmt: skip


@pytest.mark.parametrize("condition", REFUSED)
def test_anything_else_is_refused_when_the_drawing_is_loaded(condition: str) -> None:
    assert rules(version(*_choice(condition))) & {"bad_condition", "no_condition"}


def test_ways_out_are_tried_in_the_order_of_the_file() -> None:
    source = version(
        process(
            "p", start(), gateway("exclusive", "g", "g__c"), task("a"), task("b"), task("c"), end(), chain("begin", "g"),
            flow("g", "b", "urgent"), flow("g", "a", "urgent or again"), flow("g", "c"),
            *(chain(name, "done") for name in "abc"),
        )
    )  # fmt: skip

    assert begin(source, urgent=True).open == ["b"]
    assert begin(source, again=True).open == ["a"]
    assert begin(source).open == ["c"]


def test_an_inclusive_gateway_takes_every_way_that_holds() -> None:
    source = version(
        process(
            "p", start(), gateway("inclusive", "g", "g__c"), task("a"), task("b"), task("c"),
            gateway("inclusive", "j"), end(), chain("begin", "g"), flow("g", "a", "urgent"), flow("g", "b", "again"),
            flow("g", "c"), *(flow(name, "j") for name in "abc"), chain("j", "done"),
        )
    )  # fmt: skip

    assert begin(source, urgent=True, again=True).open == ["a", "b"]
    assert begin(source).open == ["c"]


def test_the_choice_of_a_form_becomes_a_fact() -> None:
    form = (
        'id = "visit"\n[[field]]\nname = "result"\nkind = "choice"\nfact = "visit_result"\n'
        'options = [{ value = "clear" }, { value = "unclear" }]\n'
        '[[field]]\nname = "met"\nkind = "boolean"\nfact = "met"\n'
    )
    source = version(
        *_choice('visit_result == "clear" and met'), files={"forms/visit.toml": form.encode()}
    )
    petition = begin(source, visit_result="clear", met=True)

    assert petition.open == ["yes"]
    assert petition.procedure.facts["visit_result"] == FactWord(
        kind=FactKind.ENUM, values=("clear", "unclear")
    )
    assert "bad_condition" in rules(
        version(*_choice('visit_result == "muddy"'), files={"forms/visit.toml": form.encode()})
    )


def test_facts_count_as_they_stand_when_the_gateway_is_reached() -> None:
    source = version(
        process(
            "p", start(), task("u"), gateway("exclusive", "g", "g__no"), task("yes"), task("no"), end(),
            chain("begin", "u", "g"), flow("g", "yes", "urgent"), flow("g", "no"),
            chain("yes", "done"), chain("no", "done"),
        )
    )  # fmt: skip

    assert begin(source, urgent=True).do("u", urgent=False).open == ["no"]
