"""The directory: organs, people, appointments and substitutions of the office, ready for quick questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from engine.errors import NotFound, NotPermitted
from engine.people import superiors, territory
from engine.people.references import refuse_dangling
from engine.people.superiors import Hierarchy, NamedAbove
from engine.petition.parties import (
    Actor,
    Appointment,
    Level,
    Organ,
    OrganKind,
    Person,
    Role,
    Substitution,
)
from engine.text import Text

_DAYS_KEPT = 16
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """All that is known of organs and people; build it with :meth:`of`.

    ``version`` is the number under which the store keeps it. The hierarchy of a day is worked out when first asked for.
    """

    organs: Mapping[str, Organ]
    people: Mapping[str, Person]
    appointments: tuple[Appointment, ...] = ()
    substitutions: tuple[Substitution, ...] = ()
    version: int = 0
    _by_person: Mapping[str, tuple[Appointment, ...]] = field(repr=False, compare=False)
    _by_organ: Mapping[str, tuple[Appointment, ...]] = field(repr=False, compare=False)
    _standing_in: Mapping[str, tuple[Substitution, ...]] = field(repr=False, compare=False)
    _predecessors: Mapping[str, tuple[str, ...]] = field(repr=False, compare=False)
    _days: dict[tuple[date, str], Hierarchy] = field(
        default_factory=dict, repr=False, compare=False
    )

    _offices: dict[date, Mapping[str, str]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(
        cls,
        organs: Iterable[Organ],
        people: Iterable[Person] = (),
        appointments: Iterable[Appointment] = (),
        substitutions: Iterable[Substitution] = (),
        *,
        version: int = 0,
    ) -> Directory:
        """The directory of these rows. Raises DataError where a row names an organ or a person that is not there."""
        organ_table = {organ.id: organ for organ in organs}
        person_table = {person.id: person for person in people}
        held, standing = tuple(appointments), tuple(substitutions)
        refuse_dangling(organ_table, person_table, held, standing)
        return cls(
            organs=organ_table,
            people=person_table,
            appointments=held,
            substitutions=standing,
            version=version,
            _by_person=_grouped((row.person, row) for row in held),
            _by_organ=_grouped((row.organ, row) for row in held),
            _standing_in=_grouped((row.substitute, row) for row in standing),
            _predecessors=_grouped(
                (one.successor, one.id) for one in organ_table.values() if one.successor
            ),
        )

    # ------------------------------------------------------------------------------------- organs

    def organ(self, id: str) -> Organ:
        """The organ *id*, dissolved or not. Raises NotFound."""
        if (organ := self.organs.get(id)) is None:
            raise NotFound(Text("没有这个机关、单位", "there is no such organ"))
        return organ

    def exists(self, id: str) -> bool:
        """Whether there is, or was, an organ *id*."""
        return id in self.organs

    def superiors(self, id: str, on: date) -> tuple[Organ, ...]:
        """The lawful reviewing organs of *id* on the day *on*, the one to propose first (Arts. 35, 36(1)).

        Empty where none is known: then an administrator names one; the request is never refused for it.
        """
        return tuple(self.organs[upper] for upper in self.hierarchy(on).up.get(id, ()))

    def is_superior(self, upper: str, lower: str, on: date) -> bool:
        """Whether *upper* stands above *lower*, at any distance; no organ stands above itself."""
        return upper in self.hierarchy(on).above(lower)

    def common_superior(self, ids: Sequence[str], on: date) -> Organ | None:
        """The nearest organ above all of *ids*, which decides a dispute between them (Art. 24(1)); None if none."""
        found = self.hierarchy(on).nearest_common(ids, self.organs)
        return self.organs[found] if found else None

    def joint_conference_of(self, ids: Sequence[str], on: date) -> Organ | None:
        """The joint conference common to *ids*, for a dispute without a common superior (Art. 24(1)); None if none.

        The conference of the lowest level at which the governments of all of *ids* meet.
        """
        return territory.joint_conference(self.organs, ids, on)

    def successor(self, id: str, on: date) -> Organ:
        """The organ that carries on the work of *id* on the day *on*, itself while it exists (Art. 24(2)).

        Raises NotFound where nobody does, and says who has to name one.
        """
        if (organ := superiors.successor(self.organs, id, on)) is None:
            raise NotFound(
                Text(
                    "该机关、单位已不存在且没有承继单位:由本级党委和政府或者其指定的机关、单位受理",
                    "this organ is gone and nobody succeeds it: the Party committee and government of its level "
                    "take the matter or name who does",
                ),
                article="24(2)",
            )
        return organ

    def predecessors(self, id: str) -> frozenset[str]:
        """The ids of the organs whose work *id* has taken over, directly or through others."""
        found: set[str] = set()
        front = [id]
        while front:
            front = [
                old for new in front for old in self._predecessors.get(new, ()) if old not in found
            ]
            found.update(front)
        return frozenset(found - {id})

    def same_system_below(self, upper: str, lower: str) -> bool:
        """Whether *lower* is a lower organ of *upper*'s own system, to which it may refer a matter (Art. 23(1))."""
        seen: set[str] = set()
        front = [lower]
        while front:
            seen.update(front)
            above = {
                up
                for id in front
                if id in self.organs
                for up in superiors.system_ids(self.organs[id])
            }
            if upper in above and upper != lower:
                return True
            front = sorted(above - seen)
        return False

    def petition_office_of(self, id: str, on: date) -> Organ | None:
        """The petition office at the level of *id*, by its government (Art. 14); a petition office is its own."""
        office = self._petition_offices(on).get(id)
        return self.organs[office] if office else None

    def overseen_by(self, office: str, on: date) -> frozenset[str]:
        """The organs of the level of the petition office *office* and of those below (Arts. 14, 40)."""
        offices = {office, *self.hierarchy(on).below(office)}
        return frozenset(
            id for id, nearest in self._petition_offices(on).items() if nearest in offices
        )

    def petition_office_above(self, id: str, on: date) -> Organ | None:
        """The next higher petition office: whoever supervises the petition office *id* (Arts. 14, 40)."""
        return next(
            (upper for upper in self.superiors(id, on) if upper.kind is OrganKind.PETITION_OFFICE),
            None,
        )

    def subtree(self, id: str, on: date) -> frozenset[str]:
        """*id* and everything below it, dissolved organs included."""
        return frozenset({id, *self.hierarchy(on).below(id)})

    def of_kind(
        self, kind: OrganKind, level: Level | None = None, *, on: date
    ) -> tuple[Organ, ...]:
        """The organs of *kind* (and *level*) that exist on the day *on*, by code."""
        found = territory.of_kind(self.organs, kind, on)
        return tuple(organ for organ in found if level in {None, organ.level})

    def hierarchy(self, on: date) -> Hierarchy:
        """Who is above whom on the day *on*."""
        return self._worked_out(on, superiors.reviewing_ids)

    def command(self, on: date) -> Hierarchy:
        """Who is subordinate to whom on the day *on*, where an accusation is concerned (Art. 30)."""
        return self._worked_out(on, superiors.commanding_ids)

    def _petition_offices(self, on: date) -> Mapping[str, str]:
        if on not in self._offices:
            if len(self._offices) >= _DAYS_KEPT:
                self._offices.clear()
            self._offices[on] = territory.petition_offices(self.organs, on)
        return self._offices[on]

    def _worked_out(self, on: date, named: NamedAbove) -> Hierarchy:
        key = (on, named.__name__)
        if (known := self._days.get(key)) is not None:
            return known
        worked_out = Hierarchy.of(self.organs, on, named=named)
        if len(self._days) >= _DAYS_KEPT:
            self._days.clear()
        self._days[key] = worked_out
        return worked_out

    # ------------------------------------------------------------------------------------- people

    def person(self, id: str) -> Person:
        """The person *id*. Raises NotFound."""
        if (person := self.people.get(id)) is None:
            raise NotFound(Text("没有这个人员", "there is no such person"))
        return person

    def appointments_of(self, person: str) -> tuple[Appointment, ...]:
        """Every appointment that *person* holds, held or will hold."""
        return self._by_person.get(person, ())

    def roles_of(self, person: str, organ: str, on: date) -> frozenset[Role]:
        """The roles that *person* holds at *organ* in their own right on the day *on*; none while switched off."""
        if not self._active(person):
            return frozenset()
        return frozenset(
            held.role
            for held in self.appointments_of(person)
            if held.organ == organ and held.valid_on(on)
        )

    def people_at(self, organ: str, role: Role, on: date) -> tuple[str, ...]:
        """The ids of the people who hold *role* at *organ* on the day *on*, sorted."""
        found = {
            held.person
            for held in self._by_organ.get(organ, ())
            if held.role is role and held.valid_on(on) and self._active(held.person)
        }
        return tuple(sorted(found))

    def substitutions_of(self, substitute: str, organ: str, on: date) -> tuple[Substitution, ...]:
        """For whom *substitute* stands in at *organ* on the day *on*."""
        if not self._active(substitute):
            return ()
        return tuple(
            row
            for row in self._standing_in.get(substitute, ())
            if row.organ == organ and row.valid_on(on)
        )

    def roles_through(self, substitution: Substitution, on: date) -> frozenset[Role]:
        """The roles that a substitution lends on the day *on*: those the absent person holds, or the one it names."""
        lent = self._roles_held(substitution.absent, substitution.organ, on)
        return lent if substitution.role is None else lent & {substitution.role}

    def organs_of(self, person: str, on: date) -> tuple[Organ, ...]:
        """The organs as which *person* may act on the day *on*, in their own right or for a colleague."""
        own = {held.organ for held in self.appointments_of(person) if held.valid_on(on)}
        lent = {row.organ for row in self._standing_in.get(person, ()) if row.valid_on(on)}
        if not self._active(person):
            return ()
        return tuple(self.organs[id] for id in sorted(own | lent) if self.organs[id].valid_on(on))

    def actor_for(
        self, person: str, organ: str, on: date, *, stands_in_for: str | None = None
    ) -> Actor:
        """*person* acting as *organ* on the day *on*.

        In their own right if they hold a role there, else (or where *stands_in_for* asks it) for the absent colleague.
        Raises NotPermitted where they have no part in that organ.
        """
        own = self.roles_of(person, organ, on)
        if own and stands_in_for is None:
            return Actor(person=person, organ=organ, roles=own)
        for row in self.substitutions_of(person, organ, on):
            roles = self.roles_through(row, on)
            if roles and stands_in_for in {None, row.absent}:
                return Actor(person=person, organ=organ, roles=roles, stands_in_for=row.absent)
        raise NotPermitted(
            Text(
                "您在该机关、单位没有岗位,也没有代理授权",
                "you hold no role at this organ and stand in for nobody there",
            )
        )

    def posts_of(self, person: str, on: date) -> tuple[Appointment, ...]:
        """The appointments that *person* holds on the day *on*."""
        return tuple(held for held in self.appointments_of(person) if held.valid_on(on))

    def _active(self, person: str) -> bool:
        return person in self.people and self.people[person].active

    def _roles_held(self, person: str, organ: str, on: date) -> frozenset[Role]:
        return frozenset(
            held.role
            for held in self.appointments_of(person)
            if held.organ == organ and held.valid_on(on)
        )


def _grouped(pairs: Iterable[tuple[str, Row]]) -> dict[str, tuple[Row, ...]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for key, row in pairs:
        found[key].append(row)
    return {key: tuple(rows) for key, rows in found.items()}
