"""The log over all entries as auditors see it: its head, its key, and the time stamps over its heads."""

from __future__ import annotations

from engine.petition.parties import Role
from engine.store.queries.stamped import stamps
from web.audit import rooms
from web.audit.figures import audit_page
from web.house import house, reading
from web.security import for_roles


@rooms.get("/audit/log")
@for_roles(Role.AUDITOR)
def log() -> str:
    """The newest head that was signed, and what authorities have said of it and of earlier ones."""
    with reading() as desk:
        head, found = desk.last_checkpoint(), stamps(desk)
    return audit_page("audit/log.html", head=head, key=house().log.signer.public, stamps=found)
