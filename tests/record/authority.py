"""A time-stamp authority of the tests: its own root, real ASN.1, real signatures (RFC 3161, RFC 5652)."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

SHA256: Final = "2.16.840.1.101.3.4.2.1"
SIGNED_DATA: Final = "1.2.840.113549.1.7.2"
TST_INFO: Final = "1.2.840.113549.1.9.16.1.4"
RSA: Final = "1.2.840.113549.1.1.1"
POLICY: Final = "1.2.3.4.1"
BORN: Final = datetime(2026, 1, 1, tzinfo=UTC)


def tlv(tag: int, *parts: bytes) -> bytes:
    """One DER value of *parts*."""
    body = b"".join(parts)
    if len(body) < 0x80:
        return bytes([tag, len(body)]) + body
    length = len(body).to_bytes((len(body).bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + body


def number(value: int) -> bytes:
    return tlv(0x02, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def oid(dotted: str) -> bytes:
    first, second, *rest = (int(part) for part in dotted.split("."))
    body = bytes([40 * first + second])
    for part in rest:
        groups = [part & 0x7F]
        while part := part >> 7:
            groups.insert(0, part & 0x7F | 0x80)
        body += bytes(groups)
    return tlv(0x06, body)


def sequence(*parts: bytes) -> bytes:
    return tlv(0x30, *parts)


def octets(data: bytes) -> bytes:
    return tlv(0x04, data)


class Authority:
    """Stamps whatever it is asked to. ``pem`` is the certificate of its root, for those who trust it."""

    def __init__(self, name: str = "演示时间戳机构", *, bits: int = 2048) -> None:
        root_key, self._key = (rsa.generate_private_key(65537, bits) for _ in range(2))
        self._root = _certificate(f"{name}根", root_key, f"{name}根", root_key, root=True)
        self._leaf = _certificate(name, self._key, f"{name}根", root_key, root=False)
        self.name = name

    @property
    def pem(self) -> bytes:
        """The root, as its friends hold it."""
        return self._root.public_bytes(serialization.Encoding.PEM)

    def reply(self, data: bytes, nonce: int | None, *, at: datetime, serial: int = 7) -> bytes:
        """A reply (``.tsr``) over *data*, answering the request with *nonce*."""
        imprint = sequence(sequence(oid(SHA256), tlv(0x05)), octets(hashlib.sha256(data).digest()))
        told = at.astimezone(UTC).strftime("%Y%m%d%H%M%SZ").encode()
        info = sequence(
            number(1), oid(POLICY), imprint, number(serial), tlv(0x18, told),
            b"" if nonce is None else number(nonce),
        )  # fmt: skip
        return sequence(sequence(number(0)), self._token(info))

    @staticmethod
    def refusal() -> bytes:
        """A reply that grants nothing."""
        return sequence(sequence(number(2), sequence(tlv(0x0C, b"no such policy"))))

    def _token(self, info: bytes) -> bytes:
        attributes = (
            sequence(oid("1.2.840.113549.1.9.3"), tlv(0x31, oid(TST_INFO))),
            sequence(oid("1.2.840.113549.1.9.4"), tlv(0x31, octets(hashlib.sha256(info).digest()))),
            sequence(oid("1.2.840.113549.1.9.16.2.47"), tlv(0x31, self._signing_certificate())),
        )
        signed = tlv(0x31, *sorted(attributes))
        signature = self._key.sign(signed, padding.PKCS1v15(), hashes.SHA256())
        by = sequence(self._leaf.issuer.public_bytes(), number(self._leaf.serial_number))
        signer = sequence(
            number(1), by, sequence(oid(SHA256)), b"\xa0" + signed[1:], sequence(oid(RSA), tlv(0x05)),
            octets(signature),
        )  # fmt: skip
        data = sequence(
            number(3), tlv(0x31, sequence(oid(SHA256))), sequence(oid(TST_INFO), tlv(0xA0, octets(info))),
            tlv(0xA0, self._leaf.public_bytes(serialization.Encoding.DER)), tlv(0x31, signer),
        )  # fmt: skip
        return sequence(oid(SIGNED_DATA), tlv(0xA0, data))

    def _signing_certificate(self) -> bytes:
        digest = hashlib.sha256(self._leaf.public_bytes(serialization.Encoding.DER)).digest()
        return sequence(sequence(sequence(octets(digest))))


def _certificate(
    name: str, key: rsa.RSAPrivateKey, issuer: str, by: rsa.RSAPrivateKey, *, root: bool
) -> x509.Certificate:
    made = (
        x509.CertificateBuilder()
        .subject_name(_called(name))
        .issuer_name(_called(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(BORN)
        .not_valid_after(BORN + timedelta(days=3650))
        .add_extension(x509.BasicConstraints(ca=root, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), critical=False
        )
    )
    if not root:
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        made = made.add_extension(usage, critical=True)
    return made.sign(by, hashes.SHA256())


def _called(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
