"""Whether a document states everything that the law wants it to state, and nothing that it forbids."""

from __future__ import annotations

from collections.abc import Mapping

from engine.documents.wording import binding_parts, forbidden_wording
from engine.errors import BadInput
from engine.statute.law import Law
from engine.text import Text

_BLANK = Text("“{part}”必须载明({cite})", "“{part}” must be stated ({cite})")


def missing_parts(kind: str, fields: Mapping[str, str], law: Law) -> list[Text]:
    """The captions of the mandatory parts of a *kind* of document that *fields* leaves out or blank."""
    return [part.title for part in law.document(kind).missing(fields)]


def must_be_complete(kind: str, fields: Mapping[str, str], law: Law) -> None:
    """Raise BadInput, with a sentence per part, where a mandatory part is blank or one that binds somebody takes a forbidden
    promise."""
    rule = law.document(kind)
    faults = {
        part.id: _BLANK.filled(part=part.title, cite=rule.cite) for part in rule.missing(fields)
    }
    for name in sorted(binding_parts() & fields.keys()):
        for finding in forbidden_wording(fields[name]):
            faults.setdefault(name, finding)
    if faults:
        raise BadInput(faults)
