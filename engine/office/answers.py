"""A command's answers, read by the act's form and parted into what may be recorded in the clear and what is sealed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache

from engine.acts.act import Act, ActKind, Outcome, Situation
from engine.clock import SHANGHAI
from engine.errors import NotOffered
from engine.office.naming import step_title
from engine.office.ports import Procedure, Step
from engine.petition.commands import Command
from engine.petition.facts import FactValue
from engine.petition.file import Attachment, File
from engine.petition.forms import FieldKind, Form, Value, Values, parse_form
from engine.text import Text

TRACED = ("petitioner_name", "phone", "id_number")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The values of a form."""

    form: Form
    values: dict[str, Value]

    def plain(self) -> dict[str, object]:
        """What the record may hold in the clear."""
        return {
            field.name: _data(self.values[field.name])
            for field in self.form.fields
            if not field.sealed and self.values.get(field.name) is not None
        }

    def sealed(self) -> dict[str, str]:
        """Personal data and free text, to be committed to and kept encrypted."""
        return {
            field.name: str(_data(self.values[field.name]))
            for field in self.form.fields
            if field.sealed and self.values.get(field.name) not in (None, "", ())
        }

    def traces(self) -> dict[str, str]:
        """What the duplicate hint compares (blindly)."""
        return {name: str(self.values[name]) for name in TRACED if self.values.get(name)}

    def effective_at(self, now: datetime) -> datetime:
        """When the act counts: now, or the start of an earlier day that the form's first date names."""
        for field in self.form.fields:
            day = self.values.get(field.name)
            if field.kind is FieldKind.DATE and not field.future and isinstance(day, date):
                start = datetime.combine(day, time(), tzinfo=SHANGHAI)
                return (
                    min(now, start.astimezone(now.tzinfo))
                    if day < now.astimezone(SHANGHAI).date()
                    else now
                )
        return now


def read_answers(form: Form, raw: Mapping[str, object], today: date) -> Answered:
    """The answers *raw* as values. Raises BadInput with a sentence for every field at fault."""
    return Answered(form=form, values=form.read(raw, today=today))


def _data(value: Value) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    return value


def free_step_act(procedure: Procedure, step: Step | None) -> Act:
    """A free step of the drawing as an act without law: its form's choices become facts and nothing else follows."""
    if step is None or step.form is None:
        raise NotOffered(Text("没有这样的自定环节", "there is no such free step"))
    form = _form_of_step(procedure.forms[step.form], step.form)

    def decide(situation: Situation, values: Values) -> Outcome:
        facts: dict[str, FactValue] = {}
        for field in form.fields:
            value = values.get(field.name)
            if field.fact and isinstance(value, (str, bool)):
                facts[field.fact] = value
        return Outcome(facts=facts)

    return Act(
        id=f"fill:{step.form}",
        title=step_title(step, lambda: procedure.forms),
        article="",
        kind=ActKind.STEP,
        by=(),
        form=form,
        decide=decide,
    )


@lru_cache(maxsize=256)
def _form_of_step(content: bytes, name: str) -> Form:
    """The form, read once: its words do not change within a version of the drawings."""
    return parse_form(content, name)


def attachments_of(command: Command, file: File, entry: int) -> tuple[Attachment, ...]:
    """The uploads of *command* as attachments, addressed by their content."""
    return tuple(
        Attachment(
            petition=file.id,
            digest=hashlib.sha256(upload.content).hexdigest(),
            name=upload.name,
            media_type=upload.media_type,
            size=len(upload.content),
            entry=entry,
        )
        for upload in command.uploads
    )
