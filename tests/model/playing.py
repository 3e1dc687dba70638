"""Playing in the office: registering, doing what is offered and what is not, turning the clock; every step is watched."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta

from engine.acts.catalogue import ACTS
from engine.clock import SHANGHAI, legal_date
from engine.errors import BadInput, NotFound, PetitionError, Refused, Stale
from engine.office import Offer
from engine.petition.commands import Command, Receipt
from engine.petition.file import FileKind, WorkItem
from engine.petition.parties import Actor, Role
from tests.model.choosing import Choose, answers
from tests.model.days import midnight_after
from tests.model.place import Place
from tests.model.scenes import above, people_around, people_for, scene_of, scene_of_a_letter
from tests.model.watching import Watch, check_supervision

RECEIVERS = (
    "county.clerk",
    "county.clerk",
    "county.clerk",
    "housing.clerk",
    "cityhousing.clerk",
    "town.clerk",
)
PREFERRED = frozenset({
    "extend", "object", "withdraw", "recuse", "reroute", "correct_date", "order_hearing", "reopen", "dispute",
})  # fmt: skip
RARE = frozenset({"extend", "object", "reroute", "order_hearing", "reopen", "dispute"})
"""Open for a few days of a long journey."""
FINAL = frozenset({"withdraw"})
BESIDE: Mapping[str, tuple[str, Role]] = {
    "decide_re_review": ("order_hearing", Role.REVIEWER),
    "sign_for": ("object", Role.CLERK),
    "route": ("object", Role.CLERK),
    "investigate": ("extend", Role.HEAD),
    "issue_opinion": ("extend", Role.HEAD),
    "dispatch": ("correct_date", Role.HEAD),
}
"""What may be done in place of an open step, and who does it."""
NEVER = frozenset({"annul_supervision", "erase"})
"""The clock's own verb: what a person annuls by hand says nothing about the clock."""
MOST_FILES = 6
A_SECOND = timedelta(seconds=1)
TURNING_POINTS = (
    date(2024, 2, 9), date(2024, 2, 18), date(2024, 2, 29), date(2024, 12, 31), date(2025, 1, 27), date(2025, 2, 5),
    date(2025, 9, 30), date(2025, 10, 9), date(2026, 2, 14), date(2026, 9, 30), date(2026, 12, 31), date(2027, 2, 4),
    date(2027, 10, 1), date(2028, 1, 24),
)  # fmt: skip
"""The eves and first working days of long holidays, a leap day, ends of years, and days of years without a calendar."""
SAYS_NO = (Refused, BadInput, Stale)


class Play:
    """One office, a few petitions, and the model beside each of them. *name* tells its commands from those of others."""

    def __init__(self, place: Place, *, name: str = "model") -> None:
        self.place = place
        self._name = name
        self._above = above(place)
        self._watches: dict[str, Watch] = {}
        self._versions: dict[str, int] = {}
        self._done: list[tuple[Command, Receipt]] = []
        self._turn = 0
        self.told: list[str] = []

    # ---- what may happen -----------------------------------------------------------------------------------------

    def register(self, choose: Choose) -> None:
        """Somebody brings a petition."""
        if len(self._watches) >= MOST_FILES:
            return
        actor = self.place.actor(choose.one_of(RECEIVERS))
        form = ACTS["register"].form
        self.perform("register", actor, None, answers(choose, form, scene_of_a_letter(self.place)))

    def go_on(self, choose: Choose) -> None:
        """Somebody does an open step, as it is meant to be done."""
        item = self._open_step(choose)
        if item is None:
            return self.register(choose) if len(self._watches) < MOST_FILES else None
        beside = BESIDE.get(item.act or "")
        if beside and choose.often(25):
            act, role = beside
            if people := people_for(self.place, item, role):
                return self._do(
                    choose, item.petition, choose.one_of(people), lambda offer: offer.act == act
                )
        people = people_for(self.place, item, Role(item.role))
        if not people:
            return None
        return self._do(
            choose, item.petition, choose.one_of(people), lambda offer: offer.step == item.step
        )

    def act_freely(self, choose: Choose) -> None:
        """Somebody does what needs no step."""
        petition = self._some_petition(choose)
        if petition is None:
            return None
        person = self._somebody_free(choose, petition)
        liked = PREFERRED if choose.often(75) else frozenset(ACTS) - PREFERRED
        if choose.often(90):
            liked -= FINAL
        return self._do(
            choose, petition, person,
            lambda offer: offer.standing and offer.refused is None and offer.act in liked,
        )  # fmt: skip

    def meddle(self, choose: Choose) -> None:
        """Anybody tries anything."""
        petition = self._some_petition(choose)
        on = legal_date(self.place.clock.now())
        people = [
            id
            for id in sorted(self.place.directory.people)
            if self.place.directory.organs_of(id, on)
        ]
        if petition is not None:
            self._do(choose, petition, choose.one_of(people), lambda offer: True)

    def repeat(self, choose: Choose) -> None:
        """A command is sent a second time: the receipt is the same, and nothing else happens."""
        if not self._done:
            return
        command, receipt = choose.one_of(self._done)
        before = self.place.traces()
        again = self.place.house.office.perform(command)
        assert again.repeated
        assert (again.petition, again.number, again.entry) == (
            receipt.petition,
            receipt.number,
            receipt.entry,
        )
        assert self.place.traces() == before, "a repeated command changed something"

    def come_late(self, choose: Choose) -> None:
        """Somebody acts on a page that has grown old."""
        if not self._done:
            return
        command, receipt = choose.one_of(self._done)
        file = self.place.file(receipt.petition)
        if file.version == 0:
            return
        self._turn += 1
        late = Command(
            act=command.act if command.petition else "withdraw", actor=command.actor, key=f"{self._name}-late-{self._turn}",
            petition=receipt.petition, answers=command.answers, expected_version=file.version - 1,
        )  # fmt: skip
        before = self.place.traces()
        try:
            self.place.house.office.perform(late)
        except (Stale, Refused):
            assert self.place.traces() == before
        else:
            raise AssertionError("a command about an older version was carried out")

    def wait_for_a_limit(self, choose: Choose) -> None:
        """The clock comes to one second before the end of a limit, to that end, or one second past it."""
        days = sorted(
            {
                one.due
                for watch in self._watches.values()
                for one in watch.matter.limits
                if one.running and one.due
            }
        )
        if days:
            end = midnight_after(days[0] if choose.often(70) else choose.one_of(days))
            self.turn_to(end + choose.one_of((timedelta(), -A_SECOND, A_SECOND)))

    def wait(self, choose: Choose) -> None:
        """Days go by, or a long holiday, or the turn of a year."""
        if choose.often(75):
            self.turn_to(
                self.place.clock.now() + timedelta(days=choose.one_of((1, 3, 5, 8, 14, 31)))
            )
        else:
            ahead = [day for day in TURNING_POINTS if day > legal_date(self.place.clock.now())]
            if ahead:
                morning = datetime.combine(choose.one_of(ahead[:3]), time(9), SHANGHAI)
                self.turn_to(morning.astimezone(UTC))

    # ---- how it happens ------------------------------------------------------------------------------------------

    def turn_to(self, instant: datetime) -> None:
        """Turn the clock, let the tower work, and look."""
        if instant > self.place.clock.now():
            self.place.clock.turn_to(instant)
            self.told.append(f"— {instant.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}")
        self.settle()

    def settle(self) -> None:
        """Let the clock tower do all that is due, and compare every file that has changed with the model."""
        done = self.place.house.tower.drain()
        assert done.failed == 0, "the clock tower failed at something"
        versions = self.place.versions()
        changed = [id for id, version in versions.items() if self._versions.get(id) != version]
        self._versions = versions
        for id in changed:
            watch = self._watches.setdefault(id, Watch(self.place, id, above=self._above))
            watch.look()
        for watch in self._watches.values():
            assert watch.matter.next_to_pass(self.place.clock.now()) is None, (
                f"a limit of {watch.id} passed unseen"
            )
        if changed:
            check_supervision(self._watches, {id: self.place.file(id) for id in versions})

    def _do(
        self, choose: Choose, petition: str, person: str, wanted: Callable[[Offer], bool]
    ) -> None:
        actor = self.place.actor(person)
        try:
            offers = self.place.house.front_desk.offers(petition, actor)
        except NotFound:
            self._must_be_refused("add_material", actor, petition)
            return
        found = [
            one for one in (*offers.steps, *offers.standing) if wanted(one) and one.act not in NEVER
        ]
        rare = [one for one in found if one.act in RARE]
        if found:
            offer = choose.one_of(rare if rare and choose.often(70) else found)
            file, others = self.place.file(petition), self._running(besides=petition)
            scene = scene_of(self.place, file, actor, up=self._above, others=others)
            given = answers(choose, offer.form, scene)
            self.perform(offer.act, actor, petition, given, offer=offer)

    def perform(
        self,
        act: str,
        actor: Actor,
        petition: str | None,
        given: Mapping[str, object],
        *,
        offer: Offer | None = None,
    ) -> Receipt | PetitionError:
        """Send a command, look at what came of it, and return the receipt or what the office said against it."""
        self._turn += 1
        command = Command(
            act=act, actor=actor, key=f"{self._name}-{self._turn}", petition=petition, answers=given,
            step=offer.step if offer else None,
        )  # fmt: skip
        before = self.place.traces()
        file = self.place.file(petition) if petition else None
        try:
            receipt = self.place.house.office.perform(command)
        except SAYS_NO as no:
            self.told.append(f"{actor.person}: {act} {given} — refused: {no}")
            assert self.place.traces() == before, f"{act} was refused and changed something"
            assert petition is None or self.place.file(petition) == file
            return no
        self.told.append(f"{actor.person}: {act} {given} [{receipt.petition}]")
        assert offer is None or offer.refused is None, (
            f"{act} was done and not offered: {offer.refused}"
        )
        self._done.append((command, receipt))
        self.settle()
        return receipt

    def _must_be_refused(self, act: str, actor: Actor, petition: str) -> None:
        before = self.place.traces()
        try:
            self.place.house.office.perform(
                Command(
                    act=act, actor=actor, key=f"{self._name}-none-{self._turn}", petition=petition
                )
            )
        except SAYS_NO:
            assert self.place.traces() == before
        else:
            raise AssertionError(f"{actor.person} did {act} on a file that they may not see")

    # ---- who and where -------------------------------------------------------------------------------------------

    def _running(self, *, besides: str) -> tuple[str, ...]:
        """The petitions that a repeat could join."""
        found = [
            id for id, one in self._watches.items() if one.matter.limits and not one.matter.ended
        ]
        return tuple(id for id in found if id != besides)

    def _some_petition(self, choose: Choose) -> str | None:
        return choose.one_of(list(self._watches)) if self._watches else None

    def _open_step(self, choose: Choose) -> WorkItem | None:
        running = [file for id in self._watches if (file := self.place.file(id)).closed_at is None]
        petitions = [file.id for file in running if file.kind is FileKind.PETITION]
        others = [file.id for file in running if file.kind is not FileKind.PETITION]
        if others and choose.often(8):
            petitions = others
        if not petitions:
            return None
        items = self.place.work(petitions[0] if choose.often(60) else choose.one_of(petitions))
        return choose.one_of(items) if items else None

    def _somebody_free(self, choose: Choose, petition: str) -> str:
        """Somebody with a part in the file, preferably one who may use a power of the statute."""
        people = people_around(self.place, self.place.file(petition))
        for _ in range(4):
            person = choose.one_of(people[:3] if choose.often(60) else people)
            offers = self._offers(petition, person)
            if any(one.refused is None and one.act in RARE for one in offers):
                break
        return person

    def _offers(self, petition: str, person: str) -> tuple[Offer, ...]:
        try:
            return self.place.house.front_desk.offers(petition, self.place.actor(person)).standing
        except NotFound:
            return ()
