"""A signed zip: exact bytes, an index that names every one of them with its SHA-256, and the log's signature over the index."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any, Final

from engine.errors import DataError, RecordBroken
from engine.record.canonical import canonical_bytes, read_canonical
from engine.record.checkpoint import Signer, Verifier
from engine.text import Text

INDEX: Final = "index.json"
SIGNATURE: Final = "index.sig"
_MOST_BYTES: Final = 1 << 30
_DAWN: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a zip can say: when members were written is nobody's business."""


def packed(
    format: str, said: Mapping[str, object], members: Mapping[str, bytes], signer: Signer
) -> bytes:
    """The zip of *members*, whose index says *said* and is of *format*."""
    index = canonical_bytes(
        {
            **said,
            "format": format,
            "files": {
                name: hashlib.sha256(data).hexdigest() for name, data in sorted(members.items())
            },
        }
    )
    signature = signer.signed(signed_text(index, format)).encode()
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in [(INDEX, index), (SIGNATURE, signature), *sorted(members.items())]:
            archive.writestr(zipfile.ZipInfo(name, _DAWN), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def signed_text(index: bytes, format: str) -> str:
    """What ``index.sig`` signs."""
    return f"{format}\n{hashlib.sha256(index).hexdigest()}\n"


def read_members(content: bytes) -> dict[str, bytes]:
    """The members of a zip. Raises DataError where *content* is none, or names a member twice."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            if len(names) != len(set(names)):
                raise ValueError("a member twice")
            if sum(one.file_size for one in archive.infolist()) > _MOST_BYTES:
                raise ValueError("too large")
            return {name: archive.read(name) for name in names}
    except (
        zipfile.BadZipFile,
        ValueError,
        NotImplementedError,
        EOFError,
        OSError,
        KeyError,
    ) as error:
        raise not_readable(str(error)) from error
    except Exception as error:  # zlib's own error, and whatever a bent header leads zipfile to
        raise not_readable(type(error).__name__) from error


def read_index(members: Mapping[str, bytes], *formats: str) -> Any:
    """The index among *members*. Raises DataError where there is none of one of these *formats*."""
    try:
        index = read_canonical(members[INDEX])
        if index["format"] not in formats:
            raise ValueError(index["format"])
    except (KeyError, TypeError, ValueError) as error:
        raise not_readable(INDEX) from error
    return index


def not_whole(members: Mapping[str, bytes], index: Any) -> Iterator[tuple[str, Text]]:
    """The members that are not what the index says, each with the reason."""
    promised: Mapping[str, str] = index["files"]
    for name in sorted(promised.keys() | members.keys() - {INDEX, SIGNATURE}):
        if name not in members:
            yield name, _MISSING.filled(name=name)
        elif hashlib.sha256(members[name]).hexdigest() != promised.get(name):
            yield name, _OTHER_FILE.filled(name=name)


def not_signed(
    members: Mapping[str, bytes], index: Any, verifier: Verifier, key: str | None
) -> Iterator[Text]:
    """Why the signature over the index is not that of *verifier*, which has to have the *key* that is known, if one is."""
    if key is not None and str(Verifier.read(key)) != str(verifier):
        yield Text("公钥不是已知的那一个", "its public key is another than the known one")
    try:
        text = verifier.opened(members.get(SIGNATURE, b"").decode(errors="replace"))
    except RecordBroken as fault:
        yield fault.text
        return
    if text != signed_text(members[INDEX], index["format"]):
        yield Text("目录已被改动", "the index was altered")


def not_readable(why: str) -> DataError:
    """The file is no dossier and no volume."""
    return DataError(
        Text("不是可读的案卷文件({why})", "this is no readable dossier ({why})").filled(why=why)
    )


_MISSING = Text("缺少{name}", "{name} is missing")
_OTHER_FILE = Text("{name}与目录不符", "{name} is not what the index says")
