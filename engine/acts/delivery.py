"""Service of opinions, after civil procedure: dispatch ends the organ's clock, proof starts the petitioner's (Arts. 35, 36)."""

from __future__ import annotations

from datetime import date

from engine.acts import answers as read
from engine.acts import closing
from engine.acts.act import Act, ActKind, By, Outcome, Situation
from engine.acts.guards import day_of, needed, refused
from engine.acts.questions import Word, caption, day, line, pick, prose
from engine.errors import Refused
from engine.petition.deadlines import Change, Open
from engine.petition.documents import Issue
from engine.petition.facts import FactValue
from engine.petition.forms import Form, Values
from engine.petition.parties import Role, Slot
from engine.statute import rules
from engine.text import Text

PETITIONER = "petitioner"
METHODS: tuple[Word, ...] = (
    ("in_person", "直接送达", "in person"),
    (
        "family_or_agent",
        "同住成年家属、代理人、代收人签收",
        "adult family member, agent or appointed receiver",
    ),
    ("left", "留置送达(见证或者拍照录像)", "left at the residence, witnessed or filmed"),
    ("electronic", "电子送达(经本人同意)", "electronic, with consent"),
    ("post", "邮寄送达", "by post"),
    ("through_unit", "通过所在单位转交", "through the unit where the petitioner is"),
)
RESULTS: tuple[Word, ...] = (
    ("delivered", "已送达", "delivered"),
    ("undelivered", "未能送达", "not delivered"),
)
PROOFS: tuple[Word, ...] = (
    ("signed_receipt", "送达回证签名", "signed proof of service"),
    ("post_receipt", "邮政回执", "return receipt of the post"),
    ("witnessed", "见证人签名或者照片录像", "witnesses, photographs or film"),
    ("system_arrival", "到达受送达人系统的记录", "record of arrival in the recipient's system"),
)
# The limit that ends when an opinion goes out.
_ENDS = {"opinion": "T5", "review_opinion": "T8", "re_review_opinion": "T10"}
_TITLES = {
    "opinion": "信访处理意见书",
    "review_opinion": "复查意见书",
    "re_review_opinion": "复核意见书",
}


def dispatch(situation: Situation, answers: Values) -> Outcome:
    """Send the opinion; its own limit ends with the proven dispatch (design: clocks)."""
    on = day_of(situation, answers, "dispatched_on", since=situation.day("issued_on"))
    method = read.text(answers, "method")
    must_be_agreed(situation, method)
    serving = str(situation.facts["serving"])
    facts: dict[str, FactValue] = {"service": "dispatched", "dispatched_on": on.isoformat()}
    if serving == "opinion" and not situation.facts.get("opinion_dispatched_on"):
        facts["opinion_dispatched_on"] = on.isoformat()
    return Outcome(facts=facts, deadlines=closing.closed(on, _ENDS[serving]))


def must_be_agreed(situation: Situation, method: str) -> None:
    """Raise ActRefused for electronic service without the petitioner's consent (CPL Art. 90, by analogy)."""
    consented = bool(situation.facts.get("e_service"))
    if not rules.service_starts_limit(
        proven=True, electronic=method == "electronic", consented=consented
    ):
        raise refused(
            "35",
            "电子送达须经信访人同意,本件登记为未同意;请改用其他方式(类推民事诉讼法第九十条)",
            "electronic service needs the petitioner's consent, and there is none; use another way (CPL 90)",
        )


def prove_service(situation: Situation, answers: Values) -> Outcome:
    """Prove the service, or that it failed. Only proven receipt starts the petitioner's limit (Arts. 35, 36(1))."""
    if read.text(answers, "result") == "undelivered":
        return Outcome(facts={"service": "undelivered"})
    needed(answers, "proof", "recipient")
    on = day_of(situation, answers, "received_on", since=situation.day("dispatched_on"))
    serving = str(situation.facts["serving"])
    receipt = Issue(
        kind="service_receipt",
        slot=Slot.SERVER.value,
        to="file",
        fields={
            "document": _TITLES[serving],
            "method": caption(METHODS, read.text(answers, "method")),
            "recipient": read.text(answers, "recipient"),
            "delivered_on": on.isoformat(),
            "proof": caption(PROOFS, read.text(answers, "proof")),
        },
    )
    facts, changes = _SERVED[serving](situation, on)
    facts["service"] = "delivered"
    return Outcome(facts=facts, deadlines=changes, documents=(receipt,))


Served = tuple[dict[str, FactValue], tuple[Change, ...]]


def _opinion_served(situation: Situation, on: date) -> Served:
    facts: dict[str, FactValue] = {
        "opinion_served": True,
        "opinion_received_on": on.isoformat(),
        **_reviewers(situation, Slot.ORGAN, Slot.REVIEW_ORGAN, Slot.OTHER_REVIEW_ORGAN),
    }
    return facts, (Open(limit="T7", on=on, debtor=PETITIONER),)


def _review_served(situation: Situation, on: date) -> Served:
    if situation.facts.get("review_result") == "redo":
        return _to_be_redone(situation, on)
    facts: dict[str, FactValue] = {
        "review_served": True,
        **_reviewers(
            situation, Slot.REVIEW_ORGAN, Slot.RE_REVIEW_ORGAN, Slot.OTHER_RE_REVIEW_ORGAN
        ),
    }
    return facts, (Open(limit="T9", on=on, debtor=PETITIONER),)


def _to_be_redone(situation: Situation, on: date) -> Served:
    """The organ handles anew, in a new limit from the service of the order (local practice; the text is silent)."""
    facts: dict[str, FactValue] = dict.fromkeys(_REDONE)
    facts["review_served"] = True
    facts["accepted_on"] = on.isoformat()
    debtor = situation.slot(Slot.ORGAN) or ""
    return facts, (Open(limit="T5", on=on, debtor=debtor),)


def _re_review_served(situation: Situation, on: date) -> Served:
    return {"re_review_served": True, "closing": "final"}, ()


_SERVED = {
    "opinion": _opinion_served,
    "review_opinion": _review_served,
    "re_review_opinion": _re_review_served,
}
_REDONE = (
    "heard", "investigated", "next_step", "hearing_held", "settled", "performed", "executed", "opinion_issued",
    "opinion_issued_on", "opinion_served", "opinion_received_on", "opinion_dispatched_on", "finding",
    "extended_days",
)  # fmt: skip


def _reviewers(
    situation: Situation, below: Slot, proposed: Slot, other: Slot
) -> dict[str, FactValue]:
    """The reviewing organ to propose, and the other lawful one that the petitioner may choose instead (Art. 35).

    Without any it is an administrator's task to name one.
    """
    organ = situation.slot(below)
    above = situation.organs.superiors(organ, situation.today) if organ else ()
    lawful = [one.id for one in above if one.id not in situation.excluded]
    first, second, *_ = [*lawful, None, None]
    return {proposed.value: first, other.value: second}


def _something_to_serve(situation: Situation) -> Refused | None:
    if situation.facts.get("serving") not in _ENDS:
        return refused("35", "没有待送达的意见书", "there is no opinion to serve")
    return None


def _to_dispatch(situation: Situation) -> Refused | None:
    if situation.facts.get("service") in {"dispatched", "delivered"}:
        return refused(
            "35",
            "意见书已经发出,请登记送达结果",
            "the opinion has been sent; record what became of it",
        )
    return _something_to_serve(situation)


def _to_prove(situation: Situation) -> Refused | None:
    if situation.facts.get("service") != "dispatched":
        return refused(
            "35",
            "意见书尚未发出或者已经送达;请先登记发出",
            "the opinion has not been sent, or has been delivered; record the dispatch first",
        )
    return _something_to_serve(situation)


def _sent_today(situation: Situation) -> Values:
    method = "electronic" if situation.facts.get("e_service") else "post"
    return {"dispatched_on": situation.today, "method": method}


def _received_today(situation: Situation) -> Values:
    return {"received_on": situation.today}


_SERVERS = (
    By(Slot.SERVER, Role.CLERK),
    By(Slot.SERVER, Role.REVIEWER),
)
_IF_DELIVERED = ("result", ("delivered",))

DELIVERY: tuple[Act, ...] = (
    Act(
        id="dispatch",
        title=Text("发出", "Dispatch"),
        article="35",
        kind=ActKind.STEP,
        by=_SERVERS,
        form=Form(id="dispatch", title=Text("发出意见书", "Send the opinion"), fields=(
            day("dispatched_on", "发出日期", "Sent on", hint=Text(
                "有凭证的发出之日为办结之日", "the clock of the organ stops at the proven dispatch")),
            pick("method", "送达方式", "Method", METHODS),
            line("proof", "发出凭证", "Proof of dispatch"),
        )),
        decide=dispatch,
        offered=_to_dispatch,
        defaults=_sent_today,
        facts=("service", "dispatched_on", "opinion_dispatched_on"),
        clocks=("close:T5", "close:T8", "close:T10"),
    ),
    Act(
        id="prove_service",
        title=Text("登记送达结果", "Prove the service"),
        article="35",
        kind=ActKind.STEP,
        by=_SERVERS,
        form=Form(id="prove_service", title=Text("登记送达结果", "Record the service"), fields=(
            pick("result", "结果", "Result", RESULTS),
            day("received_on", "收到日期", "Received on", when=_IF_DELIVERED, hint=Text(
                "请求复查、复核的期限自收到之日的次日起算;不能证明送达的不起算",
                "the limit for review counts from the day after; without proof it does not begin")),
            pick("method", "送达方式", "Method", METHODS, when=_IF_DELIVERED),
            pick("proof", "送达证明", "Proof", PROOFS, required=False, when=_IF_DELIVERED),
            line("recipient", "收件人", "Recipient", required=False, when=_IF_DELIVERED),
            prose("note", "说明", "Note", required=False),
        )),
        decide=prove_service,
        offered=_to_prove,
        defaults=_received_today,
        documents=("service_receipt",),
        facts=("service", "opinion_served", "opinion_received_on", "review_organ", "other_review_organ",
               "review_served", "re_review_organ", "other_re_review_organ", "re_review_served", "closing", "accepted_on", *_REDONE),
        clocks=("open:T7", "open:T9", "open:T5"),
    ),
)  # fmt: skip
