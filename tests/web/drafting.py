"""A designer before a draft, in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.web.office import Office
from tests.web.test_in_a_browser import enter

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

HANDLING = "handling.bpmn"
SITE_VISIT = """
id = "site-visit"
title = { zh = "实地走访", en = "Site visit" }

[[field]]
name = "result"
label = { zh = "走访结果", en = "Result" }
kind = "choice"
fact = "visit_result"
options = [{ value = "clear", zh = "情况属实", en = "As stated" }, { value = "unclear", zh = "尚需查证", en = "To be verified" }]
""".encode()


class Drafting:
    """A designer before a draft."""

    def __init__(self, office: Office, address: str, page: Page) -> None:
        self.office, self.page = office, page
        self.actor = office.actor("designer")
        self.studio = office.house.studio
        self.draft = self.studio.new("演示草案", actor=self.actor)
        self.studio.save(self.draft, "forms/site-visit.toml", SITE_VISIT, 0, actor=self.actor)
        self.address = f"{address}/designers/drafts/{self.draft}"
        self.said: list[str] = []
        page.on(
            "console",
            lambda line: self.said.append(line.text) if line.type in {"error", "warning"} else None,
        )
        page.on("pageerror", lambda error: self.said.append(str(error)))
        enter(page, address, "designer")

    def open(self, path: str = HANDLING) -> None:
        self.page.goto(f"{self.address}/edit/{path}")
        self.page.wait_for_selector(".modeler.is-ready")

    def select(self, element: str) -> None:
        """Click an element on the canvas, wherever on it nothing else lies."""
        self.page.evaluate(
            "id => document.querySelector('.modeler').bench.select("
            "document.querySelector('.modeler').editor.get('elementRegistry').get(id))",
            element,
        )
        self.page.locator(".pm-panel-head .digest", has_text=element).wait_for()

    def saved(self, path: str = HANDLING) -> str:
        """The file as the draft holds it after the next save."""
        self.page.keyboard.press("Control+s")
        self.page.wait_for_selector('.pm-saved[data-state="saved"]')
        return self.studio.draft(self.draft).files[path].decode()

    def checked(self, state: str) -> None:
        """Wait until the check has said what it should."""
        self.page.wait_for_selector(f'.pm-verdict[data-state="{state}"]', timeout=90_000)

    def property(self, label: str) -> Locator:
        return self.page.locator(".pm-panel").get_by_label(label, exact=True)

    def pick(self, label: str, words: str) -> None:
        """Choose from a long list by typing."""
        self.page.locator(".pm-panel").get_by_role("combobox", name=label, exact=True).fill(words)
        self.page.keyboard.press("Enter")
