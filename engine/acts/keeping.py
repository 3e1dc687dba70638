"""Keeping a closed file: how long, under a hold or not, and the lawful erasure of what is personal in it.

The regulation sets no period of retention; how long a file is kept is written down by whoever archives it, with its basis
(Archives Law, Arts. 13, 14). Erasure follows the Personal Information Protection Law (Art. 47): it needs a ground, two
people, and no hold; the record stays and still proves itself.
"""

from __future__ import annotations

from datetime import date

from engine.acts import answers as read
from engine.acts.act import Act, ActKind, By, Outcome, Situation
from engine.acts.guards import at_fault, refused
from engine.acts.questions import day, line, pick, prose, yes
from engine.errors import Refused
from engine.petition.forms import Form, Values
from engine.petition.parties import Role, Slot
from engine.text import Text

ARCHIVES = "档案法第十三条"
ERASURE = "个人信息保护法第四十七条"
PERIODS = (
    ("permanent", "永久", "Permanently"),
    ("until", "至某日", "Until a day"),
)
GROUNDS = (
    ("retention_over", "保管期限已满", "The period of retention is over"),
    ("requested", "个人请求删除,且法定保管期限不妨碍", "The person asks for it, and no period of retention forbids it"),
    ("unlawful", "收集、保存违反法律或者约定", "It was collected or kept against the law"),
)  # fmt: skip
_OFFICES = (Slot.OFFICE, Slot.ORGAN)
_CLERKS = tuple(By(slot, Role.CLERK) for slot in _OFFICES)
_HEADS = tuple(By(slot, Role.HEAD) for slot in _OFFICES)


def archive(situation: Situation, answers: Values) -> Outcome:
    """Put the closed file among the archives, for good or until a day, on a basis that is written down."""
    until = answers.get("keep_until")
    if read.text(answers, "period") == "until":
        if not isinstance(until, date) or until <= situation.today:
            raise at_fault(
                "keep_until", "请填写将来的保管截止日", "give the day, still to come, until which it is kept"
            )  # fmt: skip
        return Outcome(
            facts={"archived_on": situation.today.isoformat(), "keep_until": until.isoformat()}
        )
    return Outcome(facts={"archived_on": situation.today.isoformat(), "keep_until": None})


def hold(situation: Situation, answers: Values) -> Outcome:
    """Nothing of this file may be erased while a court, a review or an inquiry may need it."""
    return Outcome(facts={"held": True})


def release_hold(situation: Situation, answers: Values) -> Outcome:
    """The reason for which the file was held has gone."""
    return Outcome(facts={"held": False})


def propose_erasure(situation: Situation, answers: Values) -> Outcome:
    """Propose to erase what is personal in the file, on a ground of the law."""
    return Outcome(
        facts={"erasure_ground": read.text(answers, "ground"), "erasure_by": situation.actor.person}
    )


def decline_erasure(situation: Situation, answers: Values) -> Outcome:
    """Decide against a proposal to erase."""
    return Outcome(facts={"erasure_ground": None, "erasure_by": None})


def erase(situation: Situation, answers: Values) -> Outcome:
    """Destroy the key of the file: what is personal in it can never be read again, and the record still proves itself."""
    if not (situation.actor.is_system or read.flag(answers, "certain")):
        raise at_fault(
            "certain",
            "请确认删除,删除后不能恢复",
            "confirm it: what is erased cannot be brought back",
        )
    return Outcome(facts={"erased": True})


# ---- whether it may be done -------------------------------------------------------------------------------------------


def _closed(situation: Situation) -> Refused | None:
    if situation.closed and not situation.facts.get("erased"):
        return None
    return refused(
        ARCHIVES,
        "只有已经办结、尚未删除个人信息的卷宗才能归档或者提出删除",
        "only a file that is closed, and was not erased, is archived or proposed for erasure",
    )


def _not_held(situation: Situation) -> Refused | None:
    if not situation.facts.get("held"):
        return None
    return refused(
        ERASURE,
        "卷宗处于保全之中,不能删除;请先解除保全",
        "the file is under a hold and is not erased; release the hold first",
    )


def _held(situation: Situation) -> Refused | None:
    if situation.facts.get("held"):
        return None
    return refused(ARCHIVES, "卷宗没有处于保全之中", "the file is under no hold")


def _may_be_held(situation: Situation) -> Refused | None:
    if situation.facts.get("erased"):
        return refused(ARCHIVES, "个人信息已经删除", "its personal data were erased")
    if situation.facts.get("held"):
        return refused(ARCHIVES, "卷宗已处于保全之中", "the file is under a hold already")
    return None


def _may_be_proposed(situation: Situation) -> Refused | None:
    return _closed(situation) or _not_held(situation)


def _proposed(situation: Situation) -> Refused | None:
    if situation.facts.get("erasure_ground"):
        return None
    return refused(ERASURE, "没有人提出删除", "nobody has proposed to erase it")


def _may_be_erased(situation: Situation) -> Refused | None:
    if situation.actor.is_system:  # A supervision file, with the petition that it is about.
        return None
    barred = _closed(situation) or _proposed(situation) or _not_held(situation)
    if barred is not None:
        return barred
    if situation.facts.get("erasure_by") == situation.actor.person:
        return refused(
            ERASURE,
            "删除须由提出人以外的人批准",
            "somebody else than the one who proposed it decides on erasure",
        )
    if situation.facts.get("erasure_ground") == "retention_over":
        return _retention_over(situation)
    return None


def _retention_over(situation: Situation) -> Refused | None:
    until = situation.day("keep_until")
    if situation.facts.get("archived_on") and until is not None and until < situation.today:
        return None
    return refused(
        ARCHIVES,
        "保管期限未满({until}),或者尚未归档",
        "the period of retention is not over ({until}), or the file was not archived",
        until=until.isoformat() if until else "—",
    )


_BASIS = line("basis", "依据(规定名称、文号)", "Basis (rule and number)")

KEEPING: tuple[Act, ...] = (
    Act(
        id="archive",
        title=Text("归档", "Archive"),
        article=ARCHIVES,
        kind=ActKind.STANDING,
        by=_CLERKS,
        form=Form(id="archive", title=Text("归档并写明保管期限", "Archive, and say for how long"), fields=(
            pick("period", "保管期限", "Kept", PERIODS),
            day("keep_until", "保管至", "Kept until", future=True, when=("period", ("until",)), hint=Text(
                "法规未定期限,按本机关档案保管期限表填写", "the regulation sets none: as the archive schedule of the organ says")),
            _BASIS,
        )),
        decide=archive,
        offered=_closed,
        facts=("archived_on", "keep_until"),
    ),
    Act(
        id="hold",
        title=Text("保全", "Hold"),
        article=ARCHIVES,
        kind=ActKind.STANDING,
        by=(*_CLERKS, *_HEADS),
        form=Form(id="hold", title=Text("保全卷宗,不得删除", "Hold the file: nothing may be erased"), fields=(
            _BASIS, prose("reason", "事由", "Reason"))),
        decide=hold,
        offered=_may_be_held,
        facts=("held",),
    ),
    Act(
        id="release_hold",
        title=Text("解除保全", "Release the hold"),
        article=ARCHIVES,
        kind=ActKind.STANDING,
        by=_HEADS,
        form=Form(id="release_hold", title=Text("解除保全", "Release the hold"), fields=(
            _BASIS, prose("reason", "事由", "Reason"))),
        decide=release_hold,
        offered=_held,
        facts=("held",),
    ),
    Act(
        id="propose_erasure",
        title=Text("提出删除个人信息", "Propose erasure"),
        article=ERASURE,
        kind=ActKind.STANDING,
        by=_CLERKS,
        form=Form(id="propose_erasure", title=Text("提出删除个人信息", "Propose to erase personal data"), fields=(
            pick("ground", "理由", "Ground", GROUNDS), _BASIS)),
        decide=propose_erasure,
        offered=_may_be_proposed,
        facts=("erasure_ground", "erasure_by"),
    ),
    Act(
        id="decline_erasure",
        title=Text("不同意删除", "Decline erasure"),
        article=ERASURE,
        kind=ActKind.STANDING,
        by=_HEADS,
        form=Form(id="decline_erasure", title=Text("不同意删除", "Decline the proposal to erase"), fields=(
            prose("reason", "理由", "Reason"),)),
        decide=decline_erasure,
        offered=_proposed,
        facts=("erasure_ground", "erasure_by"),
    ),
    Act(
        id="erase",
        title=Text("批准删除个人信息", "Erase"),
        article=ERASURE,
        kind=ActKind.STANDING,
        by=_HEADS,
        form=Form(id="erase", title=Text("删除个人信息(不可恢复)", "Erase personal data (for good)"), fields=(
            yes("certain", "已核对卷宗,确认删除", "I have checked the file and erase it", hint=Text(
                "删除后任何人都无法再读出信访人、内容、附件和文书;记录仍可核验",
                "afterwards nobody can read petitioner, content, attachments or papers; the record still proves itself")),
        )),
        decide=erase,
        offered=_may_be_erased,
        facts=("erased",),
    ),
)  # fmt: skip
