"""What the moves of a scenario or the stops of a journey may name of their file without knowing its id."""

from __future__ import annotations

from collections.abc import Mapping

from engine.store.queries.file_view import documents_of
from engine.store.store import Store

OF_A_FILE = ("@deadline:", "@document:")


def names_parts(answers: Mapping[str, object]) -> bool:
    """Whether any of *answers* names a deadline or a document of its file."""
    return any(str(value).startswith(OF_A_FILE) for value in answers.values())


def words_of_file(store: Store, petition: str | None) -> Mapping[str, str]:
    """What can be named of *petition*: the newest deadline of each limit, and the newest document of each kind."""
    if petition is None:
        return {}
    with store.reading() as desk:
        deadlines = {f"deadline:{row.limit}": row.id for row in desk.load(petition).ledger}
        return deadlines | {f"document:{one.kind}": one.id for one in documents_of(desk, petition)}
