"""What an open step is called: in Chinese as its drawing says, in English as the statute or the step's own form says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from engine.acts.catalogue import ACTS
from engine.petition.forms import parse_form
from engine.text import Text

Forms = Mapping[str, bytes]


class Named(Protocol):
    """An open step, at the counter or in a list."""

    @property
    def name(self) -> str: ...
    @property
    def act(self) -> str | None: ...
    @property
    def form(self) -> str | None: ...


def step_title(step: Named, forms: Callable[[], Forms]) -> Text:
    """The name of *step*; *forms* are those of its version of the drawings, fetched for a free step alone.

    Where nobody has given an English name, both languages get the drawing's.
    """
    if step.act is not None and step.act in ACTS:
        return Text(step.name, ACTS[step.act].title.en)
    if step.form is None or (content := forms().get(step.form)) is None:
        return Text(step.name, step.name)
    title = parse_form(content, step.form).title
    return Text(step.name, title.en if title.en != title.zh else step.name)
