"""What passes never breaks the law on the real engine, wherever chance leads; what is refused breaks it as the run says."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache

import pytest

from engine.bootstrap import vocabulary
from engine.drafting.proof import prove, verbs
from engine.drafting.proof.world import FOLLOWED
from engine.petition.deadlines import DeadlineState
from engine.procedure import Finding, Procedure, Source, load
from engine.procedure.findings import refusals
from engine.procedure.progress import Step
from engine.statute.law import load_law
from tests.drafting.mutations.lawful import LAWFUL
from tests.drafting.mutations.redrawing import redrawn
from tests.drafting.mutations.unlawful import UNLAWFUL, Mutation
from tests.drafting.proof.real import RealFile
from tests.effort import LONG, effort

WALKS = effort(500, long=10_000)
MOVES = 40
DRAWINGS = (0, 1, 12, 20, 24, 29, 31)
"""The lawful changes on which chance is let loose in every run, by their places."""


@cache
def _drawing(place: int) -> Procedure:
    change = LAWFUL[place]
    return load(redrawn(*change.edits, files=change.files), vocabulary(load_law()))


# ---- what passes -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", range(len(LAWFUL)) if LONG else DRAWINGS)
def test_no_walk_of_the_real_engine_breaks_the_law_on_a_drawing_that_passes(place: int) -> None:
    drawings = len(LAWFUL) if LONG else len(DRAWINGS)
    ended = 0
    for seed in range(WALKS // drawings + 1):
        ended += _walk(_drawing(place), random.Random(seed))

    assert ended


def _walk(procedure: Procedure, dice: random.Random) -> bool:
    supervision = dice.random() < 0.1
    file = RealFile(procedure, "supervision" if supervision else "petition")
    act = "open_supervision" if supervision else "register"
    case = dice.choice(verbs.cases(act, "office"))
    slot = "supervising_office" if supervision else dice.choice(("office", "organ"))
    file.begin(act, dict(case.choice), slot=slot)
    done = [f"{act} {slot} {dict(case.choice)}"]
    for _ in range(MOVES):
        assert list(_broken(file)) == [], done
        if file.open.finished:
            if file.facts.get("closing") == "lapsed" and dice.random() < 0.5:
                file.stand("reopen", {"restart": "review"})
            if file.open.finished:
                return True
            continue
        done.append(_moved(file, dice))
    return False


def _moved(file: RealFile, dice: random.Random) -> str:
    chance = dice.random()
    if chance < 0.12 and file.pass_next():
        return f"time passes to {file.now}"
    if chance < 0.2:
        act = dice.choice(FOLLOWED[1:] if dice.random() < 0.9 else FOLLOWED)
        case = dice.choice(verbs.cases(act, verbs.ACTS[act].by[0].slot.value))
        if file.stand(act, dict(case.choice)) is None:
            return f"{act} {dict(case.choice)}"
    steps = file.open.open_steps()
    if not steps:
        assert file.pass_next(), "nothing is open and nothing is due"
        return f"time passes to {file.now}"
    step = dice.choice(steps)
    choices = _choices(step)
    dice.shuffle(choices)
    for choice in choices:
        if file.do(step, choice) is None:
            return f"{step.element} {choice}"
    file.pass_next()
    return f"{step.element} refused"


def _choices(step: Step) -> list[dict[str, str]]:
    if step.act is None:
        return [{"result": "clear"}, {"result": "unclear"}]
    return [dict(case.choice) for case in verbs.cases(step.act, step.slot)]


def _broken(file: RealFile) -> Iterator[str]:
    """The rules that are broken where *file* is."""
    if file.open.finished:
        yield from (
            f"{row.limit} is open at the end" for row in file.ledger if row.open and not row.power
        )
        yield from (f"{article} is owed at the end" for article in file.owed())
        return
    heard = file.open.listening()
    acts = {step.act for step in file.open.open_steps()}
    for row in file.running():
        if not row.power and row.limit not in heard:
            yield f"{row.limit} runs and nothing listens"
        wanted = {"T7": "request_review", "T9": "request_re_review"}.get(row.limit)
        if wanted is not None and wanted not in acts:
            yield f"{row.limit} runs and {wanted} is not open"
    for step in file.open.open_steps():
        if step.act is not None and all(_refused(file, step, choice) for choice in _choices(step)):
            yield f"{step.element} is refused"


def _refused(file: RealFile, step: Step, choice: dict[str, str]) -> bool:
    return isinstance(file.outcome(step.act or "", step.slot, choice), Exception)


# ---- what is refused -------------------------------------------------------------------------------------------------


@cache
def _mutated(name: str) -> Source:
    mutation = next(one for one in UNLAWFUL if one.name == name)
    return redrawn(*mutation.edits, files=mutation.files)


@pytest.mark.parametrize(
    "mutation", UNLAWFUL if LONG else UNLAWFUL[2::10], ids=lambda one: one.name
)
def test_an_unlawful_change_is_refused_with_its_clause_and_its_run_breaks_the_law(
    mutation: Mutation,
) -> None:
    source, words = _mutated(mutation.name), vocabulary(load_law())
    found = refusals(prove(source, words).findings)

    assert (mutation.rule, mutation.clause) in {(one.rule, one.clause) for one in found}
    procedure = load(source, words)
    for finding in found:
        if finding.run:
            _play(procedure, finding)


def _play(procedure: Procedure, finding: Finding) -> None:
    first, *others = finding.run
    file = RealFile(procedure, "supervision" if first.word == "open_supervision" else "petition")
    file.begin(first.word, first.choice, slot=first.choice["receiver"])
    for one in others:
        said = f"{one.kind} {one.word} {one.element} of {[step.words.zh for step in finding.run]}"
        if one.kind in {"act", "form"}:
            step = next(
                (step for step in file.open.open_steps() if step.element == one.element), None
            )
            assert step is not None, said
            assert file.do(step, one.choice) is None, said
        elif one.kind in {"standing", "reopen"}:
            assert file.stand(one.word, one.choice) is None, said
        elif one.kind == "clock":
            row = file.ledger.open_of(one.word)
            assert row is not None, said
            assert row.state is DeadlineState.RUNNING, said
            file.pass_limit(row)
        else:
            file.pass_internal()
    assert _shows(file, finding), (finding.rule, finding.clause, finding.element, file.told[-1])


def _shows(file: RealFile, finding: Finding) -> bool:
    """Whether the law is broken where the run has led, as *finding* says."""
    match finding.rule:
        case "refused_step":
            step = next(one for one in file.open.open_steps() if one.element == finding.element)
            said = [file.outcome(step.act or "", step.slot, choice) for choice in _choices(step)]
            return all(isinstance(one, Exception) for one in said)
        case "duty_without_clock":
            rows = [
                row for row in file.running() if row.article == finding.clause and not row.power
            ]
            return any(row.limit not in file.open.listening() for row in rows)
        case "power_not_offered":
            return any(row.power and row.article == finding.clause for row in file.running())
        case "duty_passed_by":
            return finding.clause in file.owed()
        case "end_with_duty":
            open_rows = [row for row in file.ledger if row.open and row.article == finding.clause]
            return file.open.finished and bool(open_rows)
        case "waits_for_ever":
            return not file.open.finished
        case _:
            return False
