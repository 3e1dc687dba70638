"""What lies encrypted, and for which place: one function to write and one to read for each."""

from __future__ import annotations

from typing import Any

from engine.errors import RecordBroken
from engine.petition.file import SealedValue
from engine.record.commitments import SALT_BYTES, opens
from engine.record.keys import PetitionKey
from engine.text import Text


def seal_value(key: PetitionKey, petition: str, value: SealedValue) -> dict[str, Any]:
    """The row of a sealed value: its salt and its text, encrypted together."""
    content = key.encrypt(
        "sealed_value", _of_entry(value.entry, value.name), value.salt + value.value.encode()
    )
    return {"petition": petition, "entry": value.entry, "name": value.name, "content": content}


def open_value(key: PetitionKey, row: Any) -> SealedValue:
    """The sealed value that a row holds."""
    opened = key.decrypt("sealed_value", _of_entry(row.entry, row.name), bytes(row.content))
    return SealedValue(
        entry=row.entry, name=row.name, salt=opened[:SALT_BYTES], value=opened[SALT_BYTES:].decode()
    )


def seal_blob(key: PetitionKey, digest: str, content: bytes) -> bytes:
    """The contents of an attachment, encrypted."""
    return key.encrypt("blob", digest, content)


def open_blob(key: PetitionKey, digest: str, content: bytes) -> bytes:
    """The contents of an attachment."""
    return key.decrypt("blob", digest, content)


def seal_attachment_name(key: PetitionKey, entry: int, place: int, name: str) -> bytes:
    """The name of an uploaded file, encrypted: people put names into it."""
    return key.encrypt("attachment", f"{entry}:{place}", name.encode())


def open_attachment_name(key: PetitionKey, entry: int, place: int, sealed: bytes) -> str:
    """The name of an uploaded file."""
    return key.decrypt("attachment", f"{entry}:{place}", sealed).decode()


def seal_outbox(key: PetitionKey, name: str, body: bytes) -> bytes:
    """What waits to be relayed, encrypted."""
    return key.encrypt("outbox", name, body)


def open_outbox(key: PetitionKey, name: str, body: bytes) -> bytes:
    """What waits to be relayed."""
    return key.decrypt("outbox", name, body)


def seal_reason(key: PetitionKey, look: str, salt: bytes, reason: str) -> bytes:
    """The reason that was given for a look, and its salt, encrypted: it may name people."""
    return key.encrypt("viewing", look, salt + reason.encode())


def open_reason(key: PetitionKey, look: str, sealed: bytes, committed: str) -> str:
    """The reason that was given for a look. Raises RecordBroken where it is not the one that was *committed* to."""
    opened = key.decrypt("viewing", look, sealed)
    salt, reason = opened[:SALT_BYTES], opened[SALT_BYTES:].decode()
    if not opens(committed, salt, reason):
        raise RecordBroken(
            Text(
                "查阅事由与所承诺的不符",
                "the reason of a look is not the one that was committed to",
            )
        )
    return reason


def _of_entry(entry: int, name: str) -> str:
    return f"{entry}:{name}"
