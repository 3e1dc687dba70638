"""A time stamp is believed where authority, imprint and nonce are right, and refused in words where one is not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from engine.errors import DataError, RecordBroken
from engine.record.stamps import (
    is_over,
    new_request,
    read_certificates,
    read_stamp,
    stamp_over,
    verified_stamp,
)
from tests.record.authority import Authority, sequence

NOTE = "petition.log/5b1f\n12\nnND/nri=\nhash sha256\nat 2026-03-02T01:00:00Z\n\n— petition.log/5b1f Az3g=\n"
AT = datetime(2026, 3, 2, 1, 0, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


def test_a_good_reply_proves_that_the_head_was_there(authority: Authority) -> None:
    request = new_request(NOTE)
    reply = authority.reply(NOTE.encode(), request.nonce, at=AT)
    stamp = verified_stamp(reply, NOTE, read_certificates(authority.pem), nonce=request.nonce)

    assert (stamp.at, stamp.authority, stamp.serial) == (AT, authority.name, 7)
    assert is_over(reply, NOTE)
    assert stamp_over(reply, NOTE, None) == stamp == read_stamp(reply)


def test_requests_are_never_alike() -> None:
    assert len({new_request(NOTE).nonce for _ in range(20)}) == 20


@pytest.mark.parametrize(
    ("what", "why"),
    [
        ("another note", "散列值不符"),
        ("another nonce", "随机数与请求不符"),
        ("another authority", "不能由所给证书证明"),
        ("another moment", "不能由所给证书证明"),
        ("a bent signature", "不能由所给证书证明"),
    ],
)
def test_what_is_wrong_is_refused_in_words(authority: Authority, what: str, why: str) -> None:
    request = new_request(NOTE)
    reply = authority.reply(NOTE.encode(), request.nonce, at=AT)
    note, nonce, trusted = NOTE, request.nonce, read_certificates(authority.pem)
    if what == "another note":
        note = NOTE.replace("12", "13")
    elif what == "another nonce":
        nonce += 1
    elif what == "another authority":
        trusted = read_certificates(Authority(authority.name).pem)
    elif what == "another moment":
        reply = reply.replace(b"20260302010030Z", b"20250302010030Z")
    else:
        reply = reply[:-9] + bytes([reply[-9] ^ 1]) + reply[-8:]

    with pytest.raises(RecordBroken, match=why):
        verified_stamp(reply, note, trusted, nonce=nonce)


def test_no_altered_octet_of_a_reply_is_believed(authority: Authority) -> None:
    request = new_request(NOTE)
    reply = authority.reply(NOTE.encode(), request.nonce, at=AT)
    trusted = read_certificates(authority.pem)
    true = read_stamp(reply)

    for place in range(0, len(reply), 37):
        bent = reply[:place] + bytes([reply[place] ^ 1]) + reply[place + 1 :]
        try:
            found = verified_stamp(bent, NOTE, trusted, nonce=request.nonce)
        except (DataError, RecordBroken):
            continue
        assert (found.at, found.serial, found.nonce) == (true.at, true.serial, true.nonce), place


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (b"", "不是时间戳回复"),
        (b"junk", "不是时间戳回复"),
        (sequence(sequence()), "不是时间戳回复"),
        (Authority.refusal(), "没有签发:no such policy"),
    ],
)
def test_what_is_no_granted_reply_is_said_to_be_none(reply: bytes, why: str) -> None:
    with pytest.raises(DataError, match=why):
        read_stamp(reply)


def test_certificates_need_a_root(authority: Authority) -> None:
    for pem in (b"", b"no certificate", authority.pem.replace(b"MII", b"XXX")):
        with pytest.raises(DataError):
            read_certificates(pem)
