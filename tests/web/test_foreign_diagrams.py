"""What was taken in opens in the real modeler, and what the modeler writes back has lost nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.procedure.foreign import take_in
from tests.procedure.foreign.samples import OPENED, octets
from tests.procedure.foreign.test_taking_in import MOST_OCTETS, MOST_SECONDS, foreign_words
from tests.web.drafting import Drafting
from tests.web.office import Office

if TYPE_CHECKING:
    from playwright.sync_api import Page

Picture = Callable[[str], Path]
_OPEN = """async (xml) => {
  const { editor } = document.querySelector('.modeler');
  const began = performance.now();
  const { warnings } = await editor.importXML(xml);
  const seconds = (performance.now() - began) / 1000;
  const drawn = editor.get('elementRegistry').filter((one) => one.type !== 'label').length;
  return { seconds, drawn, warnings: warnings.map((one) => one.message), xml: (await editor.saveXML({ format: true })).xml };
}"""


def opened(page: Page, diagram: bytes) -> dict[str, Any]:
    """What the modeler says of *diagram*: seconds, elements drawn, warnings, and what it writes back."""
    answer: dict[str, Any] = page.evaluate(_OPEN, diagram.decode())
    return answer


def test_a_file_is_brought_in_and_drawn_on_and_every_sample_comes_back_whole(
    office: Office, serve: Callable[[Any], str], page: Page, picture: Picture
) -> None:
    drafting = Drafting(office, serve(office.app), page)
    page.goto(f"{drafting.address}/imports")
    picture("choose")
    content = octets(OPENED["lanes in a pool, not drawn"])
    page.get_by_label("文件").set_input_files(
        {"name": "机关.bpmn", "mimeType": "text/xml", "buffer": content}
    )
    page.get_by_role("button", name="导入").click()
    page.get_by_role("heading", name="lanes_demo.bpmn").wait_for()
    picture("report")
    page.get_by_role("link", name="画图").click()
    page.wait_for_selector(".modeler.is-ready")
    picture("drawn")
    assert not drafting.said
    _every_sample(page)


def _every_sample(page: Page) -> None:
    lost: dict[str, object] = {}
    slowest = 0.0
    for name, content in OPENED.items():
        for taken in take_in(f"{name}.bpmn", octets(content)):
            answer = opened(page, taken.content)
            slowest = max(slowest, answer["seconds"])
            missing = foreign_words(taken.content) - foreign_words(answer["xml"].encode())
            if missing or answer["warnings"]:
                lost[f"{name} {taken.path}"] = (missing, answer["warnings"])
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    metrics = Counter(
        {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    )
    assert not lost
    assert slowest <= MOST_SECONDS
    assert 0 < metrics["JSHeapTotalSize"] <= MOST_OCTETS
