"""What people type who mean no good, and what machines send by accident."""

from __future__ import annotations

SNIPPETS = (
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "'\"><svg/onload=alert(1)>",
    "</textarea></main><script src=//evil.test></script>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<!--<img src=\"--><img src=x onerror=alert(1)//\">",
    "{{ 7*7 }}{% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}",
    "{{ config }}${7*7}#{7*7}<%= 7*7 %>[[7*7]]",
    "{0.__class__.__init__.__globals__}%(n)s%s%n",
    "'; DROP TABLE petition; --",
    "' OR '1'='1' UNION SELECT name, sql FROM sqlite_master --",
    "$(touch pwned)`touch pwned`|touch pwned",
    "=HYPERLINK(\"http://evil.test\",\"x\")",
    "\u202egnp.exe\u2066 \ufeff\u200b",
    "x\r\nSet-Cookie: evil=1\r\n\r\n<script>",
    "𝒂 é ﷽ 👩‍👩‍👧 \U0010ffff",
)  # fmt: skip
"""Each may be refused or kept as it is; none may become anything but words."""

ADDRESS_PARTS = (
    "none", "..", "%2e%2e%2f%2e%2e%2fetc%2fpasswd", "..%5c..%5cwin.ini", "%00", "a%00b", "%0d%0aSet-Cookie:%20x=1",
    "'%20OR%201=1--", "%3Cscript%3Ealert(1)%3C%2Fscript%3E", "%7B%7B7*7%7D%7D", "-1", "0", "9" * 400, "%F0%9F%92%A9",
    "%ff%fe", "x" * 3000, "system", "None", "null", "true", "1e309", "T5%231", "%E2%80%AE",
)  # fmt: skip

NO_DAYS = (
    "2026-02-30", "2025-02-29", "2026-13-01", "2026-00-10", "0000-00-00", "9999-12-31", "10000-01-01", "1999-12-31",
    "-2026-03-02", "tomorrow", "02.03.2026", "2026-03-02T09:00:00", "２０２６-０３-０２", "2026-W10-1", "1772413200",
    "2026-03-02'; --", "2026-03-03",
)  # fmt: skip
"""Days that are none, that cannot be meant, or that have not come; today is 2 March 2026."""
