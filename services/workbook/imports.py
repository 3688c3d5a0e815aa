"""The files that were taken over, as whoever may take one back finds them."""

from __future__ import annotations

from collections.abc import Sequence

from db.engine import Session
from db.reads import workbooks as reads
from db.reads.workbooks import WorkbookImport
from services.errors import NotFound, NotPermitted
from services.i18n import _
from services.permissions import COMMUNITY_STAFF, CurrentUser
from services.workbook.lines import LISTED, Taken


def last_imports(session: Session, kind: str, user: CurrentUser) -> Sequence[WorkbookImport]:
    """The last files of a kind, newest first; community staff see their own."""
    own = user.id if user.role == COMMUNITY_STAFF else None
    return reads.last_taken(session, kind, own, LISTED)


def import_of(session: Session, kind: str, number: int, user: CurrentUser) -> WorkbookImport:
    """NotFound where the kind has no such import; NotPermitted for community staff if it is
    somebody else's."""
    row = reads.taken(session, number)
    if row is None or row.kind != kind:
        raise NotFound(_("没有这次导入，请刷新页面。"))
    if user.role == COMMUNITY_STAFF and row.user_id != user.id:
        raise NotPermitted(_("只能撤销自己的导入。"))
    return row


def told(row: WorkbookImport, undoable: int, undone: int) -> Taken:
    return Taken(
        row.id, row.at, row.user_name, row.file_name, row.added, row.changed, row.unchanged,
        row.refused, undoable, undone,
    )  # fmt: skip
