"""``petition bench start``: what registering a petition costs, receipt and first clock included."""

from __future__ import annotations

import secrets

from engine.bench.beside import bare_transaction, plain_spiff
from engine.bench.figures import FLOOR, NAIVE, Figure
from engine.bench.scale import Scale
from engine.bench.series import figures, measured
from engine.bench.workplace import Workplace
from engine.bootstrap import shipped_source
from engine.store.floor import Floor
from engine.store.metering import Meter

BENCH = "start"
REGISTER = "register"
_WARM_UP = 2


def start(place: Workplace, scale: Scale) -> list[Figure]:
    """Registrations on the shipped procedure, the floor, and a new workflow of stock SpiffWorkflow."""
    place.deploy(shipped_source())
    meter = Meter(place.house.store.engine)
    floor = Floor(place.house.store.engine)
    commands = [place.registration() for _ in range(scale.rounds + _WARM_UP)]
    size = place.state_size(place.registered(1)[0])
    plain = plain_spiff()

    def register(turn: int) -> int:
        place.house.office.perform(commands[turn])
        return size

    def naive(turn: int) -> int:
        document = plain.started()
        floor.lay([(secrets.token_hex(8), document)])
        return len(document)

    operations = {FLOOR: bare_transaction(floor), REGISTER: register, f"{NAIVE} {REGISTER}": naive}
    return figures(
        BENCH, place.database, measured(meter, operations, rounds=scale.rounds, warm_up=_WARM_UP)
    )
