"""When a document counts as received (statute.md 4.4: Arts. 35, 36 name no way of service; civil procedure by analogy).

What cannot be proved was not received: then the petitioner's own limits do not begin.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from engine.text import Text


class Method(StrEnum):
    """The ways of service. Public notice is none of them: it would expose the petitioner."""

    IN_PERSON = "in_person"
    FAMILY_OR_AGENT = "family_or_agent"
    LEFT = "left"
    ELECTRONIC = "electronic"
    POST = "post"
    THROUGH_UNIT = "through_unit"


TITLES: Final[Mapping[Method, Text]] = {
    Method.IN_PERSON: Text("直接送达", "in person"),
    Method.FAMILY_OR_AGENT: Text(
        "同住成年家属、代表人、代理人、代收人签收", "adult family member, agent or receiver"
    ),
    Method.LEFT: Text("留置送达", "left at the residence"),
    Method.ELECTRONIC: Text("电子送达", "electronic"),
    Method.POST: Text("邮寄送达", "by post"),
    Method.THROUGH_UNIT: Text("通过所在单位转交", "through the unit where the recipient is"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What is known about one attempt of service.

    ``signed_on`` is the day on the receipt (of the recipient, the family member, the post or the unit); ``refused_on``
    the day on which taking it was refused; ``left`` that it then stayed at the residence; ``arrived_on`` the day of arrival
    in the recipient's own system; ``consented`` that the recipient agreed to electronic service; ``sent_on`` the day on
    which it went out, which by itself proves nothing.
    """

    sent_on: date | None = None
    signed_on: date | None = None
    refused_on: date | None = None
    left: bool = False
    witnessed: bool = False
    filmed: bool = False
    arrived_on: date | None = None
    consented: bool = False


def counts_as_received(method: Method, facts: Proof) -> date | None:
    """The day on which the document counts as received; None where that is not proved (CPL Arts. 87–94 by analogy)."""
    if method is Method.ELECTRONIC:
        return facts.arrived_on if facts.consented else None
    if method is Method.LEFT:
        stayed = facts.left and (facts.witnessed or facts.filmed)
        return facts.refused_on if stayed else None
    return facts.signed_on


def why_not_received(method: Method, facts: Proof) -> Text | None:
    """What is lacking for the service to be proved, and what to do; None where it is proved."""
    if counts_as_received(method, facts) is not None:
        return None
    if method is Method.ELECTRONIC and not facts.consented:
        return Text(
            "电子送达须经受送达人同意,没有同意的记录;请改用其他方式(类推民事诉讼法第九十条)",
            "electronic service needs the recipient's consent, and none is recorded; use another way (CPL Art. 90)",
        )
    if method is Method.ELECTRONIC:
        return Text(
            "已发出不等于已收到;请登记到达受送达人系统的日期",
            "sent is not received; record the day of arrival in the recipient's system",
        )
    if method is Method.LEFT:
        return Text(
            "留置送达须有拒收日期,并有见证人签名或者拍照、录像(类推民事诉讼法第八十九条)",
            "leaving it needs the day of refusal, and witnesses or a photograph or film (CPL Art. 89)",
        )
    return Text(
        "须有载明日期的送达回证或者邮政回执;没有的,请再次送达",
        "a dated receipt, or that of the post, is needed; without one, serve again",
    )
