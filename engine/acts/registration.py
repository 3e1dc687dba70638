"""Registering a petition (Arts. 17–22): always, whoever brings it and however.

Nothing here may refuse a petition for being anonymous, in the wrong place, brought by too many or brought again;
what is amiss becomes a warning, and the petition is sorted afterwards.
"""

from __future__ import annotations

from engine.acts import answers as read
from engine.acts.act import Act, ActKind, By, Outcome, Situation
from engine.acts.guards import at_fault, day_of, refused
from engine.acts.questions import (
    YES,
    Word,
    caption,
    day,
    line,
    number,
    organ,
    person,
    pick,
    prose,
    yes,
)
from engine.people import conflicts
from engine.petition.deadlines import Change, Open
from engine.petition.documents import Issue
from engine.petition.facts import FactValue
from engine.petition.forms import Form, Values
from engine.petition.parties import Organ, OrganKind, Role, Slot
from engine.statute import rules
from engine.text import Text

CHANNELS: tuple[Word, ...] = (
    ("online", "网上", "online"),
    ("letter", "来信", "letter"),
    ("call", "来电", "call"),
    ("fax", "传真", "fax"),
    ("visit", "来访", "visit"),
)
ORAL = frozenset({"call", "visit"})
CATEGORIES: tuple[Word, ...] = (
    ("grievance", "申诉求决", "grievance"),
    ("suggestion", "建议意见", "suggestion"),
    ("accusation", "检举控告", "accusation"),
)
KINDS: tuple[Word, ...] = (
    ("citizen", "公民", "citizen"),
    ("legal_person", "法人", "legal person"),
    ("other", "其他组织", "other organisation"),
)
DELIVERIES: tuple[Word, ...] = (
    ("post", "邮寄", "post"),
    ("in_person", "当面领取", "in person"),
    ("electronic", "电子送达", "electronic"),
)
URGENT_GROUNDS: tuple[Word, ...] = (
    ("life", "可能危及人身安全", "danger to life or limb"),
    ("public_safety", "可能危及公共安全", "danger to public safety"),
    ("production", "安全生产或者环境污染重大隐患", "grave hazard at work or to the environment"),
    ("property", "可能造成重大财产损失", "grave loss of property"),
    ("social", "可能造成社会影响的重大事项", "a grave matter of public concern"),
)
SUBJECTS: tuple[Word, ...] = (
    ("land", "自然资源和征收补偿", "land and expropriation"),
    ("housing", "住房和城乡建设", "housing and construction"),
    ("labour", "劳动和社会保障", "labour and social security"),
    ("environment", "生态环境", "environment"),
    ("education", "教育", "education"),
    ("health", "卫生健康", "health"),
    ("farming", "农业农村", "farming and villages"),
    ("transport", "交通运输", "transport"),
    ("civil_affairs", "民政", "civil affairs"),
    ("markets", "市场监管和金融", "markets and finance"),
    ("safety", "社会治安", "public order"),
    ("conduct", "干部作风", "conduct of officials"),
    ("other", "其他", "other"),
)
_NAMED_ORGAN = ("category", ("accusation", "grievance"))
_ACCUSED = ("category", ("accusation",))

FIELDS = (
    day("received_on", "收到日期", "Received on", hint=Text(
        "期限自收到之日的次日起算(第二十二条、第二十三条)", "limits count from the day after (Arts. 22, 23)")),
    pick("channel", "信访形式", "Channel", CHANNELS),
    pick("category", "信访事项类别", "Category", CATEGORIES, hint=Text(
        "第二十九条、第三十条、第三十一条;检举控告单独保密登记",
        "Arts. 29, 30, 31; accusations are registered apart, sealed")),
    yes("litigation", "涉法涉诉", "Concerns litigation rights", hint=Text(
        "诉讼与信访分离(第二十二条第二款)", "kept apart from petitions (Art. 22(2))")),
    line("title", "事由(不写姓名)", "Subject (no names)"),
    prose("content", "反映的情况、事实和理由", "Facts and reasons"),
    prose("demands", "诉求(每行一项)", "Demands (one per line)", required=False, hint=Text(
        "每项诉求都要分别答复(第三十二条)", "each of them is answered (Art. 32)")),
    pick("subject_category", "内容分类", "Topic", SUBJECTS, required=False),
    line("place", "问题属地", "Place of the problem", required=False),
    yes("initial", "初次信访", "First time", hint=Text(
        "同一人就同一事项第一次提出", "nobody brought this matter before")),
    pick("petitioner_kind", "信访人类别", "Petitioner", KINDS, required=False),
    line("petitioner_name", "姓名(名称)", "Name", required=False, hint=Text(
        "未署名的同样登记;姓名、住址不清的,直接提出的信访事项可以不告知(第二十三条第二款)",
        "anonymous petitions are registered too; only the notice falls away (Art. 23(2))")),
    line("petitioner_address", "住址", "Address", required=False),
    line("phone", "电话(自愿留存)", "Telephone (if left)", required=False),
    line("id_number", "证件号码(自愿留存)", "Identity number (if left)", required=False),
    pick("delivery", "希望的送达方式", "Preferred delivery", DELIVERIES, required=False),
    yes("e_service", "同意电子送达", "Consents to electronic service"),
    number("head_count", "信访人数", "Number of people", required=False, minimum=1),
    number("representatives", "到访代表人数", "Representatives present", required=False, minimum=1,
           when=("channel", ("visit",)), hint=Text(
        "多人走访的应当推选代表(第二十条第三款);超出人数同样登记",
        "many who visit choose representatives (Art. 20(3)); more are registered all the same")),
    yes("oral_read_back", "已向信访人宣读核对记录", "Read back to the petitioner",
        when=("channel", ("call", "visit")), hint=Text(
        "口头提出的应当如实记录(第十九条第一款)", "an oral petition is recorded truthfully (Art. 19(1))")),
    yes("urgent", "重大、紧急信访事项", "Grave or urgent", hint=Text(
        "及时报告,不等分流期限(第二十五条)",
        "reported at once, without waiting for the sorting (Art. 25)")),
    pick("urgent_ground", "重大、紧急的情形", "Ground of urgency", URGENT_GROUNDS, when=("urgent", YES)),
    organ("accused_organ", "被反映(检举控告)的单位", "Organ complained of or accused", required=False,
          sealed=True, when=_NAMED_ORGAN, hint=Text(
        "检举控告材料不得透露、转给该单位(第三十条)", "an accusation never reaches it (Art. 30)")),
    person("accused_person", "被检举控告的人员(在本系统有账户的)", "Person accused (if on staff here)",
           required=False, when=_ACCUSED, sealed=True),
    line("external_number", "外部编号", "External number", required=False, sealed=False),
    line("submission", "同一来件编号", "Submission", required=False, sealed=False, hint=Text(
        "一信多事的,各事项用同一编号", "one letter with several matters: the same number for each")),
)  # fmt: skip

FACTS = (
    "channel", "category", "litigation", "urgent", "received_on", "name_or_address_unclear", "joint",
    "head_count", "demands", "submission", "first_receiver", "office", "organ", "direct", "initial",
    "e_service", "complained_organ", "organ_received_on", "subject_category",
)  # fmt: skip


def register(situation: Situation, answers: Values) -> Outcome:
    """Register a petition and start the clock of whoever received it (Arts. 22(1), 23(2))."""
    if Role.CLERK not in situation.actor.roles and not situation.actor.is_system:
        raise refused(
            "22",
            "登记由经办人员办理;请由本机关经办人员登记",
            "a clerk registers; leave it to a clerk of your organ",
        )
    return _registered(situation, answers, clocks=True)


def register_imported(situation: Situation, answers: Values) -> Outcome:
    """Take over a petition from older registers; clocks start only where that is asked for."""
    return _registered(situation, answers, clocks=read.flag(answers, "run_clocks"))


def _registered(situation: Situation, answers: Values, *, clocks: bool) -> Outcome:
    received = day_of(situation, answers, "received_on")
    shut_out = _shut_out(situation, answers)
    holder = _holder(situation, shut_out)
    facts = _facts(situation, answers, holder)
    facts["received_on"] = received.isoformat()
    if facts["direct"]:
        facts["organ_received_on"] = received.isoformat()
    opened: tuple[Change, ...] = ()
    if clocks and holder is not None:
        opened = _clocks(facts, holder, situation, answers)
    return Outcome(
        facts=facts,
        deadlines=opened,
        documents=_papers(answers, facts, received.isoformat()) if clocks else (),
        exclude=shut_out,
        warnings=_warnings(situation, answers),
    )


def _clocks(
    facts: dict[str, FactValue], holder: Organ, situation: Situation, answers: Values
) -> tuple[Change, ...]:
    received = day_of(situation, answers, "received_on")
    if not facts["direct"]:
        return (Open(limit="T1", on=received, debtor=holder.id),)
    unclear = bool(facts["name_or_address_unclear"])
    if rules.notice_excused(direct=True, name_or_address_unclear=unclear):
        return ()
    return (Open(limit="T2", on=received, debtor=holder.id),)


def _facts(situation: Situation, answers: Values, holder: Organ | None) -> dict[str, FactValue]:
    direct = holder is not None and holder.kind is not OrganKind.PETITION_OFFICE
    heads = max(1, read.number(answers, "head_count"))
    category = read.text(answers, "category")
    facts: dict[str, FactValue] = {
        "channel": read.text(answers, "channel"),
        "category": category,
        "litigation": read.flag(answers, "litigation"),
        "urgent": read.flag(answers, "urgent"),
        "initial": read.flag(answers, "initial"),
        "e_service": read.flag(answers, "e_service"),
        "direct": direct,
        "name_or_address_unclear": not _can_be_told(answers),
        "joint": heads > 1,
        "head_count": heads,
        "demands": max(1, len(read.lines(read.text(answers, "demands")))),
        "first_receiver": situation.actor.organ,
        "submission": read.text(answers, "submission") or None,
        "subject_category": read.text(answers, "subject_category") or None,
    }
    if holder is not None:
        facts["organ" if direct else "office"] = holder.id
    if category != "accusation" and read.text(answers, "accused_organ"):
        facts["complained_organ"] = _known_organ(situation, answers)
    return facts


def _can_be_told(answers: Values) -> bool:
    return bool(read.text(answers, "petitioner_name") and read.text(answers, "petitioner_address"))


def _known_organ(situation: Situation, answers: Values) -> str:
    organ = read.text(answers, "accused_organ")
    if not situation.organs.exists(organ):
        raise at_fault(
            "accused_organ",
            "名录中没有这个单位;不在名录的请写在情况中,此处留空",
            "the directory does not have it; describe it in the facts and leave this empty",
        )
    return organ


def _shut_out(situation: Situation, answers: Values) -> frozenset[str]:
    """Who must never learn of an accusation: the accused organ with all below it, and the accused person."""
    if read.text(answers, "category") != "accusation":
        return frozenset()
    named = []
    if read.text(answers, "accused_organ"):
        named.append(_known_organ(situation, answers))
    if (accused := read.text(answers, "accused_person")) in situation.organs.people:
        named.append(accused)
    return conflicts.exclusion(situation.organs, named, situation.today) if named else frozenset()


def _holder(situation: Situation, shut_out: frozenset[str]) -> Organ | None:
    """Who holds the new file: the receiver, or, where that is the accused, the next office above that is not (Art. 30)."""
    organs, today = situation.organs, situation.today
    receiver = organs.organ(situation.actor.organ)
    if receiver.id not in shut_out:
        return receiver
    seen = {receiver.id}
    front = [receiver.id]
    while front:
        above = [upper.id for id in front for upper in organs.superiors(id, today)]
        for id in above:
            office = organs.petition_office_of(id, today)
            if office is not None and office.id not in shut_out:
                return office
        front = [id for id in dict.fromkeys(above) if id not in seen]
        seen.update(front)
    return None


def _warnings(situation: Situation, answers: Values) -> tuple[Text, ...]:
    found: list[Text] = []
    most = situation.law.number("representatives_on_visit")
    present = read.number(answers, "representatives")
    visit = read.text(answers, "channel") == "visit"
    if not rules.representatives_allowed(visit=visit, representatives=present, most=most):
        found.append(
            Text(
                "到访代表{present}人,请告知推选不超过{most}名代表(第二十条第三款);本件照常登记",
                "{present} representatives came; ask them to choose at most {most} (Art. 20(3)). It is registered",
            ).filled(present=present, most=most)
        )
    if read.text(answers, "channel") in ORAL and not read.flag(answers, "oral_read_back"):
        found.append(
            Text(
                "口头信访记录尚未宣读核对(第十九条第一款)",
                "the record of the oral petition has not been read back (Art. 19(1))",
            )
        )
    if not _can_be_told(answers):
        found.append(
            Text(
                "姓名或者住址不清,请尽量核实;本件照常登记、办理(第二十三条第二款)",
                "name or address unclear: try to find out; it is registered and handled (Art. 23(2))",
            )
        )
    return tuple(found)


def _papers(answers: Values, facts: dict[str, FactValue], received: str) -> tuple[Issue, ...]:
    slot = Slot.ORGAN.value if facts["direct"] else Slot.OFFICE.value
    channel = caption(CHANNELS, str(facts["channel"]))
    request = read.text(answers, "demands") or read.text(answers, "content")
    form = {
        "received_on": received,
        "channel": channel,
        "request": request,
        "name": read.text(answers, "petitioner_name"),
        "address": read.text(answers, "petitioner_address"),
        "phone": read.text(answers, "phone"),
        "id_number": read.text(answers, "id_number"),
        "head_count": str(facts["head_count"]),
        "place": read.text(answers, "place"),
        "content_category": caption(SUBJECTS, read.text(answers, "subject_category")),
        "situation": read.text(answers, "content"),
    }
    papers = [
        Issue(
            kind="receipt",
            slot=slot,
            to="petitioner",
            fields={"received_on": received, "channel": channel},
        ),
        Issue(
            kind="registration_form",
            slot=slot,
            to="file",
            fields={name: words for name, words in form.items() if words},
        ),
    ]
    if rules.must_be_recorded(oral=facts["channel"] in ORAL):
        read_back = (
            "已宣读,信访人确认无误" if read.flag(answers, "oral_read_back") else "尚未宣读核对"
        )
        oral = {
            "request": request,
            "facts_and_reasons": read.text(answers, "content"),
            "read_back": read_back,
        }
        papers.append(Issue(kind="oral_record", slot=slot, to="file", fields=oral))
    return tuple(papers)


def _today(situation: Situation) -> Values:
    return {"received_on": situation.today, "initial": True}


_BY = (By(Slot.OFFICE, Role.CLERK), By(Slot.ORGAN, Role.CLERK))
REGISTRATION: tuple[Act, ...] = (
    Act(
        id="register",
        title=Text("登记", "Register"),
        article="22",
        kind=ActKind.START,
        by=_BY,
        form=Form(id="register", title=Text("登记信访事项", "Register a petition"), fields=FIELDS),
        decide=register,
        defaults=_today,
        documents=("receipt", "registration_form", "oral_record"),
        facts=FACTS,
        clocks=("open:T1", "open:T2"),
    ),
    Act(
        id="register_imported",
        title=Text("登记历史信访事项", "Register a petition from older registers"),
        article="22",
        kind=ActKind.START,
        by=_BY,
        form=Form(
            id="register_imported",
            title=Text("登记历史信访事项", "Register a petition from older registers"),
            fields=(
                *FIELDS,
                yes("run_clocks", "启动法定期限", "Start the legal limits"),
            ),
        ),
        decide=register_imported,
        documents=("receipt", "registration_form", "oral_record"),
        facts=FACTS,
        clocks=("open:T1", "open:T2"),
    ),
)
