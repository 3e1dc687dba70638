"""``petition bench record``: what the record costs: sealing an entry, logging it, checking the log, and a dossier.

A thing is an entry, except for a head that is signed and for a dossier, whose ``bytes`` are its length.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from engine.audit.exporting import Wish
from engine.audit.log_check import check_log
from engine.bench.beside import bare_transaction
from engine.bench.figures import FLOOR, Figure
from engine.bench.scale import Scale
from engine.bench.series import Series, figures
from engine.bench.workplace import Workplace
from engine.bootstrap import shipped_source
from engine.errors import RecordBroken
from engine.record.chain import entry_content, entry_from_content, sealed_entry
from engine.record.proving import verify_dossier
from engine.store.floor import Floor
from engine.store.metering import Meter
from engine.text import Text

BENCH = "record"
SEALED = "entry sealed"
LOGGED = "entry logged"
SIGNED = "head signed"
CHECKED = "entry checked in the whole log"
EXPORTED = "dossier exported"
VERIFIED = "dossier verified"
_ENTRIES_PER_BATCH = 3


def record(place: Workplace, scale: Scale) -> list[Figure]:
    """Batches of petitions sorted and forwarded, then logged, signed, checked, and taken away."""
    place.deploy(shipped_source())
    meter = Meter(place.house.store.engine)
    bare = bare_transaction(Floor(place.house.store.engine))
    series = {
        name: Series() for name in (FLOOR, SEALED, LOGGED, SIGNED, CHECKED, EXPORTED, VERIFIED)
    }
    log, turn = place.house.log, 0
    log.turn(place.clock.now())
    for _ in range(scale.groups):
        petitions = _moved_on(place, scale.batch)
        entries = scale.batch * _ENTRIES_PER_BATCH
        _sealed(place, petitions[0], series[SEALED], meter, entries)
        series[LOGGED].run(meter, lambda: log.catch_up() * 0, times=entries)
        place.clock.turn_to(place.clock.now() + timedelta(minutes=2))
        series[SIGNED].run(meter, lambda: len(log.sign(place.clock.now()).note))
        for petition in petitions[:3]:
            series[FLOOR].run(meter, partial(bare, turn))
            _taken_away(place, petition, series, meter)
            turn += 1
    leaves = _leaves(place)
    series[CHECKED].run(meter, lambda: _checked(place), times=leaves)
    return figures(BENCH, place.database, series)


def _moved_on(place: Workplace, count: int) -> list[str]:
    petitions = place.registered(count)
    place.carried_out([place.sorting(petition) for petition in petitions])
    place.carried_out([place.forwarding(petition) for petition in petitions])
    return petitions


def _sealed(place: Workplace, petition: str, series: Series, meter: Meter, times: int) -> None:
    """What chaining adds to an entry that is made anyway: canonical bytes, and their digest."""
    with place.house.store.reading() as desk:
        content = desk.exact_entries(petition)[-1]
    entry = entry_from_content(content, "")

    def seal() -> int:
        for _ in range(times):
            sealed_entry(entry, previous=entry.previous)
        return len(entry_content(entry)) * times

    series.run(meter, seal, times=times)


def _taken_away(place: Workplace, petition: str, series: dict[str, Series], meter: Meter) -> None:
    house = place.house
    wish = Wish(viewer=place.clerk, petition=petition)
    made: list[bytes] = []

    def export() -> int:
        made.append(house.exporter.export(wish, place.clock.now()))
        return len(made[-1])

    def verify() -> int:
        if not verify_dossier(made[-1]).proven:
            raise RecordBroken(_UNPROVEN)
        return len(made[-1])

    series[EXPORTED].run(meter, export)
    series[VERIFIED].run(meter, verify)


def _leaves(place: Workplace) -> int:
    place.house.log.catch_up()
    with place.house.store.reading() as desk:
        return desk.log_state().size


def _checked(place: Workplace) -> int:
    with place.house.store.reading() as desk:
        for fault in check_log(desk, place.house.log.signer.public):
            raise RecordBroken(fault.why)
    return 0


_UNPROVEN = Text("案卷不能自证", "a dossier does not prove itself")
