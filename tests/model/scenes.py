"""Who may have to do with a file, and what their answers may be about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from engine.clock import legal_date
from engine.petition.file import File, WorkItem
from engine.petition.parties import Actor, Role
from engine.petition.serving import waiting
from tests.model.choosing import Scene
from tests.model.place import Place

LIKELY = (
    "county.housing", "county.housing", "county.tax", "county.labour", "county.government", "county.legal",
    "county.discipline",
)  # fmt: skip
LOWER = {
    "city.housing": "county.housing",
    "county.housing": "county.heating",
    "city.tax": "county.tax",
}
SLOTS = ("re_review_organ", "review_organ", "organ", "office", "decider", "supervising_office")
ROLES = (Role.HEAD, Role.REVIEWER, Role.CLERK, Role.SUPERVISOR)


def above(place: Place) -> Mapping[str, tuple[str, ...]]:
    """The organs that review each organ."""
    on = legal_date(place.clock.now())
    organs = place.directory.organs
    return {id: tuple(up.id for up in place.directory.superiors(id, on)) for id in organs}


def scene_of_a_letter(place: Place) -> Scene:
    """What the registration of a new matter may be about."""
    today = legal_date(place.clock.now())
    return Scene(
        today=today,
        days=tuple(today - timedelta(days=ago) for ago in (0, 5, 15, 40)),
        organs=tuple(sorted(place.directory.organs)),
        likely_organs=("county.housing", "town.government"),
        people=("housing.clerk", "towngov.head"),
    )


def scene_of(
    place: Place,
    file: File,
    actor: Actor,
    *,
    up: Mapping[str, tuple[str, ...]],
    others: tuple[str, ...],
) -> Scene:
    """What *actor*'s answers about *file* may be about; *others* are the files that there are."""
    today = legal_date(place.clock.now())
    days: set[date] = {today}
    for row in file.ledger:
        days.update(day for day in (row.started_on, row.legal_due, row.closed_on) if day)
    own = [one for role in Role for one in place.directory.people_at(actor.organ, role, today)]
    return Scene(
        today=today,
        days=tuple(sorted(days)),
        organs=tuple(sorted(place.directory.organs)),
        likely_organs=_likely(file, actor, up),
        people=tuple(dict.fromkeys(own)),
        deadlines=tuple(row.id for row in file.ledger),
        documents=tuple(waiting(file.facts)),
        petitions=others,
        direct=bool(file.facts.get("direct")),
        accusation=file.facts.get("category") == "accusation",
    )


def _likely(file: File, actor: Actor, up: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    lower = LOWER.get(actor.organ)
    if file.facts.get("opinion_issued"):
        served = "review_organ" if file.facts.get("review_served") else "organ"
        return up.get(str(file.facts.get(served))) or LIKELY
    if file.facts.get("disposition") == "subordinate" and lower:
        return (lower,)
    return LIKELY


def people_for(place: Place, item: WorkItem, role: Role) -> list[str]:
    """Who holds *role* where the open step *item* is to be done."""
    on = legal_date(place.clock.now())
    facts = place.file(item.petition).facts
    organs = [item.organ] if item.organ else [facts.get("office"), facts.get("organ")]
    return [
        person
        for organ in organs
        if organ
        for person in place.directory.people_at(str(organ), role, on)
    ]


def people_around(place: Place, file: File) -> list[str]:
    """Everybody with a part in *file*, those first whose turn it is: at the organ of the last remedy, then at the one below."""
    return list(dict.fromkeys(_around(place, file))) or ["county.clerk"]


def _around(place: Place, file: File) -> Iterator[str]:
    on = legal_date(place.clock.now())
    for slot in SLOTS:
        for role in ROLES:
            yield from place.directory.people_at(str(file.facts.get(slot)), role, on)
