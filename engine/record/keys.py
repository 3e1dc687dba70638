"""Keys: one master key per installation, one key per petition wrapped by it, and the blind index.

What is personal lies encrypted under the petition's own key (AES-256-GCM); to destroy that key is to erase the data and
to leave every proof intact. The master key lies in a file beside the database, never in it.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from engine.errors import DataError, RecordBroken
from engine.settings import write_once
from engine.text import Text

KEY_FILE = "master.key"
KEY_BYTES = 32
NONCE_BYTES = 12
INDEX_BYTES = 8
PHONE = "phone"
PHONE_DIGITS = 11
_OTHERS = 0o077
_MOVED = Text("加密内容已被改动或移位", "encrypted content was altered or moved")


class PetitionKey:
    """The key of one petition, unwrapped for use."""

    def __init__(self, petition: str, key: bytes) -> None:
        self._petition = petition
        self._cipher = AESGCM(key)

    def encrypt(self, table: str, name: str, plaintext: bytes) -> bytes:
        """*plaintext* encrypted for the place *table*/*name*; it can be read at no other place."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, plaintext, self._place(table, name))

    def decrypt(self, table: str, name: str, sealed: bytes) -> bytes:
        """What was encrypted for this place. Raises RecordBroken if it was altered or moved."""
        nonce, body = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        try:
            return self._cipher.decrypt(nonce, body, self._place(table, name))
        except InvalidTag as error:
            raise RecordBroken(_MOVED) from error

    def _place(self, table: str, name: str) -> bytes:
        return f"{table}:{self._petition}:{name}".encode()


class KeyRing:
    """The keys of one installation. Everything is derived from one master key of 32 bytes."""

    def __init__(self, master: bytes) -> None:
        if len(master) != KEY_BYTES:
            raise DataError(Text("主密钥长度不对", "the master key has the wrong length"))
        self._wrapping = AESGCM(_derived(master, "wrap"))
        self._index = _derived(master, "index")
        self._pages = AESGCM(_derived(master, "pages"))
        self.log_seed = _derived(master, "log")
        self.fingerprint = hashlib.sha256(_derived(master, "fingerprint")).hexdigest()[:16]

    @classmethod
    def fresh(cls) -> KeyRing:
        """A ring under a new master key that is kept nowhere: for trials and tests."""
        return cls(secrets.token_bytes(KEY_BYTES))

    @classmethod
    def create_in(cls, directory: Path) -> KeyRing:
        """The ring of *directory*, with a new master key if it has none yet."""
        write_once(directory / KEY_FILE, secrets.token_hex(KEY_BYTES))
        return cls.in_directory(directory)

    @classmethod
    def in_directory(cls, directory: Path) -> KeyRing:
        """The ring whose master key lies in *directory*. Raises DataError if there is none or others may read it."""
        path = directory / KEY_FILE
        try:
            if path.stat().st_mode & _OTHERS:
                raise DataError(
                    Text(
                        "主密钥文件 {path} 不得被他人读取", "others may read the key file {path}"
                    ).filled(path=path)
                )
            return cls(bytes.fromhex(path.read_text(encoding="ascii").strip()))
        except FileNotFoundError as error:
            raise DataError(
                Text(
                    "没有主密钥文件 {path}:请先初始化,或从备份中恢复",
                    "there is no key file {path}: initialise first, or restore it from the backup",
                ).filled(path=path)
            ) from error
        except ValueError as error:
            raise DataError(
                Text("主密钥文件 {path} 已损坏", "the key file {path} is damaged").filled(path=path)
            ) from error

    def new_key(self, petition: str) -> bytes:
        """A new key for *petition*, wrapped: what the petition's row keeps."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        key = AESGCM.generate_key(KEY_BYTES * 8)
        return nonce + self._wrapping.encrypt(nonce, key, _owner(petition))

    def unwrapped(self, petition: str, wrapped: bytes) -> PetitionKey:
        """The key of *petition*, ready for use. Raises RecordBroken if it is not wrapped by this ring for it."""
        try:
            key = self._wrapping.decrypt(
                wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], _owner(petition)
            )
        except InvalidTag as error:
            raise RecordBroken(
                Text(
                    "事项密钥与主密钥不符", "the petition's key does not belong to this master key"
                )
            ) from error
        return PetitionKey(petition, key)

    def seal_page(self, key: str, content: bytes) -> bytes:
        """What was typed on the page *key*, encrypted."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._pages.encrypt(nonce, content, key.encode())

    def open_page(self, key: str, sealed: bytes) -> bytes:
        """What was typed on the page *key*. Raises RecordBroken if it was altered or moved."""
        try:
            return self._pages.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], key.encode())
        except InvalidTag as error:
            raise RecordBroken(_MOVED) from error

    def blind_index(self, name: str, value: str) -> str:
        """What stands in the index for *value* of the field *name*: equal values meet, and nothing can be read off.

        Cut to 8 bytes. Spaces, punctuation, width and case do not count, nor the country's prefix of a telephone.
        """
        normal = unicodedata.normalize("NFKC", value).casefold()
        letters = "".join(character for character in normal if character.isalnum())
        if name == PHONE:
            letters = letters[-PHONE_DIGITS:]
        digest = hmac.new(self._index, f"{name}:{letters}".encode(), hashlib.sha256).digest()
        return digest[:INDEX_BYTES].hex()


def _derived(master: bytes, purpose: str) -> bytes:
    """A key of its own for each purpose; the master key is random already, so there is nothing to extract first."""
    expand = HKDFExpand(
        algorithm=SHA256(), length=KEY_BYTES, info=f"petition-office:{purpose}".encode()
    )
    return expand.derive(master)


def _owner(petition: str) -> bytes:
    return f"petition:{petition}:key".encode()
