"""Which organ is above which, by rule, on a given day (Arts. 24, 35, 36).

The regulation speaks of 「上一级机关、单位」 and leaves the rest to the order of the state. The rule here: a government
answers to the next higher government (a township to its county); a department to its own government or to the higher
department, as the petitioner chooses; an organ of a vertical system, a Party, congress, discipline, court or
procuratorate organ to the next higher organ of its own system only; an institution or enterprise to the organ that it
belongs to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from engine.petition.parties import Level, Organ, OrganKind

NamedAbove = Callable[[Organ], tuple[str, ...]]
"""Which organs an organ's row names as standing above it."""

_LEVELS = {level: rank for rank, level in enumerate(Level)}
_OWN_SYSTEM_ONLY = frozenset(
    {
        OrganKind.PARTY,
        OrganKind.CONGRESS,
        OrganKind.CONSULTATIVE,
        OrganKind.SUPERVISION,
        OrganKind.COURT,
        OrganKind.PROCURATORATE,
        OrganKind.POLITICAL_LEGAL,
        OrganKind.JOINT_CONFERENCE,
        OrganKind.MASS_BODY,
    }
)


def reviewing_ids(organ: Organ) -> tuple[str, ...]:
    """The ids of the organs directly above *organ*, as its row names them; the one to propose comes first."""
    if organ.kind is OrganKind.GOVERNMENT:
        named = (organ.parent or organ.government,)
    elif organ.vertical:
        named = (organ.higher_department,)
    elif organ.kind in _OWN_SYSTEM_ONLY:
        named = (organ.higher_department or organ.parent,)
    elif organ.kind in {OrganKind.INSTITUTION, OrganKind.ENTERPRISE}:
        named = (organ.parent or organ.government or organ.higher_department,)
    elif organ.kind is OrganKind.PETITION_OFFICE:
        return _present(organ.higher_department, organ.government)
    else:
        return _present(organ.government, organ.higher_department)
    return _present(*named)


def system_ids(organ: Organ) -> tuple[str, ...]:
    """The ids of the organs to whose own system *organ* belongs from below (Art. 23(1): 「本系统下级机关」)."""
    if organ.kind is OrganKind.GOVERNMENT:
        return _present(organ.parent or organ.government)
    if organ.vertical or organ.kind in _OWN_SYSTEM_ONLY:
        return _present(organ.higher_department, organ.parent)
    return _present(organ.higher_department, organ.parent, organ.government)


def commanding_ids(organ: Organ) -> tuple[str, ...]:
    """The ids of the organs whose subordinate *organ* is where an accusation against them is concerned (Art. 30).

    A petition office answers to the higher petition office here, not to the government at whose level it sits: it is
    the body that Art. 22(2) tells to pass on accusations, also those against that government.
    """
    if organ.kind is OrganKind.PETITION_OFFICE:
        return _present(organ.higher_department, organ.parent)
    return _present(*reviewing_ids(organ), organ.parent)


def successor(organs: Mapping[str, Organ], id: str, on: date) -> Organ | None:
    """The organ that carries on the work of *id* on the day *on*: itself while it exists, else whoever succeeded it.

    None where nobody does; then the government of the same level has to name one (Art. 24(2)).
    """
    seen: set[str] = set()
    organ = organs.get(id)
    while organ is not None and organ.id not in seen:
        if organ.valid_on(on):
            return organ
        seen.add(organ.id)
        organ = organs.get(organ.successor) if organ.successor else None
    return None


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """The organs of one day, each with those directly above and below it. Dissolved organs keep their place."""

    up: Mapping[str, tuple[str, ...]]
    down: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(
        cls, organs: Mapping[str, Organ], on: date, *, named: NamedAbove = reviewing_ids
    ) -> Hierarchy:
        """The hierarchy of *organs* on the day *on*; a superior that no longer exists is replaced by its successor."""
        up = {id: tuple(_valid_above(organs, organ, named, on)) for id, organ in organs.items()}
        return cls(up, _inverted(up))

    def above(self, id: str) -> dict[str, int]:
        """Everything above *id* with its distance in steps, nearest first."""
        return _walked(self.up, id)

    def below(self, id: str) -> dict[str, int]:
        """Everything below *id* with its distance in steps, nearest first."""
        return _walked(self.down, id)

    def nearest_common(self, ids: Iterable[str], organs: Mapping[str, Organ]) -> str | None:
        """The nearest organ above every one of *ids*, never one of them; None if their lines do not meet."""
        wanted = tuple(dict.fromkeys(ids))
        lines = [self.above(id) for id in wanted]
        if not lines:
            return None
        common = set(lines[0]).intersection(*lines[1:]) - set(wanted)

        def rank(id: str) -> tuple[int, int, int, str]:
            steps = [line[id] for line in lines]
            return max(steps), sum(steps), -_LEVELS[organs[id].level], id

        return min(common, key=rank, default=None)


def _valid_above(
    organs: Mapping[str, Organ], organ: Organ, named: NamedAbove, on: date
) -> Iterator[str]:
    given: set[str] = {organ.id}
    for id in named(organ):
        superior = successor(organs, id, on)
        if superior is not None and superior.id not in given:
            given.add(superior.id)
            yield superior.id


def _inverted(up: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    down: dict[str, list[str]] = {}
    for lower, uppers in up.items():
        for upper in uppers:
            down.setdefault(upper, []).append(lower)
    return {upper: tuple(sorted(lowers)) for upper, lowers in down.items()}


def _walked(edges: Mapping[str, tuple[str, ...]], start: str) -> dict[str, int]:
    reached = {start: 0}
    front = [start]
    while front:
        step = [far for near in front for far in edges.get(near, ())]
        distance = reached[front[0]] + 1
        front = [id for id in dict.fromkeys(step) if id not in reached]
        reached.update(dict.fromkeys(front, distance))
    del reached[start]
    return reached


def _present(*ids: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(id for id in ids if id))
