"""Making a volume of a closed matter: looked at on a page, or taken away as one file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from engine.audit.exporting import Exporter, Wish
from engine.audit.replay import Replay
from engine.audit.volumes.bundle import Item, items_of
from engine.audit.volumes.checks import Check, Examined, checks_of
from engine.audit.volumes.sheet import contents
from engine.audit.wording import Wording
from engine.clock import legal_date
from engine.errors import BadInput, NotOffered, NotPermitted
from engine.people.directory import Directory
from engine.petition.parties import Role
from engine.printing.press import printed
from engine.record.volume import CATALOGUE, DOSSIER, write_volume
from engine.store.queries.file_view import FileView
from engine.store.sequencer import Sequencer
from engine.store.store import Desk, Store
from engine.text import Text

VOLUME: Final = "volume"
MAKERS: Final = frozenset({Role.AUDITOR, Role.CLERK, Role.HEAD})
"""Who may have a volume made, of files that they may see."""
SHEET: Final = "volume"


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """A volume before it is packed: the file, its catalogue, and what the check found."""

    shown: FileView
    items: tuple[Item, ...]
    checks: tuple[Check, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing speaks against any check."""
        return all(check.passed for check in self.checks)

    @property
    def pages(self) -> int:
        """How many pages are printed."""
        return sum(item.pages or 0 for item in self.items)


class Volumes:
    """Makes volumes of one office. Every one that is looked at or taken away is logged as a look at the file."""

    def __init__(
        self, store: Store, log: Sequencer, exporter: Exporter, *, replay: Replay, words: Wording
    ) -> None:
        self._store = store
        self._log = log
        self._exporter = exporter
        self._replay = replay
        self._words = words

    def survey(self, wish: Wish, now: datetime) -> Volume:
        """What a volume would hold, and what the check finds. Raises NotPermitted, NotFound, NotOffered."""
        if not wish.viewer.roles & MAKERS:
            raise NotPermitted(_NOT_YOURS)
        with self._store.transaction() as paper:
            paper.look(wish.viewer, wish.petition, VOLUME, now=now, purpose=wish.purpose)
        self._log.catch_up()
        with self._store.reading() as desk:
            return self._volume(desk, wish, legal_date(now))

    def make(self, wish: Wish, now: datetime) -> tuple[Volume, bytes]:
        """The volume, and the same as one file. Raises BadInput without a purpose: its papers are in the clear."""
        if not wish.purpose:
            raise BadInput({"purpose": _NO_PURPOSE})
        volume = self.survey(wish, now)
        dossier = self._exporter.export(wish, now)
        with self._store.reading() as desk:
            told = contents(volume.shown, volume.items, volume.checks, desk.directory(), wish, now)
        file = volume.shown.file
        members = {item.name: item.content for item in volume.items if item.fault is None}
        members |= {CATALOGUE: printed(SHEET, told, at=now).content, DOSSIER: dossier}
        said = {
            "petition": file.id,
            "number": file.number,
            "made_at": now,
            "made_by": {"person": wish.viewer.person, "organ": wish.viewer.organ},
            "items": [_item(item) for item in volume.items],
            "checks": [_check(check) for check in volume.checks],
        }
        return volume, write_volume(said, members, self._log.signer)

    def _volume(self, desk: Desk, wish: Wish, on: date) -> Volume:
        viewer, petition = wish.viewer, wish.petition
        shown = desk.file(viewer, petition, on=on)
        if shown.file.closed_at is None:
            raise NotOffered(_STILL_OPEN)
        entries = desk.entries(viewer, petition, on=on)
        directory: Directory = desk.directory()
        items = items_of(
            desk, viewer, shown, entries, directory=directory, words=self._words, on=on
        )
        examined = Examined(
            desk=desk,
            shown=shown,
            entries=entries,
            items=items,
            law=self._words.law,
            replay=self._replay,
        )
        return Volume(shown=shown, items=items, checks=checks_of(examined))


def _item(item: Item) -> Mapping[str, object]:
    return {
        "place": item.place,
        "entry": item.entry,
        "number": item.number,
        "organ": item.organ,
        "title": item.title,
        "date": item.on,
        "page": item.page,
        "pages": item.pages,
        "file": item.name if item.fault is None else None,
        "recorded": item.digest,
    }


def _check(check: Check) -> Mapping[str, object]:
    faults: Sequence[str] = [fault.zh for fault in check.faults]
    return {
        "quality": check.quality.value,
        "claim": check.claim.zh,
        "result": ("passed" if check.passed else "failed") if check.asked else "not_asked",
        "faults": faults,
    }


_NOT_YOURS = Text(
    "立卷由经办人员、负责人和审计人员办理", "volumes are made by clerks, heads and auditors"
)
_STILL_OPEN = Text(
    "尚未办结,不能立卷;办结以后再来", "it is not concluded yet: a volume is made of a closed matter"
)
_NO_PURPOSE = Text("请写明用途:卷内文书未经遮盖", "say what it is for: its papers are in the clear")
