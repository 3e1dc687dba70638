"""Issuing documents: each gets its number, states what the law wants it to state, and is sealed as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from engine.clock import legal_date
from engine.documents.completeness import must_be_complete
from engine.office.ports import DrawNumber, NewId
from engine.petition.documents import Document, Issue, ServiceState
from engine.petition.facts import Facts
from engine.petition.file import File, SealedValue
from engine.record import commitments
from engine.statute.law import Law

QUERY_CODE = "query_code"


def issue(
    wishes: Sequence[Issue],
    *,
    file: File,
    facts: Facts,
    seq: int,
    now: datetime,
    law: Law,
    number: DrawNumber,
    new_id: NewId,
) -> list[tuple[Document, SealedValue]]:
    """The documents that an act wishes to issue, each with its contents.

    Raises BadInput, with a sentence per part, where one leaves out what the law wants it to state or holds a forbidden
    promise. Nothing is numbered before all are complete, so that a refusal leaves no gap.
    """
    contents = [_completed(wish, file, law) for wish in wishes]
    return [
        _issued(wish, fields, file=file, facts=facts, seq=seq, now=now, number=number, id=new_id())
        for wish, fields in zip(wishes, contents, strict=True)
    ]


def _completed(wish: Issue, file: File, law: Law) -> dict[str, str]:
    rule = law.document(wish.kind)
    fields = dict(wish.fields)
    if any(part.id == QUERY_CODE for part in (*rule.parts, *rule.optional)):
        fields.setdefault(QUERY_CODE, file.code)
    must_be_complete(wish.kind, fields, law)
    return fields


def _issued(
    wish: Issue,
    fields: Mapping[str, str],
    *,
    file: File,
    facts: Facts,
    seq: int,
    now: datetime,
    number: DrawNumber,
    id: str,
) -> tuple[Document, SealedValue]:
    organ = str(facts.get(wish.slot) or file.facts.get(wish.slot) or file.organ)
    sealed = SealedValue(
        entry=seq,
        name=f"document:{id}",
        salt=commitments.new_salt(),
        value=commitments.canonical_text(fields),
    )
    document = Document(
        id=id,
        petition=file.id,
        kind=wish.kind,
        number=number(organ, wish.kind),
        organ=organ,
        to=wish.to,
        issued_on=legal_date(now),
        entry=seq,
        digest=commitments.commitment(sealed.salt, sealed.value),
        service=_service(wish),
    )
    return document, sealed


def _service(wish: Issue) -> ServiceState:
    if not wish.serve:
        return ServiceState.NOT_NEEDED
    return ServiceState.DELIVERED if wish.handed_over else ServiceState.PENDING
