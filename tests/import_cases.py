"""Files of respondents for tests, and what the page does with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from db.engine import Session
from services import surveys
from services.imports.check import Checked
from services.imports.guess import guess_plan
from services.imports.names import names_known
from services.imports.personal import personal_columns
from services.imports.plan import RESPONDENTS, Plan
from services.imports.record import Choice, Receipt, Upload, check, record, saved_plan
from services.imports.sheet import Sheet, read_sheet
from services.permissions import CurrentUser

NOW = datetime(2023, 10, 1, 2, 0, tzinfo=UTC)
HEAD = "编号,社区,日期,性别,年龄,访问员,访问结果,权重,居住环境,基本医疗,总体满意度"
GOOD = (
    "0001,甲社区,2023-09-11,男,34,A1,成功,1.5,5,4,5",
    "0002,乙,2023/9/12,女,35,A1,成功,1,４,9,4",
    "0003,丙社区居委会,2023年9月13日,女,72岁,王小明,成功,0.5,3,,3",
    "0004,c01,20230914,,18-24,,拒访,1,,,",
)


def table(*rows: str, head: str = HEAD) -> Sheet:
    return read_sheet("\n".join((head, *rows)).encode())


def proposed(session: Session, sheet: Sheet, wave: str = "w1") -> Plan:
    """What the page proposes for the file."""
    return guess_plan(
        sheet,
        RESPONDENTS,
        surveys.wave_of(session, wave),
        names_known(session, wave),
        personal_columns(sheet),
        saved_plan(session, RESPONDENTS, sheet),
    )


def checked(session: Session, sheet: Sheet, staff: CurrentUser, **changes: Any) -> Checked:
    plan = replace(proposed(session, sheet), **changes)
    found = check(session, Upload(RESPONDENTS, "w1", sheet, plan), staff)
    assert isinstance(found, Checked)
    return found


def take(
    session: Session,
    sheet: Sheet,
    staff: CurrentUser,
    plan: Plan | None = None,
    choice: Choice = Choice(),  # noqa: B008
    wave: str = "w1",
) -> Receipt:
    plan = plan or proposed(session, sheet, wave)
    return record(session, Upload(RESPONDENTS, wave, sheet, plan), choice, staff, NOW)


def reasons(found: Checked) -> list[tuple[int, str, str]]:
    return [(one.line, one.column, one.reason) for one in found.refusals.listed()]
