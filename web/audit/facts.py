"""The words for facts: what each is called, and its value as people read it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from engine.petition.facts import FACTS, FactKind, FactValue
from engine.petition.forms import Form
from engine.text import Text
from web.captions import CAPTIONS
from web.house import directory, house
from web.language import say
from web.wording import NOTHING, limit_title

NAMES: Final[Mapping[str, Text]] = {
    "channel": Text("来源", "channel"),
    "category": Text("类别", "category"),
    "direct": Text("直接提出", "brought directly"),
    "litigation": Text("涉法涉诉", "litigation matter"),
    "urgent": Text("重大紧急", "urgent"),
    "urgent_reported": Text("已紧急报告", "reported as urgent"),
    "name_or_address_unclear": Text("姓名地址不清", "name or address unclear"),
    "joint": Text("联名", "joint"),
    "initial": Text("初次信访", "first petition"),
    "e_service": Text("同意网上送达", "consents to service on line"),
    "restart": Text("重新启动于", "restarted at"),
    "disposition": Text("分办方式", "disposition"),
    "assigned": Text("交办", "assigned"),
    "signed_for": Text("已签收", "signed for"),
    "presumed_accepted": Text("推定受理", "presumed accepted"),
    "notified": Text("已书面告知", "notified in writing"),
    "mixed_routes": Text("多种途径并存", "several routes"),
    "objection": Text("异议", "objection"),
    "dispute": Text("受理争议", "dispute of jurisdiction"),
    "route": Text("办理途径", "route"),
    "heard": Text("已听取陈述", "petitioner heard"),
    "investigated": Text("已调查", "investigated"),
    "hearing_held": Text("已听证", "hearing held"),
    "settled": Text("已和解调解", "settled"),
    "performed": Text("已履行", "performed"),
    "executed": Text("已执行", "executed"),
    "reported_complete": Text("已报办结", "reported complete"),
    "next_step": Text("下一步", "next step"),
    "finding": Text("处理结论", "finding"),
    "serving": Text("正在送达", "being served"),
    "service": Text("送达状态", "service"),
    "opinion_issued": Text("处理意见已出具", "opinion issued"),
    "opinion_served": Text("处理意见已送达", "opinion served"),
    "review_requested": Text("已请求复查", "review requested"),
    "review_served": Text("复查意见已送达", "review opinion served"),
    "re_review_requested": Text("已请求复核", "re-review requested"),
    "re_review_served": Text("复核意见已送达", "re-review opinion served"),
    "hearing_open": Text("听证进行中", "hearing under way"),
    "hearing_ordered": Text("已决定听证", "hearing ordered"),
    "review_result": Text("复查结果", "result of the review"),
    "re_review_result": Text("复核结果", "result of the re-review"),
    "review_lapse": Text("复查期满", "lapse of the review"),
    "re_review_lapse": Text("复核期满", "lapse of the re-review"),
    "closing": Text("办结方式", "closing"),
    "measure": Text("督办措施", "measure"),
    "adopted": Text("建议采纳", "recommendation adopted"),
    "rectified": Text("已整改", "rectified"),
    "serious": Text("后果严重", "serious result"),
    "annulled": Text("督办已撤销", "supervision annulled"),
    "breach_limit": Text("逾期期限", "limit breached"),
    "breach_article": Text("逾期条款", "article breached"),
    "breach_deadline": Text("逾期记录", "deadline breached"),
    "about": Text("所督办事项", "petition supervised"),
    "office": Text("信访工作机构", "petition office"),
    "organ": Text("责任单位", "organ responsible"),
    "review_organ": Text("复查机关", "reviewing organ"),
    "re_review_organ": Text("复核机关", "re-reviewing organ"),
    "other_review_organ": Text("可选的另一复查机关", "other lawful reviewing organ"),
    "other_re_review_organ": Text("可选的另一复核机关", "other lawful re-reviewing organ"),
    "decider": Text("争议决定机关", "organ deciding the dispute"),
    "discipline_organ": Text("纪检监察机关", "discipline organ"),
    "supervising_office": Text("督办机构", "supervising office"),
    "server": Text("送达单位", "organ that serves"),
    "first_receiver": Text("首先收到单位", "first receiver"),
    "transferred_by": Text("转送单位", "transferred by"),
    "disputing_organ": Text("争议单位", "disputing organ"),
    "subject_category": Text("内容分类", "topic"),
    "competence": Text("与职权表", "competence table"),
    "proposed_organ": Text("建议单位", "proposed organ"),
    "complained_organ": Text("被反映单位", "organ complained of"),
    "barring_organ": Text("正在办理的下级单位", "lower organ still dealing with it"),
    "handler": Text("承办人", "handler"),
    "opinion_signer": Text("处理意见签发人", "signer of the opinion"),
    "review_signer": Text("复查意见签发人", "signer of the review opinion"),
    "recused": Text("已回避", "recused"),
    "received_on": Text("收到日期", "received on"),
    "organ_received_on": Text("责任单位收到日期", "received by the organ on"),
    "accepted_on": Text("受理日期", "accepted on"),
    "notified_on": Text("告知日期", "notified on"),
    "opinion_issued_on": Text("处理意见出具日期", "opinion issued on"),
    "opinion_dispatched_on": Text("处理意见发出日期", "opinion dispatched on"),
    "opinion_received_on": Text("处理意见送达日期", "opinion received on"),
    "review_requested_on": Text("请求复查日期", "review requested on"),
    "review_received_on": Text("收到复查请求日期", "review request received on"),
    "re_review_requested_on": Text("请求复核日期", "re-review requested on"),
    "re_review_received_on": Text("收到复核请求日期", "re-review request received on"),
    "closed_on": Text("办结日期", "closed on"),
    "hearing_from": Text("听证开始日期", "hearing from"),
    "barring_due": Text("下级办理期限", "limit of the lower organ"),
    "prior_opinion_on": Text("原复核意见日期", "earlier re-review opinion of"),
    "issued_on": Text("出具日期", "issued on"),
    "dispatched_on": Text("发出日期", "dispatched on"),
    "assigned_due": Text("指定期限", "assigned day"),
    "required_by": Text("督办要求完成日", "asked by"),
    "transfers": Text("转送次数", "transfers"),
    "extended_days": Text("延长天数", "days of extension"),
    "demands": Text("诉求数", "demands"),
    "head_count": Text("人数", "head-count"),
    "serving_document": Text("送达文书", "document being served"),
    "merged_into": Text("并入事项", "merged into"),
    "to_serve": Text("待送达文书", "papers to be served"),
    "submission": Text("提交编号", "submission"),
    "archived_on": Text("归档日期", "archived on"),
    "keep_until": Text("保管至", "kept until"),
    "held": Text("保全", "under a hold"),
    "erased": Text("个人信息已删除", "personal data erased"),
    "erasure_ground": Text("删除理由", "ground for erasure"),
    "erasure_by": Text("提出删除", "erasure proposed by"),
    "prior_opinion": Text("原复核意见", "earlier re-review opinion"),
}
VALUES: Final[Mapping[str, Mapping[str, Text]]] = {
    "restart": {
        "intake": Text("登记", "intake"),
        "review": Text("复查", "review"),
        "re_review": Text("复核", "re-review"),
    },
    "objection": {
        "raised": Text("已提出", "raised"),
        "agreed": Text("同意交还", "agreed"),
        "refused": Text("不同意", "refused"),
    },
    "dispute": {"raised": Text("已提出", "raised"), "decided": Text("已指定", "decided")},
    "serving": {
        "opinion": Text("处理意见书", "opinion"),
        "review_opinion": Text("复查意见书", "review opinion"),
        "re_review_opinion": Text("复核意见书", "re-review opinion"),
    },
    "review_result": {
        "maintained": Text("维持", "maintained"),
        "changed": Text("变更", "changed"),
        "redo": Text("责令重办", "to be redone"),
    },
    "re_review_result": {"maintained": Text("维持", "maintained"), "changed": Text("变更", "changed")},
    "review_lapse": {"confirmed": Text("期满未请求", "lapsed"), "excused": Text("准予逾期", "excused")},
    "re_review_lapse": {"confirmed": Text("期满未请求", "lapsed"), "excused": Text("准予逾期", "excused")},
}  # fmt: skip
"""What no form and no list calls by name."""
_YES, _NO = Text("是", "yes"), Text("否", "no")


def name_of(fact: str) -> str:
    """What the fact is called."""
    return say(NAMES.get(fact)) or fact


def value_of(fact: str, value: FactValue) -> str:
    """Its value as people read it; a dash where it is not known."""
    if value is None:
        return say(NOTHING)
    if isinstance(value, bool):
        return say(_YES if value else _NO)
    declared = FACTS.get(fact)
    if declared is not None and declared.kind is FactKind.ORGAN:
        organ = directory().organs.get(str(value))
        return say(organ.name) if organ else str(value)
    if fact == "breach_limit":
        return limit_title(str(value))
    person = directory().people.get(str(value))
    if person is not None:
        return person.name
    word = str(value)
    known = VALUES.get(fact, CAPTIONS.get(fact, {})).get(word) or _of_acts().get((fact, word))
    return say(known) or word


def answers(forms: Iterable[Form]) -> Mapping[tuple[str, str], Text]:
    """What the acts' own forms, and *forms*, call the answers that become facts: by fact and value."""
    return {**_of_acts(), **_answers(forms)}


@lru_cache(maxsize=1)
def _of_acts() -> Mapping[tuple[str, str], Text]:
    return _answers(act.form for act in house().acts.values())


def _answers(forms: Iterable[Form]) -> dict[tuple[str, str], Text]:
    return {
        (field.fact or field.name, option.value): option.label
        for form in forms
        for field in form.fields
        for option in field.options
    }
