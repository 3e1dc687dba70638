"""The number of a day, so that both databases subtract days alike."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class day_number(FunctionElement[int]):  # noqa: N801 - a function of SQL
    """How many days after a fixed day its argument, a day, is."""

    type = Integer()
    inherit_cache = True
    name = "day_number"


@compiles(day_number, "sqlite")
def _on_sqlite(element: day_number, compiler: Any, **options: Any) -> str:
    return f"cast(julianday({compiler.process(element.clauses, **options)}) as integer)"


@compiles(day_number, "postgresql")
def _on_postgresql(element: day_number, compiler: Any, **options: Any) -> str:
    return f"({compiler.process(element.clauses, **options)} - date '2000-01-01')"
