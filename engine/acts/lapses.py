"""When a petitioner lets the limit for review pass: a person confirms or excuses it, and a closed file may be reopened."""

from __future__ import annotations

from datetime import date

from engine.acts import answers as read
from engine.acts import closing
from engine.acts.act import Act, ActKind, By, Outcome, Situation
from engine.acts.choosing import OTHER_THAN_THE_DECIDER
from engine.acts.guards import at_fault, day_of, lapsed, must_be_free_to_receive, needed, refused
from engine.acts.questions import Word, day, organ, pick, prose
from engine.errors import Refused
from engine.petition.deadlines import Change, Open
from engine.petition.documents import Issue
from engine.petition.facts import FactValue
from engine.petition.forms import Form, Values
from engine.petition.parties import Role, Slot
from engine.statute import rules
from engine.text import Text

DECISIONS: tuple[Word, ...] = (
    ("confirmed", "确认逾期未请求", "confirmed: nothing was asked in time"),
    ("excused", "有正当理由,认可逾期请求", "excused: there is a good reason"),
)
WHAT: tuple[Word, ...] = (
    ("review", "复查", "review"),
    ("re_review", "复核", "re-review"),
)
_LIMITS = {"review": "T7", "re_review": "T9"}
_CLERKS = (By(Slot.OFFICE, Role.CLERK), By(Slot.ORGAN, Role.CLERK))


def lapse_of(situation: Situation) -> str | None:
    """Which request was let pass: ``review``, ``re_review``, or None."""
    if lapsed(situation, "T9") and not situation.facts.get("re_review_requested"):
        return "re_review"
    if lapsed(situation, "T7") and not situation.facts.get("review_requested"):
        return "review"
    return None


def confirm_lapse(situation: Situation, answers: Values) -> Outcome:
    """Confirm that nothing was asked in time, or excuse it for a good reason; no clock decides that (Arts. 35, 36; D).

    A confirmed lapse closes the file and ends nothing for good: Art. 36(3) needs a re-review opinion.
    """
    what = lapse_of(situation)
    if what is None:
        raise refused("35", "期限尚未届满", "the limit has not passed")
    row = lapsed(situation, _LIMITS[what])
    day_of(situation, answers, "decided_on", since=row.legal_due if row else None)
    decision = read.text(answers, "decision")
    if decision == "excused" and not rules.late_request_open(
        good_reason=read.text(answers, "reason")
    ):
        needed(answers, "reason")
    record = Issue(
        kind="lapse_record",
        slot=closing.issuer(situation),
        to="file",
        fields={
            "lapsed_on": str(row.legal_due) if row else "",
            "confirmed_by": situation.actor.person,
        },
    )
    facts: dict[str, FactValue] = {f"{what}_lapse": decision}
    if decision == "confirmed":
        facts["closing"] = "lapsed"
    return Outcome(facts=facts, documents=(record,))


def _something_lapsed(situation: Situation) -> Refused | None:
    if lapse_of(situation) is None:
        return refused(
            "35",
            "请求复查、复核的期限尚未届满,或者已经提出请求",
            "the limit for asking has not passed, or the request was made",
        )
    return None


def reopen(situation: Situation, answers: Values) -> Outcome:
    """Reopen a file closed for lapse, on a late request with a good reason (statute: silent; D)."""
    what = read.text(answers, "restart")
    if situation.ledger.last_of(_LIMITS[what]) is None:
        raise at_fault(
            "restart",
            "该意见没有送达记录,不能恢复",
            "that opinion was never served; choose the other",
        )
    if situation.facts.get(f"{what}_requested"):
        raise at_fault(
            "restart",
            "该程序已经请求过,并未逾期;请选择逾期的程序",
            "that was asked for and has not lapsed; choose what did",
        )
    return Outcome(facts={"restart": what, f"{what}_lapse": "excused", "closing": None})


def _closed_by_lapse(situation: Situation) -> Refused | None:
    if not situation.closed or situation.facts.get("closing") != "lapsed":
        return refused(
            "35",
            "只有因逾期而结案的才能恢复;其他情形可以重新提出信访事项",
            "only a file closed by lapse is reopened; otherwise a new petition may be filed",
        )
    return None


def designate_reviewer(situation: Situation, answers: Values) -> Outcome:
    """Name the reviewing organ where the directory shows none; its limit runs from the day it gets the request."""
    on = day_of(situation, answers, "designated_on", since=situation.day("opinion_received_on"))
    what = read.text(answers, "stage")
    organ_id = read.text(answers, "organ")
    slot = Slot.REVIEW_ORGAN if what == "review" else Slot.RE_REVIEW_ORGAN
    if not situation.organs.exists(organ_id):
        raise at_fault("organ", "没有这个机关、单位", "there is no such organ")
    lower = {situation.slot(Slot.ORGAN)}
    if slot is Slot.RE_REVIEW_ORGAN:
        lower.add(situation.slot(Slot.REVIEW_ORGAN))
    if organ_id in lower:
        raise refused(
            "35",
            "复查、复核不能由原机关办理;请指定上一级",
            "the organ below cannot review itself; name a higher one",
        )
    must_be_free_to_receive(situation, organ_id)
    return Outcome(facts={slot.value: organ_id}, deadlines=_waiting(situation, what, organ_id, on))


def _without_reviewer(situation: Situation) -> Refused | None:
    """Why nobody needs to name a reviewing organ; None: the directory shows none above the one that decided."""
    if not situation.facts.get("opinion_served"):
        return refused("35", "尚无已送达的意见书", "no opinion has been served yet")
    slot = Slot.REVIEW_ORGAN if situation.facts.get("review_served") else Slot.ORGAN
    organ_id = situation.slot(slot)
    above = situation.organs.superiors(organ_id, situation.today) if organ_id else ()
    if any(one.id not in situation.excluded for one in above):
        return refused(
            "35",
            "名录中有上一级机关、单位({above}),由信访人选择,无需指定",
            "the directory shows the next higher organ ({above}): the petitioner chooses, nobody names one",
            above="、".join(one.name.zh for one in above),
        )
    return None


def _waiting(situation: Situation, what: str, organ_id: str, on: date) -> tuple[Change, ...]:
    limit = "T8" if what == "review" else "T10"
    requested = situation.facts.get(f"{what}_requested")
    if not requested or situation.ledger.last_of(limit) is not None:
        return ()
    return (Open(limit=limit, on=on, debtor=organ_id),)


LAPSES: tuple[Act, ...] = (
    Act(
        id="confirm_lapse",
        title=Text("核对逾期", "Confirm the lapse"),
        article="35",
        kind=ActKind.STEP,
        by=_CLERKS,
        form=Form(id="confirm_lapse", title=Text("核对逾期未请求", "Was nothing asked in time?"), fields=(
            day("decided_on", "核对日期", "Decided on"),
            pick("decision", "结论", "Decision", DECISIONS, hint=Text(
                "逾期不等于终结(第三十六条第三款只及于复核意见)", "a lapse is not finality (Art. 36(3))")),
            prose("reason", "正当理由", "Good reason", required=False, hint=Text(
                "例如不可抗拒的障碍消除后及时提出的", "such as an obstacle that has gone")),
        )),
        decide=confirm_lapse,
        offered=_something_lapsed,
        documents=("lapse_record",),
        facts=("review_lapse", "re_review_lapse", "closing"),
    ),
    Act(
        id="reopen",
        title=Text("恢复办理", "Reopen"),
        article="35",
        kind=ActKind.STANDING,
        by=(By(Slot.OFFICE, Role.HEAD), By(Slot.ORGAN, Role.HEAD)),
        form=Form(id="reopen", title=Text("恢复复查、复核程序", "Reopen for a late request"), fields=(
            pick("restart", "恢复的程序", "Reopened for", WHAT),
            prose("reason", "正当理由", "Good reason"),
        )),
        decide=reopen,
        offered=_closed_by_lapse,
        facts=("restart", "review_lapse", "re_review_lapse", "closing"),
    ),
    Act(
        id="designate_reviewer",
        title=Text("指定复查(复核)机关", "Name the reviewing organ"),
        article="35",
        kind=ActKind.STANDING,
        by=(By(Slot.OFFICE, Role.HEAD), By(Slot.ORGAN, Role.HEAD)),
        form=Form(id="designate_reviewer", title=Text("指定复查(复核)机关", "Name the reviewing organ"), fields=(
            day("designated_on", "指定日期", "Named on"),
            pick("stage", "程序", "For", WHAT),
            organ("organ", "上一级机关、单位", "Next higher organ"),
            prose("reason", "理由", "Reason"),
        )),
        decide=designate_reviewer,
        choices={"organ": OTHER_THAN_THE_DECIDER},
        offered=_without_reviewer,
        facts=("review_organ", "re_review_organ"),
        clocks=("open:T8", "open:T10"),
    ),
)  # fmt: skip
