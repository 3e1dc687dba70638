"""What a petitioner is told of the course of their matter, in their words. What stays inside the office has no word here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from engine.clock import legal_date
from engine.petition.file import File
from engine.petition.parties import Slot
from engine.store.queries import EntryRow
from engine.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Something that happened: the day, what, and which organ did it."""

    on: date
    what: Text
    organ: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place of the way: ``was``, ``is``, ``ahead`` or, where the way led around it, ``skipped``."""

    name: Text
    how: str


_TOLD: Final[Mapping[str, Text]] = {
    "register": Text("收到并登记", "received and registered"),
    "register_imported": Text("登记(由原登记簿转入)", "registered (from an older register)"),
    "forward": Text("转送有权处理的机关、单位", "forwarded to the competent organ"),
    "assign": Text("交办有权处理的机关、单位", "assigned to the competent organ"),
    "refer_down": Text("转送下级机关、单位", "referred to a lower organ"),
    "forward_litigation": Text("涉法涉诉事项,转送政法机关", "litigation matter, transferred"),
    "explain_procedure": Text(
        "涉法涉诉事项,释明并引导", "litigation matter, the law was explained"
    ),
    "forward_accusation": Text("按照管理权限转送", "forwarded by management authority"),
    "receive_accusation": Text("有权处理的机关接收", "received by the competent organ"),
    "conclude_accusation": Text("按照规定处理完毕", "concluded by its own rules"),
    "decide_jurisdiction": Text("指定受理机关、单位", "the accepting organ was named"),
    "accept": Text("受理,书面告知", "accepted, with notice"),
    "divert": Text("告知应当适用的法定程序", "told the proper procedure"),
    "undertake": Text(
        "告知依法履行职责或者答复", "told that the duty will be performed or answered"
    ),
    "acknowledge": Text("告知已接收建议意见", "told that the suggestion arrived"),
    "decline": Text("告知不予受理", "declined, with notice"),
    "refuse_for_good": Text("告知不再受理", "refused for good, with notice"),
    "merge": Text("并入正在办理的同一事项", "joined to the same matter that is running"),
    "guide_out": Text("告知向有权处理的机关、单位提出", "told which organ to ask"),
    "reroute": Text("变更处理途径,书面告知", "another path was taken, with notice"),
    "hear_petitioner": Text("听取陈述", "the petitioner was heard"),
    "hold_hearing": Text("举行听证", "a hearing was held"),
    "mediate": Text("组织调解、和解", "mediation"),
    "confirm_performance": Text("核对协议履行情况", "performance of the settlement checked"),
    "extend": Text("延长办理期限,告知理由", "the limit was extended, with reasons"),
    "issue_opinion": Text("出具信访处理意见书", "the handling opinion was given"),
    "dispatch": Text("发出意见书", "the opinion was sent"),
    "prove_service": Text("登记意见书送达结果", "the service of the opinion was recorded"),
    "serve_notice": Text("登记告知文书送达结果", "the service of a notice was recorded"),
    "confirm_execution": Text("处理意见已执行", "the opinion was executed"),
    "answer_suggestion": Text("回复建议意见", "the suggestion was answered"),
    "answer_duty": Text("履行职责或者答复", "the duty was performed or answered"),
    "request_review": Text("收到复查请求", "the request for a review was received"),
    "designate_reviewer": Text("指定复查(复核)机关、单位", "the reviewing organ was named"),
    "decide_review": Text("出具复查意见书", "the review opinion was given"),
    "request_re_review": Text("收到复核请求", "the request for a re-review was received"),
    "order_hearing": Text("复核听证开始,期限停止计算", "a hearing began, the limit stopped"),
    "close_hearing": Text("复核听证结束,期限继续计算", "the hearing ended, the limit runs on"),
    "decide_re_review": Text("出具复核意见书", "the re-review opinion was given"),
    "confirm_lapse": Text("核对请求期限届满", "the lapse of the limit for asking was checked"),
    "reopen": Text("恢复复查、复核程序", "reopened for review"),
    "evaluate": Text("登记您的评价", "your evaluation was recorded"),
    "withdraw": Text("登记撤回", "the withdrawal was recorded"),
    "succeed": Text("由继续行使职权的机关、单位承接", "taken over by the successor"),
    "care": Text("疏导帮扶", "guidance and help"),
}
_OVERDUE: Final = Text("「{limit}」期限届满,尚未办结", "limit passed and still owed: {limit}")
_NOW: Final[Mapping[str, tuple[tuple[Slot, ...], Text]]] = {
    "intake": ((Slot.OFFICE, Slot.ORGAN), Text("{organ}正在登记、分流", "{organ} is sorting it")),
    "routing": ((Slot.ORGAN, Slot.OFFICE), Text("{organ}正在确定受理和处理途径", "{organ} is deciding on its acceptance and path")),
    "handling": ((Slot.ORGAN, Slot.OFFICE), Text("{organ}正在办理", "{organ} is handling it")),
    "service": ((Slot.SERVER, Slot.ORGAN), Text("意见书已出具,{organ}正在送达", "{organ} is serving the opinion")),
    "review": ((Slot.REVIEW_ORGAN, Slot.ORGAN), Text("复查阶段:{organ}", "review: {organ}")),
    "re_review": ((Slot.RE_REVIEW_ORGAN, Slot.REVIEW_ORGAN), Text("复核阶段:{organ}", "re-review: {organ}")),
    "execution": ((Slot.ORGAN,), Text("{organ}正在执行处理意见", "{organ} is executing the opinion")),
    "care": ((Slot.OFFICE, Slot.ORGAN), Text("程序已结束,{organ}继续疏导帮扶", "the procedure is over, {organ} goes on helping")),
}  # fmt: skip
_ASKABLE: Final = Text(
    "意见书已送达,您可以请求{what}", "the opinion was served; you may ask for a {what}"
)
_OVER: Final = Text("办理程序已结束", "the procedure is over")


def happenings(
    entries: Iterable[EntryRow], titles: Mapping[str, Text], duties: frozenset[str]
) -> tuple[Happening, ...]:
    """What happened that the petitioner may know, oldest first. *titles* are those of limits; *duties* are deadlines owed."""
    return tuple(one for entry in entries for one in _told(entry, titles, duties))


def _told(
    entry: EntryRow, titles: Mapping[str, Text], duties: frozenset[str]
) -> Iterator[Happening]:
    if entry.act in _TOLD:
        yield Happening(on=legal_date(entry.effective_at), what=_TOLD[entry.act], organ=entry.organ)
    for change in entry.deadlines:
        if change.how == "passed" and change.id in duties and change.legal_due is not None:
            yield Happening(
                on=change.legal_due, what=_OVERDUE.filled(limit=titles[change.limit]), organ=""
            )


def present(file: File, names: Mapping[str, Text]) -> Text:
    """Where the matter is now, in a sentence; *names* are those of the organs."""
    facts = file.facts
    if file.closed_at is not None or file.stage not in _NOW:
        return _OVER
    if file.stage == "review" and not facts.get("review_requested"):
        return _ASKABLE.filled(what=Text("复查", "review"))
    if file.stage == "re_review" and not facts.get("re_review_requested"):
        return _ASKABLE.filled(what=Text("复核", "re-review"))
    slots, words = _NOW[file.stage]
    organ = next((str(facts[slot]) for slot in slots if facts.get(slot)), file.organ)
    return words.filled(organ=names[organ])


def way(file: File) -> tuple[Place, ...]:
    """The way of the matter as a bar, told by its facts."""
    facts = file.facts
    reached = (
        (Text("收到", "Received"), True),
        (Text("转交", "Passed on"), bool(facts.get("transfers"))),
        (Text("告知", "Notified"), bool(facts.get("notified"))),
        (Text("办理", "Handled"), bool(facts.get("accepted_on") or facts.get("heard"))),
        (Text("意见", "Opinion"), bool(facts.get("opinion_issued"))),
        (Text("送达", "Served"), bool(facts.get("opinion_served"))),
        (Text("复查", "Review"), bool(facts.get("review_requested"))),
        (Text("复核", "Re-review"), bool(facts.get("re_review_requested"))),
        (Text("办结", "Concluded"), bool(file.closed_at or facts.get("closing"))),
    )
    last = max(place for place, (_, there) in enumerate(reached) if there)
    return tuple(
        Place(name=name, how=_how(place, last, there))
        for place, (name, there) in enumerate(reached)
    )


def _how(place: int, last: int, there: bool) -> str:
    if place == last:
        return "is"
    if place > last:
        return "ahead"
    return "was" if there else "skipped"
