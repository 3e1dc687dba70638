"""The words that a drawing may use, gathered from those who know them."""

from __future__ import annotations

from engine.acts.catalogue import ACTS
from engine.documents.render import faults_of_templates
from engine.petition.facts import FACTS, FactKind
from engine.petition.forms import parse_form
from engine.petition.parties import Role, Slot
from engine.procedure import ActWord, FactWord, Vocabulary
from engine.statute.law import Law

STAGES = (
    "intake", "routing", "handling", "service", "execution", "review", "re_review", "supervision", "care", "closed",
)  # fmt: skip
# What a drawing may listen to besides the standing acts: the review replaced the opinion under execution.
_EVENTS = ("opinion_replaced",)


def vocabulary(law: Law) -> Vocabulary:
    """The words that a drawing may use, gathered from the statute, the acts and the facts."""
    acts = {
        act.id: ActWord(
            kind=act.kind.value, by=tuple((by.slot.value, by.role.value) for by in act.by)
        )
        for act in ACTS.values()
        if act.kind.value != "office"
    }
    acts.update({event: ActWord(kind="standing") for event in _EVENTS})
    return Vocabulary(
        acts=acts,
        facts={
            name: FactWord(kind=_kind(fact.kind), values=fact.values)
            for name, fact in FACTS.items()
        },
        limits={name: limit.id for limit in law.clocks() for name in (limit.id, limit.alias)},
        documents=frozenset(rule.kind for rule in law.documents()),
        stages=STAGES,
        roles=frozenset(
            {Role.CLERK.value, Role.HEAD.value, Role.REVIEWER.value, Role.SUPERVISOR.value}
        ),
        slots=frozenset(slot.value for slot in Slot),
        read_form=parse_form,
        read_templates=faults_of_templates,
    )


def _kind(kind: FactKind) -> str:
    return kind.value if kind in {FactKind.BOOLEAN, FactKind.ENUM} else "other"
