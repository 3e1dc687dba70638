"""``petition bench record``: what the record costs: hashing in a command, sealing an entry, logging it, checking the log,
and a dossier.

A thing is an entry, which is also what a command makes, except for a head that is signed and for a dossier, whose ``bytes``
are its length.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial

from engine.audit.exporting import Wish
from engine.audit.log_check import check_log
from engine.bench.beside import bare_transaction
from engine.bench.figures import FLOOR, Figure
from engine.bench.hashing import hashing
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
COMMAND = "command"
HASHED = "hashing in a command"
SEALED = "entry sealed"
LOGGED = "entry logged"
SIGNED = "head signed"
CHECKED = "entry checked in the whole log"
EXPORTED = "dossier exported"
VERIFIED = "dossier verified"
MOST_SHARE = 0.15
"""How much of a command's CPU hashing may take."""
_ENTRIES = 3
"""Of each petition: registered, sorted, forwarded."""
_MEASURED = 3
"""How many petitions of a batch are measured one command after the other."""


def record(place: Workplace, scale: Scale) -> list[Figure]:
    """Batches of petitions sorted and forwarded, then logged, signed, checked, and taken away."""
    place.deploy(shipped_source())
    meter = Meter(place.house.store.engine)
    bare = bare_transaction(Floor(place.house.store.engine))
    names = (FLOOR, COMMAND, HASHED, SEALED, LOGGED, SIGNED, CHECKED, EXPORTED, VERIFIED)
    series = {name: Series() for name in names}
    log, turn = place.house.log, 0
    log.turn(place.clock.now())
    for _ in range(scale.groups):
        _moved_on(place, scale.batch)
        petitions = [_commanded(place, series, meter) for _ in range(_MEASURED)]
        entries = (scale.batch + _MEASURED) * _ENTRIES
        _sealed(place, petitions[0], series[SEALED], meter, entries)
        series[LOGGED].run(meter, lambda: log.catch_up() * 0, times=entries)
        place.clock.turn_to(place.clock.now() + timedelta(minutes=2))
        series[SIGNED].run(meter, lambda: len(log.sign(place.clock.now()).note))
        for petition in petitions:
            series[FLOOR].run(meter, partial(bare, turn))
            _taken_away(place, petition, series, meter)
            turn += 1
    leaves = _leaves(place)
    series[CHECKED].run(meter, lambda: _checked(place), times=leaves)
    share = series[HASHED].work / series[COMMAND].work
    return [
        replace(one, share=round(share, 4)) if one.operation == HASHED else one
        for one in figures(BENCH, place.database, series)
    ]


def light(figures: Sequence[Figure]) -> bool:
    """Whether hashing takes no more of a command than it may."""
    return all(figure.share <= MOST_SHARE for figure in figures if figure.share is not None)


def _moved_on(place: Workplace, count: int) -> None:
    petitions = place.registered(count)
    place.carried_out([place.sorting(petition) for petition in petitions])
    place.carried_out([place.forwarding(petition) for petition in petitions])


def _commanded(place: Workplace, series: dict[str, Series], meter: Meter) -> str:
    """One petition registered, sorted and forwarded, each in a transaction of its own, and the hashing in that."""
    office = place.house.office
    petition = ""
    for make in (lambda _: place.registration(), place.sorting, place.forwarding):
        command = make(petition)
        series[COMMAND].run(meter, _nothing_left(partial(office.perform, command)))
        with place.house.store.reading() as desk:
            receipt = desk.receipt(command.key)
        petition = receipt.petition if receipt else ""
    series[HASHED].run(meter, _nothing_left(hashing(place, petition)), times=_ENTRIES)
    return petition


def _nothing_left(work: Callable[[], object]) -> Callable[[], int]:
    """*work* as an operation that leaves no bytes to be told."""

    def operation() -> int:
        work()
        return 0

    return operation


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
