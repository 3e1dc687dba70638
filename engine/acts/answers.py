"""Reading a form's values as what they are."""

from __future__ import annotations

from datetime import date

from engine.petition.forms import Values


def text(values: Values, name: str) -> str:
    """The words answered to *name*; empty where nothing was."""
    value = values.get(name)
    return "" if value is None else str(value)


def flag(values: Values, name: str) -> bool:
    """Whether *name* was answered yes."""
    return values.get(name) is True


def number(values: Values, name: str) -> int:
    """The number answered to *name*; 0 where nothing was."""
    value = values.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def day(values: Values, name: str) -> date | None:
    """The day answered to *name*."""
    value = values.get(name)
    return value if isinstance(value, date) else None


def chosen(values: Values, name: str) -> tuple[str, ...]:
    """The options chosen for *name*."""
    value = values.get(name)
    return value if isinstance(value, tuple) else ()


def lines(written: str) -> tuple[str, ...]:
    """The lines of a text that say something."""
    return tuple(row.strip() for row in written.splitlines() if row.strip())
