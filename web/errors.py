"""From an error of the engine to a page: one table. Views catch nothing; nobody ever sees a stack trace."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import cast

from flask import Flask, Response, g, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import BadHost, HTTPException

from engine.errors import (
    BadInput,
    DrawingRefused,
    NotFound,
    NotPermitted,
    PetitionError,
    Refused,
    Stale,
)
from engine.text import Text
from web.forms import PREFIX, FormPage
from web.language import say

log = logging.getLogger(__name__)

# The first class that fits counts, so the narrower ones stand before the wider.
STATUS: tuple[tuple[type[PetitionError], int], ...] = (
    (NotFound, 404),
    (NotPermitted, 403),
    (Refused, 409),
    (Stale, 409),
    (BadInput, 422),
    (DrawingRefused, 422),
    (PetitionError, 500),
)
# Where these happen the page that asked is shown again, with everything that was typed.
_SHOWN_ON_THE_PAGE = frozenset({409, 422})

_HEADINGS = {
    400: Text("请求无法理解", "The request cannot be understood"),
    401: Text("请先登录", "Please sign in"),
    403: Text("无权办理", "Not yours to do"),
    404: Text("没有找到", "Not found"),
    405: Text("请求方式不对", "Wrong kind of request"),
    409: Text("现在不能这样办理", "This cannot be done now"),
    413: Text("内容过大", "Too large"),
    422: Text("内容需要改正", "Please correct the input"),
    429: Text("请稍后再试", "Please wait"),
    500: Text("系统出现问题", "Something went wrong"),
}
_SENTENCES = {
    400: Text(
        "浏览器发来的内容不完整。请返回重试。",
        "What the browser sent is incomplete. Go back and try again.",
    ),
    401: Text("您尚未登录,或者登录已过期。", "You are not signed in, or no longer."),
    403: Text("您没有办理此事的权限。", "You may not do this."),
    404: Text("没有这个页面,或者您无权查阅。", "There is no such page, or none that you may see."),
    405: Text("请从页面上的按钮办理。", "Please use the buttons on the page."),
    413: Text("提交的内容或附件过大。", "What was sent, or a file in it, is too large."),
    429: Text("尝试过于频繁。", "Too many attempts."),
    500: Text(
        "没有任何内容被改动。请稍后再试;如仍不行,请联系管理员。",
        "Nothing was changed. Try again later; if it happens again, tell the administrator.",
    ),
}
_SHORT = 12
"""A choice or a date is chosen again as quickly as it is copied."""
_EXPIRED = Text(
    "页面已过期,没有任何内容被改动。请返回、刷新页面后重新提交。",
    "The page has expired and nothing was changed. Go back, reload it and send it again.",
)


def status_of(error: PetitionError) -> int:
    """The HTTP status of *error*."""
    return next(status for kind, status in STATUS if isinstance(error, kind))


def install(app: Flask) -> None:
    """Let *app* answer errors with pages."""
    app.register_error_handler(PetitionError, _petition_error)
    app.register_error_handler(CSRFError, _without_token)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _unexpected)


def _petition_error(error: Exception) -> ResponseReturnValue:
    fault = cast(PetitionError, error)
    status = status_of(fault)
    if status >= 500:
        log.error("engine fault kind=%s", type(fault).__name__, exc_info=fault)
        return _page(500, _SENTENCES[500])
    if request.is_json:
        faults = fault.fields if isinstance(fault, BadInput) else {}
        return jsonify(
            message=say(fault.text), fields={name: say(one) for name, one in faults.items()}
        ), status
    page: FormPage | None = g.get("form_page")
    if page is not None and status in _SHOWN_ON_THE_PAGE:
        faults = fault.fields if isinstance(fault, BadInput) else {}
        return page.render(faults=faults, refused=None if faults else fault), status
    return _page(status, fault.text, article=getattr(fault, "article", None))


def _without_token(error: Exception) -> ResponseReturnValue:
    """A form whose session has ended, or that never was ours. What was typed in it is shown, so that nothing is lost."""
    ended = "csrf_token" in request.form and not current_user.is_authenticated
    typed = [
        value
        for name, value in request.form.items(multi=True)
        if name.startswith(PREFIX) and len(value) > _SHORT
    ]
    return _page(401 if ended else 403, _EXPIRED, typed=typed)


def _http_error(error: Exception) -> ResponseReturnValue:
    fault = cast(HTTPException, error)
    status = fault.code or 500
    if fault.response is not None or 300 <= status < 400:
        return fault
    if isinstance(fault, BadHost):  # without a host no page can name its own parts
        words = f"{_SENTENCES[400].zh}\n{_SENTENCES[400].en}\n"
        return Response(words, status, content_type="text/plain; charset=utf-8")
    known = status if status in _HEADINGS else 400 if status < 500 else 500
    body, _ = _page(known, _SENTENCES.get(known, _SENTENCES[400]))
    headers = [
        (name, value) for name, value in fault.get_headers() if name in {"Allow", "Retry-After"}
    ]
    return body, status, headers


def _unexpected(error: Exception) -> ResponseReturnValue:
    log.error("unexpected fault kind=%s", type(error).__name__, exc_info=error)
    return _page(500, _SENTENCES[500])


def _page(
    status: int, text: Text, *, article: str | None = None, typed: Sequence[str] = ()
) -> tuple[str | Response, int]:
    if request.is_json:
        return jsonify(message=say(text)), status
    heading = _HEADINGS.get(status, _HEADINGS[400])
    body = render_template("error.html", heading=heading, text=text, article=article, typed=typed)
    return body, status
