"""``petition bench step``: what one completed step costs, and that it costs the same after 5 steps and after 100."""

from __future__ import annotations

from collections.abc import Sequence

from engine.bench.beside import ANSWERS, bare_transaction, changing, plain_spiff
from engine.bench.figures import FLOOR, NAIVE, Figure
from engine.bench.scale import Scale
from engine.bench.series import Operation, figures, measured
from engine.bench.workplace import Workplace, measured_source
from engine.bootstrap import shipped_source
from engine.petition.commands import Command
from engine.procedure.baseline import PlainSpiff
from engine.store.floor import Floor
from engine.store.metering import Meter

BENCH = "step"
WITH_DOCUMENT = "act with a document"
_WARM_UP = 2
"""Rounds that are done and not measured, while caches fill."""


def step(place: Workplace, scale: Scale) -> list[Figure]:
    """Free steps after so many done, an act with a document, the floor and stock SpiffWorkflow."""
    meter = Meter(place.house.store.engine)
    floor = Floor(place.house.store.engine)
    rounds = scale.rounds + _WARM_UP
    operations: dict[str, Operation] = {FLOOR: bare_transaction(floor)}
    plain = plain_spiff()
    place.deploy(measured_source())
    for done in scale.after:
        petitions = stepped(place, rounds, done)
        commands = [place.free_step(petition) for petition in petitions]
        operations[free_step_after(done)] = performing(place, commands)
        document = _naive_after(plain, done)
        operations[f"{NAIVE} {free_step_after(done)}"] = changing(
            floor, f"naive-{done}", [document] * rounds, lambda saved: plain.stepped(saved, ANSWERS)
        )
    place.deploy(shipped_source())
    petitions = place.registered(rounds)
    place.carried_out([place.sorting(petition) for petition in petitions])
    operations[WITH_DOCUMENT] = performing(
        place, [place.forwarding(petition) for petition in petitions]
    )
    return figures(
        BENCH, place.database, measured(meter, operations, rounds=scale.rounds, warm_up=_WARM_UP)
    )


def free_step_after(done: int) -> str:
    """The operation's name."""
    return f"free step after {done}"


def performing(place: Workplace, commands: Sequence[Command]) -> Operation:
    """The operation that performs the next of *commands* at the counter. The size of the state is read beforehand."""
    sizes = [place.state_size(command.petition) if command.petition else 0 for command in commands]

    def perform(turn: int) -> int:
        place.house.office.perform(commands[turn])
        return sizes[turn]

    return perform


def stepped(place: Workplace, count: int, done: int) -> list[str]:
    """*count* petitions with *done* free steps behind them."""
    petitions = place.registered(count)
    for _ in range(done):
        place.carried_out([place.free_step(petition) for petition in petitions])
    return petitions


def _naive_after(plain: PlainSpiff, done: int) -> bytes:
    document = plain.started()
    for _ in range(done):
        document = plain.stepped(document, ANSWERS)
    return document
