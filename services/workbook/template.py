"""The sheet to fill in: a community's month, with last month's types ready."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from db.engine import Session
from services import drafts
from services.drafts.names import spoken
from services.drafts.rows import month_of
from services.i18n import _
from services.permissions import CurrentUser, require
from services.workbook.book import Page, book
from services.workbook.sheet import MEASURE, Lists, columns, lists_of, sheet_name
from services.workbook.table import LIMITS, Column

FROZEN = 3


def template(session: Session, community: str, month: str, user: CurrentUser) -> bytes:
    """The workbook for a community and a month (2023-10)."""
    require(user, "enter_activity", community)
    lists = lists_of(session)
    place = lists.known.lists.community(community)
    host = spoken(place.name, place.code, lists.names.communities)
    rows = [row | {"host": host} for row in drafts.last_month(session, community, month, user)]
    active = {measure.code for measure in lists.known.lists.measures}
    name = f"{place.name} {month_of(month).label}"
    return book(page_of(lists, columns(lists, active, community), rows, how_to(name, bool(rows))))


def page_of(
    lists: Lists,
    shown: Sequence[Column],
    rows: Sequence[Mapping[str, str]],
    sentences: Sequence[str] = (),
) -> Page:
    """The sheet of activities; cells of measures that are not of the row's type are grey."""
    offers = {
        spoken(kind.label, kind.code, lists.names.types): [
            f"{MEASURE}{code}" for code in kind.measures
        ]
        for kind in lists.known.lists.types
    }
    return Page(sheet_name(), shown, rows, FROZEN, "type", offers, sentences)


def how_to(name: str, ready: bool) -> tuple[str, ...]:
    """What a person needs to know, line by line."""
    return (
        name,
        _("一行一场活动。日期和活动类型必填，其余没有统计的留空；确实为零才填 0。"),
        _("上个月的活动已经列出，填日期和数量即可；没有开展的行不用管，导入时会略过。")
        if ready
        else _("活动类型、社区和网格从下拉列表中选择。"),
        _("灰色的格子不属于这一行的活动类型，请不要填。数量的单位在表头的括号里，格子里只填数字。"),
        _("共同开展的社区和参与力量可以有几项，用顿号隔开；人数写在后面，例如“志愿者 12、物业”。"),
        _("编号、核对码、状态由系统填写。新的活动留空；导出后改动某一行，导入时就更正那条记录。"),
        _("填好后在“导入表格”中上传，先看预览，再确认。一次最多 {rows} 行。").format(
            rows=LIMITS.rows
        ),
    )
