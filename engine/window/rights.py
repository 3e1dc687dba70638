"""What a petitioner may do next, until when and before whom. Nothing is offered here that no act would take down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from engine.acts.act import Situation
from engine.acts.catalogue import ACTS
from engine.acts.lapses import lapse_of
from engine.acts.passing import supervising_office
from engine.petition.deadlines import DeadlineState
from engine.petition.parties import Slot
from engine.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """Something that the petitioner may do: its article, the last day (None: no limit), before whom, and how."""

    title: Text
    article: str
    how: Text
    until: date | None = None
    organs: tuple[str, ...] = ()


_REVIEW = (
    ("request_review", "T7", (Slot.REVIEW_ORGAN, Slot.OTHER_REVIEW_ORGAN), Text("请求复查", "Ask for a review")),
    ("request_re_review", "T9", (Slot.RE_REVIEW_ORGAN, Slot.OTHER_RE_REVIEW_ORGAN), Text("请求复核", "Ask for a re-review")),
)  # fmt: skip
_HOW_TO_ASK = Text(
    "写明请求、事实和理由,当面提交或者邮寄;邮寄的以邮戳日期为准。有两个机关、单位的,由您选择其一",
    "state the request, facts and reasons, in person or by post (the postmark counts); of two organs you choose one",
)
_LATE = Text(
    "请求期限已经届满;有正当理由的,写明理由提出,由工作人员核对后记录",
    "the limit for asking has passed; where there is a good reason, state it, and a person will decide",
)
_URGE = Text(
    "期限已过,职责没有免除。可以向督办单位反映,要求督促办理",
    "the limit has passed and the duty is still owed: turn to the supervising office",
)
_WITHDRAW = Text(
    "出于本人自愿,当面或者书面提出;撤回后可以随时再次提出,不影响任何权利",
    "of your own free will, in person or in writing; you may file again at any time and lose no right",
)
_MATERIAL = Text("当面提交或者邮寄,写明编号", "in person or by post; state the number")
_EVALUATION = Text(
    "对信访部门和有权处理机关的办理情况,当面、来电或者书面告诉工作人员;评价与否、如何评价,不影响任何权利",
    "tell the staff in person, by telephone or in writing what you think of either office; no right depends on it",
)
_RECUSAL = Text(
    "认为工作人员与本事项或者您有直接利害关系的,可以说明理由提出,由负责人决定",
    "where a member of staff has a direct interest, say why; the head decides",
)
_ANEW = Text(
    "有新的事实或者理由的,可以作为新的信访事项提出",
    "new facts or reasons may be filed as a new matter",
)


def rights_of(situation: Situation) -> tuple[Right, ...]:
    """What the petitioner of the file may do today. *situation* is seen by the engine itself."""
    return tuple(_rights(situation))


def _rights(situation: Situation) -> Iterator[Right]:
    yield from _urging(situation)
    yield from _reviewing(situation)
    holders = _holders(situation)
    if _offered(situation, "recuse"):
        yield Right(
            title=Text("申请回避", "Ask for a recusal"),
            article="28(3)",
            how=_RECUSAL,
            organs=holders,
        )
    if _offered(situation, "add_material"):
        yield Right(
            title=Text("补充材料", "Add material"), article="19(1)", how=_MATERIAL, organs=holders
        )
    if _offered(situation, "evaluate"):
        yield Right(
            title=Text("评价", "Evaluate"), article="21(2)", how=_EVALUATION, organs=holders
        )
    if _offered(situation, "withdraw"):
        yield Right(title=Text("撤回", "Withdraw"), article="21", how=_WITHDRAW, organs=holders)
    if situation.closed:
        yield Right(title=Text("再次提出", "File again"), article="36(3)", how=_ANEW)


def _urging(situation: Situation) -> Iterator[Right]:
    late = [row for row in situation.ledger if row.state is DeadlineState.OVERDUE and not row.power]
    offices = [supervising_office(situation, row.debtor) for row in late]
    if late:
        yield Right(
            title=Text("要求督促办理", "Ask for supervision"), article="40(1)", how=_URGE,
            organs=tuple(dict.fromkeys(one for one in offices if one)),
        )  # fmt: skip


def _reviewing(situation: Situation) -> Iterator[Right]:
    late = lapse_of(situation)
    for act, limit, slots, title in _REVIEW:
        organs = tuple(str(one) for slot in slots if (one := situation.slot(slot)))
        row = situation.ledger.last_of(limit)
        if _offered(situation, act) and row is not None and row.state is DeadlineState.RUNNING:
            yield Right(
                title=title,
                article=row.article,
                how=_HOW_TO_ASK,
                until=row.legal_due,
                organs=organs,
            )
        elif late is not None and act == f"request_{late}" and row is not None:
            yield Right(title=title, article=row.article, how=_LATE, organs=organs)


def _offered(situation: Situation, act: str) -> bool:
    return ACTS[act].offered(situation) is None


def _holders(situation: Situation) -> tuple[str, ...]:
    """The organs that take down what the petitioner asks for: the one that has the matter, and the office."""
    held = [situation.slot(slot) for slot in (Slot.ORGAN, Slot.OFFICE)]
    return tuple(dict.fromkeys(str(one) for one in held if one))
