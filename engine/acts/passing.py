"""What follows when a clock passes: a presumed acceptance, a supervision, or just the lapse. Nothing is ever closed or refused."""

from __future__ import annotations

from dataclasses import replace

from engine.acts.act import FollowUp, Outcome, Situation
from engine.petition.commands import supervision_key
from engine.petition.deadlines import Change, Deadline, DeadlineState, Open
from engine.petition.facts import FactValue
from engine.petition.parties import Level, OrganKind, Slot
from engine.statute import rules

_OWN_RULES = frozenset({"suggestion", "accusation"})
_NOTICES = frozenset({"T2", "T3"})
_OF_OTHERS = frozenset({"outside", "subordinate", "litigation_forward", "litigation_explain"})


def clock_passed(situation: Situation, deadline: Deadline) -> Outcome:
    """The consequences of *deadline* passing at its legal instant (``situation.today`` is the day after it).

    A lapsed power has none. A passed duty stays owed and is supervised (Art. 40); a missed notice is besides presumed
    to have accepted the matter on its nominal day (design: clocks).
    """
    if deadline.power:
        return Outcome()
    facts, opened = _presumed(situation, deadline)
    return Outcome(facts=facts, deadlines=opened, follow_ups=_supervised(situation, deadline))


def _presumed(
    situation: Situation, deadline: Deadline
) -> tuple[dict[str, FactValue], tuple[Change, ...]]:
    if (
        deadline.limit not in _NOTICES
        or deadline.nominal_due is None
        or not _may_be_accepted(situation, deadline)
    ):
        return {}, ()
    on = deadline.nominal_due
    facts: dict[str, FactValue] = {"accepted_on": on.isoformat(), "presumed_accepted": True}
    return facts, (Open(limit="T5", on=on, debtor=deadline.debtor),)


def _may_be_accepted(situation: Situation, deadline: Deadline) -> bool:
    """Whether the organ that gave no notice is presumed to have accepted: not where it had sorted the matter as another's."""
    facts = situation.facts
    sorted_away = deadline.limit == "T2" and facts.get("disposition") in _OF_OTHERS
    return (
        not facts.get("notified")
        and not facts.get("closing")
        and facts.get("category") not in _OWN_RULES
        and facts.get("route") in {None, "route_6"}
        and not sorted_away
        and situation.ledger.open_of("T5") is None
    )


def _supervised(situation: Situation, deadline: Deadline) -> tuple[FollowUp, ...]:
    limit = situation.law.limit(deadline.limit, deadline.started_on)
    if not rules.supervision_owed(limit=limit, passed=True):
        return ()
    debtor = _present_debtor(situation, deadline)
    answers: dict[str, object] = {
        "about": situation.petition,
        "organ": debtor,
        "ground": "overdue",
        "breach_limit": deadline.limit,
        "breach_article": limit.breach or limit.article,
        "breach_deadline": deadline.id,
    }
    supervisor = supervising_office(situation, debtor)
    if supervisor is None:
        return ()
    answers["supervising_office"] = supervisor
    key = supervision_key(situation.petition, deadline.id, situation.seq)
    return (FollowUp(act="open_supervision", petition=None, answers=answers, key=key),)


def _present_debtor(situation: Situation, deadline: Deadline) -> str:
    """Whoever owes the duty today: the successor of an organ that is gone (Art. 24(2))."""
    organs = situation.organs
    if not organs.exists(deadline.debtor) or organs.organ(deadline.debtor).valid_on(
        situation.today
    ):
        return deadline.debtor
    for slot in Slot:
        if situation.slot(slot) and deadline.debtor in organs.predecessors(
            str(situation.slot(slot))
        ):
            return str(situation.slot(slot))
    return deadline.debtor


def supervising_office(situation: Situation, debtor: str) -> str | None:
    """The petition office that supervises *debtor*: its superior's for a petition office, else the one that holds the file.

    None where nobody stands above the debtor, or all who do are shut out from the matter.
    """
    organs, today = situation.organs, situation.today
    if not organs.exists(debtor):
        return None
    kind = organs.organ(debtor).kind
    own = rules.supervision_office(debtor_is_petition_office=kind is OrganKind.PETITION_OFFICE)
    candidates: list[str | None] = []
    if own is rules.SupervisionOffice.SUPERIOR_OF_DEBTOR:
        above = organs.petition_office_above(debtor, today)
        candidates.append(above.id if above else None)
        for upper in organs.superiors(debtor, today):
            candidates.append(_office_of(situation, upper.id))
    else:
        candidates.append(situation.slot(Slot.OFFICE))
        candidates.append(_office_of(situation, debtor))
    fit = next((id for id in candidates if id and _fit(situation, id, debtor)), None)
    return fit or _superior_of(situation, debtor)


def _superior_of(situation: Situation, debtor: str) -> str | None:
    """Where no petition office stands above the debtor: its superior organ itself."""
    above = situation.organs.superiors(debtor, situation.today)
    return next((one.id for one in above if one.id not in situation.excluded), None)


def _office_of(situation: Situation, organ: str) -> str | None:
    found = situation.organs.petition_office_of(organ, situation.today)
    return found.id if found else None


def _fit(situation: Situation, id: str, debtor: str) -> bool:
    """A petition office, not shut out, and not of a lower level than the organ it would supervise."""
    office, supervised = situation.organs.organ(id), situation.organs.organ(debtor)
    return (
        id != debtor
        and id not in situation.excluded
        and office.kind is OrganKind.PETITION_OFFICE
        and _FROM_THE_TOP.index(office.level) <= _FROM_THE_TOP.index(supervised.level)
    )


_FROM_THE_TOP = tuple(Level)


def with_supervision_righted(situation: Situation, outcome: Outcome) -> Outcome:
    """*outcome* with the end of every supervision whose breach it shows to have been none, and a start for a breach it shows.

    A breach is annulled when the duty turns out to have been done in time, or when its starting day is corrected so that
    the limit has not passed yet (design: clocks). One that ends otherwise stays a breach. A corrected starting day may
    also show that what was done in time was done too late.
    """
    duties = [row for row in situation.ledger if not row.power]
    if not duties or not outcome.deadlines:
        return outcome
    after = situation.ledger
    for change in outcome.deadlines:
        after = after.changed(change, by=situation.seq, reckoner=situation)
    further: list[FollowUp] = []
    for row in duties:
        now = after.get(row.id)
        if row.passed_by is not None and row.state in _BREACHED and now.state in _IN_TIME:
            further.append(_annulment(situation, row))
        elif row.state is DeadlineState.MET and now.state is DeadlineState.MET_LATE:
            further.extend(_supervised(situation, now))
    return replace(outcome, follow_ups=(*outcome.follow_ups, *further)) if further else outcome


_BREACHED = frozenset({DeadlineState.OVERDUE, DeadlineState.MET_LATE})
_IN_TIME = frozenset({DeadlineState.MET, DeadlineState.RUNNING})


def _annulment(situation: Situation, row: Deadline) -> FollowUp:
    """The supervision is known as the file that the passing of the clock opened."""
    return FollowUp(
        act="annul_supervision",
        petition=None,
        answers={},
        key=f"annul:{situation.petition}:{row.id}:{situation.seq}",
        opened_by=supervision_key(situation.petition, row.id, row.passed_by or 0),
    )
