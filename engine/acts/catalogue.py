"""All acts of the statute by their ids, each with the guards that hold for every one of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from engine.acts.acceptance import ACCEPTANCE
from engine.acts.accusations import ACCUSATIONS
from engine.acts.act import Act, ActKind, Outcome, Situation
from engine.acts.choosing import recused_people
from engine.acts.deliberation import DELIBERATION
from engine.acts.delivery import DELIVERY
from engine.acts.evaluation import EVALUATION
from engine.acts.extension import EXTENSION
from engine.acts.guards import refused
from engine.acts.handling import HANDLING
from engine.acts.intake import INTAKE
from engine.acts.jurisdiction import JURISDICTION
from engine.acts.keeping import ERASURE, KEEPING
from engine.acts.lapses import LAPSES
from engine.acts.litigation import LITIGATION
from engine.acts.notices import NOTICES, with_handing_over
from engine.acts.objections import OBJECTIONS
from engine.acts.opinion import OPINION
from engine.acts.passing import clock_passed, with_supervision_righted
from engine.acts.re_review import RE_REVIEW
from engine.acts.recusal import RECUSAL
from engine.acts.registration import REGISTRATION
from engine.acts.replies import REPLIES
from engine.acts.rerouting import REROUTING
from engine.acts.review import REVIEW
from engine.acts.routing import ROUTING
from engine.acts.standing import STANDING
from engine.acts.supervision import SUPERVISION
from engine.acts.worksharing import WORKSHARING
from engine.errors import Refused
from engine.petition.file import FileKind
from engine.petition.forms import Values

CHAPTERS = (
    REGISTRATION, INTAKE, LITIGATION, ACCUSATIONS,
    ROUTING, OBJECTIONS, JURISDICTION, ACCEPTANCE, REROUTING,
    HANDLING, RECUSAL, DELIBERATION, EXTENSION, OPINION, REPLIES,
    DELIVERY, NOTICES, REVIEW, RE_REVIEW, LAPSES,
    EVALUATION, STANDING, KEEPING, WORKSHARING,
)  # fmt: skip
# What may still be done on a file that the procedure has closed.
_KEEPING = frozenset(act.id for act in KEEPING)
_ON_CLOSED_FILES = _KEEPING | {
    "reopen", "add_material", "evaluate", "correct_date", "recalendar", "succeed", "seal", "serve_notice"
}  # fmt: skip
_WORKSHARING = frozenset(act.id for act in WORKSHARING)
# What tells the petitioner something on paper, so that it may be handed over on the spot.
_NOTIFYING = frozenset(
    {
        "decline", "refuse_for_good", "guide_out", "refer_down", "accept", "divert", "undertake", "acknowledge",
        "reroute", "extend", "hold_hearing", "order_hearing", "mediate", "answer_suggestion", "answer_duty",
    }
)  # fmt: skip
# What goes on beside the end of a matter: help, execution, the report, and who may have a part in it.
_AFTER_THE_RESULT = frozenset(
    {
        "care",
        "confirm_execution",
        "report_completion",
        "report_urgent",
        "recuse",
        *_WORKSHARING,
    }
)
_ON_ANY_FILE = frozenset({"add_material", "recalendar", "succeed", "erase", *_WORKSHARING})
# Nothing more can be written where the key is gone.
_AFTER_ERASURE = frozenset({"recalendar", "succeed", "seal"})


def _guarded(act: Act, *, supervises: bool) -> Act:
    """*act* with the guards of every act: on the right kind of file, open, and not by somebody recused."""

    def offered(situation: Situation) -> Refused | None:
        return barred(situation, act, supervises=supervises) or act.offered(situation)

    def decide(situation: Situation, answers: Values) -> Outcome:
        refusal = offered(situation)
        if refusal is not None:
            raise refusal
        return with_supervision_righted(situation, act.decide(situation, answers))

    return replace(act, offered=offered, decide=decide)


def _whole(act: Act) -> Act:
    return with_handing_over(act) if act.id in _NOTIFYING else act


def barred(situation: Situation, act: Act, *, supervises: bool) -> Refused | None:
    """Why no act like *act* is open on this file at all (*supervises*: it belongs to supervision); None: it may be."""
    if situation.actor.person in recused_people(situation):
        return refused(
            "28(3)",
            "您已回避本事项,请由其他人员办理",
            "you are recused from this matter; a colleague must act",
        )
    if act.kind is ActKind.START:
        return None
    if situation.facts.get("erased") and act.id not in _AFTER_ERASURE:
        return refused(
            ERASURE,
            "本件的个人信息已依法删除,不能再写入;信访人可以重新提出",
            "the personal data of this file were erased and nothing can be added; the petitioner may file again",
        )
    on_supervision = situation.kind == FileKind.SUPERVISION
    if on_supervision is not supervises and act.id not in _ON_ANY_FILE:
        return refused(
            act.article,
            "「{act}」不适用于这类案件",
            "“{act}” does not apply to this kind of file",
            act=act.title,
        )
    if situation.facts.get("closing") and act.id not in _ON_CLOSED_FILES | _AFTER_THE_RESULT:
        return refused(
            act.article,
            "本件已有结果,不能再办理「{act}」",
            "the matter has come to its end, so “{act}” is no longer open",
            act=act.title,
        )
    if situation.closed and act.id not in _ON_CLOSED_FILES:
        return refused(
            act.article,
            "本件已经办结;可以补充材料、更正日期,或者由信访人重新提出",
            "this file is closed; add material, correct a date, or let the petitioner file again",
        )
    return None


ACTS: Final[Mapping[str, Act]] = {
    act.id: act
    for act in (
        *(_guarded(_whole(act), supervises=False) for chapter in CHAPTERS for act in chapter),
        *(_guarded(act, supervises=True) for act in SUPERVISION),
    )
}


def vocabulary_words() -> dict[str, tuple[str, tuple[tuple[str, str], ...]]]:
    """What drawings may name: for each act its kind and who may do it, as (slot, role)."""
    return {
        act.id: (act.kind.value, tuple((by.slot.value, by.role.value) for by in act.by))
        for act in ACTS.values()
    }


__all__ = ["ACTS", "CHAPTERS", "barred", "clock_passed", "vocabulary_words"]
