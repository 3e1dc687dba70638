"""What each act does to the limits of a matter, by its name and answers alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from tests.model.limits import MOST_EXTENSION
from tests.model.statute_model import Matter, Told

NOTICE = ("T2", "T3", "T4")
ENDS_ITS_LIMIT = {"opinion": "T5", "review": "T8", "re_review": "T10"}


def hear(matter: Matter, told: Told, *, holder: str | None = None) -> None:
    """Somebody did something. *holder* is who got an accusation, whose receiver may itself be accused."""
    matter.told += 1
    if told.act in {"register", "register_imported"}:
        _registered(matter, told, holder)
    elif told.act in _EFFECTS:
        _EFFECTS[told.act](matter, told)


def _registered(matter: Matter, told: Told, holder: str | None) -> None:
    answers, received = told.answers, told.on("received_on")
    matter.category = answers["category"]
    who = holder if matter.category == "accusation" else told.organ
    if who is None:
        return  # the accused stand over everybody in the directory: no organ is left that could owe anything
    matter.direct = who not in matter.offices
    matter.addressable = {"petitioner_name", "petitioner_address"} <= told.sealed
    if matter.direct:
        matter.organ, matter.arrived = who, received
    else:
        matter.office = who
    if told.act == "register_imported" and not answers.get("run_clocks"):
        matter.ended = "imported"
    elif not matter.direct:
        matter.opens("T1", who, received)
    elif matter.addressable:
        matter.opens("T2", who, received)


def _sort(matter: Matter, told: Told) -> None:
    matter.sorted_as = told.answers["disposition"]
    if matter.sorted_as == "accusation":
        matter.category = "accusation"


def _leaves(how: str, day: str, *kinds: str) -> Callable[[Matter, Told], None]:
    def effect(matter: Matter, told: Told) -> None:
        matter.done(told.on(day), *kinds)
        matter.ends(how)

    return effect


def _passed_on(matter: Matter, told: Told) -> None:
    sent = told.on("forwarded_on")
    arrived = date.fromisoformat(told.answers.get("arrived_on") or sent.isoformat())
    matter.done(sent, "T1", "T2")
    matter.voids("T3", "T4", "T5")
    if told.act == "refer_down":
        matter.office = matter.office or matter.organ
    matter.organ, matter.direct, matter.arrived = told.answers["organ"], False, arrived
    matter.opens("T3", matter.organ, arrived)
    matter.opens("T4", matter.organ, arrived)
    if told.act == "assign":
        matter.assigned = "open"
        matter.opens("U10", matter.organ, arrived, date.fromisoformat(told.answers["assigned_due"]))


def _object(matter: Matter, told: Told) -> None:
    matter.done(told.on("objected_on"), "T4")


def _decide_objection(matter: Matter, told: Told) -> None:
    if not told.answers.get("agreed"):
        return
    on = told.on("decided_on")
    matter.voids("T3", "T4", "T5", "U10")
    matter.assigned = matter.sorted_as = None
    if matter.office in matter.offices:
        matter.organ = None
        matter.opens("T1", matter.office, on)
    else:
        matter.organ, matter.direct, matter.arrived = matter.office, True, on
        if matter.addressable:
            matter.opens("T2", matter.organ, on)


def _decide_jurisdiction(matter: Matter, told: Told) -> None:
    if told.answers["organ"] == matter.organ:
        return
    named = matter.live("U10")
    matter.voids("T2", "T3", "T4", "T5", "U10")
    on = told.on("decided_on")
    matter.organ, matter.direct, matter.arrived = told.answers["organ"], False, on
    matter.opens("T3", matter.organ, on)
    if named:
        matter.opens("U10", matter.organ, on, named.named)


def _route(matter: Matter, told: Told) -> None:
    matter.route = told.answers["route"]
    matter.category = matter.route if matter.route in {"suggestion", "accusation"} else "grievance"
    if matter.route != "route_6":
        matter.voids("T5")


def _notified(matter: Matter, told: Told) -> None:
    """Accept, divert, undertake, acknowledge, or any of them in place of another (reroute)."""
    on = told.on("notice_on")
    if told.act == "reroute":
        _route(matter, told)
    matter.done(on, *NOTICE)
    matter.notified_on = on
    if matter.route == "route_6":
        matter.accepted(on)
    else:
        matter.voids("T5")
    if matter.route in {"route_1", "route_2", "route_3", "route_4"}:
        _reported(matter, on)
        matter.ends("diverted")


def _reported(matter: Matter, on: date) -> None:
    if matter.assigned == "open":
        matter.assigned = "reported"
    matter.done(on, "U10")


def _report_completion(matter: Matter, told: Told) -> None:
    _reported(matter, told.on("reported_on"))


def _answered(day: str, how: str) -> Callable[[Matter, Told], None]:
    def effect(matter: Matter, told: Told) -> None:
        _reported(matter, told.on(day))
        matter.ends(how)

    return effect


def _forward_accusation(matter: Matter, told: Told) -> None:
    on = told.on("forwarded_on")
    matter.done(on, "T1", *NOTICE)
    matter.voids("T5")
    _reported(matter, on)
    matter.accused = True


def _extend(matter: Matter, told: Told) -> None:
    row = matter.live("T5")
    assert row is not None, "nothing to extend"
    assert row.running, "extended after its end"
    row.extension += int(told.answers["days"])
    assert row.extension <= MOST_EXTENSION, "extended by too much"


def _issue_opinion(matter: Matter, told: Told) -> None:
    matter.serving = "opinion"
    matter.requested, matter.sent, matter.redo = set(), set(), False
    matter.reviewer = {"review": None, "re_review": None}


def _dispatch(matter: Matter, told: Told) -> None:
    matter.done(told.on("dispatched_on"), ENDS_ITS_LIMIT[matter.serving])
    matter.sent.add(matter.serving)


def _prove_service(matter: Matter, told: Told) -> None:
    if told.answers["result"] != "delivered":
        return
    on, stage = told.on("received_on"), matter.serving
    if stage == "opinion":
        matter.opens("T7", "petitioner", on)
        matter.reviewer["review"] = _first(matter, matter.organ)
    elif stage == "review" and matter.redo:
        matter.sent.discard("opinion")
        matter.opens("T5", matter.organ, on)
    elif stage == "review":
        matter.opens("T9", "petitioner", on)
        matter.reviewer["re_review"] = _first(matter, matter.reviewer["review"])
    else:
        matter.ends("final")


def _first(matter: Matter, organ: str | None) -> str | None:
    return next(iter(matter.above.get(organ or "", ())), None)


def _request(stage: str, power: str, duty: str) -> Callable[[Matter, Told], None]:
    def effect(matter: Matter, told: Told) -> None:
        received = told.on("received_on")
        posted = told.answers.get("posted_on")
        matter.done(date.fromisoformat(posted) if posted else received, power)
        matter.requested.add(stage)
        matter.reviewer[stage] = told.answers.get(f"{stage}_organ") or matter.reviewer[stage]
        if matter.reviewer[stage]:
            matter.opens(duty, matter.reviewer[stage], received)

    return effect


def _designate_reviewer(matter: Matter, told: Told) -> None:
    stage = told.answers["stage"]
    matter.reviewer[stage] = told.answers["organ"]
    duty = ENDS_ITS_LIMIT[stage]
    if stage in matter.requested and not matter.live(duty):
        matter.opens(duty, told.answers["organ"], told.on("designated_on"))


def _decide_review(matter: Matter, told: Told) -> None:
    matter.serving, matter.redo = "review", told.answers["result"] == "redo"


def _decide_re_review(matter: Matter, told: Told) -> None:
    matter.serving = "re_review"


def _order_hearing(matter: Matter, told: Told) -> None:
    row = matter.live("T10")
    assert row is not None, "no clock to stop"
    row.pauses.append((told.on("starts_on"), None))


def _close_hearing(matter: Matter, told: Told) -> None:
    row = matter.live("T10")
    assert row is not None, "no clock to run on"
    row.pauses[-1] = (row.pauses[-1][0], told.on("ended_on"))


def _confirm_performance(matter: Matter, told: Told) -> None:
    if told.answers.get("performed"):
        matter.done(told.on("performed_on"), "T5")
        _reported(matter, told.on("performed_on"))
        matter.ends("settled")


def _confirm_lapse(matter: Matter, told: Told) -> None:
    if told.answers["decision"] == "confirmed":
        matter.ends("lapsed")


def _reopen(matter: Matter, told: Told) -> None:
    matter.ended = None


def _withdraw(matter: Matter, told: Told) -> None:
    matter.voids()
    matter.ended = "withdrawn"


def _correct_date(matter: Matter, told: Told) -> None:
    row = next(one for one in matter.limits if one.id == told.answers["deadline"])
    on = told.on("on")
    twins = {"T3": "T4", "T4": "T3"}
    for one in matter.limits:
        twin = one.kind == twins.get(row.kind) and one.told_by == row.told_by and not one.void
        if one is row or twin:
            one.starts_on(on)
    present = "T2" if matter.direct else "T3"
    if matter.last(row.kind) is row and (
        row.kind == present or (row.kind == "T4" and present == "T3")
    ):
        matter.arrived = on
        _accepted_again(matter, told.day)


def _accepted_again(matter: Matter, today: date) -> None:
    anew = matter.last("T8")  # handled anew, the matter counts from the order to do so
    if not matter.live("T5") or matter.arrived is None or anew:
        return
    latest = matter.arrived + timedelta(days=15)
    if matter.notified_on is None and latest > today:
        matter.voids("T5")
    else:
        matter.accepted(matter.notified_on or latest)


_EFFECTS: Mapping[str, Callable[[Matter, Told], None]] = {
    "sort": _sort,
    "decline": _leaves("barred", "notified_on", "T1", "T2"),
    "refuse_for_good": _leaves("no_longer", "notified_on", "T1", "T2", "T3"),
    "merge": _leaves("merged", "notified_on", "T1", "T2"),
    "guide_out": _leaves("guided_out", "notified_on", "T2"),
    "forward_litigation": _leaves("litigation", "forwarded_on", "T1", "T2"),
    "explain_procedure": _leaves("litigation", "explained_on", "T1", "T2"),
    "forward": _passed_on,
    "assign": _passed_on,
    "refer_down": _passed_on,
    "object": _object,
    "decide_objection": _decide_objection,
    "decide_jurisdiction": _decide_jurisdiction,
    "route": _route,
    "accept": _notified,
    "divert": _notified,
    "undertake": _notified,
    "acknowledge": _notified,
    "reroute": _notified,
    "report_completion": _report_completion,
    "answer_suggestion": _answered("replied_on", "replied"),
    "answer_duty": _answered("answered_on", "duty"),
    "forward_accusation": _forward_accusation,
    "conclude_accusation": lambda matter, told: matter.ends("accusation"),
    "extend": _extend,
    "issue_opinion": _issue_opinion,
    "dispatch": _dispatch,
    "prove_service": _prove_service,
    "request_review": _request("review", "T7", "T8"),
    "request_re_review": _request("re_review", "T9", "T10"),
    "designate_reviewer": _designate_reviewer,
    "decide_review": _decide_review,
    "decide_re_review": _decide_re_review,
    "order_hearing": _order_hearing,
    "close_hearing": _close_hearing,
    "confirm_performance": _confirm_performance,
    "confirm_lapse": _confirm_lapse,
    "reopen": _reopen,
    "withdraw": _withdraw,
    "correct_date": _correct_date,
}
