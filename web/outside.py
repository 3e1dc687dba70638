"""Addresses as the public reaches them: what is printed on papers leads there."""

from __future__ import annotations

import re

from flask import url_for

from engine.errors import BadInput
from engine.text import Text
from web.house import house

PUBLIC_ADDRESS = "public_address"
_ADDRESS = re.compile(r"https?://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?/?", re.IGNORECASE)


def outside(endpoint: str, **values: object) -> str:
    """The address of a page as the public reaches it; where nothing is set, as the viewer reached this one."""
    public = house().store.setting(PUBLIC_ADDRESS)
    if not public:
        return url_for(endpoint, _external=True, **values)  # type: ignore[arg-type]
    return public.rstrip("/") + url_for(endpoint, **values)  # type: ignore[arg-type]


def must_be_an_address(given: str) -> None:
    """Raise BadInput unless *given* is empty or a web address without a path."""
    if given and not _ADDRESS.fullmatch(given):
        fault = Text(
            "应为 http:// 或 https:// 开头的网址,不带路径,现为“{given}”",
            "expected an address that begins with http:// or https:// and has no path, found “{given}”",
        )
        raise BadInput({PUBLIC_ADDRESS: fault.filled(given=given)})
