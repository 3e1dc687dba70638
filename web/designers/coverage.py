"""All scenarios of a version or a draft, played anew: what goes otherwise than they say, and what they come through."""

from __future__ import annotations

from collections.abc import Mapping
from time import monotonic

from flask import Response, current_app, render_template, request

from engine.drafting.scenarios.coverage import CLOCK_WORDS, Coverage, together
from engine.office.explaining import countable
from engine.petition.parties import Role
from web.designers import rooms
from web.designers.trial_scene import move_words
from web.designers.trials import name_of
from web.house import house
from web.security import DRAWING_POLICY, for_roles

REPLAY_SECONDS = "REPLAY_SECONDS"
"""The setting that says how long one look plays scenarios."""
OFTEN = 2
"""From how many times on something is come through often."""


@rooms.get("/try/<about>/coverage")
@for_roles(Role.DESIGNER)
def coverage(about: str) -> Response:
    """The scenarios with their outcome, and the drawings with how often each element and flow was come through.

    While not all were played, how far it has come: each look plays on for a while, and what was played is remembered.
    """
    begun, patience = monotonic(), current_app.config.get(REPLAY_SECONDS, 1.0)
    replay = house().trials.replay(about, enough=lambda: monotonic() - begun >= patience)
    if replay.left:
        return Response(
            render_template(
                "designers/replaying.html", about=about, name=name_of(about), replay=replay
            )
        )
    played = replay.played
    procedure = house().trials.offices.procedure(house().source_of(about))
    found = together(one.coverage for one in played)
    processes = procedure.processes()
    asked = request.args.get("process", "")
    process = (
        asked if asked in processes else "petition" if "petition" in processes else processes[0]
    )
    elements = [one for one in procedure.elements() if one.process == process]
    flows = [one for one in procedure.flows() if one.process == process]
    elements.sort(key=lambda one: (found.elements[one.id], one.name or one.id))
    flows.sort(key=lambda one: found.flows[one.id])
    names = {scope.id: scope.name or scope.id for scope in procedure.drawing.processes()}
    reached = {one.id: found.elements[one.id] for one in procedure.elements()} | {
        one.id: found.flows[one.id] for one in procedure.flows()
    }
    page = Response(
        render_template(
            "designers/coverage.html", about=about, name=name_of(about), played=played, processes=processes,
            process=process, names=names, elements=elements, flows=flows, reached=reached, often=OFTEN,
            marks=_marks(reached), clocks=_clocks(found), clock_words=CLOCK_WORDS, move_words=move_words,
            named={one.id: one.name or one.id for one in procedure.elements()},
        )
    )  # fmt: skip
    page.headers["Content-Security-Policy"] = DRAWING_POLICY
    return page


def _marks(reached: Mapping[str, int]) -> dict[str, str]:
    """What the drawing marks: ids by how often they were come through."""
    return {
        "never": " ".join(id for id, times in reached.items() if not times),
        "once": " ".join(id for id, times in reached.items() if 0 < times < OFTEN),
        "often": " ".join(id for id, times in reached.items() if times >= OFTEN),
    }


def _clocks(found: Coverage) -> list[tuple[str, tuple[int, ...]]]:
    """Each limit that people count, with what became of its deadlines."""
    started = {limit for limit, word in found.clocks}
    known = [limit.id for limit in countable(house().law)]
    limits = [*known, *sorted(started - set(known))]
    return [(limit, tuple(found.clocks[limit, word] for word in CLOCK_WORDS)) for limit in limits]
