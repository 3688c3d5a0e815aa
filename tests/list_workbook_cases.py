"""What every list that goes out as a workbook and comes back must hold to."""

from __future__ import annotations

from sqlalchemy import func, select

from db.engine import Session
from db.models import Change
from services import workbook
from services.i18n import use_language
from services.permissions import CurrentUser
from services.workbook import Receipt
from tests.activity_cases import TODAY
from tests.workbook_cases import cells, check, take
from tests.workbooks import Cell

VOICE: dict[str, Cell] = {"收到日期": "2023-10-18", "反映的问题": "噪声扰民", "社区": "乙社区",
                          "来源渠道": "热线", "反映内容": "晚上施工"}  # fmt: skip


def logged(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Change)) or 0


def assert_comes_back_unchanged(
    session: Session, user: CurrentUser, code: str, data: bytes | None = None
) -> int:
    """In either language, whoever imports it in the other; how many rows there are."""
    kind, before, found = workbook.KINDS[code], logged(session), 0
    for spoken, heard in (("zh", "en"), ("en", "zh")):
        use_language(spoken)
        out = data or workbook.list_book(session, code, user, TODAY)
        use_language(heard)
        checked = check(session, out, user, kind=kind)
        assert checked.table.unknown == ()
        assert set(checked.counts) == {workbook.SAME}, [
            (line.what, line.reasons, line.differences) for line in checked.lines
            if line.state != workbook.SAME
        ]  # fmt: skip
        found = checked.counts[workbook.SAME]
        assert take(session, out, user, kind=kind) == Receipt(0, 0, found, 0)
    use_language("zh")
    assert logged(session) == before
    return found


def stated(session: Session, code: str, data: bytes) -> list[dict[str, str]]:
    """What the rows say, without what is of each office its own."""
    rows = cells(data, session, workbook.KINDS[code])
    return [{name: text for name, text in row.items() if name not in ("key", "check")}
            for row in rows]  # fmt: skip
