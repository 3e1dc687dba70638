"""Serving the notices that go to the petitioner (Art. 23; the ways and their proof by analogy with civil procedure).

An opinion is served at its own step of the drawing, since clocks hang on it (:mod:`engine.acts.delivery`); a notice moves
no clock. What is handed over on the spot is served by the act that issues it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from engine.acts import answers as read
from engine.acts.act import Act, ActKind, By, Outcome, Situation
from engine.acts.delivery import METHODS, PROOFS, RESULTS, must_be_agreed
from engine.acts.guards import at_fault, day_of, needed, refused
from engine.acts.questions import Word, caption, day, line, pick, prose, yes
from engine.errors import Refused
from engine.petition.documents import Issue, ServiceState
from engine.petition.forms import Field, FieldKind, Form, Values
from engine.petition.parties import Role, Slot
from engine.petition.serving import waiting
from engine.text import Text

HANDED_OVER = yes("handed_over", "当场送达", "Handed over on the spot", hint=Text(
    "当场交信访人签收的勾选;不勾选的,文书列为待送达(第二十三条第二款)",
    "tick where the petitioner signed for it here and now; otherwise the paper is still to be served (Art. 23(2))",
))  # fmt: skip
_IN_PERSON, _SIGNED = "in_person", "signed_receipt"
_RESULTS: tuple[Word, ...] = (
    ("sent", "已发出,尚无送达证明", "sent, not proved yet"),
    *RESULTS,
    ("excused", "姓名、住址不清,无法送达", "name or address unclear: cannot be served"),
)
_STATES = {
    "sent": ServiceState.DISPATCHED,
    "delivered": ServiceState.DELIVERED,
    "undelivered": ServiceState.UNDELIVERED,
    "excused": ServiceState.NOT_NEEDED,
}
_SLOTS = (Slot.OFFICE, Slot.ORGAN, Slot.REVIEW_ORGAN, Slot.RE_REVIEW_ORGAN, Slot.DISCIPLINE_ORGAN)


def serve_notice(situation: Situation, answers: Values) -> Outcome:
    """Record how, when and with what proof a notice was served, or what came of the attempt."""
    document = _document(situation, answers)
    on = day_of(situation, answers, "served_on", since=situation.day("received_on"))
    result, method = read.text(answers, "result"), read.text(answers, "method")
    if result == "excused":
        _must_be_excused(situation, answers)
        return Outcome(served={document: ServiceState.NOT_NEEDED})
    needed(answers, "method")
    must_be_agreed(situation, method)
    papers: tuple[Issue, ...] = ()
    if result == "delivered":
        needed(answers, "proof", "recipient")
        papers = (
            receipt(
                _slot(situation),
                document="告知文书",
                method=method,
                recipient=read.text(answers, "recipient"),
                on=on,
                proof=read.text(answers, "proof"),
            ),
        )
    return Outcome(served={document: _STATES[result]}, documents=papers)


def receipt(
    slot: str, *, document: str, method: str, recipient: str, on: date, proof: str
) -> Issue:
    """The proof of service that stays in the file (送达回证)."""
    return Issue(
        kind="service_receipt",
        slot=slot,
        to="file",
        fields={
            "document": document,
            "method": caption(METHODS, method),
            "recipient": recipient,
            "delivered_on": on.isoformat(),
            "proof": caption(PROOFS, proof),
        },
    )


def _slot(situation: Situation) -> str:
    own = situation.actor.organ
    return next(slot for slot in _SLOTS if situation.slot(slot) == own).value


def _document(situation: Situation, answers: Values) -> str:
    document, pending = read.text(answers, "document"), waiting(situation.facts)
    if document not in pending:
        raise at_fault("document", "没有这份待送达的文书", "no such paper waits to be served")
    if pending[document] != situation.actor.organ:
        raise refused(
            "23",
            "文书由制发的机关、单位送达并登记",
            "whoever issued the paper serves it and records the service",
        )
    if _at_its_own_step(situation, document):
        raise refused(
            "35",
            "意见书的发出和送达在「送达」环节办理,期限由此起算、终止",
            "an opinion is dispatched and served at its own step, where clocks start and stop",
        )
    return document


def _at_its_own_step(situation: Situation, document: str) -> bool:
    """Whether the drawing still has a step for serving *document*: an opinion, while the matter runs."""
    facts = situation.facts
    return facts.get("serving_document") == document and not facts.get("closing")


def _must_be_excused(situation: Situation, answers: Values) -> None:
    if not situation.facts.get("name_or_address_unclear"):
        raise refused(
            "23(2)",
            "登记有姓名和住址,应当送达;未能送达的请登记为「未能送达」",
            "name and address are known, so it is to be served; where that failed, record “not delivered”",
        )
    needed(answers, "note")


def _something_waits(situation: Situation) -> Refused | None:
    own = situation.actor.organ
    pending = [id for id, organ in waiting(situation.facts).items() if organ == own]
    if any(not _at_its_own_step(situation, id) for id in pending):
        return None
    return refused(
        "23",
        "本机关、单位没有待送达的告知文书",
        "no notice of this organ waits to be served",
    )


def _served_today(situation: Situation) -> Values:
    own = situation.actor.organ
    first = [
        id
        for id, organ in waiting(situation.facts).items()
        if organ == own and not _at_its_own_step(situation, id)
    ]
    return {"served_on": situation.today, "document": first[0] if first else None}


_IF_TRIED = ("result", ("sent", "delivered", "undelivered"))
_IF_DELIVERED = ("result", ("delivered",))
NOTICES: tuple[Act, ...] = (
    Act(
        id="serve_notice",
        title=Text("登记文书送达", "Record a service"),
        article="23",
        kind=ActKind.STANDING,
        by=tuple(By(slot, role) for slot in _SLOTS for role in (Role.CLERK, Role.REVIEWER)),
        form=Form(id="serve_notice", title=Text("登记告知文书的送达", "Record the service of a notice"), fields=(
            Field(name="document", label=Text("文书", "Paper"), kind=FieldKind.DOCUMENT),
            pick("result", "结果", "Result", _RESULTS),
            day("served_on", "日期", "On", hint=Text(
                "送达之日;未送达的,办理之日", "the day of service; where it failed, of the attempt")),
            pick("method", "送达方式", "Method", METHODS, required=False, when=_IF_TRIED),
            pick("proof", "送达证明", "Proof", PROOFS, required=False, when=_IF_DELIVERED),
            line("recipient", "收件人", "Recipient", required=False, when=_IF_DELIVERED),
            prose("note", "说明", "Note", required=False),
        )),
        decide=serve_notice,
        offered=_something_waits,
        defaults=_served_today,
        documents=("service_receipt",),
    ),
)  # fmt: skip


def with_handing_over(act: Act) -> Act:
    """*act*, which issues notices, with the question whether they were handed over on the spot."""

    def decide(situation: Situation, answers: Values) -> Outcome:
        handed_over = read.flag(answers, HANDED_OVER.name)
        asked = {name: value for name, value in answers.items() if name != HANDED_OVER.name}
        outcome = act.decide(situation, asked)
        notices = [one for one in outcome.documents if one.serve]
        if not handed_over or not notices:
            return outcome
        papers = tuple(
            replace(one, handed_over=True) if one.serve else one for one in outcome.documents
        )
        titles = "、".join(situation.law.document(one.kind).title.zh for one in notices)
        proof = receipt(
            notices[0].slot,
            document=titles,
            method=_IN_PERSON,
            recipient="信访人本人",
            on=_day_of_act(act, situation, asked),
            proof=_SIGNED,
        )
        return replace(outcome, documents=(*papers, proof))

    form = replace(act.form, fields=(*act.form.fields, HANDED_OVER))
    return replace(act, form=form, decide=decide, documents=(*act.documents, "service_receipt"))


def _day_of_act(act: Act, situation: Situation, answers: Values) -> date:
    """The day that the act itself asks for, or today."""
    asked = next((one for one in act.form.fields if one.kind is FieldKind.DATE), None)
    given = read.day(answers, asked.name) if asked else None
    return given or situation.today
