"""A petition carried over to another version of its drawings stands where it stood: its steps, its facts, its joins."""

from __future__ import annotations

import pytest

from engine.errors import BadInput
from engine.procedure import Source
from tests.procedure import diagrams as draw
from tests.procedure.carried import carried, refused, without_time
from tests.procedure.diagrams import (
    chain,
    end,
    flow,
    gateway,
    process,
    start,
    straight,
    task,
    version,
)
from tests.procedure.small_world import begin

# ---- steps ---------------------------------------------------------------------------------------------------------


def test_an_open_step_keeps_its_number_and_its_beginning() -> None:
    petition = begin(version(straight("p", "u", "v")), saving=True).do("u")
    (before,) = petition.progress.open_steps()

    carried(petition, version(straight("p", "u", "first", "v", "w")))

    assert (before,) == petition.progress.open_steps()
    assert petition.do("v").open == ["w"]
    assert petition.do("w").progress.finished


def test_a_step_that_was_renamed_goes_on_under_its_new_name_and_back() -> None:
    old, new = version(straight("p", "u", "v")), version(straight("p", "u", "visit"))
    petition = begin(old, saving=True).do("u")
    first = petition.progress.dump()

    carried(petition, new, {"v": "visit"})
    assert petition.open == ["visit"]
    carried(petition, old, {"visit": "v"})

    assert petition.open == ["v"]
    assert without_time(petition.progress.dump()) == without_time(first)


@pytest.mark.parametrize(
    ("drawn", "why"),
    [
        (straight("p", "u", "w"), "no such element"),
        (process("p", start(), task("u"), task("v", act="accept"), end(), chain("begin", "u", "v", "done")), "another act"),
        (process("p", start(), task("u"), draw.sub_process("v", start("vs"), task("x"), end("ve"), chain("vs", "x", "ve")),
                 end(), chain("begin", "u", "v", "done")), "another kind"),
        (process("p", start(), task("u"), draw.sub_process("s", start("vs"), task("v"), end("ve"), chain("vs", "v", "ve")),
                 end(), chain("begin", "u", "s", "done")), "another scope"),
    ],
)  # fmt: skip
def test_a_step_without_its_like_is_refused_by_name(drawn: str, why: str) -> None:
    petition = begin(version(straight("p", "u", "v"))).do("u")

    found = refused(petition, version(drawn))

    assert list(found) == ["v"]
    assert why in found["v"]


def test_a_step_that_is_not_open_may_be_removed() -> None:
    petition = begin(version(straight("p", "u", "v", "w")), saving=True)

    carried(petition, version(straight("p", "u", "w")))

    assert petition.do("u").open == ["w"]


@pytest.mark.parametrize(
    "renamed", [{"nothing": "u"}, {"u": "nothing"}, {"u": "w", "v": "w"}], ids=str
)
def test_a_name_that_is_not_there_is_bad_input(renamed: dict[str, str]) -> None:
    petition = begin(version(straight("p", "u", "v")))

    with pytest.raises(BadInput):
        carried(petition, version(straight("p", "u", "v", "w")), renamed)


def test_an_id_that_now_stands_for_a_renamed_step_is_not_taken_for_the_old_one() -> None:
    petition = begin(version(straight("p", "u", "v"))).do("u")

    assert list(refused(petition, version(straight("p", "v", "w")), {"u": "v"})) == ["v"]


def test_what_is_in_a_sub_process_or_a_called_process_stays_there() -> None:
    def drawn(name: str, called: str) -> Source:
        inside = draw.sub_process(name, start("is"), task("u"), end("ie"), chain("is", "u", "ie"))
        parts = (
            start(),
            gateway("parallel", "g"),
            inside,
            draw.call("c", called),
            gateway("parallel", "j"),
            end(),
        )
        ties = (chain("begin", "g", name, "j", "done"), chain("g", "c", "j"))
        return version(process("p", *parts, *ties), straight(called, "v"))  # fmt: skip

    petition = begin(drawn("s", "q"), saving=True)
    paths = [step.path for step in petition.progress.open_steps()]

    carried(petition, drawn("t", "r"), {"s": "t", "q": "r", "q_begin": "r_begin"})

    assert [step.path for step in petition.progress.open_steps()] == paths
    assert petition.open == ["u", "v"]
    assert petition.do("u", "v").progress.finished


def test_a_call_of_another_process_is_refused() -> None:
    def drawn(called: str) -> Source:
        parts = (start(), draw.call("c", called), end(), chain("begin", "c", "done"))
        return version(process("p", *parts), straight("q", "u"), straight("r", "v"))

    assert list(refused(begin(drawn("q")), drawn("r"))) == ["c"]


# ---- facts ---------------------------------------------------------------------------------------------------------

CHOICE = """
id = "ask"
title = {{ zh = "问", en = "Ask" }}
[[field]]
name = "answer"
label = {{ zh = "答", en = "Answer" }}
kind = "choice"
fact = "answer"
options = [{options}]
"""


def _asking(*values: str) -> Source:
    options = ", ".join(f'{{ value = "{one}", zh = "{one}", en = "{one}" }}' for one in values)
    files = {"forms/ask.toml": CHOICE.format(options=options).encode()}
    asked = process(
        "p", start(), task("u", form="ask"), gateway("exclusive", "x", "x__v"), task("v"), task("w"), end(),
        chain("begin", "u", "x", "v", "done"),
        flow("x", "w", 'answer == "b"'), flow("w", "done"),
    )  # fmt: skip
    return version(asked, files=files)


def test_a_fact_whose_value_is_not_declared_any_more_is_refused() -> None:
    petition = begin(_asking("a", "b"), answer="a").do("u")

    assert "“a”" in refused(petition, _asking("b", "c"))["answer"]


def test_a_fact_that_nobody_asks_for_any_more_is_kept_and_named() -> None:
    petition = begin(_asking("a", "b"), answer="a").do("u")

    done = carried(petition, version(straight("p", "u", "v")))

    assert done.forgotten == ("answer",)
    assert petition.facts == {"answer": "a"}


# ---- joins ---------------------------------------------------------------------------------------------------------


def _forked(*branches: str, kind: str = "parallel", before: str = "", **ways: str) -> Source:
    """*branches* between a split and a join of *kind*; a way in *ways* goes through one more step."""
    parts = [start(), task("first"), gateway("parallel", "g"), gateway(kind, "j"), task("last"), end()]  # fmt: skip
    for one in branches:
        further = [ways[one]] if one in ways else []
        parts += [task(one), *(task(name) for name in further), chain("g", one, *further, "j")]
    return version(process("p", *parts, chain("begin", "first", "g"), chain("j", "last", "done")))


def test_an_arrival_at_a_join_waits_on() -> None:
    petition = begin(_forked("u", "v"), saving=True).do("first", "v")

    carried(petition, _forked("u", "w", u="x"), {"v": "w"})

    assert petition.open == ["u"]
    assert petition.do("u", "x").open == ["last"]


def test_an_arrival_whose_way_in_is_gone_is_refused() -> None:
    petition = begin(_forked("u", "v")).do("first", "v")

    assert "“v”" in refused(petition, _forked("u", "v", v="x"))["j"]


def test_a_branch_too_many_would_make_the_join_wait_for_ever() -> None:
    wider = _forked("u", "v", "w")

    assert "for ever" in refused(begin(_forked("u", "v")).do("first"), wider)["j"]
    assert "for ever" in refused(begin(_forked("u", "v")).do("first", "v"), wider)["j"]
    carried(before := begin(_forked("u", "v"), saving=True), wider)
    assert before.do("first", "u", "v", "w").open == ["last"]


def test_a_branch_less_is_refused_where_its_step_is_open_only() -> None:
    wider = _forked("u", "v", "w")

    assert list(refused(begin(wider).do("first", "u"), _forked("u", "v"))) == ["w"]
    carried(before := begin(wider, saving=True), _forked("u", "v"))
    assert before.do("first", "u", "v").open == ["last"]


def test_a_branch_too_many_at_an_inclusive_join_does_no_harm() -> None:
    petition = begin(_forked("u", "v", kind="inclusive"), saving=True).do("first", "v")

    carried(petition, _forked("u", "v", "w", kind="inclusive"))

    assert petition.do("u").open == ["last"]
