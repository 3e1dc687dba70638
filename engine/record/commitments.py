"""Commitments: what the chain says of a sealed value. It proves the value to whoever is shown it, and tells nobody else."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from engine.record.canonical import canonical_bytes, canonical_text

SALT_BYTES = 32


def new_salt() -> bytes:
    """A fresh salt; without it a commitment to an id number or a telephone number could be guessed."""
    return secrets.token_bytes(SALT_BYTES)


def commitment(salt: bytes, value: object) -> str:
    """The commitment to *value* under *salt*, in hexadecimal."""
    return hmac.new(salt, canonical_bytes(value), hashlib.sha256).hexdigest()


def opens(committed: str, salt: bytes, value: object) -> bool:
    """Whether *committed* is the commitment to *value* under *salt*."""
    return hmac.compare_digest(committed, commitment(salt, value))


__all__ = ["canonical_text", "commitment", "new_salt", "opens"]
