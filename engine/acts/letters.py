"""Letters and notices that several acts issue. What the law fixes is filled in here, so that no clerk types it."""

from __future__ import annotations

from datetime import date

from engine.acts import answers as read
from engine.acts import closing
from engine.acts.act import Situation
from engine.acts.guards import name_of, reached
from engine.petition.documents import Issue
from engine.petition.forms import Values
from engine.petition.parties import Slot
from engine.statute.reckoning import reckon
from engine.text import Text

_ORGAN = Slot.ORGAN.value


def transfer_letter(
    situation: Situation, organ: str, answers: Values, *, received: object
) -> Issue:
    """The letter with which a matter goes to *organ* (Art. 22(1))."""
    return Issue(
        kind="transfer_letter",
        slot=closing.issuer(situation),
        to=organ,
        fields=_transfer(situation, organ, answers, received),
    )


def assignment_letter(
    situation: Situation, organ: str, answers: Values, *, received: object, due: date
) -> Issue:
    """The letter with which a matter is assigned to *organ* until *due* (Art. 22(1)(3))."""
    fields = {
        **_transfer(situation, organ, answers, received),
        "assigned_due": due.isoformat(),
        "report_request": read.text(answers, "question")
        or "请在指定办理期限内反馈结果,提交办结报告。",
    }
    return Issue(kind="assignment_letter", slot=closing.issuer(situation), to=organ, fields=fields)


def _transfer(
    situation: Situation, organ: str, answers: Values, received: object
) -> dict[str, str]:
    return {
        "competent_organ": name_of(situation, organ).zh,
        "received_on": str(received),
        "materials": read.text(answers, "materials") or "信访材料原件",
        "legal_basis": read.text(answers, "basis") or "《信访工作条例》第二十二条、第二十三条",
        "notice_request": "请依照第二十三条在规定期限内书面告知信访人。",
    }


def acceptance_notice(
    situation: Situation, answers: Values, *, notice_on: date, accepted: date
) -> Issue:
    """The notice that a matter under Art. 31(6) is accepted, with its path and its time limit (Art. 23)."""
    limit = situation.law.limit("T5", accepted)
    due = reckon(limit, accepted, situation.calendar).legal_due
    return Issue(
        kind="acceptance_notice",
        slot=_ORGAN,
        to="petitioner",
        serve=True,
        fields={
            "receipt": receipt_words(situation),
            "acceptance": f"已于{notice_on.isoformat()}受理,受理之日按{accepted.isoformat()}计算",
            "path_and_procedure": "依照第三十一条第六项听取陈述、调查核实并出具信访处理意见书",
            "time_limit": f"自受理之日起{limit.length}日内办结,于{due}届满({limit.cite.zh})",
            "contact": read.text(answers, "contact"),
            "warning": neighbour_warning(situation),
        },
    )


def procedure_notice(situation: Situation, answers: Values) -> Issue:
    """The notice of the proper procedure, its body and its time limit (Arts. 23, 31(1)–(5))."""
    return Issue(
        kind="procedure_notice",
        slot=_ORGAN,
        to="petitioner",
        serve=True,
        fields={
            "receipt": receipt_words(situation),
            "procedure": read.text(answers, "procedure"),
            "competent_body": read.text(answers, "competent_body"),
            "its_time_limit": read.text(answers, "its_time_limit"),
            "legal_basis": read.text(answers, "basis") or "《信访工作条例》第三十一条",
            "contact": read.text(answers, "contact"),
            "warning": neighbour_warning(situation),
        },
    )


def notice_of_receipt(situation: Situation, answers: Values) -> Issue:
    """The notice that a suggestion arrived and how it is dealt with (Arts. 23, 29)."""
    return Issue(
        kind="notice_of_receipt",
        slot=_ORGAN,
        to="petitioner",
        serve=True,
        fields={
            "receipt": receipt_words(situation),
            "path_and_procedure": "依照第二十九条研究论证并回复",
            "contact": read.text(answers, "contact"),
        },
    )


def receipt_words(situation: Situation) -> str:
    """When and where the matter arrived."""
    where = name_of(situation, situation.slot(Slot.ORGAN)).zh
    return f"{where}于{reached(situation)}收到"


def neighbour_warning(situation: Situation) -> str:
    """The limits of other procedures, which a petition does not stop (statute data: neighbours)."""
    rows = [f"{row.title.zh}:{row.wording.zh}" for row in situation.law.neighbours()]
    return "信访不中断、不延长其他程序的期限。" + ";".join(rows) + "。"


def reviewers(situation: Situation, organ: str) -> Text:
    """The lawful reviewing organs of *organ*, for the remedy of an opinion (Arts. 35, 36)."""
    found = situation.organs.superiors(organ, situation.today)
    if not found:
        return Text("上一级机关、单位", "the next higher organ")
    return Text(
        "或者".join(one.name.zh for one in found), " or ".join(one.name.en for one in found)
    )


def remedy(situation: Situation, *, organ: str, limit: str, word: str) -> str:
    """How long and where a *word* (复查, 复核) may be asked for against an opinion of *organ*."""
    rule = situation.law.limit(limit, situation.today)
    where = reviewers(situation, organ).zh
    return (
        f"对本意见不服的,可以自收到之日起{rule.length}日内向{where}请求{word}({rule.cite.zh});"
        "以邮寄方式提出的,以邮戳日期为准。"
    )
