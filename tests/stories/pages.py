"""Pages as a person uses them: links to follow, forms with what stands in them, filled in and sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import lxml.html
from lxml.html import CheckboxGroup, FormElement, HtmlElement


class PageForm:
    """A form as it stands on a page."""

    def __init__(self, element: FormElement) -> None:
        self._element = element

    @property
    def action(self) -> str:
        """Where it is sent."""
        return str(self._element.action)

    def asks(self, name: str) -> bool:
        """Whether it has a control called *name*."""
        return name in self._element.inputs

    def fill(self, name: str, values: Sequence[str]) -> None:
        """Answer *name* with *values*, which the form must offer."""
        assert self.asks(name), (
            f"the page does not ask {name}; it asks {sorted(self._element.inputs.keys())}"
        )
        control = self._element.inputs[name]
        try:
            if isinstance(control, CheckboxGroup):
                control.value = set(values)
            elif getattr(control, "checkable", False):
                control.checked = bool(values)
            else:
                control.value = values[0]
        except (ValueError, KeyError) as fault:
            raise AssertionError(f"{name} does not offer {values}: {fault}") from fault

    def sent(self, button: tuple[str, str] | None = None) -> dict[str, list[str]]:
        """What a browser would send, with *button* pressed."""
        sent: dict[str, list[str]] = {}
        for name, value in self._element.form_values():
            sent.setdefault(name, []).append(value or "")
        if button is not None:
            buttons = [(one.get("name"), one.get("value")) for one in self._element.iter("button")]
            assert button in buttons, f"no button {button}, only {buttons}"
            sent[button[0]] = [button[1]]
        return sent


class Page:
    """A page, read once."""

    def __init__(self, html: str) -> None:
        self._root: HtmlElement = lxml.html.document_fromstring(html)

    @property
    def text(self) -> str:
        """The words of the page's own matter."""
        main = self._root.find(".//main")
        return " ".join((self._root if main is None else main).text_content().split())

    @property
    def links(self) -> Iterator[str]:
        """The addresses of its links."""
        return (link.get("href") for link in self._root.iterfind(".//a[@href]"))

    def form(self, *, asking: str) -> PageForm:
        """The form that has a control called *asking*, the one of the page's own matter before those around it."""
        found = [PageForm(form) for form in self._root.forms]
        asked = [form for form in found if form.asks(asking)]
        assert asked, f"no form asks {asking}: {self.text[:400]}"
        return asked[0]

    def link_to(self, part: str) -> str | None:
        """The first link whose address holds *part*."""
        return next((link for link in self.links if part in link), None)

    def errors(self) -> list[str]:
        """What the page says is at fault."""
        return [
            " ".join(one.text_content().split()) for one in self._root.xpath("//*[@role='alert']")
        ]
