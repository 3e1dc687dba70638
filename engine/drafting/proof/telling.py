"""Breaches as findings: each rule once for each element and clause, in both languages, with a run that can be played."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from engine.drafting.proof import stage, verbs
from engine.drafting.proof.sayings import SAYINGS, WARNINGS, WIDE, cited
from engine.drafting.proof.states import State, Step
from engine.petition.forms import FieldKind, Form
from engine.procedure.drawing import Drawing
from engine.procedure.findings import Finding, RunStep, Severity
from engine.text import Text

_KINDS: Final[Mapping[str, Text]] = {
    "start": Text("{title}", "{title}"),
    "act": Text("办理「{title}」", "do “{title}”"),
    "form": Text("办理「{title}」", "do “{title}”"),
    "standing": Text("另行「{title}」", "besides, “{title}”"),
    "clock": Text("「{title}」期限届满", "the limit “{title}” passes"),
    "limit": Text("内部期限{title}届满", "the internal limit of {title} passes"),
    "reopen": Text("{title}", "{title}"),
}
_ANSWERED: Final = Text("{what}:{answers}", "{what}: {answers}")


class Told:
    """Collects findings; each is told once."""

    def __init__(self, drawing: Drawing, forms: Mapping[str, Form]) -> None:
        self._files = {
            node.id: scope.file for scope in drawing.scopes.values() for node in scope.nodes
        }
        self._files |= {scope.id: scope.file for scope in drawing.scopes.values()}
        self._scopes = {node.id: node.scope for node in drawing.nodes()}
        self._names = {node.id: node.name for node in drawing.nodes()}
        self._forms = forms
        self._found: dict[tuple[str, str | None, str | None], Finding] = {}

    def add(
        self, rule: str, element: str | None, state: State | None = None, clause: str | None = None, *,
        file: str | None = None, **values: object,
    ) -> None:  # fmt: skip
        """Note that *rule* is broken at *element*; *state* gives the run, *values* fill the sentence."""
        place = self._scopes.get(element or "", element) if rule in WIDE else element
        key = (rule, place, clause)
        if key in self._found:
            return
        message = SAYINGS[rule].filled(**{"clause": cited(clause or ""), **values})
        self._found[key] = Finding(
            rule=rule,
            severity=Severity.WARN if rule in WARNINGS else Severity.REFUSE,
            file=file or self._files.get(element or "") or next(iter(self._files.values()), ""),
            element=element,
            message=message,
            clause=clause,
            run=self.played(state.run()) if state is not None else (),
        )

    @property
    def refused(self) -> bool:
        """Whether anything was found for which the drawing cannot be put in force."""
        return any(one.severity is Severity.REFUSE for one in self._found.values())

    def findings(self) -> list[Finding]:
        """Refusals first, those with a shorter run before longer ones, then warnings."""
        return sorted(
            self._found.values(), key=lambda one: (one.severity is Severity.WARN, len(one.run))
        )

    def played(self, steps: Sequence[Step]) -> tuple[RunStep, ...]:
        """*steps* as a page can play them."""
        return tuple(
            RunStep(
                kind=one.kind,
                word=one.word,
                element=one.element,
                choice=dict(one.choice),
                words=self._words(one),
            )
            for one in steps
        )

    def _words(self, step: Step) -> Text:
        named = self._names.get(step.element or "")
        title = (
            Text(named, named)
            if named and step.kind not in {"clock", "limit"}
            else self._title(step)
        )
        said = _KINDS[step.kind].filled(title=title)
        answers = self._answers(step)
        return _ANSWERED.filled(what=said, answers=answers) if answers is not None else said

    def _title(self, step: Step) -> Text:
        if step.kind == "clock":
            return stage.RECKONER.law.limit_by_id(step.word).title
        if step.kind == "limit":
            return Text(step.word, step.word)
        if step.kind == "form":
            return self._forms[step.word].title
        return (
            verbs.ACTS[step.word].title if step.word in verbs.ACTS else Text(step.word, step.word)
        )

    def _answers(self, step: Step) -> Text | None:
        form = self._forms.get(step.word) if step.kind == "form" else None
        if form is None and step.word in verbs.ACTS:
            form = verbs.ACTS[step.word].form
        if form is None or not step.choice:
            return None
        labels = [_answer(form, name, value) for name, value in step.choice]
        return Text(",".join(one.zh for one in labels), ", ".join(one.en for one in labels))


_RECEIVERS: Final[Mapping[str, Text]] = {
    "office": Text("信访部门收到", "received by a petition office"),
    "organ": Text("机关、单位直接收到", "received by an organ directly"),
    "supervising_office": Text("督办的信访部门", "by the supervising office"),
}


def _answer(form: Form, name: str, value: str) -> Text:
    if name == verbs.RECEIVER:
        return _RECEIVERS[value]
    field = next((one for one in form.fields if one.name == name), None)
    if field is None:
        return Text(f"{name}={value}", f"{name}={value}")
    for option in field.options:
        if option.value == value:
            return option.label
    if field.kind is FieldKind.BOOLEAN:
        sign = Text("是", "yes") if value == "true" else Text("否", "no")
        return Text("{label}{sign}", "{label} {sign}").filled(label=field.label, sign=sign)
    if value == "None":
        return Text("未填{label}", "no {label}").filled(label=field.label)
    return field.label if value == "-" else Text(value, value)
