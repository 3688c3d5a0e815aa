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
from tests.workbook_cases import cells, check, sheet, take
from tests.workbooks import Cell

VOICE: dict[str, Cell] = {"收到日期": "2023-10-18", "反映的问题": "噪声扰民", "社区": "乙社区",
                          "来源渠道": "热线", "反映内容": "晚上施工"}  # fmt: skip


def logged(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Change)) or 0


def out(session: Session, code: str, user: CurrentUser) -> bytes:
    """All of a list, as its page gives it."""
    return workbook.list_book(session, code, user, TODAY)


def assert_comes_back_unchanged(
    session: Session, user: CurrentUser, code: str, data: bytes | None = None
) -> int:
    """In either language, whoever imports it in the other; how many rows there are."""
    kind, before, found = workbook.KINDS[code], logged(session), 0
    for spoken, heard in (("zh", "en"), ("en", "zh")):
        use_language(spoken)
        given = data or out(session, code, user)
        use_language(heard)
        checked = check(session, given, user, kind=kind)
        assert checked.table.unknown == ()
        assert set(checked.counts) == {workbook.SAME}, [
            (line.what, line.reasons, line.differences) for line in checked.lines
            if line.state != workbook.SAME
        ]  # fmt: skip
        found = checked.counts[workbook.SAME]
        assert take(session, given, user, kind=kind) == Receipt(0, 0, found, 0)
    use_language("zh")
    assert logged(session) == before
    return found


def assert_one_edit_is_one_change(
    session: Session, user: CurrentUser, code: str, data: bytes, *difference: str
) -> None:
    """The file has a row that differs (heading, before, after): once, and by one line of the log
    beside the file's own."""
    kind = workbook.KINDS[code]
    (line,) = check(session, data, user, kind=kind).of(workbook.CHANGED)
    assert [(one.label, one.before, one.after) for one in line.differences] == [difference]
    before, done = logged(session), take(session, data, user, kind=kind)
    assert (done.added, done.changed, done.refused) == (0, 1, 0)
    assert logged(session) == before + 2
    assert take(session, data, user, kind=kind) == Receipt(0, 0, 1 + done.unchanged, 0)


def numbered(session: Session, user: CurrentUser, code: str, number: str, **cells: Cell) -> bytes:
    """The exported row of a number with some of its cells changed, by heading."""
    kind = workbook.KINDS[code]
    table = workbook.read(kind, out(session, code, user), kind.columns(session))
    row = next(one.cells for one in table.rows if one.cells["key"] == number)
    return sheet({table.headings[name]: text for name, text in row.items()} | cells)


def stated(session: Session, code: str, data: bytes) -> list[dict[str, str]]:
    """What the rows say, without what is of each office its own."""
    rows = cells(data, session, workbook.KINDS[code])
    return [{name: text for name, text in row.items() if name not in ("key", "check")}
            for row in rows]  # fmt: skip
