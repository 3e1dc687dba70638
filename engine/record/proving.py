"""Checking a dossier: what it claims against its own proofs, and against a head of the log that somebody holds.

``verify_dossier.py`` checks the same without any of this; the two are kept apart on purpose, and tests hold them together.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from engine.clock import legal_date
from engine.errors import DataError, PetitionError, RecordBroken
from engine.record.canonical import canonical_bytes, read_canonical
from engine.record.chain import HASH, digest_of
from engine.record.checkpoint import Checkpoint, Verifier
from engine.record.commitments import opens
from engine.record.dossier import ENTRIES, FORMAT, HEADS, PROCEDURE, VALUES
from engine.record.heads import ACT, ChainHead
from engine.record.held import Held
from engine.record.packing import not_signed, not_whole, read_index, read_members
from engine.record.stamps import NOTE, REPLY, STAMPS, Authorities, Stamp, stamp_over
from engine.record.tree import TreeHash, proves_consistency, proves_inclusion, tree_hash
from engine.text import Text

SYSTEM: Final = "system"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that does not prove itself; ``entry`` is the number of the entry, where it is one's."""

    entry: int | None
    why: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a dossier proves. ``whole_as_of`` is the last instant at which nothing was missing at its end.

    ``stamps`` are time stamps with the size of the head that they are over; unless authorities were given, nobody has looked
    at their signatures.
    """

    petition: str
    number: str
    entries: int
    checkpoint: Checkpoint | None
    whole_as_of: datetime | None
    faults: tuple[Fault, ...]
    stamps: tuple[tuple[int, Stamp], ...] = ()

    @property
    def proven(self) -> bool:
        """Whether everything holds."""
        return not self.faults

    @property
    def first(self) -> Fault | None:
        """The fault that is named: that of the earliest entry, else the first of any."""
        named = [one for one in self.faults if one.entry is not None]
        if named:
            return min(named, key=lambda one: one.entry or 0)
        return self.faults[0] if self.faults else None


def verify_dossier(
    content: bytes, *, held: Held | None = None, key: str | None = None, authorities: Authorities | None = None
) -> Verdict:  # fmt: skip
    """Check the dossier *content*; *held* is a head known from elsewhere, *key* the log's public key if it is known.

    *authorities* are the certificates by which time stamps in it are checked; without them only what they are over.

    Raises DataError where it is no dossier at all.
    """
    members = read_members(content)
    index = read_index(members, FORMAT)
    try:
        return _Dossier(index, members).verdict(held, key, authorities)
    except PetitionError:
        raise
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise DataError(
            Text("案卷目录有误({why})", "the index of the dossier is malformed ({why})").filled(
                why=type(error).__name__
            )
        ) from error


class _Dossier:
    def __init__(self, index: Any, members: Mapping[str, bytes]) -> None:
        self.index = index
        self.members = members
        self.petition: str = index["petition"]
        self.count = len(index["entries"])
        self.contents = [
            members.get(f"{ENTRIES}{number}.json", b"") for number in range(1, self.count + 1)
        ]
        self.entries = [_entry(content) for content in self.contents]
        self.hashing: TreeHash = tree_hash(index["log"]["hash"])
        self.leaves = [self.hashing.leaf(content) for content in self.contents]
        self.verifier = Verifier.read(index["log"]["key"])
        self.checkpoint: Checkpoint | None = None
        self.known: dict[int, Checkpoint] = {}
        self.whole_as_of: datetime | None = None
        self.stamps: list[tuple[int, Stamp]] = []

    def verdict(
        self, held: Held | None, key: str | None, authorities: Authorities | None
    ) -> Verdict:
        checks = [
            self._members(),
            self._signed(key),
            self._chain(),
            self._signed_head(),
            self._included(),
        ]
        checks += [self._whole(), self._earlier(), self._values(), self._procedures()]
        checks.append(self._stamps(authorities))
        if held is not None:
            checks.append(self._held(held))
        faults = [fault for check in checks for fault in _gathered(check)]
        return Verdict(
            petition=self.petition, number=str(self.index.get("number", "")), entries=self.count,
            checkpoint=self.checkpoint, whole_as_of=self.whole_as_of, faults=tuple(faults), stamps=tuple(self.stamps),
        )  # fmt: skip

    # ------------------------------------------------------------------------------- the file

    def _members(self) -> Iterator[Fault]:
        for name, why in not_whole(self.members, self.index):
            yield Fault(_number(name), why)

    def _signed(self, key: str | None) -> Iterator[Fault]:
        for why in not_signed(self.members, self.index, self.verifier, key):
            yield Fault(None, why)

    # ------------------------------------------------------------------------------- the chain

    def _chain(self) -> Iterator[Fault]:
        previous = ""
        if not self.count:
            yield Fault(None, Text("没有任何记录", "there is no entry in it"))
        for number, (entry, content) in enumerate(zip(self.entries, self.contents, strict=True), 1):
            if (entry.get("seq"), entry.get("petition")) != (number, self.petition):
                yield Fault(number, Text("不是这一条", "another stands in its place"))
            elif entry.get("hash") != HASH:
                yield Fault(number, Text("散列算法未知", "its hash is not known"))
            elif entry.get("previous") != previous:
                yield Fault(number, Text("与前一条不相接", "it does not follow the one before"))
            previous = digest_of(content)

    # ------------------------------------------------------------------------------- the log

    def _signed_head(self) -> Iterator[Fault]:
        try:
            made = self.verifier.checkpoint(self.index["checkpoint"])
        except RecordBroken as fault:
            yield Fault(None, fault.text)
            return
        self.checkpoint = self.known[made.size] = made
        log = self.index["log"]
        if (made.origin, made.hash) != (log["origin"], log["hash"]) or not _own(
            self.verifier, made
        ):
            yield Fault(None, Text("检查点属于另一日志", "the checkpoint is of another log"))

    def _included(self) -> Iterator[Fault]:
        last = -1
        for number, place in enumerate(self.index["entries"], start=1):
            if place["place"] <= last:
                yield Fault(
                    number, Text("在日志中的位置不对", "its place in the log is out of order")
                )
            last = place["place"]
            if not self._proved(self.leaves[number - 1], place):
                yield Fault(number, Text("日志中没有这一条", "the log does not hold it"))

    def _proved(self, leaf: bytes, proof: Any) -> bool:
        checkpoint = self.checkpoint
        return checkpoint is not None and proves_inclusion(
            self.hashing, leaf=leaf, index=proof["place"], size=checkpoint.size,
            path=_path(proof["path"]), root=checkpoint.root,
        )  # fmt: skip

    def _whole(self) -> Iterator[Fault]:
        """That the newest statement about all heads names this chain's last entry here."""
        reached = 0
        for stated in self.index["heads"]:
            why = self._statement(stated)
            if why is not None:
                named = {_CUT: self.count + 1, _ANOTHER_END: stated["seq"]}
                yield Fault(named.get(why), why)
            elif stated["seq"] >= reached:
                reached = stated["seq"]
                said = _entry(self.members[f"{HEADS}{stated['number']}.json"])
                self.whole_as_of = datetime.fromisoformat(said["recorded_at"])
        if reached < self.count:
            self.whole_as_of = None
            yield Fault(None, Text("末尾是否完整未经证明", "nothing proves that nothing follows"))

    def _statement(self, stated: Any) -> Text | None:
        """Why the statement proves nothing; None where it holds."""
        content = self.members.get(f"{HEADS}{stated['number']}.json", b"")
        entry = _entry(content)
        if not self._proved(self.hashing.leaf(content), stated):
            return Text("各卷末条的记载不在日志中", "the statement of heads is not in the log")
        if (entry["petition"], entry["act"]) != (SYSTEM, ACT):
            return Text("不是各卷末条的记载", "this is no statement of heads")
        said = entry["inputs"]
        if stated["seq"] > self.count:
            return _CUT
        hashing = tree_hash(said["hash"])
        mine = ChainHead(self.petition, stated["seq"], self.leaves[stated["seq"] - 1])
        if not proves_inclusion(
            hashing, leaf=hashing.leaf(mine.content()), index=stated["chain_place"], size=said["chains"],
            path=_path(stated["chain_path"]), root=bytes.fromhex(said["root"]),
        ):  # fmt: skip
            return _ANOTHER_END
        return None

    def _earlier(self) -> Iterator[Fault]:
        last = self.checkpoint
        if last is None:
            return
        for one in self.index["earlier"]:
            try:
                made = self.verifier.checkpoint(one["checkpoint"])
            except RecordBroken as fault:
                yield Fault(None, fault.text)
                continue
            if made.origin == last.origin and proves_consistency(
                self.hashing, old=made.size, old_root=made.root, new=last.size, new_root=last.root,
                path=_path(one["path"]),
            ):  # fmt: skip
                self.known[made.size] = made
            else:
                yield Fault(None, _NOT_GROWN.filled(old=made.size, new=last.size))

    def _stamps(self, authorities: Authorities | None) -> Iterator[Fault]:
        """Each time stamp is over a head that this log has had."""
        for name in sorted(self.members):
            size = name.removeprefix(STAMPS).removesuffix(REPLY)
            if not name.startswith(STAMPS) or not name.endswith(REPLY):
                continue
            known = self.known.get(int(size)) if size.isdecimal() else None
            if known is None or self.members.get(f"{STAMPS}{size}{NOTE}") != known.note.encode():
                yield Fault(None, _NO_HEAD.filled(name=name))
                continue
            try:
                stamp = stamp_over(self.members[name], known.note, authorities)
            except (DataError, RecordBroken) as fault:
                yield Fault(None, _NO_STAMP.filled(name=name, why=fault.text))
            else:
                self.stamps.append((known.size, stamp))

    # ------------------------------------------------------------------------------- the head that is held

    def _held(self, held: Held) -> Iterator[Fault]:
        size = max(self.known, default=0)
        if held.size > size:
            yield Fault(None, _SHORTER.filled(held=held.size, here=size))
        elif held.size not in self.known:
            yield Fault(None, _NO_PROOF.filled(held=held.size))
        elif not held.agrees_with(self.known[held.size], self.verifier):
            yield Fault(1, _OTHER_HEAD.filled(held=held.size))
        else:
            yield from self._whole_under(self.known[held.size])

    def _whole_under(self, head: Checkpoint) -> Iterator[Fault]:
        """From the first midnight after its first entry on, every head covers a statement that names this chain."""
        if any(one["place"] < head.size for one in self.index["heads"]):
            return
        begun = legal_date(datetime.fromisoformat(self.entries[0]["recorded_at"]))
        if begun < legal_date(head.at):
            yield Fault(
                None,
                Text("所持日志头之下,末尾是否完整未经证明", "nothing proves that nothing follows under the head that is held"),
            )  # fmt: skip

    # ------------------------------------------------------------------------------- what entries refer to

    def _values(self) -> Iterator[Fault]:
        for name in sorted(self.members):
            number = _number(name)
            if not name.startswith(VALUES) or number is None:
                continue
            entry = self.entries[number - 1] if number <= self.count else {}
            committed = entry.get("commitments", {})
            for one in read_canonical(self.members[name]):
                promise = committed.get(one["name"], "")
                if not opens(promise, bytes.fromhex(one["salt"]), one["value"]):
                    yield Fault(number, _OTHER_VALUE.filled(name=one["name"]))

    def _procedures(self) -> Iterator[Fault]:
        held: dict[str, dict[str, bytes]] = {}
        for name, data in self.members.items():
            if name.startswith(PROCEDURE):
                digest, _, path = name.removeprefix(PROCEDURE).partition("/")
                held.setdefault(digest, {})[path] = data
        whole = {digest for digest, files in held.items() if files_digest(files) == digest}
        for number, entry in enumerate(self.entries, start=1):
            if entry and entry.get("versions", {}).get("procedure") not in whole:
                yield Fault(
                    number,
                    Text("流程图与记录所用版本不符", "its drawings are not those that it names"),
                )


def files_digest(files: Mapping[str, bytes]) -> str:
    """The digest of one version of the drawings: over names and contents in the order of the names."""
    made = hashlib.sha256()
    for name in sorted(files):
        encoded = name.encode()
        made.update(len(encoded).to_bytes(4, "big") + encoded)
        made.update(len(files[name]).to_bytes(8, "big") + files[name])
    return made.hexdigest()


def _gathered(check: Iterator[Fault]) -> Iterator[Fault]:
    """The faults that *check* finds; that it stumbles is one too."""
    try:
        yield from check
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, DataError):
        yield Fault(None, Text("目录有误", "the index is malformed"))


def _entry(content: bytes) -> Any:
    """The entry that *content* holds, empty where it is not in canonical form."""
    try:
        found = read_canonical(content)
        whole = isinstance(found, dict) and content == canonical_bytes(found)
    except DataError:
        return {}
    return found if whole else {}


def _own(verifier: Verifier, checkpoint: Checkpoint) -> bool:
    return checkpoint.origin == verifier.name or checkpoint.origin.startswith(f"{verifier.name}/")


def _path(steps: Any) -> list[bytes]:
    return [bytes.fromhex(step) for step in steps]


def _number(name: str) -> int | None:
    """The number of the entry that the member *name* is about."""
    room, _, rest = name.partition("/")
    number = rest.removesuffix(".json")
    return int(number) if f"{room}/" in {ENTRIES, VALUES} and number.isdecimal() else None


_NO_HEAD = Text("{name}不属于本案卷的日志头", "{name} is over no head of this dossier")
_NO_STAMP = Text("{name}:{why}", "{name}: {why}")
_OTHER_VALUE = Text(
    "{name}的内容与记录不符", "the value of {name} is not the one that was recorded"
)
_CUT = Text("此后各条缺失", "what comes from here on is missing")
_ANOTHER_END = Text(
    "末条与各卷末条的记载不符", "it is not the entry that the statement of heads names"
)
_NOT_GROWN = Text(
    "日志({new}条)不是由此前的检查点({old}条)续成的", "the log of {new} leaves does not go on from that of {old}"
)  # fmt: skip
_SHORTER = Text(
    "所持日志头有{held}条,案卷的日志只有{here}条:案卷较早,或者日志曾被退回;请重新导出",
    "the head that is held has {held} leaves, the log of this dossier {here}: it is older, or the log was put back; "
    "ask for a new one",
)
_NO_PROOF = Text(
    "案卷中没有与所持日志头({held}条)相接的证明:请用 --head 重新导出",
    "nothing in it leads from the head that is held ({held} leaves): ask for an export with --head",
)
_OTHER_HEAD = Text(
    "日志与所持日志头({held}条)不符:记录已被改动",
    "the log is not that of the head that is held ({held} leaves): the record was altered",
)

__all__ = ["Fault", "Verdict", "files_digest", "verify_dossier"]
