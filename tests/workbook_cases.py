"""Filled-in workbooks for tests, and what the page does with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy import func, select

from db.engine import Session
from db.models import Activity, Change
from services import workbook
from services.periods import Period
from services.permissions import CurrentUser
from services.workbook import Checked, Choice, Kind, Line, Receipt, Upload, Where
from tests.activity_cases import NOW, TODAY
from tests.draft_cases import TYPE
from tests.workbooks import Cell
from tests.workbooks import workbook as xlsx

ACTIVITIES = workbook.KINDS["activities"]
FULL: dict[str, Cell] = {
    "日期": "2023-10-25",
    "活动类型": TYPE,
    "社区": "甲社区",
    "共同开展的社区": "乙社区",
    "网格": "第一网格",
    "地点": "文化广场",
    "参与力量": "志愿者 12、物业",
    "参加人数（人）": "４０",
    "清运生活垃圾（吨）": 1.5,
    "备注": "雨后清理",
}


def sheet(*rows: Mapping[str, Cell], **how: Any) -> bytes:
    """A workbook with these rows, by heading."""
    head = list(dict.fromkeys(name for row in rows for name in row))
    return xlsx([head, *([row.get(name) for name in head] for row in rows)], **how)


def row(**changes: Cell) -> dict[str, Cell]:
    """The full row with some cells changed."""
    return FULL | changes


def upload(
    session: Session,
    data: bytes,
    choice: Choice = Choice(),  # noqa: B008
    community: str | None = "c01",
    kind: Kind = ACTIVITIES,
) -> Upload:
    where = Where(community, Period(date(2023, 10, 1), "month"))
    return Upload("表.xlsx", workbook.read(kind, data, kind.columns(session)), where, choice)


def check(session: Session, data: bytes, user: CurrentUser, **how: Any) -> Checked:
    up = upload(session, data, **how)
    return how.get("kind", ACTIVITIES).check(session, up, user, TODAY)


def take(
    session: Session, data: bytes, user: CurrentUser, at: datetime = NOW, **how: Any
) -> Receipt:
    """Import and commit."""
    up = upload(session, data, **how)
    done = how.get("kind", ACTIVITIES).take(session, up, user, at, TODAY)
    session.commit()
    return done


def said(line: Line) -> dict[str, str]:
    """Why a row is refused: column → sentence."""
    return {one.column: one.sentence for one in line.reasons}


def written(session: Session) -> tuple[int, int]:
    """How many activities there are, and how many lines of the log."""
    return tuple(  # type: ignore[return-value]
        session.scalar(select(func.count()).select_from(table)) for table in (Activity, Change)
    )


def cells(data: bytes, session: Session, kind: Kind = ACTIVITIES) -> Sequence[dict[str, str]]:
    """What stands in a workbook of ours, row by row, without blanks."""
    table = workbook.read(kind, data, kind.columns(session))
    return [{name: text for name, text in one.cells.items() if text} for one in table.rows]


def zipped(data: bytes, part: str) -> str:
    """A file of the workbook's archive."""
    with ZipFile(BytesIO(data)) as archive:
        return archive.read(part).decode()


def edited(data: bytes, old: str, new: str) -> bytes:
    """The workbook with a text of one of its files changed, as an editor of zip files would."""
    kept = BytesIO()
    with ZipFile(BytesIO(data)) as before, ZipFile(kept, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(name, before.read(name).decode().replace(old, new))
    return kept.getvalue()
