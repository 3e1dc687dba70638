"""Simulating a draft or a version: what is taken for granted, how far it is, what has come out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.drafting.simulation.answering import with_free_steps
from engine.drafting.simulation.asking import (
    FEWEST,
    MOST,
    USUAL,
    Asked,
    entered,
    source_of,
    step_kinds,
    teams,
)
from engine.drafting.simulation.assumptions import Assumptions, from_data
from engine.errors import BadInput, NotFound
from engine.petition.forms import Form
from engine.petition.parties import Role, Slot
from engine.text import Text
from web.captions import CAPTIONS
from web.designers import rooms
from web.designers.outcome import outcome_of
from web.designers.trials import name_of
from web.desk.files import tell
from web.forms import FormPage
from web.house import house, viewer
from web.language import say
from web.security import DRAWING_POLICY, for_roles
from web.wording import act_title

WORKING: Final = frozenset({"waiting", "running"})
_FORM: Final = Form(id="simulate", title=Text("模拟", "Simulation"))


@rooms.route("/drafts/<draft>/simulate", methods=("GET", "POST"))
@for_roles(Role.DESIGNER)
def simulate(draft: str) -> ResponseReturnValue:
    """What a simulation of a draft takes for granted, to be changed, and the simulations so far."""
    return _asking(draft)


@rooms.route("/versions/<version>/simulate", methods=("GET", "POST"))
@for_roles(Role.DESIGNER)
def simulate_version(version: str) -> ResponseReturnValue:
    """The same of a version."""
    return _asking(version)


@rooms.get("/simulations/<simulation>")
@for_roles(Role.DESIGNER)
def simulation(simulation: str) -> Response:
    """How far a simulation is, or what has come out."""
    row = house().simulations.get(simulation)
    page = Response(
        render_template(
            "designers/simulation.html",
            row=row,
            name=name_of(row.about),
            changed=_changed(row.about, row.came_out),
            working=row.state in WORKING,
            back=address_of(row.about),
            found=outcome_of(row) if row.came_out else None,
            process=request.args.get("process"),
            assumed=from_data(row.asked["assumptions"]),
            team_name=team_name,
        )
    )
    page.headers["Content-Security-Policy"] = DRAWING_POLICY
    return page


@rooms.post("/simulations/<simulation>")
@for_roles(Role.DESIGNER)
def change_simulation(simulation: str) -> ResponseReturnValue:
    """Stop a simulation, or forget it."""
    simulations, phase = house().simulations, request.form.get("phase")
    row = simulations.get(simulation)
    if phase == "stop":
        simulations.stop(simulation, actor=viewer())
        tell(Text("模拟已停止", "The simulation was stopped"))
        return redirect(url_for("designers.simulation", simulation=simulation))
    if phase == "drop":
        simulations.drop(simulation, actor=viewer())
        tell(Text("模拟已删除", "The simulation was deleted"))
        return redirect(address_of(row.about))
    raise NotFound(Text("没有这一操作", "there is no such step"))


def address_of(about: str) -> str:
    """The page on which a simulation of *about* is asked for."""
    known = {one.digest for one in house().library.versions()}
    if about in known:
        return url_for("designers.simulate_version", version=about)
    return url_for("designers.simulate", draft=about)


def team_name(team: str) -> str:
    """What a team is called: the part of its organ, and its role."""
    slot, _, role = team.partition(".")
    part, held = CAPTIONS["slot"].get(slot), CAPTIONS["role"].get(role)
    if slot == Slot.PETITIONER:
        return say(part or slot)
    return f"{say(part or slot)} · {say(held or role)}"


def number_name(name: str, titles: Mapping[str, str]) -> str:
    """What the number *name* of the assumptions is called; *titles* are those of steps and standing acts, by their names."""
    if name.startswith("staff."):
        return team_name(name.removeprefix("staff."))
    for key, title in titles.items():
        if name.startswith(f"{key}."):
            rest = name.removeprefix(f"{key}.")
            word = CAPTIONS["assumed"].get("share" if rest.startswith("ways.") else rest)
            return f"{title} · {say(word)}" if word else title
    found = CAPTIONS["assumed"].get(name)
    return say(found) if found else name


def _asking(about: str) -> ResponseReturnValue:
    simulations = house().simulations
    drawings = simulations.drawings(about)
    measured = simulations.measured()
    assumed = measured.assumptions
    if like := request.values.get("like"):
        assumed = from_data(simulations.get(like).asked["assumptions"])
    for one in drawings:
        assumed = with_free_steps(assumed, one)
    kinds = step_kinds(assumed, *drawings)
    assumed = _complete(assumed, [kind.key for kind in kinds], teams(kinds, assumed))

    titles = {f"steps.{kind.key}": say(kind.title) for kind in kinds}
    titles |= {f"standing.{act}": act_title(act) for act in assumed.standing}

    def context() -> Mapping[str, object]:
        return {
            "about": about,
            "name": name_of(about),
            "alone": len(drawings) == 1,
            "assumed": assumed,
            "measured": measured,
            "kinds": kinds,
            "teams": teams(kinds, assumed),
            "given": request.form,
            "source_of": source_of,
            "team_name": team_name,
            "number_name": lambda name: number_name(name, titles),
            "act_title": act_title,
            "petitioner": Slot.PETITIONER.value,
            "fewest": FEWEST,
            "most": MOST,
            "usual": USUAL,
            "rows": simulations.of(about),
            "working": WORKING,
        }

    page = FormPage(template="designers/simulate.html", form=_FORM, context=context)
    if request.method == "GET":
        return page.render()
    asked = Asked(
        about=about,
        base=simulations.base_of(about),
        assumptions=entered(assumed, request.form),
        petitions=_whole("petitions"),
        seed=_whole("seed"),
    )
    return redirect(
        url_for("designers.simulation", simulation=simulations.begin(asked, actor=viewer()))
    )


def _complete(of: Assumptions, keys: list[str], needed: tuple[str, ...]) -> Assumptions:
    """*of* with a pace for every step and a number for every team that can be asked for."""
    paces = {**of.paces, **{key: of.pace(key) for key in keys if key not in of.paces}}
    return of.with_all(paces, {team: of.team(team) for team in (*of.staff, *needed)})


def _whole(name: str) -> int:
    word = request.form.get(name, "").strip()
    if not word.isdecimal() or len(word) > 7:
        raise BadInput({name: Text("应为整数", "a whole number was expected")})
    return int(word)


def _changed(about: str, found: Mapping[str, Any] | None) -> bool:
    """Whether what was simulated has changed since."""
    if found is None:
        return False
    try:
        return bool(house().source_of(about).digest != found["digest"])
    except NotFound:
        return True
