"""The closed list of facts: what gateways may decide by, what acts may set, which organ plays which part.

Facts are a fold over the entries of the record, kept in the petition's row and recomputed by replay. Only booleans and
enumerations may be named by a gateway.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

FactValue = str | bool | int | None
Facts = Mapping[str, FactValue]


class FactKind(StrEnum):
    """What a fact holds."""

    BOOLEAN = "boolean"
    ENUM = "enum"
    DATE = "date"
    NUMBER = "number"
    ORGAN = "organ"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Fact:
    """The declaration of one fact."""

    name: str
    kind: FactKind
    values: tuple[str, ...] = ()


def _enum(name: str, *values: str) -> Fact:
    return Fact(name, FactKind.ENUM, values)


def _boolean(*names: str) -> tuple[Fact, ...]:
    return tuple(Fact(name, FactKind.BOOLEAN) for name in names)


def _dates(*names: str) -> tuple[Fact, ...]:
    return tuple(Fact(name, FactKind.DATE) for name in names)


def _organs(*names: str) -> tuple[Fact, ...]:
    return tuple(Fact(name, FactKind.ORGAN) for name in names)


_DECLARED: Final = (
    # intake
    _enum("channel", "online", "letter", "call", "fax", "visit"),
    _enum("category", "suggestion", "accusation", "grievance"),
    *_boolean("direct", "litigation", "urgent", "urgent_reported", "name_or_address_unclear", "joint", "initial",
              "e_service"),
    _enum("restart", "intake", "review", "re_review"),
    _enum(
        "disposition",
        "forward", "assign", "subordinate", "own", "outside", "litigation_forward", "litigation_explain",
        "accusation", "barred", "no_longer", "repeat",
    ),
    Fact("subject_category", FactKind.WORD),
    # routing
    _enum("competence", "followed", "departed"),
    *_boolean("assigned", "signed_for", "presumed_accepted", "notified", "mixed_routes"),
    _enum("objection", "raised", "agreed", "refused"),
    _enum("dispute", "raised", "decided"),
    _enum(
        "route", "route_1", "route_2", "route_3", "route_4", "route_5", "route_6", "suggestion", "accusation"
    ),
    # handling
    *_boolean("heard", "investigated", "hearing_held", "settled", "performed", "executed", "reported_complete"),
    _enum("next_step", "hearing", "mediation", "opinion"),
    _enum("finding", "supported", "explained", "not_supported"),
    # service
    _enum("serving", "opinion", "review_opinion", "re_review_opinion"),
    _enum("service", "pending", "dispatched", "delivered", "undelivered"),
    # review and re-review
    *_boolean("opinion_issued", "opinion_served", "review_requested", "review_served", "re_review_requested",
              "re_review_served", "hearing_open", "hearing_ordered"),
    _enum("review_result", "maintained", "changed", "redo"),
    _enum("re_review_result", "maintained", "changed"),
    _enum("review_lapse", "confirmed", "excused"),
    _enum("re_review_lapse", "confirmed", "excused"),
    _enum(
        "closing",
        "settled", "replied", "lapsed", "withdrawn", "final", "diverted", "guided_out", "barred", "no_longer",
        "merged", "litigation", "accusation", "duty", "supervision",
    ),
    # supervision
    _enum("measure", "reminder", "letter", "improvement"),
    _enum("adopted", "adopted", "partly", "not_adopted"),
    *_boolean("rectified", "serious", "annulled"),
    Fact("breach_limit", FactKind.WORD),
    Fact("breach_article", FactKind.WORD),
    Fact("breach_deadline", FactKind.WORD),
    Fact("about", FactKind.WORD),
    # organs playing a part
    *_organs(
        "office", "organ", "review_organ", "re_review_organ", "decider", "discipline_organ", "supervising_office",
        "other_review_organ", "other_re_review_organ",
        "server", "first_receiver", "transferred_by", "disputing_organ", "proposed_organ", "complained_organ",
        "barring_organ",
    ),
    # people with a duty towards the file, and those who must stay away from it
    Fact("handler", FactKind.WORD),
    Fact("opinion_signer", FactKind.WORD),
    Fact("review_signer", FactKind.WORD),
    Fact("recused", FactKind.WORD),
    # days
    *_dates(
        "received_on", "organ_received_on", "accepted_on", "notified_on", "opinion_issued_on", "opinion_dispatched_on",
        "opinion_received_on", "review_requested_on", "review_received_on", "re_review_requested_on",
        "re_review_received_on", "closed_on", "hearing_from",
        "barring_due", "prior_opinion_on", "issued_on", "dispatched_on", "assigned_due",
        "required_by",
    ),
    # keeping
    *_boolean("held", "erased"),
    *_dates("archived_on", "keep_until"),
    Fact("erasure_ground", FactKind.WORD),
    Fact("erasure_by", FactKind.WORD),
    Fact("transfers", FactKind.NUMBER),
    Fact("extended_days", FactKind.NUMBER),
    Fact("demands", FactKind.NUMBER),
    Fact("head_count", FactKind.NUMBER),
    # documents that are waiting for service or are referred to later
    Fact("serving_document", FactKind.WORD),
    Fact("to_serve", FactKind.WORD),
    Fact("merged_into", FactKind.WORD),
    Fact("submission", FactKind.WORD),
    # the re-review opinion by which a matter is refused for good (its number)
    Fact("prior_opinion", FactKind.WORD),
)  # fmt: skip


def _flatten() -> dict[str, Fact]:
    table: dict[str, Fact] = {}
    for declared in _DECLARED:
        for fact in declared if isinstance(declared, tuple) else (declared,):
            if fact.name in table:
                raise ValueError(f"the fact {fact.name} is declared twice")
            table[fact.name] = fact
    return table


FACTS: Final[Mapping[str, Fact]] = _flatten()


def folded(facts: Facts, changes: Facts) -> dict[str, FactValue]:
    """*facts* with *changes* laid over them; a change to None forgets the fact."""
    merged = {**facts, **changes}
    return {name: value for name, value in sorted(merged.items()) if value is not None}
