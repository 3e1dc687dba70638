"""What there is to ask before a simulation: the steps and teams of the drawings, and what somebody has entered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from engine.acts.catalogue import ACTS
from engine.drafting.simulation.assumptions import FREE, REGISTER, Assumptions, from_data, to_data
from engine.errors import BadInput
from engine.people.roles import SLOT_NAMES
from engine.petition.forms import parse_form
from engine.petition.parties import Slot
from engine.procedure import Procedure
from engine.text import Text

FEWEST: Final = 20
USUAL: Final = 200
MOST: Final = 2_000
"""How many petitions that count a simulation can have, and has unless somebody says otherwise."""
LARGEST_SEED: Final = 999_999
ENTERED: Final = 0
"""What ``sources`` says of a number that somebody has entered: measured in no observation at all."""
_OWN: Final = frozenset({"arrivals", "opens", "hours", "order", "staff", "steps", "standing"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked: the version or draft *about*, beside the version *base* (None: alone)."""

    about: str
    base: str | None
    assumptions: Assumptions
    petitions: int = USUAL
    seed: int = 1

    def data(self, start: datetime) -> dict[str, Any]:
        """The question, as it is kept."""
        return {
            "base": self.base, "petitions": self.petitions, "seed": self.seed, "start": start.isoformat(),
            "assumptions": to_data(self.assumptions),
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class StepKind:
    """One kind of step, wherever it is drawn: under which key its pace is found, what it is called, who does it."""

    key: str
    title: Text
    slot: str
    role: str

    @property
    def team(self) -> str:
        """The team that does it."""
        return f"{self.slot}.{self.role}"


def step_kinds(of: Assumptions, *procedures: Procedure) -> tuple[StepKind, ...]:
    """The kinds of steps of all *procedures*, each once: as they usually follow each other, then those that only they know."""
    found = {REGISTER: _kind(REGISTER, Slot.OFFICE, "clerk", ACTS[REGISTER].title)}
    for procedure in procedures:
        for kind in _steps(of, procedure):
            found.setdefault(kind.key, kind)
    usually = {key: place for place, key in enumerate(of.paces)}
    return tuple(sorted(found.values(), key=lambda one: usually.get(one.key, len(usually))))


def teams(kinds: tuple[StepKind, ...], of: Assumptions) -> tuple[str, ...]:
    """The teams that do steps of *kinds*: first as they are usually named, then those that only a drawing names."""
    needed = {kind.team for kind in kinds if kind.slot != Slot.PETITIONER}
    return (*(team for team in of.staff if team in needed), *sorted(needed - of.staff.keys()))


def entered(of: Assumptions, given: Mapping[str, str]) -> Assumptions:
    """*of* with what is *given* by the names of its numbers (``steps.sort.work.median``). Raises BadInput.

    What is given otherwise than *of* has it counts as entered.
    """
    data = to_data(of)
    sources = dict(of.sources)
    told = {name: _filled(data[name], name, given) for name in _OWN}
    found = from_data({**data, **told})
    for name, changed in _changes(data, to_data(found)):
        if changed:
            parts = name.split(".")
            for place in range(1, len(parts) + 1):
                sources.pop(".".join(parts[:place]), None)
            sources[name] = ENTERED
    return replace(found, sources=sources)


def source_of(of: Assumptions, name: str) -> int | None:
    """In how many observations the number *name* was measured; :data:`ENTERED`; None where it is usual."""
    parts = name.split(".")
    for place in range(len(parts), 0, -1):
        seen = of.sources.get(".".join(parts[:place]))
        if seen is not None:
            return seen
    return None


def _steps(of: Assumptions, procedure: Procedure) -> Iterator[StepKind]:
    for one in procedure.elements():
        if one.kind != "userTask" or one.slot is None or one.role is None:
            continue
        step = one.act or f"{FREE}{one.form}"
        key = of.key(step, one.slot)
        slot = Slot.ORGAN.value if one.slot == Slot.SERVER else one.slot
        yield _kind(key, slot, one.role, _title(procedure, one.act, one.form))


def _title(procedure: Procedure, act: str | None, form: str | None) -> Text:
    if act is not None and act in ACTS:
        return ACTS[act].title
    content = procedure.forms.get(form or "")
    return parse_form(content, form or "").title if content else Text(form or "", form or "")


def _kind(key: str, slot: str, role: str, title: Text) -> StepKind:
    if "@" in key:
        part = SLOT_NAMES[Slot(key.partition("@")[2])]
        title = Text("{title}({part})", "{title} ({part})").filled(title=title, part=part)
    return StepKind(key=key, title=title, slot=slot, role=role)


def _filled(data: Any, name: str, given: Mapping[str, str]) -> Any:
    if isinstance(data, dict):
        return {key: _filled(value, f"{name}.{key}", given) for key, value in data.items()}
    if isinstance(data, list):
        return [{**row, "share": given.get(f"{name}.{row['name']}", row["share"])} for row in data]
    return given.get(name, data)


def _changes(before: Any, after: Any, name: str = "") -> Iterator[tuple[str, bool]]:
    if isinstance(before, dict):
        for key in before.keys() - {"sources"}:
            yield from _changes(before[key], after[key], f"{name}.{key}".lstrip("."))
    elif isinstance(before, list):
        for old, new in zip(before, after, strict=True):
            yield f"{name}.{old['name']}", old["share"] != new["share"]
    else:
        yield name, before != after


def must_be_sensible(asked: Asked) -> None:
    """Raise BadInput where a number of *asked* makes no sense."""
    if not FEWEST <= asked.petitions <= MOST:
        raise BadInput({"petitions": _BETWEEN.filled(low=FEWEST, high=MOST)})
    if not 0 <= asked.seed <= LARGEST_SEED:
        raise BadInput({"seed": _BETWEEN.filled(low=0, high=LARGEST_SEED)})


_BETWEEN = Text("应在{low}至{high}之间", "expected between {low} and {high}")
