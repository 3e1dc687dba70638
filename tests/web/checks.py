"""What every page must keep to, whoever asks for it."""

from __future__ import annotations

from collections import Counter

from werkzeug.test import TestResponse

from tests.web.paper import Paper

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
UNLABELLED = frozenset({"hidden", "submit", "button"})


def checked(answer: TestResponse, status: int) -> Paper:
    """The page that *answer* holds. Fails where the page breaks a rule that holds for all."""
    address = answer.request.path
    words = answer.get_data(as_text=True)
    assert answer.status_code == status, f"{address}: {answer.status}\n{Paper(words).text[:600]}"
    check_headers(answer)
    assert answer.mimetype == "text/html", f"{address} is {answer.mimetype}"
    paper = Paper(words)
    check_structure(paper, address)
    check_controls(paper, address)
    return paper


def check_headers(answer: TestResponse) -> None:
    """Every answer carries the headers that keep a browser safe."""
    for name, value in HEADERS.items():
        assert answer.headers.get(name) == value, f"{answer.request.path} lacks {name}"
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe-eval" not in policy
    assert "script-src 'self';" in policy or policy.startswith("sandbox")


def check_structure(paper: Paper, address: str) -> None:
    """One heading, a title that says where one is, a language, and ids that are each used once."""
    assert len(paper.headings) == 1, f"{address} has headings {paper.headings}"
    assert paper.headings[0].strip(), f"{address} has an empty heading"
    assert paper.title.strip(), f"{address} has no title"
    assert paper.language in {"zh-CN", "en"}, f"{address} is in {paper.language!r}"
    twice = [id for id, count in Counter(paper.ids).items() if count > 1]
    assert not twice, f"{address} uses ids twice: {twice}"
    assert not paper.inline, f"{address} has inline code: {paper.inline[:3]}"
    assert "Traceback" not in paper.text
    assert "Undefined" not in paper.text


def check_controls(paper: Paper, address: str) -> None:
    """Every control has a label, and every form that changes something a token."""
    for control in paper.controls:
        if control["type"] in UNLABELLED:
            continue
        assert control.get("id") in paper.labelled or "aria-label" in control, (
            f"{address}: unlabelled {control}"
        )
    for form in paper.forms:
        if form.method == "post":
            assert "csrf_token" in form.names, (
                f"{address}: a form without a token to {form.action!r}"
            )
