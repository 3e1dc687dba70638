"""Time stamps of an authority (RFC 3161) over checkpoints of the log: somebody outside says that a head was there by a moment.

What is stamped are the octets of a signed checkpoint, as ``petition log head`` prints them. Request and reply are files; nothing
here reaches the network. The only module that knows ``rfc3161_client``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cryptography import x509
from cryptography.x509.oid import NameOID
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from engine.errors import DataError, RecordBroken
from engine.text import Text

Authorities = Sequence[x509.Certificate]
"""The certificates of authorities that somebody trusts: roots, and what stands between."""
STAMPS, REPLY, NOTE = "stamps/", ".tsr", ".note"
"""Where they lie in a dossier: ``stamps/SIZE.tsr`` is the reply over ``stamps/SIZE.note``."""
_GRANTED: Final = 0


@dataclass(frozen=True, slots=True)
class Request:
    """A request for a time stamp (``.tsq``), and the random number by which its reply is known again."""

    nonce: int
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What a reply says: the authority, the moment, its serial number, and the request that it answers."""

    at: datetime
    authority: str
    serial: int
    policy: str
    nonce: int | None


def new_request(note: str) -> Request:
    """A request for a time stamp over the checkpoint *note*, with a fresh nonce; the reply shall bring its certificate."""
    builder = TimestampRequestBuilder().data(note.encode()).hash_algorithm(HashAlgorithm.SHA256)
    made = builder.nonce(nonce=True).cert_request(cert_request=True).build()
    return Request(nonce=int(made.nonce or 0), content=made.as_bytes())


def is_over(reply: bytes, note: str) -> bool:
    """Whether *reply* is over the checkpoint *note*. Raises DataError where it is no granted reply."""
    info = _read(reply).tst_info
    return bytes(info.message_imprint.message) == hashlib.sha256(note.encode()).digest()


def read_stamp(reply: bytes) -> Stamp:
    """What *reply* says of itself, nothing of it checked. Raises DataError where it is no granted reply."""
    response = _read(reply)
    try:
        info = response.tst_info
        return Stamp(
            at=info.gen_time,
            authority=_signer(response),
            serial=int(info.serial_number),
            policy=info.policy.dotted_string,
            nonce=info.nonce,
        )
    except ValueError as error:
        raise DataError(_NO_REPLY) from error


def stamp_over(reply: bytes, note: str, authorities: Authorities | None) -> Stamp:
    """The stamp that *reply* is over the checkpoint *note*, its signature checked where *authorities* are given."""
    if authorities is not None:
        return verified_stamp(reply, note, authorities)
    if not is_over(reply, note):
        raise RecordBroken(_ANOTHER_IMPRINT)
    return read_stamp(reply)


def verified_stamp(
    reply: bytes, note: str, authorities: Authorities, *, nonce: int | None = None
) -> Stamp:
    """The stamp that *reply* is over the checkpoint *note*, signed under one of *authorities*.

    With a *nonce* it has to answer that request. Raises DataError where it is no granted reply, RecordBroken saying what does
    not hold.
    """
    stamp = read_stamp(reply)
    if not is_over(reply, note):
        raise RecordBroken(_ANOTHER_IMPRINT)
    if nonce is not None and stamp.nonce != nonce:
        raise RecordBroken(_ANOTHER_NONCE)
    roots = [one for one in authorities if one.issuer == one.subject]
    between = [one for one in authorities if one.issuer != one.subject]
    try:
        VerifierBuilder(roots=roots, intermediates=between).build().verify(
            _read(reply), hashlib.sha256(note.encode()).digest()
        )
    except (VerificationError, ValueError) as fault:
        raise RecordBroken(_NOT_TRUSTED) from fault
    return stamp


def read_certificates(pem: bytes) -> Authorities:
    """The certificates of authorities in *pem*. Raises DataError where there is no root among them."""
    try:
        found = x509.load_pem_x509_certificates(pem)
    except ValueError as error:
        raise DataError(_NO_CERTIFICATES) from error
    if not [one for one in found if one.issuer == one.subject]:
        raise DataError(_NO_ROOT)
    return found


def _read(reply: bytes) -> TimeStampResponse:
    try:
        response = decode_timestamp_response(reply)
        if response.status != _GRANTED:
            why = "、".join(response.status_string) or str(response.status)
            raise DataError(_REFUSED.filled(why=why[:160]))
        _ = response.tst_info
    except ValueError as error:
        raise DataError(_NO_REPLY) from error
    return response


def _signer(response: TimeStampResponse) -> str:
    """The common name of the certificate that signed, or its whole name."""
    signed = response.signed_data
    by = {(one.issuer, one.serial_number) for one in signed.signer_infos}
    for encoded in signed.certificates:
        one = x509.load_der_x509_certificate(encoded)
        if (one.issuer, one.serial_number) in by:
            names = one.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
            return str(names[0].value) if names else one.subject.rfc4514_string()
    return "—"


_NO_REPLY = Text(
    "不是时间戳回复(RFC 3161)", "this is no reply of a time-stamp authority (RFC 3161)"
)
_REFUSED = Text("时间戳机构没有签发:{why}", "the authority did not grant it: {why}")
_ANOTHER_IMPRINT = Text(
    "时间戳不是对这一检查点的:散列值不符", "the time stamp is over something else: its imprint is not this checkpoint's"
)  # fmt: skip
_ANOTHER_NONCE = Text("回复的随机数与请求不符", "its nonce is not that of the request")
_NOT_TRUSTED = Text(
    "时间戳的签名不能由所给证书证明:机构不在其中,或者回复已被改动",
    "its signature is not proved by the certificates given: another authority, or the reply was altered",
)
_NO_CERTIFICATES = Text("没有可读的证书(PEM)", "there is no certificate (PEM) that can be read")
_NO_ROOT = Text("证书中没有自签名的根证书", "none of the certificates is a root (signed by itself)")

__all__ = [
    "NOTE",
    "REPLY",
    "STAMPS",
    "Authorities",
    "Request",
    "Stamp",
    "is_over",
    "new_request",
    "read_certificates",
    "read_stamp",
    "stamp_over",
    "verified_stamp",
]
