"""Trying a version or a draft: a private office on a clock that can be turned, and what is made of it."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Final

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.clock import SHANGHAI, legal_date
from engine.drafting.scenarios.reading import OPENS, instant
from engine.drafting.scenarios.scenario import (
    MAIN,
    Move,
    OnDays,
    Scenario,
    ToDay,
    ToInstant,
    ToNext,
    Turn,
)
from engine.drafting.scenarios.trials import Trial, blank
from engine.errors import BadInput, NotFound, Stale
from engine.petition.parties import Role
from engine.text import Text
from web.designers import rooms
from web.designers.trial_scene import file_words, move_words, scene_of
from web.desk.files import debtor_name, tell
from web.house import house, reading, today, viewer
from web.language import say
from web.security import DRAWING_POLICY, for_roles
from web.wording import end_of_day, moment

NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,63}")


@rooms.get("/try/<about>")
@for_roles(Role.DESIGNER)
def tries(about: str) -> str:
    """What may be tried from, the trials under way, and the scenarios that have been saved."""
    trials = house().trials
    house().source_of(about)
    return render_template(
        "designers/tries.html",
        about=about,
        name=name_of(about),
        start=today(),
        trials=[(row, trials.read(row)) for row in trials.of(viewer()) if row.about == about],
        scenarios=trials.scenarios(about),
        saved={one.name: one for one in trials.saved(about)},
    )


@rooms.post("/try/<about>")
@for_roles(Role.DESIGNER)
def begin_trial(about: str) -> ResponseReturnValue:
    """Begin a trial on a day, or from a scenario; or forget a saved scenario."""
    trials, name = house().trials, request.form.get("scenario", "")
    if request.form.get("phase") == "forget":
        trials.forget(about, name, actor=viewer())
        tell(Text("已删除情景", "The scenario was deleted"))
        return redirect(url_for("designers.tries", about=about))
    scenario = _scenario(about, name) if name else blank(instant(_day("start")))
    id = trials.begin(about, scenario, actor=viewer())
    return redirect(url_for("designers.trial", trial=id))


@rooms.get("/try/<about>/scenarios/<name>.toml")
@for_roles(Role.DESIGNER)
def scenario_file(about: str, name: str) -> Response:
    """A scenario as a file."""
    answer = Response(house().trials.text(_scenario(about, name)), mimetype="text/plain")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.toml"'
    return answer


@rooms.get("/try/<about>/drawings/<process>.bpmn")
@for_roles(Role.DESIGNER)
def tried_drawing(about: str, process: str) -> Response:
    """A drawing of what is tried, as XML."""
    files = house().source_of(about).files
    if f"{process}.bpmn" not in files:
        raise NotFound(Text("没有这张流程图", "there is no such drawing"))
    return Response(files[f"{process}.bpmn"], mimetype="application/xml")


@rooms.get("/trials/<trial>")
@for_roles(Role.DESIGNER)
def trial(trial: str) -> Response:
    """Where a trial stands: what is open and who may do it, every deadline, what was issued, the drawing, the record."""
    trials = house().trials
    with trials.lock:
        opened = trials.open(trial, actor=viewer())
        scene = scene_of(opened, request.args.get("file", MAIN), request.args.get("as"))
    page = Response(
        render_template(
            "designers/trial.html",
            trial=opened,
            scene=scene,
            name=name_of(opened.about),
            process=request.args.get("process"),
            usual_clerk=trials.offices.usual.cast.get("receiver"),
            move_words=move_words,
            file_words=file_words,
            debtor_name=debtor_name,
            end_of_day=end_of_day,
        )
    )
    page.headers["Content-Security-Policy"] = DRAWING_POLICY
    return page


@rooms.post("/trials/<trial>")
@for_roles(Role.DESIGNER)
def go_on(trial: str) -> ResponseReturnValue:
    """Turn the clock, go back, expect what there is, save as a scenario, or forget the trial."""
    trials, phase, file = house().trials, request.form.get("phase"), request.form.get("file", MAIN)
    if phase == "drop":
        trials.drop(trial, actor=viewer())
        return redirect(url_for("designers.tries", about=request.form.get("about", "")))
    with trials.lock:
        opened = opened_trial(trial)
        match phase:
            case "turn":
                opened = trials.make(opened, Move(turn=_turn()))
                tell(
                    Text("时钟已拨到{at}", "The clock now shows {at}").filled(
                        at=moment(opened.rehearsal.office.clock.now())
                    )
                )
            case "back":
                trials.back_to(opened, _number("moves"))
            case "expect":
                trials.expect(opened, file=file)
                tell(Text("已记为预期", "What there is now is expected from now on"))
            case "save":
                return _saved(opened)
    return redirect(url_for("designers.trial", trial=trial, file=file))


def opened_trial(trial: str) -> Trial:
    """The trial that the page was made from. Raises Stale where it has gone on since."""
    opened = house().trials.open(trial, actor=viewer())
    if request.form.get("revision") != str(opened.row.revision):
        raise Stale(
            Text(
                "这次试运行在别处已有变动,请查看最新情况后再继续",
                "this trial has gone on elsewhere; look again and decide anew",
            )
        )
    return opened


def name_of(about: str) -> str:
    """What people call the version or the draft *about*."""
    with reading() as desk:
        known = next((one for one in desk.procedures(today()) if one.digest == about), None)
    if known is None:
        return house().studio.draft(about).row.title
    word = Text("现行版本", "version in force") if known.in_force else Text("版本", "version")
    return f"{say(word)} {about[:12]}"


def _saved(opened: Trial) -> ResponseReturnValue:
    name, title = request.form.get("name", "").strip(), request.form.get("title", "").strip()
    if not NAME.fullmatch(name):
        raise BadInput(
            {
                "name": Text(
                    "标识由小写字母、数字和下划线组成,以字母开头",
                    "an id of small letters, digits and underscores, beginning with a letter",
                )
            }
        )
    if not title:
        raise BadInput({"title": Text("请填写名称", "give it a title")})
    house().trials.save(opened, name, Text(title[:100], title[:100]))
    tell(Text("已保存为情景{name}", "Saved as the scenario {name}").filled(name=name))
    return redirect(url_for("designers.coverage", about=opened.about))


def _scenario(about: str, name: str) -> Scenario:
    found = house().trials.scenarios(about).get(name)
    if found is None:
        raise NotFound(Text("没有这个情景", "there is no such scenario"))
    return found


def _turn() -> Turn:
    match request.form.get("to"):
        case "next":
            return ToNext()
        case "day":
            return OnDays(1)
        case "limit":
            return ToDay(request.form.get("limit", ""), max(1, _number("number")))
    on, at = _day("date"), request.form.get("time") or OPENS.isoformat()
    try:
        hour = time.fromisoformat(at)
    except ValueError:
        raise BadInput({"time": Text("应为 09:30 这样的时间", "a time like 09:30")}) from None
    plain = instant(on).astimezone(SHANGHAI).replace(hour=hour.hour, minute=hour.minute)
    return ToInstant(instant(plain))


def _day(name: str) -> date:
    try:
        found = date.fromisoformat(request.form.get(name, ""))
    except ValueError:
        raise BadInput({name: Text("请选择日期", "choose a date")}) from None
    first, last = date(2005, 5, 1), date(legal_date(house().clock.now()).year + 20, 1, 1)
    if not first <= found < last:
        raise BadInput({name: Text("日期过早或过晚", "the date is too early or too late")})
    return found


def _number(name: str) -> int:
    word = request.form.get(name, "")
    return int(word) if word.isdecimal() and len(word) < 5 else 0
