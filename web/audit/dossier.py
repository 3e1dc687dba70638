"""A petition's record taken away in the browser: the dossier that anybody can check, or the copy that people read."""

from __future__ import annotations

from io import BytesIO
from typing import Final

from flask import Response, request, send_file

from engine.audit.exporting import READING_COPY, Wish
from engine.errors import RecordBroken
from engine.record.packing import read_members
from engine.text import Text
from web.audit import rooms
from web.forms import sent_purpose
from web.house import house, reading, today, viewer
from web.security import signed_in

COPY: Final = "copy"
_NO_COPY: Final = Text(
    "记录有缺损,不能制作阅读本;请下载案卷并核验",
    "the record is damaged and no copy can be made of it; take the dossier and check it",
)


@rooms.post("/petitions/<petition>/dossier")
@signed_in
def dossier(petition: str) -> Response:
    """The dossier, or its copy for reading; with a purpose what is personal is in it. Either is logged as an export."""
    purpose = sent_purpose() if request.form.get("purpose", "").strip() else ""
    wish = Wish(viewer=viewer(), petition=petition, purpose=purpose)
    content, kind = house().exporter.export(wish, house().clock.now()), "zip"
    if request.form.get("form") == COPY:
        members, kind = read_members(content), "pdf"
        if READING_COPY not in members:
            raise RecordBroken(_NO_COPY)
        content = members[READING_COPY]
    with reading() as desk:
        number = desk.file(viewer(), petition, on=today()).file.number
    return send_file(
        BytesIO(content),
        f"application/{kind}",
        as_attachment=True,
        download_name=f"{number}.{kind}",
    )
