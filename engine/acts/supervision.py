"""Supervision of a breach: a file of its own, one per breach (Arts. 40, 43–45). It is about organs, never about petitioners."""

from __future__ import annotations

from engine.acts import answers as read
from engine.acts.act import Act, ActKind, By, Outcome, Situation
from engine.acts.guards import at_fault, day_of, name_of, needed, playing, refused
from engine.acts.questions import Word, caption, day, line, organ, pick, prose, yes
from engine.errors import Refused
from engine.petition.documents import Issue
from engine.petition.forms import Field, FieldKind, Form, Values
from engine.petition.parties import Role, Slot
from engine.statute import rules
from engine.text import Text

_SUPERVISOR = (By(Slot.SUPERVISING_OFFICE, Role.SUPERVISOR),)
MEASURES: tuple[Word, ...] = (
    ("reminder", "催办", "reminder"),
    ("letter", "督办", "supervision letter"),
    ("improvement", "改进工作建议", "recommendation for improvement"),
)
GROUNDS: tuple[Word, ...] = (
    ("overdue", "未在规定期限内办理", "a limit passed"),
    ("rules_broken", "违反受理、办理规定", "rules of acceptance or handling broken"),
    ("shirking", "推诿、敷衍、拖延", "shirking, perfunctory work, delay"),
    ("falsified", "弄虚作假", "falsification"),
    ("not_executed", "拒不执行处理意见", "refusal to execute an opinion"),
)
ADOPTIONS: tuple[Word, ...] = (
    ("adopted", "采纳", "adopted"),
    ("partly", "部分采纳", "partly adopted"),
    ("not_adopted", "未采纳", "not adopted"),
)


def open_supervision(situation: Situation, answers: Values) -> Outcome:
    """Open the file on one breach: by the clock tower when a limit has passed, or by hand (Art. 40(1))."""
    debtor = read.text(answers, "organ")
    if not situation.organs.exists(debtor):
        raise at_fault("organ", "没有这个机关、单位", "there is no such organ")
    supervisor = read.text(answers, "supervising_office") or situation.actor.organ
    if not situation.organs.exists(supervisor):
        raise at_fault("supervising_office", "没有这个信访部门", "there is no such petition office")
    if supervisor == debtor:
        raise refused(
            "43",
            "信访部门自身的逾期由其上一级督办,不能自己督办自己;请改选",
            "an office's own breach is supervised by its superior, not by itself; choose again",
        )
    return Outcome(
        facts={
            "about": read.text(answers, "about"),
            "breach_limit": read.text(answers, "breach_limit") or read.text(answers, "ground"),
            "breach_article": read.text(answers, "breach_article") or "40(1)",
            "breach_deadline": read.text(answers, "breach_deadline") or None,
            "organ": debtor,
            "supervising_office": supervisor,
            "received_on": situation.today.isoformat(),
        }
    )


def supervise(situation: Situation, answers: Values) -> Outcome:
    """Remind, supervise, or recommend improvement; the day named is the office's own, for the law has none (Art. 40(1))."""
    day_of(situation, answers, "sent_on", since=situation.day("received_on"))
    measure = read.text(answers, "measure")
    due = read.day(answers, "due")
    if due is None:
        needed(answers, "due")
    paper = Issue(
        kind=_PAPERS[measure],
        slot=Slot.SUPERVISING_OFFICE.value,
        to=Slot.ORGAN.value,
        fields=_words(situation, answers, str(due)),
    )
    facts = {"measure": measure, "required_by": str(due), "rectified": None}
    return Outcome(facts=facts, documents=(paper,))


_PAPERS = {
    "reminder": "reminder_letter",
    "letter": "supervision_letter",
    "improvement": "improvement_recommendation",
}


def _words(situation: Situation, answers: Values, due: str) -> dict[str, str]:
    action = read.text(answers, "text")
    limit = str(situation.facts.get("breach_limit") or "")
    article = str(situation.facts.get("breach_article") or "40(1)")
    named = caption(GROUNDS, limit)
    if situation.law.has_limit(limit):
        named = situation.law.limit_by_id(limit).title.zh
    match read.text(answers, "measure"):
        case "reminder":
            return {"time_limit": named, "its_due_date": due, "required_action": action}
        case "letter":
            basis = f"《信访工作条例》第四十条第一款;责任条款:{article}"
            return {
                "breach": f"{name_of(situation, playing(situation, Slot.ORGAN)).zh}:{named}",
                "legal_basis": basis,
                "required_action": action,
                "required_by": due,
            }
        case _:
            return {
                "facts": named,
                "advice": action,
                "feedback_request": f"请于{due}前书面反馈采纳情况(第四十条第四款)",
            }


def feedback(situation: Situation, answers: Values) -> Outcome:
    """The organ answers in writing whether it has adopted the advice and why (Art. 40(4)); the law names no day."""
    day_of(situation, answers, "answered_on", since=situation.day("received_on"))
    adopted = read.text(answers, "adopted")
    paper = Issue(
        kind="adoption_feedback",
        slot=Slot.ORGAN.value,
        to=Slot.SUPERVISING_OFFICE.value,
        fields={
            "adoption": caption(ADOPTIONS, adopted),
            "reasons": read.text(answers, "reasons"),
        },
    )
    return Outcome(
        facts={"adopted": adopted, "rectified": read.flag(answers, "rectified")}, documents=(paper,)
    )


def judge_feedback(situation: Situation, answers: Values) -> Outcome:
    """Judge whether the breach is put right, and whether its result was serious (Art. 40)."""
    rectified = read.flag(answers, "rectified")
    facts: dict[str, str | bool | int | None] = {
        "rectified": rectified,
        "serious": read.flag(answers, "serious"),
    }
    if rectified:
        facts["closing"] = "supervision"
    return Outcome(facts=facts)


def recommend_accountability(situation: Situation, answers: Values) -> Outcome:
    """Recommend accountability, for a breach with a serious result, to the organ with authority (Art. 40(3))."""
    day_of(situation, answers, "sent_on", since=situation.day("received_on"))
    paper = Issue(
        kind="accountability_recommendation",
        slot=Slot.SUPERVISING_OFFICE.value,
        to=read.text(answers, "authority"),
        fields={
            "breach": read.text(answers, "breach"),
            "serious_result": read.text(answers, "serious_result"),
            "evidence": read.text(answers, "evidence"),
            "advice": read.text(answers, "advice"),
        },
    )
    return Outcome(facts={"closing": "supervision"}, documents=(paper,))


def _serious(situation: Situation) -> Refused | None:
    serious = bool(situation.facts.get("serious"))
    if not rules.accountability_allowed(breach=True, serious_result=serious):
        return refused(
            "40(3)",
            "只有造成严重后果的才提出追究责任建议;请先认定",
            "accountability is recommended only for a serious result; establish that first",
        )
    return None


def annul_supervision(situation: Situation, answers: Values) -> Outcome:
    """The breach turned out not to be one: a date was corrected, or the duty had been done in time."""
    return Outcome(facts={"annulled": True, "closing": "supervision"})


def seal(situation: Situation, answers: Values) -> Outcome:
    """The matter supervised turned out to be an accusation: the file beside it is closed to the same eyes (Art. 30(3))."""
    return Outcome(
        facts={"category": "accusation"},
        exclude=frozenset(read.text(answers, "excluded").split()),
    )


SUPERVISION: tuple[Act, ...] = (
    Act(
        id="open_supervision",
        title=Text("督办立案", "Open a supervision"),
        article="40(1)",
        kind=ActKind.START,
        by=(By(Slot.SUPERVISING_OFFICE, Role.SUPERVISOR),),
        form=Form(id="open_supervision", title=Text("督办立案", "Open a supervision"), fields=(
            Field(name="about", label=Text("信访事项", "Petition"), kind=FieldKind.PETITION),
            organ("organ", "被督办的机关、单位", "Organ supervised"),
            organ("supervising_office", "督办的信访部门", "Supervising office", required=False),
            pick("ground", "督办情形", "Ground", GROUNDS),
            line("breach_limit", "违反的期限", "Limit breached", required=False, sealed=False),
            line("breach_article", "责任条款", "Article on liability", required=False, sealed=False),
            line("breach_deadline", "期限编号", "Deadline", required=False, sealed=False),
            prose("facts", "情况", "Facts", required=False),
        )),
        decide=open_supervision,
        facts=("about", "breach_limit", "breach_article", "breach_deadline", "organ", "supervising_office",
               "received_on"),
    ),
    Act(
        id="supervise",
        title=Text("督办", "Supervise"),
        article="40(1)",
        kind=ActKind.STEP,
        by=_SUPERVISOR,
        form=Form(id="supervise", title=Text("催办、督办、提出改进建议", "Remind, supervise or recommend"), fields=(
            day("sent_on", "发出日期", "Sent on"),
            pick("measure", "方式", "Measure", MEASURES),
            prose("text", "要求或者建议", "What is asked"),
            day("due", "要求完成日(本部门自定,法律未规定)", "Asked by (the office's own day, the law names none)",
                future=True),
        )),
        decide=supervise,
        documents=tuple(_PAPERS.values()),
        facts=("measure", "required_by", "rectified"),
    ),
    Act(
        id="feedback",
        title=Text("书面反馈", "Give feedback"),
        article="40(4)",
        kind=ActKind.STEP,
        by=(By(Slot.ORGAN, Role.CLERK), By(Slot.ORGAN, Role.HEAD)),
        form=Form(id="feedback", title=Text("书面反馈采纳情况", "Written feedback on adoption"), fields=(
            day("answered_on", "反馈日期", "Answered on"),
            pick("adopted", "采纳情况", "Adopted?", ADOPTIONS),
            yes("rectified", "已经整改", "Put right"),
            prose("reasons", "情况和理由", "What was done, and reasons"),
        )),
        decide=feedback,
        documents=("adoption_feedback",),
        facts=("adopted", "rectified"),
    ),
    Act(
        id="judge_feedback",
        title=Text("核查反馈", "Judge the feedback"),
        article="40(1)",
        kind=ActKind.STEP,
        by=_SUPERVISOR,
        form=Form(id="judge_feedback", title=Text("核查反馈", "Is the breach put right?"), fields=(
            yes("rectified", "已经整改到位", "Put right"),
            yes("serious", "造成严重后果", "With a serious result"),
            prose("reasons", "理由", "Reasons"),
        )),
        decide=judge_feedback,
        facts=("rectified", "serious", "closing"),
    ),
    Act(
        id="recommend_accountability",
        title=Text("追究责任建议", "Recommend accountability"),
        article="40(3)",
        kind=ActKind.STEP,
        by=_SUPERVISOR,
        form=Form(id="recommend_accountability", title=Text("提出追究责任建议", "Recommend accountability"), fields=(
            day("sent_on", "发出日期", "Sent on"),
            organ("authority", "有管理权限的机关", "Organ with authority"),
            prose("breach", "违反的规定和事实", "Breach"),
            prose("serious_result", "严重后果", "Serious result"),
            prose("evidence", "证据", "Evidence"),
            prose("advice", "建议", "Advice"),
        )),
        decide=recommend_accountability,
        offered=_serious,
        documents=("accountability_recommendation",),
        facts=("closing",),
    ),
    Act(
        id="annul_supervision",
        title=Text("撤销督办", "Annul the supervision"),
        article="40(1)",
        kind=ActKind.STANDING,
        by=_SUPERVISOR,
        form=Form(id="annul_supervision", title=Text("撤销督办", "Annul the supervision"), fields=(
            prose("reason", "理由", "Reason", required=False),
            Field(name="about", label=Text("信访事项", "Petition"), kind=FieldKind.PETITION, required=False),
            line("breach_deadline", "期限编号", "Deadline", required=False, sealed=False),
        )),
        decide=annul_supervision,
        facts=("annulled", "closing"),
    ),
    Act(
        id="seal",
        title=Text("限制阅看", "Seal"),
        article="30(3)",
        kind=ActKind.STANDING,
        by=(),
        form=Form(id="seal", title=Text("所涉事项认定为检举控告,限制阅看", "Sealed with the matter it is about"), fields=(
            Field(name="excluded", label=Text("不得知悉的机关和人员", "Who must not learn of it"),
                  kind=FieldKind.LONG_TEXT, required=False, sealed=True),
        )),
        decide=seal,
        facts=("category",),
    ),
)  # fmt: skip
