"""An office over a few days, with heads of its log that somebody outside holds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Final

from engine.audit.exporting import Wish
from engine.bench.workplace import Workplace, workplace
from engine.bootstrap import House, open_house, shipped_source
from engine.clock import ManualClock
from engine.petition.commands import Upload
from engine.petition.parties import Actor
from engine.record.checkpoint import Checkpoint
from engine.record.held import Held
from engine.settings import Settings, sqlite_url

MARKER: Final = "植入的标记甲乙丙"
ATTACHED: Final = b"a scanned letter, with the marker \xe4\xb9\x99"


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """``file`` is the petition that is exported, ``other`` one beside it; heads are the oldest first."""

    settings: Settings
    file: str
    other: str
    heads: tuple[Checkpoint, ...]
    viewer: Actor
    place: Workplace

    @property
    def last(self) -> Held:
        """The newest head, as somebody outside holds it."""
        return Held.read(self.heads[-1].note)


def lived_in(place: Workplace) -> World:
    """Some days in the life of the office *place*."""
    place.deploy(shipped_source())
    heads: list[Checkpoint] = []

    def night() -> None:
        made = place.house.log.turn(place.clock.now()).checkpoint
        assert made is not None
        heads.append(made)
        place.clock.turn_to(place.clock.now() + timedelta(days=1))
        place.house.tower.drain()

    upload = Upload(name=f"{MARKER}.pdf", media_type="application/pdf", content=ATTACHED)
    command = place.registration()
    answers = {**command.answers, "content": f"反映{MARKER}一事。" * 4, "petitioner_name": MARKER}
    (file,) = place.carried_out([replace(command, answers=answers, uploads=(upload,))])
    (other,) = place.registered(1)
    night()
    place.carried_out([place.sorting(file)])
    with place.house.store.transaction() as paper:
        for what in ("receipt", "personal_data"):
            paper.look(place.clerk, file, what, now=place.clock.now(), purpose="核对")
    night()
    place.carried_out([place.forwarding(file)])
    place.carried_out([place.sorting(other)])
    night()
    for _ in range(20):
        place.clock.turn_to(place.clock.now() + timedelta(days=1))
        place.house.tower.drain()
    night()
    return World(
        settings=place.settings,
        file=file,
        other=other,
        heads=tuple(heads),
        viewer=place.clerk,
        place=place,
    )


def exported(
    house: House,
    world: World,
    *,
    petition: str | None = None,
    purpose: str = "",
    heads: tuple[Held, ...] = (),
) -> bytes:
    """The dossier of the file, by whatever office *house* is by now."""
    wish = Wish(viewer=world.viewer, petition=petition or world.file, purpose=purpose, heads=heads)
    return house.exporter.export(wish, house.clock.now())


@contextmanager
def on_copy(world: World, directory: Path, database: bytes) -> Iterator[House]:
    """An office on the SQLite database *database*, with the keys and the witness of *world*."""
    directory.mkdir(parents=True, exist_ok=True)
    for name in ("master.key", "witness"):
        source = world.settings.data / name
        (directory / name).write_bytes(source.read_bytes())
        (directory / name).chmod(0o600)
    path = directory / "petition.db"
    for left in directory.glob("petition.db*"):
        left.unlink()
    path.write_bytes(database)
    settings = Settings(data=directory, database_url=sqlite_url(path))
    house = open_house(settings, clock=ManualClock(world.place.clock.now()))
    try:
        yield house
    finally:
        house.store.close()


def database_of(world: World) -> bytes:
    """The bytes of the SQLite database of *world*, everything written into the one file."""
    with world.place.house.store.engine.connect() as connection:
        connection.exec_driver_sql("commit")
        connection.exec_driver_sql("pragma wal_checkpoint(truncate)").close()
        connection.exec_driver_sql("begin")
    return (world.settings.data / "petition.db").read_bytes()


__all__ = [
    "ATTACHED",
    "MARKER",
    "World",
    "database_of",
    "exported",
    "lived_in",
    "on_copy",
    "workplace",
]
