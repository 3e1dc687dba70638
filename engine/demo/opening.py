"""Opening the demonstration office: its key, its drawings, and the people who sign in."""

from __future__ import annotations

from engine.bootstrap import DEMONSTRATION, deploy, new_store, shipped_source, vocabulary
from engine.clock import Clock
from engine.people import passwords
from engine.people.made_up import MadeUpOffice
from engine.petition.parties import SYSTEM
from engine.settings import Settings
from engine.statute.law import load_law
from engine.store.store import Store


def open_demonstration(settings: Settings, office: MadeUpOffice, clock: Clock) -> Store:
    """The demonstration office, without any petition yet. Only here may the clock be turned."""
    store = new_store(settings)
    store.set_setting(DEMONSTRATION, "yes")
    deploy(store, shipped_source(), vocabulary(load_law()), clock)
    password = passwords.hashed(office.password)
    with store.transaction() as paper:
        now = clock.now()
        paper.change_directory(
            organs=office.organs,
            people=office.people,
            appointments=office.appointments,
            substitutions=office.substitutions,
            actor=SYSTEM,
            now=now,
        )
        paper.set_competence(office.competence, actor=SYSTEM, now=now)
        for person in office.people:
            paper.set_password(person.id, password, now=now)
    return store
