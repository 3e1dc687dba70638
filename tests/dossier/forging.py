"""Dossiers altered in every way that their holder, their maker, or a thief of the log's key could think of."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from engine.record.canonical import canonical_bytes
from engine.record.checkpoint import Signer, read_checkpoint
from engine.record.dossier import FORMAT
from engine.record.packing import INDEX, SIGNATURE, read_members, signed_text

ANYWHERE: Final = -1
"""Something is wrong, and no entry of its own can be blamed."""


class Forged:
    """A dossier under the forger's hands."""

    def __init__(self, dossier: bytes) -> None:
        self.members = read_members(dossier)
        self.index: Any = json.loads(self.members[INDEX])

    @property
    def count(self) -> int:
        return len(self.index["entries"])

    def entry(self, number: int) -> Any:
        return json.loads(self.members[f"entries/{number}.json"])

    def write(self, number: int, entry: Any) -> None:
        self.members[f"entries/{number}.json"] = canonical_bytes(entry)

    def all_entries(self) -> list[tuple[bytes, Any]]:
        """Each entry's bytes with its proof."""
        return [
            (self.members.pop(f"entries/{number}.json"), proof)
            for number, proof in enumerate(self.index["entries"], start=1)
        ]

    def lay(self, entries: list[tuple[bytes, Any]]) -> None:
        """These entries with their proofs in the place of those taken by :meth:`all_entries`."""
        for number, (content, _) in enumerate(entries, start=1):
            self.members[f"entries/{number}.json"] = content
        self.index["entries"] = [proof for _, proof in entries]

    def chained_from(self, number: int) -> None:
        """Number and link every entry from *number* on anew."""
        for here in range(max(number, 1), self.count + 1):
            entry = self.entry(here)
            before = self.members.get(f"entries/{here - 1}.json")
            entry["previous"] = hashlib.sha256(before).hexdigest() if before else ""
            entry["seq"] = here
            self.write(here, entry)

    def packed(self, signer: Signer | None) -> bytes:
        """The dossier as a file; with the index made and signed anew where the forger has a key."""
        if signer is not None:
            self.index["files"] = {
                name: hashlib.sha256(data).hexdigest()
                for name, data in self.members.items()
                if name not in {INDEX, SIGNATURE}
            }
            self.members[INDEX] = canonical_bytes(self.index)
            self.members[SIGNATURE] = signer.signed(
                signed_text(self.members[INDEX], FORMAT)
            ).encode()
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in self.members.items():
                archive.writestr(name, data)
        return made.getvalue()


@dataclass(frozen=True, slots=True)
class Alteration:
    """``resigned``: with the log's own key. ``entry`` is the first at fault, or ANYWHERE."""

    name: str
    alter: Callable[[Forged], None]
    entry: int
    resigned: bool = True


def alterations(dossier: bytes, signer: Signer, foreign: tuple[bytes, Any]) -> Iterator[Alteration]:
    """Every alteration of *dossier*; *foreign* is an entry of another petition with its true proof."""
    count = Forged(dossier).count
    for number in range(1, count + 1):
        yield from _of_entry(number, count, foreign)
        yield from _of_proof(number)
    yield from _of_the_log(Forged(dossier), signer)
    yield from _of_what_is_beside(Forged(dossier))


_FIELDS: Final = {
    "act": "decline", "person": "somebody", "recorded_at": "2020-01-01T00:00:00.000000+00:00", "inputs": {},
    "commitments": {"title": "00" * 32}, "consequences": {}, "state": "",
}  # fmt: skip
Entries = list[tuple[bytes, Any]]


def _of_entry(k: int, count: int, foreign: tuple[bytes, Any]) -> Iterator[Alteration]:
    for field in _FIELDS:
        yield Alteration(f"{field} of {k}", _written(k, field), k, resigned=False)
        yield Alteration(f"{field} of {k}, signed", _written(k, field), k)
        yield Alteration(f"{field} of {k}, chained, signed", _written(k, field, chained=True), k)
    yield Alteration(f"space in {k}", lambda f: _append(f, f"entries/{k}.json", b" "), k)
    yield Alteration(f"{k} lost", lambda f: _drop(f, f"entries/{k}.json"), k, resigned=False)
    moves: dict[str, tuple[Callable[[Entries], None], int]] = {
        f"{k} twice": (lambda all: all.insert(k, all[k - 1]), k + 1),
        f"another's for {k}": (lambda all: _put(all, k, foreign), k),
        f"another's before {k}": (lambda all: all.insert(k - 1, foreign), k),
    }
    if k < count:
        # The last one dropped is a tail cut off: the next number is what is missing.
        moves |= {
            f"{k} dropped": (lambda all: _pop(all, k), k),
            f"{k} and the next swapped": (lambda all: _swap(all, k), k),
            f"cut off after {k}": (lambda all: _cut(all, k), k + 1),
        }
    for name, (move, entry) in moves.items():
        yield Alteration(name, _moved(k, move), entry)
        yield Alteration(f"{name}, chained", _moved(k, move, chained=True), entry)
    yield Alteration(f"cut off after {k}, no statements", lambda f: _beheaded(f, k), ANYWHERE)


def _written(k: int, field: str, *, chained: bool = False) -> Callable[[Forged], None]:
    def alter(forged: Forged) -> None:
        forged.write(k, {**forged.entry(k), field: _FIELDS[field]})
        if chained:
            forged.chained_from(k + 1)

    return alter


def _moved(
    k: int, move: Callable[[Entries], None], *, chained: bool = False
) -> Callable[[Forged], None]:
    def alter(forged: Forged) -> None:
        entries = forged.all_entries()
        move(entries)
        forged.lay(entries)
        if chained:
            forged.chained_from(k)

    return alter


def _of_proof(k: int) -> Iterator[Alteration]:
    def proof(change: Callable[[Any], None]) -> Callable[[Forged], None]:
        return lambda forged: change(forged.index["entries"][k - 1])

    yield Alteration(f"place of {k} +1", proof(lambda one: one.update(place=one["place"] + 1)), k)
    yield Alteration(f"place of {k} negative", proof(lambda one: one.update(place=-1)), k)
    yield Alteration(f"proof of {k} emptied", proof(lambda one: one.update(path=[])), k)
    yield Alteration(f"proof of {k} longer", proof(lambda one: one["path"].append("00" * 32)), k)
    yield Alteration(
        f"proof of {k} bent", proof(lambda one: one.update(path=["00" * 32, *one["path"][1:]])), k
    )


def _of_the_log(forged: Forged, signer: Signer) -> Iterator[Alteration]:
    real = read_checkpoint(forged.index["checkpoint"])

    def head(**changed: Any) -> Callable[[Forged], None]:
        made = signer.signed(replace(real, **changed).text)
        return lambda one: one.index.update(checkpoint=made)

    yield Alteration("another root, signed", head(root=bytes(32)), 1)
    yield Alteration("another size, signed", head(size=2 * real.size), 1)
    yield Alteration("another origin, signed", head(origin="petition.log/other"), ANYWHERE)
    yield Alteration("another hash, signed", head(hash="sm3"), ANYWHERE)
    bent = forged.index["checkpoint"].replace(f"\n{real.size}\n", f"\n{real.size + 1}\n")
    yield Alteration("another size, not signed", lambda one: one.index.update(checkpoint=bent), 1)
    yield Alteration("no checkpoint", lambda one: one.index.update(checkpoint=""), 1)
    yield Alteration("no index", lambda one: _drop(one, INDEX), ANYWHERE, resigned=False)
    yield Alteration("no signature", lambda one: _drop(one, SIGNATURE), ANYWHERE, resigned=False)
    yield Alteration("number", lambda one: _edit_index(one, number="x"), ANYWHERE, resigned=False)
    yield Alteration("petition", lambda one: one.index.update(petition="x"), 1)
    yield Alteration("no entries", lambda one: one.index.update(entries=[]), 1)
    for place in range(len(forged.index["earlier"])):
        yield Alteration(
            f"earlier {place} bent",
            lambda one, at=place: _bend(one.index["earlier"][at], "path"),
            ANYWHERE,
        )
        yield Alteration(
            f"earlier {place} unsigned",
            lambda one, at=place: one.index["earlier"][at].update(checkpoint="x\n\n"), ANYWHERE,
        )  # fmt: skip
    for place, stated in enumerate(forged.index["heads"]):
        named = stated["seq"]
        yield Alteration(
            f"statement {place} bent",
            lambda one, at=place: _bend(one.index["heads"][at], "path"),
            ANYWHERE,
        )
        yield Alteration(
            f"statement {place} elsewhere",
            lambda one, at=place: _bend(one.index["heads"][at], "chain_path"),
            named,
        )
        file = f"heads/{stated['number']}.json"
        yield Alteration(
            f"statement {place} altered", lambda one, name=file: _append(one, name, b" "), ANYWHERE
        )
        yield Alteration(
            f"statement {place} lost", lambda one, name=file: _drop(one, name), ANYWHERE
        )


def _of_what_is_beside(forged: Forged) -> Iterator[Alteration]:
    for name in sorted(forged.members):
        room = name.split("/")[0]
        if room == "procedure":
            yield Alteration(f"{name} altered", lambda one, at=name: _append(one, at, b" "), 1)
            yield Alteration(f"{name} lost", lambda one, at=name: _drop(one, at), 1)
        elif room == "values":
            number = int(name.split("/")[1].split(".")[0])
            for field, value in (("value", "别的"), ("salt", "00" * 32), ("name", "other")):
                yield Alteration(
                    f"{field} of {name}", lambda one, at=name, f=field, v=value: _edit_value(one, at, f, v), number
                )  # fmt: skip
            yield Alteration(
                f"{name} lost", lambda one, at=name: _drop(one, at), number, resigned=False
            )
        elif room not in {INDEX, SIGNATURE, "entries", "heads"}:
            yield Alteration(
                f"{name} altered",
                lambda one, at=name: _append(one, at, b" "),
                ANYWHERE,
                resigned=False,
            )
            yield Alteration(
                f"{name} lost", lambda one, at=name: _drop(one, at), ANYWHERE, resigned=False
            )
    yield Alteration(
        "a file more", lambda one: _append(one, "more.txt", b"x"), ANYWHERE, resigned=False
    )


def _append(forged: Forged, name: str, data: bytes) -> None:
    forged.members[name] = forged.members.get(name, b"") + data


def _drop(forged: Forged, name: str) -> None:
    forged.members.pop(name)


def _pop(entries: list[tuple[bytes, Any]], k: int) -> None:
    entries.pop(k - 1)


def _swap(entries: list[tuple[bytes, Any]], k: int) -> None:
    entries[k - 1], entries[k] = entries[k], entries[k - 1]


def _cut(entries: list[tuple[bytes, Any]], k: int) -> None:
    del entries[k:]


def _put(entries: list[tuple[bytes, Any]], k: int, one: tuple[bytes, Any]) -> None:
    entries[k - 1] = one


def _beheaded(forged: Forged, k: int) -> None:
    entries = forged.all_entries()
    forged.lay(entries[:k])
    for number in range(k + 1, len(entries) + 1):
        forged.members.pop(f"values/{number}.json", None)
    for stated in forged.index["heads"]:
        forged.members.pop(f"heads/{stated['number']}.json")
    forged.index["heads"] = []


def _bend(proof: Any, name: str) -> None:
    proof[name] = [*proof[name][:-1], "11" * 32]


def _edit_index(forged: Forged, **changed: object) -> None:
    forged.members[INDEX] = canonical_bytes({**forged.index, **changed})


def _edit_value(forged: Forged, name: str, field: str, value: str) -> None:
    values = json.loads(forged.members[name])
    values[0][field] = value
    forged.members[name] = canonical_bytes(values)
