"""The course of small petitions, told line by line: what was done, what moved, what is open then."""

from __future__ import annotations

from engine.procedure import Source
from tests.procedure.diagrams import (
    beside,
    boundary,
    call,
    chain,
    end,
    flow,
    gateway,
    process,
    start,
    sub_process,
    task,
    version,
)
from tests.procedure.small_world import Petition, begin


def _told(petition: Petition, *moves: str) -> str:
    """One line for each move: ``name`` completes a step, ``!act`` delivers, ``@limit`` fires, ``+days`` waits."""
    lines = [_line("start", petition)]
    for move in moves:
        if move[0] == "!":
            petition.act(move[1:])
        elif move[0] == "@":
            petition.fire(move[1:])
        elif move[0] == "+":
            petition.wait(days=int(move[1:]))
        else:
            petition.do(move)
        lines.append(_line(move, petition))
    return "\n".join(lines)


def _line(move: str, petition: Petition) -> str:
    position = petition.progress.position()
    moved = [*(f"-{name}" for name in position.left), *(f"+{name}" for name in position.entered)]
    rest = (
        f"ended at {petition.progress.ended_at}"
        if petition.progress.finished
        else " ".join(petition.open)
    )
    return f"{move}: {' '.join(moved) or 'nothing'} | {rest} [{petition.progress.stage}]"


def _journey() -> Source:
    return version(
        process(
            "p",
            start(),
            sub_process(
                "whole", start("sb"), task("sort"), call("handling", "q", stage="handling"), end("se"),
                boundary("remind", "handling", interrupting=False, limit="10 days"), task("urge"), end("urged"),
                chain("sb", "sort", "handling", "se"), chain("remind", "urge", "urged"), stage="intake",
            ),
            boundary("withdrawal", "whole", act="withdraw"),
            end("withdrawn"),
            end(),
            beside("objection", "object", task("answer"), end("answered"), chain("objection_begin", "answer", "answered")),
            chain("begin", "whole", "done"),
            chain("withdrawal", "withdrawn"),
        ),
        process(
            "q", start("qb"), gateway("exclusive", "round"), gateway("parallel", "both"), task("hear"), task("verify"),
            gateway("parallel", "joined"),
            gateway("exclusive", "enough", "enough__decide"), task("decide"), end("qe"),
            chain("qb", "round", "both", "hear", "joined", "enough", "decide", "qe"), chain("both", "verify", "joined"),
            flow("enough", "round", "again"),
        ),
    )  # fmt: skip


def test_a_petition_that_runs_through() -> None:
    story = _told(
        begin(_journey()), "sort", "verify", "!object", "hear", "+20", "decide", "urge", "answer"
    )

    assert (
        story
        == """\
start: -begin -sb +begin +whole +sb +sort | sort [intake]
sort: -sort -qb -round -both +handling +qb +round +both +hear +verify | hear verify [handling]
verify: -verify +joined | hear [handling]
!object: -objection_begin +objection +objection_begin +answer | hear answer [handling]
hear: -hear -joined -joined -enough +joined +enough +decide | decide answer [handling]
+20: -remind +remind +urge | decide urge answer [handling]
decide: -decide -qe -handling -se +qe +se | urge answer [intake]
urge: -urge -urged -whole -done +urged +done | answer [intake]
answer: -answer -answered -objection +answered | ended at done [closed]"""
    )


def test_a_petition_that_goes_round_and_is_withdrawn() -> None:
    story = _told(
        begin(_journey(), again=True),
        "sort",
        "hear",
        "verify",
        "verify",
        "@T5",
        "!withdraw",
        "!object",
    )

    assert (
        story
        == """\
start: -begin -sb +begin +whole +sb +sort | sort [intake]
sort: -sort -qb -round -both +handling +qb +round +both +hear +verify | hear verify [handling]
hear: -hear +joined | verify [handling]
verify: -verify -joined -joined -enough -round -both +joined +enough +round +both +hear +verify | hear verify [handling]
verify: -verify +joined | hear [handling]
@T5: nothing | hear [handling]
!withdraw: -withdrawal -whole -handling -hear -joined -withdrawn +withdrawal +withdrawn | ended at withdrawn [closed]
!object: nothing | ended at withdrawn [closed]"""
    )
