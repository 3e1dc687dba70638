"""Checks a petition's dossier without the office: one file, Python 3.10 or later, nothing else. Reads, never writes.

    python3 -I verify_dossier.py FILE [--head HEAD] [--key KEY]

HEAD is a head of the log from elsewhere: a file with a signed checkpoint, or the words "1234-9f3a1-..." of a receipt.
KEY is the log's public key if you have it from elsewhere; otherwise the one in the file is taken and shown.
Exit status 0: proven; 1: not proven, the first entry at fault is named; 2: not a dossier. DOSSIER.md tells the format.
In the order of the code: Ed25519 (RFC 8032), the tree of RFC 9162, the checks, the command line.
"""

# fmt: off
from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import sys
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any

# ------------------------------------------------------------------------- Ed25519, RFC 8032 5.1
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P

def decoded_point(data: bytes) -> tuple[int, int, int, int] | None:
    """The point that 32 bytes stand for; None if there is none."""
    number = int.from_bytes(data, "little")
    sign, y = number >> 255, number & (1 << 255) - 1
    if len(data) != 32 or y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P

def added(a: tuple[int, int, int, int], b: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    left = (a[1] - a[0]) * (b[1] - b[0]) % P
    right = (a[1] + a[0]) * (b[1] + b[0]) % P
    c, d = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = right - left, d - c, d + c, right + left
    return e * f % P, g * h % P, f * g % P, e * h % P

def times(number: int, point: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    made: tuple[int, int, int, int] = (0, 1, 1, 0)
    while number:
        if number & 1:
            made = added(made, point)
        point, number = added(point, point), number >> 1
    return made

BASE = decoded_point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))

def is_signed(key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether *signature* is that of *message* by *key*."""
    public, nonce = decoded_point(key), decoded_point(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or public is None or nonce is None or BASE is None or scalar >= ORDER:
        return False
    hashed = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little")
    left, right = times(scalar, BASE), added(nonce, times(hashed % ORDER, public))
    return not ((left[0] * right[2] - right[0] * left[2]) % P or (left[1] * right[2] - right[1] * left[2]) % P)

# ------------------------------------------------------------------------- the tree, RFC 9162 2.1
def hash_called(name: str) -> Callable[[bytes], bytes]:
    if name not in ("sha256", "sm3") or name not in hashlib.algorithms_available:
        raise NotADossier(f"this Python cannot hash with {name}; for sm3 its OpenSSL must know it")
    return lambda data: hashlib.new(name, data).digest()

def root_from_inclusion(hash: Callable[[bytes], bytes], leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes | None:
    """The root to which *path* leads from *leaf*; None if the path does not fit (2.1.3.2)."""
    if not 0 <= index < size:
        return None
    node, last = leaf, size - 1
    for step in path:
        if last == 0:
            return None
        if index % 2 or index == last:
            node = hash(b"\x01" + step + node)
            while index % 2 == 0 and index:
                index, last = index // 2, last // 2
        else:
            node = hash(b"\x01" + node + step)
        index, last = index // 2, last // 2
    return node if last == 0 else None

def roots_from_consistency(hash: Callable[[bytes], bytes], old: int, new: int, old_root: bytes, path: list[bytes]) -> Any:
    """Both roots to which *path* leads (2.1.4.2)."""
    if not 0 < old < new or not path:
        return None, None
    steps = ([old_root] if old & (old - 1) == 0 else []) + path
    index, last = old - 1, new - 1
    while index % 2:
        index, last = index // 2, last // 2
    first = second = steps[0]
    for step in steps[1:]:
        if last == 0:
            return None, None
        if index % 2 or index == last:
            first, second = hash(b"\x01" + step + first), hash(b"\x01" + step + second)
            while index % 2 == 0 and index:
                index, last = index // 2, last // 2
        else:
            second = hash(b"\x01" + second + step)
        index, last = index // 2, last // 2
    return (first, second) if last == 0 else (None, None)

# ------------------------------------------------------------------------- signed notes and checkpoints
class NotADossier(Exception):
    """The file cannot be read as a dossier."""

class Key:
    """The log's public key: name+id+base64(1, key)."""
    def __init__(self, line: str) -> None:
        try:
            self.name, id, encoded = line.strip().split("+", 2)
            data = base64.b64decode(encoded, validate=True)
            self.line, self.bytes = line.strip(), data[1:]
            self.id = hashlib.sha256(self.name.encode() + b"\n" + data).digest()[:4]
            if data[:1] != b"\x01" or self.id.hex() != id:
                raise ValueError(line)
        except ValueError:
            raise NotADossier("its public key is malformed") from None

    def text_of(self, note: str) -> str | None:
        """The text of a signed note; None unless this key has signed it."""
        text, _, signatures = note.rpartition("\n\n")
        for line in signatures.splitlines():
            found = re.fullmatch(r"\u2014 (\S+) (\S+)", line)
            if found and found[1] == self.name:
                try:
                    data = base64.b64decode(found[2], validate=True)
                except ValueError:
                    continue
                if data[:4] == self.id and is_signed(self.bytes, (text + "\n").encode(), data[4:]):
                    return text + "\n"
        return None

class Checkpoint:
    """Five lines: origin, size, root, hash, when."""
    def __init__(self, text: str) -> None:
        lines = text.split("\n\n")[0].rstrip("\n").split("\n")
        if len(lines) != 5 or not lines[1].isdecimal() or lines[3][:5] != "hash " or lines[4][:3] != "at ":
            raise NotADossier("a checkpoint in it is malformed")
        self.origin, self.size, self.hash = lines[0], int(lines[1]), lines[3][5:]
        self.root, self.at = base64.b64decode(lines[2], validate=True), datetime.fromisoformat(lines[4][3:].replace("Z", "+00:00"))

class Held:
    """A head that somebody holds: a signed checkpoint, or the words of a receipt."""
    def __init__(self, given: str) -> None:
        self.note: str | None = None
        short = re.fullmatch(r"(\d+)-([0-9a-f-]+)", given.strip().lower())
        if short and len(short[2].replace("-", "")) == 20:
            self.size, self.digits = int(short[1]), short[2].replace("-", "")
            return
        with open(given, encoding="utf-8-sig") as file:
            self.note = file.read()
        checkpoint = Checkpoint(self.note)
        self.size, self.digits = checkpoint.size, checkpoint.root.hex()

# ------------------------------------------------------------------------- the checks
BEIJING = timezone(timedelta(hours=8))
def entry_number(name: str) -> int | None:
    found = re.fullmatch(r"(?:entries|values)/(\d+)\.json", name)
    return int(found[1]) if found else None

class Dossier:
    """Collects in ``faults`` everything that does not prove itself, with the number of the entry if it is one's."""
    def __init__(self, path: str) -> None:
        self.faults: list[tuple[int | None, str]] = []
        self.files = self.read(path)
        try:
            self.index = json.loads(self.files["index.json"])
            self.key = Key(self.index["log"]["key"])
            self.hash = hash_called(self.index["log"]["hash"])
            self.count, self.petition = len(self.index["entries"]), self.index["petition"]
            if self.index["format"] != "petition-dossier-1":
                raise NotADossier("another format")
        except (KeyError, TypeError, ValueError, AttributeError):
            raise NotADossier("its index is malformed") from None
        self.bytes = [self.files.get(f"entries/{n}.json", b"") for n in range(1, self.count + 1)]
        self.leaves = [self.hash(b"\x00" + data) for data in self.bytes]
        self.entries = [self.parsed(data) for data in self.bytes]
        self.heads: dict[int, Checkpoint] = {}
        self.last: Checkpoint | None = None
        self.whole_as_of: str | None = None

    def read(self, path: str) -> dict[str, bytes]:
        try:
            with zipfile.ZipFile(path) as archive:
                names = archive.namelist()
                if len(set(names)) < len(names) or sum(i.file_size for i in archive.infolist()) > 1 << 30:
                    raise ValueError("a member twice, or too large")
                return {name: archive.read(name) for name in names}
        except Exception as error:  # noqa: BLE001 - whatever a bent zip leads to, it is no dossier
            raise NotADossier(f"{type(error).__name__}: {error}") from None

    def parsed(self, data: bytes) -> Any:
        try:
            return dict(json.loads(data))
        except (TypeError, ValueError):
            return {}

    def found(self, entry: int | None, why: str) -> None:
        self.faults.append((entry, why))

    def check(self, held: Held | None, key: str | None) -> None:
        if key is not None and Key(key).line != self.key.line:
            self.found(None, "its public key is another than the known one")
        steps = [self.container, self.checkpoint, self.chain, self.log, self.tail, self.earlier, self.values, self.drawings]
        for step in [*steps, self.stamps] + ([lambda: self.against(held)] if held is not None else []):
            try:
                step()
            except (KeyError, TypeError, ValueError, AttributeError, IndexError, NotADossier) as error:
                self.found(None, f"the index is malformed: {error}")

    def container(self) -> None:
        """Every file is in the index with its SHA-256, and the log's key has signed the index."""
        promised = self.index["files"]
        for name in sorted(set(promised) | set(self.files) - {"index.json", "index.sig"}):
            if name not in self.files:
                self.found(entry_number(name), f"{name} is missing")
            elif hashlib.sha256(self.files[name]).hexdigest() != promised.get(name):
                self.found(entry_number(name), f"{name} is not what the index says")
        wanted = "petition-dossier-1\n" + hashlib.sha256(self.files["index.json"]).hexdigest() + "\n"
        if self.key.text_of(self.files.get("index.sig", b"").decode(errors="replace")) != wanted:
            self.found(None, "the index is not signed with the key of the log")

    def checkpoint(self) -> None:
        """The checkpoint is signed, and is of this log."""
        text = self.key.text_of(self.index["checkpoint"])
        if text is None:
            raise NotADossier("the checkpoint is not signed with the key of the log")
        last = self.last = Checkpoint(text)
        self.heads[last.size] = last
        own = (last.origin + "/").startswith(self.key.name + "/")
        if not own or (last.origin, last.hash) != (self.index["log"]["origin"], self.index["log"]["hash"]):
            self.found(None, "the checkpoint is of another log")

    def chain(self) -> None:
        """Each entry has its number and names the SHA-256 of the one before."""
        previous = ""
        if not self.count:
            self.found(None, "there is no entry in it")
        for number, (entry, data) in enumerate(zip(self.entries, self.bytes, strict=True), start=1):
            if (entry.get("seq"), entry.get("petition"), entry.get("hash")) != (number, self.petition, "sha256"):
                self.found(number, "another stands in its place")
            elif entry.get("previous") != previous:
                self.found(number, "it does not follow the one before")
            previous = hashlib.sha256(data).hexdigest()

    def in_log(self, leaf: bytes, proof: Any) -> bool:
        last, path = self.last, [bytes.fromhex(step) for step in proof["path"]]
        return last is not None and root_from_inclusion(self.hash, leaf, proof["place"], last.size, path) == last.root

    def log(self) -> None:
        """Each entry is a leaf of the log, in rising order."""
        before = -1
        for number, proof in enumerate(self.index["entries"], start=1):
            if not before < proof["place"]:
                self.found(number, "its place in the log is out of order")
            before = proof["place"]
            if not self.in_log(self.leaves[number - 1], proof):
                self.found(number, "the log does not hold it")

    def tail(self) -> None:
        """A statement in the log names the last entry, so that nothing was cut off behind it."""
        reached = 0
        for stated in self.index["heads"]:
            data = self.files.get(f"heads/{stated['number']}.json", b"")
            said = self.parsed(data)
            if not self.in_log(self.hash(b"\x00" + data), stated):
                self.found(None, "the statement of heads is not in the log")
            elif (said["petition"], said["act"]) != ("system", "case_heads"):
                self.found(None, "this is no statement of heads")
            elif stated["seq"] > self.count:
                self.found(self.count + 1, "what comes from here on is missing")
            else:
                hash, leaf = hash_called(said["inputs"]["hash"]), self.leaves[stated["seq"] - 1].hex()
                line = json.dumps([self.petition, stated["seq"], leaf], separators=(",", ":")).encode()
                path = [bytes.fromhex(step) for step in stated["chain_path"]]
                found = root_from_inclusion(hash, hash(b"\x00" + line), stated["chain_place"], said["inputs"]["chains"], path)
                if found != bytes.fromhex(said["inputs"]["root"]):
                    self.found(stated["seq"], "it is not the entry that the statement of heads names")
                elif stated["seq"] >= reached:
                    reached, self.whole_as_of = stated["seq"], said["recorded_at"]
        if reached < self.count:
            self.whole_as_of = None
            self.found(None, "nothing proves that nothing follows")

    def earlier(self) -> None:
        """The log goes on from each earlier checkpoint."""
        last = self.last
        for one in self.index["earlier"] if last else []:
            text = self.key.text_of(one["checkpoint"])
            if text is None or last is None:
                self.found(None, "an earlier checkpoint is not signed with the key of the log")
                continue
            old, path = Checkpoint(text), [bytes.fromhex(step) for step in one["path"]]
            roots = roots_from_consistency(self.hash, old.size, last.size, old.root, path)
            if old.origin != last.origin or roots != (old.root, last.root):
                self.found(None, f"the log of {last.size} leaves does not go on from that of {old.size}")
            else:
                self.heads[old.size] = old

    def stamps(self) -> None:
        """What an authority has stamped is a head of this dossier; the stamp itself openssl checks (see the end)."""
        notes = [self.index["checkpoint"], *(one["checkpoint"] for one in self.index["earlier"])]
        known = {f"stamps/{Checkpoint(note).size}": note.encode() for note in notes}
        for name in sorted(self.files):
            place = name.rpartition(".")[0]
            if name.startswith("stamps/") and known.get(place) != self.files.get(f"{place}.note"):
                self.found(None, f"{name} is over no head of this dossier")

    def values(self) -> None:
        """Each value that is shown is the one that its entry commits to: HMAC-SHA-256 under its salt."""
        for name in sorted(self.files):
            number = entry_number(name)
            if number is None or not name.startswith("values/"):
                continue
            promised = self.entries[number - 1].get("commitments", {}) if number <= self.count else {}
            for one in json.loads(self.files[name]):
                text = json.dumps(one["value"], ensure_ascii=False).encode()
                made = hmac.new(bytes.fromhex(one["salt"]), text, hashlib.sha256).hexdigest()
                if made != promised.get(one["name"]):
                    self.found(number, f"the value of {one['name']} is not the one that was recorded")

    def drawings(self) -> None:
        """The drawings of each version that entries name are there, with the digest that they name."""
        versions: dict[str, Any] = {}
        for name in sorted(self.files):
            room, _, rest = name.partition("/")
            if room == "procedure":
                version, _, path = rest.partition("/")
                made, encoded, data = versions.setdefault(version, hashlib.sha256()), path.encode(), self.files[name]
                made.update(len(encoded).to_bytes(4, "big") + encoded + len(data).to_bytes(8, "big") + data)
        for number, entry in enumerate(self.entries, start=1):
            named = entry.get("versions", {}).get("procedure")
            if entry and (named not in versions or versions[named].hexdigest() != named):
                self.found(number, "its drawings are not those that it names")

    def against(self, held: Held) -> None:
        """The log is the one whose head is held, and under that head, too, nothing was cut off."""
        size, known = max(self.heads, default=0), self.heads.get(held.size)
        if held.size > size:
            why = "it is older, or the log was put back; ask for a new one"
            self.found(None, f"the head that is held has {held.size} leaves, the log of this dossier {size}: {why}")
        elif known is None:
            self.found(None, f"nothing leads from the head that is held ({held.size} leaves): ask for an export with --head")
        elif not known.root.hex().startswith(held.digits) or (
            held.note is not None and (self.key.text_of(held.note) is None or Checkpoint(held.note).origin != known.origin)
        ):
            self.found(1, f"the log is not that of the head that is held ({held.size} leaves): the record was altered")
        elif self.entries and not any(one["place"] < held.size for one in self.index["heads"]):
            # From the first midnight after its first entry on, every head covers a statement that names the chain.
            begun = datetime.fromisoformat(self.entries[0]["recorded_at"]).astimezone(BEIJING).date()
            if begun < known.at.astimezone(BEIJING).date():
                self.found(None, "nothing proves that nothing follows under the head that is held")

# ------------------------------------------------------------------------- the command line
def main(argv: list[str]) -> int:
    options: dict[str, str] = {}
    while len(argv) > 2 and argv[-2] in ("--head", "--key"):
        options[argv[-2]], argv = argv[-1], argv[:-2]
    if len(argv) != 1 or argv[0].startswith("-"):
        sys.stdout.write(__doc__ or "")
        return 2
    try:
        held = Held(options["--head"]) if "--head" in options else None
        dossier = Dossier(argv[0])
        dossier.check(held, options.get("--key"))
    except (NotADossier, OSError, ValueError) as error:
        sys.stdout.write(f"no dossier: {error}\n")
        return 2
    if dossier.faults:
        fault = min(dossier.faults, key=lambda one: (one[0] is None, one[0] or 0))
        sys.stdout.write(f"NOT PROVEN: {'the dossier' if fault[0] is None else f'entry {fault[0]}'}: {fault[1]}\n")
        return 1
    last = dossier.last
    sys.stdout.write(
        f"proven: {dossier.index.get('number')}, {dossier.count} entries, whole as of {dossier.whole_as_of}\n"
        f"by the head of {last.size if last else 0} leaves, root {last.root.hex() if last else ''}\n"
        f"signed with {dossier.key.line}\n"
        + ("and by the head that you hold\n" if held else "compare head and key with what you have from elsewhere\n")
        + "".join(f"a time stamp is in it: unzip -o {argv[0]} 'stamps/*' && openssl ts -verify -data {name[:-3]}note -in {name} "
                  "-CAfile CA.pem\n" for name in sorted(dossier.files) if name.endswith(".tsr"))
    )
    return 0

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
