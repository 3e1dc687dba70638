"""Matters for the tests of acts: a petition travels by acts alone, on a clock that the test turns. No drawing, no database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any

import pytest

from engine.acts.act import Act, FollowUp, Outcome, Situation
from engine.acts.catalogue import ACTS, clock_passed
from engine.clock import SHANGHAI
from engine.errors import ActRefused, BadInput
from engine.people.directory import Directory
from engine.people.roles import may_act
from engine.petition.deadlines import Correct, Deadline, Ledger
from engine.petition.documents import Issue
from engine.petition.facts import FACTS, FactKind, FactValue, folded
from engine.petition.parties import SYSTEM, Actor, Appointment, Level, OrganKind, Role, Slot
from engine.statute.calendar import load_calendar
from engine.statute.law import load_law
from tests.people.offices import directory, four_levels, organ

MONDAY = date(2026, 3, 2)

PO, HOUSING, LABOUR, TAX = "county.petitions", "county.housing", "county.labour", "county.tax"
CITY_PO, CITY_HOUSING, PROVINCE_HOUSING = "city.petitions", "city.housing", "province.housing"
COURT, DISCIPLINE, GOVERNMENT = "county.court", "county.discipline", "county.government"

_POSTS = (
    ("anna", PO, Role.CLERK), ("boss", PO, Role.HEAD), ("sven", PO, Role.SUPERVISOR),
    ("carl", HOUSING, Role.CLERK), ("cora", HOUSING, Role.CLERK), ("dora", HOUSING, Role.HEAD),
    ("emil", LABOUR, Role.CLERK), ("emma", LABOUR, Role.HEAD), ("tina", TAX, Role.CLERK),
    ("fred", CITY_HOUSING, Role.REVIEWER), ("fay", CITY_HOUSING, Role.CLERK), ("finn", CITY_HOUSING, Role.HEAD),
    ("gert", PROVINCE_HOUSING, Role.REVIEWER), ("hugo", CITY_PO, Role.CLERK), ("hank", CITY_PO, Role.SUPERVISOR),
    ("ivan", DISCIPLINE, Role.CLERK), ("jane", GOVERNMENT, Role.CLERK), ("karl", GOVERNMENT, Role.REVIEWER),
    ("lena", "town.government", Role.CLERK), ("root", PO, Role.ADMINISTRATOR),
)  # fmt: skip


@cache
def office() -> Directory:
    """Four levels, with a labour department, a court and a political-legal organ in the county."""
    extra = (
        organ(LABOUR, OrganKind.DEPARTMENT, Level.COUNTY, government=GOVERNMENT),
        organ(COURT, OrganKind.COURT, Level.COUNTY),
        organ("county.legal", OrganKind.POLITICAL_LEGAL, Level.COUNTY),
    )
    appointments = [Appointment(person=who, organ=at, role=role) for who, at, role in _POSTS]
    return directory(*appointments, organs=(*four_levels(), *extra))


def actor(who: str) -> Actor:
    """The person *who* at the one organ where they hold their posts."""
    posts = [(at, role) for name, at, role in _POSTS if name == who]
    return Actor(person=who, organ=posts[0][0], roles=frozenset(role for _, role in posts))


REGISTRATION: Mapping[str, Any] = {
    "channel": "letter",
    "category": "grievance",
    "title": "供暖不足",
    "content": "演示内容",
    "demands": "整改",
    "petitioner_name": "演示甲",
    "petitioner_address": "测试县演示街1号",
}
ANSWERS: Mapping[str, Mapping[str, Any]] = {
    "register": REGISTRATION,
    "register_imported": REGISTRATION,
    "sort": {"disposition": "forward"},
    "forward": {"organ": HOUSING},
    "assign": {"organ": HOUSING},
    "refer_down": {"organ": HOUSING},
    "route": {"route": "route_6"},
    "accept": {"contact": "住建局,000-0000"},
    "divert": {"procedure": "行政复议", "competent_body": "县政府", "its_time_limit": "六十日内", "basis": "行政复议法"},
    "undertake": {"procedure": "依法履行", "competent_body": "住建局", "its_time_limit": "两个月", "basis": "住房法规"},
    "acknowledge": {"contact": "住建局"},
    "reroute": {"reason": "查明情况", "contact": "住建局"},
    "appoint": {"handler": "carl", "no_interest": True},
    "hear_petitioner": {"manner": "in_person", "present": "演示甲", "content": "陈述", "signatures": "已签"},
    "investigate": {"record": "情况", "next_step": "opinion"},
    "extend": {"complex": True, "days": 10, "reasons": "须鉴定"},
    "issue_opinion": {
        "finding": "supported", "request": "整改", "facts_and_reasons": "查明属实", "opinion": "予以支持",
        "answers": "限期整改", "legal_basis": "演示条例",
    },
    "dispatch": {"method": "post", "proof": "邮件号0001"},
    "prove_service": {"result": "delivered", "method": "post", "proof": "post_receipt", "recipient": "演示甲"},
    "serve_notice": {"result": "sent", "method": "post"},
    "request_review": {"applicant": "演示甲", "prior_opinion": "信处〔2026〕1号", "request": "变更", "grounds": "不符",
                       "review_organ": CITY_HOUSING},
    "decide_review": {
        "result": "maintained", "applicant": "演示甲", "request": "变更", "facts": "属实", "opinion": "维持",
        "legal_basis": "演示条例",
    },
    "request_re_review": {
        "applicant": "演示甲", "prior_opinion": "信查〔2026〕1号", "request": "变更", "grounds": "不符",
        "re_review_organ": PROVINCE_HOUSING,
    },
    "decide_re_review": {
        "result": "maintained", "applicant": "演示甲", "request": "变更", "facts": "属实", "opinion": "维持",
        "legal_basis": "演示条例",
    },
    "order_hearing": {"place_and_time": "演示会议室", "host": "演示乙"},
    "close_hearing": {"course": "经过", "evidence": "证据", "opinions": "意见", "signatures": "已签"},
    "hold_hearing": {
        "place_and_time": "会议室", "host": "演示乙", "course": "经过", "evidence": "证据", "opinions": "意见",
        "signatures": "已签", "next_step": "opinion",
    },
    "mediate": {
        "petitioner_consents": True, "other_side_consents": True, "within_discretion": True, "settled": True,
        "parties": "演示甲、住建局", "facts": "供暖不足", "terms": "十日内整改", "performance": "四月底前",
        "signatures": "双方签名",
    },
    "confirm_performance": {"performed": True, "evidence": "已整改"},
    "object": {"reasons": "不属于本单位职权"},
    "decide_objection": {"agreed": True, "reasons": "核实属实"},
    "dispute": {"disputing_organ": LABOUR, "negotiation": "协商未果"},
    "decide_jurisdiction": {"reasons": "职责分工"},
    "confirm_lapse": {"decision": "confirmed"},
    "withdraw": {"voluntary": True, "wish": "我自愿撤回"},
    "evaluate": {"own": True, "office_grade": "satisfied"},
    "confirm_execution": {"evidence": "照片"},
    "report_completion": {"course": "经过", "result": "已办结"},
    "answer_suggestion": {"suggestion": "增设站点", "adopted": "adopted", "reasons": "可行"},
    "answer_duty": {"result": "performed", "request": "查处", "answer": "已查处", "legal_basis": "演示条例"},
    "correct_date": {"evidence": "签收单", "reason": "笔误"},
    "archive": {"period": "permanent", "basis": "演示期限表"},
    "hold": {"basis": "演示法院函", "reason": "诉讼需要"},
    "release_hold": {"basis": "演示法院函", "reason": "诉讼已结束"},
    "propose_erasure": {"ground": "requested", "basis": "演示"},
    "decline_erasure": {"reason": "仍需保管"},
    "erase": {"certain": True},
    "recuse": {"applicant": "self", "ground": "亲属", "granted": True},
    "report_urgent": {
        "facts": "险情", "measures": "已疏散",
        "addressees": ("committee_and_government", "department", "joint_conference", "upper_office", "state_bureau"),
    },
    "decline": {"ground": "已由下级办理"},
    "refuse_for_good": {
        "prior_kind": "re_review_opinion", "same_facts": True, "same_reasons": True,
        "same_facts_and_reasons": "均为供暖不足",
    },
    "guide_out": {"competent_organ": "测试县税务局", "contact": "000-0001"},
    "merge": {"reason": "同一事项"},
    "forward_litigation": {"organ": COURT},
    "explain_procedure": {"explained": "应当上诉", "procedure": "二审"},
    "forward_accusation": {"discipline_organ": DISCIPLINE},
    "conclude_accusation": {"result": "handled", "told": True},
    "care": {"help": "协助申请救助"},
    "reopen": {"restart": "review", "reason": "住院"},
    "open_supervision": {"ground": "overdue"},
    "supervise": {"measure": "letter", "text": "请立即告知信访人"},
    "feedback": {"adopted": "adopted", "rectified": True, "reasons": "已告知"},
    "judge_feedback": {"rectified": True, "reasons": "属实"},
    "recommend_accountability": {
        "authority": DISCIPLINE, "breach": "逾期", "serious_result": "损失", "evidence": "材料", "advice": "处理",
    },
}  # fmt: skip


def assert_declared(act: Act, outcome: Outcome) -> None:
    """An act does nothing that it does not declare: proofs of drawings rely on it."""
    assert set(outcome.facts) <= set(act.facts), set(outcome.facts) - set(act.facts)
    assert {one.kind for one in outcome.documents} <= set(act.documents)
    for change in outcome.deadlines:
        limit = change.id.split("#")[0] if isinstance(change, Correct) else change.limit
        verb = type(change).__name__.lower()
        assert {f"{verb}:{limit}", f"{verb}:*"} & set(act.clocks), (act.id, verb, limit)


_WORTH = {FactKind.BOOLEAN: bool, FactKind.NUMBER: int}


def assert_fits(name: str, value: FactValue) -> None:
    """A fact is declared, and has a value of its kind."""
    fact = FACTS[name]
    if value is None:
        return
    assert isinstance(value, _WORTH.get(fact.kind, str)), (name, value)
    if fact.kind is FactKind.ENUM:
        assert value in fact.values, (name, value)
    if fact.kind is FactKind.DATE:
        date.fromisoformat(str(value))
    if fact.kind is FactKind.ORGAN:
        assert office().exists(str(value)), (name, value)


def assert_complete(outcome: Outcome) -> None:
    """A document states all that the law asks of it (the office itself adds the query code)."""
    for one in outcome.documents:
        given = {"query_code": "the office adds it", **one.fields}
        missing = load_law().document(one.kind).missing(given)
        assert not missing, (one.kind, [part.id for part in missing])
        assert one.serve == load_law().document(one.kind).served, one.kind


@dataclass(slots=True, kw_only=True)
class Matter:
    """One file on the desk. ``does`` performs an act as the office would; ``turn_to`` lets clocks pass on the way."""

    today: date = MONDAY
    kind: str = "petition"
    facts: dict[str, FactValue] = field(default_factory=dict)
    ledger: Ledger = field(default_factory=Ledger)
    seq: int = 0
    closed: bool = False
    excluded: frozenset[str] = frozenset()
    organs: Directory = field(default_factory=office)
    documents: list[Issue] = field(default_factory=list)
    follow_ups: list[FollowUp] = field(default_factory=list)
    last: Outcome = field(default_factory=Outcome)

    def situation(self, who: Actor, now: datetime | None = None) -> Situation:
        moment = now or datetime.combine(self.today, time(12), SHANGHAI).astimezone(UTC)
        return Situation(
            petition="this", kind=self.kind, sealed=self.facts.get("category") == "accusation", facts=self.facts,
            ledger=self.ledger, law=load_law(), calendar=load_calendar(), organs=self.organs, actor=who,
            today=moment.astimezone(SHANGHAI).date(), now=moment, seq=self.seq + 1, closed=self.closed,
            excluded=self.excluded,
        )  # fmt: skip

    def does(self, act_id: str, who: str | Actor, **answers: Any) -> Matter:
        """Perform the act with its usual answers, changed by *answers* (None takes one away)."""
        act = ACTS[act_id]
        person = who if isinstance(who, Actor) else actor(who)
        raw = {**ANSWERS.get(act_id, {}), **answers}
        values = act.form.read({k: v for k, v in raw.items() if v is not None}, today=self.today)
        outcome = act.decide(self.situation(person), values)
        assert_declared(act, outcome)
        assert_complete(outcome)
        self.apply(outcome)
        return self

    def may(self, act_id: str, who: str) -> bool:
        """Whether *who* holds the role and the part that the act asks for."""
        act = ACTS[act_id]
        slots = {slot.value: str(self.facts[slot]) for slot in Slot if self.facts.get(slot)}
        return bool(may_act(self.organs, actor(who), act.by, slots, self.today))

    def apply(self, outcome: Outcome, *, passed: str | None = None) -> None:
        self.seq += 1
        if passed is not None:
            self.ledger = self.ledger.passed(passed, by=self.seq)
        for change in outcome.deadlines:
            self.ledger = self.ledger.changed(change, by=self.seq, reckoner=self.situation(SYSTEM))
        for name, value in outcome.facts.items():
            assert_fits(name, value)
        self.facts = folded(self.facts, outcome.facts)
        self.excluded |= outcome.exclude
        self.documents.extend(outcome.documents)
        self.follow_ups.extend(outcome.follow_ups)
        self.last = outcome

    def turn_to(self, day: date) -> Matter:
        """Let the clock run until noon of *day*; what passes on the way fires at its own legal instant."""
        now = datetime.combine(day, time(12), SHANGHAI).astimezone(UTC)
        while (row := self.ledger.passing(now)) is not None:
            assert row.due_at is not None
            outcome = clock_passed(self.situation(SYSTEM, row.due_at), row)
            self.today = max(self.today, row.due_at.astimezone(SHANGHAI).date())
            self.apply(outcome, passed=row.id)
        self.today = day
        return self

    def refused(self, act_id: str, who: str | Actor, **answers: Any) -> ActRefused:
        """The refusal of the act; nothing may change by it."""
        before = (dict(self.facts), self.ledger, self.seq)
        with pytest.raises(ActRefused) as caught:
            self.does(act_id, who, **answers)
        assert before == (self.facts, self.ledger, self.seq)
        assert caught.value.article
        return caught.value

    def at_fault(self, act_id: str, who: str | Actor, **answers: Any) -> Mapping[str, object]:
        """The fields at fault."""
        with pytest.raises(BadInput) as caught:
            self.does(act_id, who, **answers)
        return caught.value.fields

    def row(self, limit: str) -> Deadline:
        """The newest deadline of *limit*."""
        row = self.ledger.last_of(limit)
        assert row is not None, f"no {limit} on the ledger"
        return row

    def paper(self, kind: str) -> Issue:
        """The newest document of *kind*."""
        return next(one for one in reversed(self.documents) if one.kind == kind)

    def with_facts(self, **facts: FactValue) -> Matter:
        """The same matter with some facts as given."""
        return replace(self, facts=folded(self.facts, facts))


def registered(who: str = "anna", **answers: Any) -> Matter:
    """A petition, registered on a Monday."""
    return Matter().does("register", who, **answers)


def forwarded(**answers: Any) -> Matter:
    """A petition that came to the housing department by way of the petition office, on the same day."""
    return registered(**answers).does("sort", "anna").does("forward", "anna")


def accepted(**answers: Any) -> Matter:
    """A petition accepted under Art. 31(6) on the day on which it arrived."""
    return (
        forwarded(**answers).does("sign_for", "carl").does("route", "carl").does("accept", "carl")
    )


def examined(**answers: Any) -> Matter:
    """A petition on which only the opinion is missing."""
    matter = accepted(**answers).does("appoint", "dora")
    return matter.does("hear_petitioner", "carl").does("investigate", "carl")


def opined(**answers: Any) -> Matter:
    """A petition with a handling opinion that has not been sent."""
    return examined().does("issue_opinion", "dora", **answers)


def served(**answers: Any) -> Matter:
    """A petition whose opinion the petitioner has received."""
    return opined(**answers).does("dispatch", "carl").does("prove_service", "carl")


def under_review() -> Matter:
    """A petition with a request for a review."""
    return served().does("request_review", "carl")


def reviewed(result: str = "maintained") -> Matter:
    """A petition whose review opinion the petitioner has received."""
    matter = under_review().does("decide_review", "fred", result=result)
    return matter.does("dispatch", "fred").does("prove_service", "fred")


def under_re_review() -> Matter:
    """A petition with a request for a re-review."""
    return reviewed().does("request_re_review", "carl")


def finished() -> Matter:
    """A petition whose re-review opinion the petitioner has received."""
    matter = under_re_review().does("decide_re_review", "gert")
    return matter.does("dispatch", "gert").does("prove_service", "gert")


def supervision(debtor: str = HOUSING, office: str = PO) -> Matter:
    """A supervision of *debtor*."""
    matter = Matter(kind="supervision")
    return matter.does(
        "open_supervision", "sven", about="other", organ=debtor, supervising_office=office
    )
