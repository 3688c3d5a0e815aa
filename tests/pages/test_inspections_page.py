"""督查: every form and button of the page, seen to have changed what is on record."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, select
from streamlit.testing.v1 import AppTest

from db.engine import Session, read_session
from db.models import Change, Inspection, InspectionPhoto
from services import inspections
from tests.activity_cases import ENTRY, PHONE, WEDNESDAY, person
from tests.inspection_cases import DUE, again, drawn, photo, recorded, saved
from tests.pages.admin_steps import fill, key
from tests.pages.app import office_day
from tests.pages.entry_steps import choose, enter, labels, open_page, press, said

PAGE = "pages/followup/inspections.py"
HOSTILE = "<b onclick=alert(1)>粗</b> ![图](//x) **重**"
OCTOBER = {"period": "2023-10"}


@pytest.fixture
def number(door: Engine) -> str:
    """An inspection of c01 with a photo that was to be put right in 2023."""
    with Session(door.execution_options(minyi_write=True), expire_on_commit=False) as session:
        user = person(session, "office_staff")
        return recorded(session, user, findings=HOSTILE, photos=(photo("a"),))


def stored(door: Engine) -> list[Inspection]:
    with read_session(door) as session:
        return list(session.scalars(select(Inspection).order_by(Inspection.id)))


def photos(door: Engine) -> list[InspectionPhoto]:
    with read_session(door) as session:
        return list(session.scalars(select(InspectionPhoto).order_by(InspectionPhoto.id)))


def page(door: Engine, role: str = "office_staff", **query: str) -> AppTest:
    return open_page(door, role, "c01" if role == "community_staff" else None, page=PAGE, **query)


def heading(at: AppTest) -> str:
    return at.header[0].value.replace("\\", "")


def uploader(at: AppTest, form: str, moment: str) -> object:
    return next(one for one in at.file_uploader if one.key == key(at, form, moment))


def verdict(at: AppTest, form: str, code: str) -> AppTest:
    at.radio(key=key(at, form, "verdict")).set_value(code)
    at.run()
    return at


def html(at: AppTest) -> str:
    return "".join(element.value for element in at.html)


def test_an_inspection_is_recorded_with_its_photos(door: Engine) -> None:
    at = verdict(page(door, part="new"), "inspection", "rectify")
    assert {one.proto.max_upload_size_mb for one in at.file_uploader} == {25}
    fill(at, "inspection", community="c02", domain="safety", inspector="周主任",
         findings="楼道堆物")  # fmt: skip
    due = office_day() + timedelta(days=9)
    at.date_input(key=key(at, "inspection", "due_on")).set_value(due)
    uploader(at, "inspection", "before").set_value(
        [("a.png", saved(drawn(), "PNG"), "image/png"), ("b.jpg", saved(drawn()), "image/jpeg")]
    )
    press(at, "保存")
    assert heading(at) == "D000001 · 乙社区 · 社会治安"
    assert "限期整改" in at.main.markdown[0].value
    assert "已保存，编号 D000001。附照片 1 张。" in said(at.success)
    row = stored(door)[0]
    assert (row.community_code, row.domain_code, row.rank, row.due_on) == (
        "c02", "safety", "副科级干部", due,
    )  # fmt: skip
    assert [one.moment for one in photos(door)] == ["before"]  # both files show the same
    assert 'src="/photos/1/small" alt="整改前照片 1：乙社区' in html(at)
    press(at, "返回清单")
    assert "督查 1 次" in heading(at)


def test_a_refused_form_keeps_what_was_typed_and_names_the_file(door: Engine) -> None:
    at = verdict(page(door, part="new"), "inspection", "qualified")
    fill(at, "inspection", community="c01", findings="写了很多")
    uploader(at, "inspection", "after").set_value([("x.jpg", b"<svg/>", "image/jpeg")])
    press(at, "保存")
    assert "“x.jpg”不是 JPEG、PNG 或 WebP 照片" in said(at.error)
    assert stored(door) == []
    assert at.text_area(key=key(at, "inspection", "findings")).value == "写了很多"
    uploader(at, "inspection", "after").set_value([("y.jpg", saved(drawn()), "image/jpeg")])
    press(at, "保存")
    assert "请填写督查人" in said(at.error)
    press(fill(at, "inspection", inspector="周主任"), "保存")
    assert [one.moment for one in photos(door)] == ["after"]


def test_an_official_finds_their_own_name_filled_in_and_a_community_no_form(door: Engine) -> None:
    at = page(door, "official", part="new")
    assert at.text_input(key=key(at, "inspection", "inspector")).value == "测试员"
    at = page(door, "community_staff", part="new")
    assert not at.file_uploader
    assert "督查 0 次" in heading(at)
    assert "没有督查" in said(at.info)


def test_a_re_inspection_shows_what_was_found_and_closes_it(door: Engine, number: str) -> None:
    at = page(door, inspection=number)
    assert "已超过整改期限" in said(at.warning)
    press(at, "复查")
    assert heading(at) == f"复查 {number}"
    assert HOSTILE in [text.value for text in at.text]
    form = f"inspection-{number}"
    verdict(at, form, "qualified")
    assert "社区" not in labels(at.main.selectbox)
    press(fill(at, form, inspector="周主任", findings="已整改"), "保存")
    assert heading(at).startswith("D000002 · ")
    assert stored(door)[1].verdict == "qualified"
    assert [row.follows_id for row in stored(door)] == [None, 1]
    assert "督查与复查" in [one.value for one in at.subheader]
    at = page(door, inspection=number)
    assert not at.warning
    assert "复查" not in labels(at.button)


def test_a_community_reports_what_it_put_right_with_photos(door: Engine, number: str) -> None:
    at = page(door, "community_staff", inspection=number)
    assert not {"复查", "更正", "作废", "添加照片"} & set(labels(at.button))
    press(at, "保存")
    assert "请写明怎样整改的" in said(at.error)
    uploader(at, number, "after").set_value([("c.webp", saved(drawn(), "WEBP"), "image/webp")])
    press(fill(at, number, note="已清运"), "保存")
    assert "已保存：报告整改。附照片 1 张。" in said(at.success)
    assert "已清运" in [text.value for text in at.text]
    assert [one.moment for one in photos(door)] == ["before", "after"]


def test_a_photo_is_taken_off_and_put_back(door: Engine, number: str) -> None:
    at = press(page(door, inspection=number), "撤下")
    assert "已撤下照片" in said(at.success)
    assert [one.shown for one in photos(door)] == [False]
    press(at, "放回")
    assert [one.shown for one in photos(door)] == [True]
    assert "撤下" not in labels(page(door, "community_staff", inspection=number).button)


def test_photos_are_added_later(door: Engine, number: str) -> None:
    at = press(page(door, inspection=number), "添加照片")
    press(at, "保存")
    assert "请先选择照片" in said(at.error)
    uploader(at, number, "before").set_value([("d.jpg", saved(drawn()), "image/jpeg")])
    press(at, "保存")
    assert len(photos(door)) == 2


def test_it_is_corrected_and_of_two_the_later_keeps_what_was_typed(
    door: Engine, number: str
) -> None:
    at = press(page(door, inspection=number), "更正")
    fill(at, number, inspector="李主任")
    with Session(door.execution_options(minyi_write=True), expire_on_commit=False) as session:
        user, now = person(session, "administrator"), datetime.now(UTC)
        shown = inspections.inspection(session, number, office_day())
        inspections.correct(session, number, shown.typed, 1, user, now, office_day())
        session.commit()
    press(at, "保存")
    assert "已被改动" in said(at.error)
    press(press(at, "已看过最新情况，继续填写"), "保存")
    row = stored(door)[0]
    assert (row.inspector, row.version, row.due_on) == ("李主任", 3, DUE)


def test_it_is_made_void_and_restored(door: Engine, number: str) -> None:
    at = press(page(door, inspection=number), "作废")
    press(fill(at, number, reason="重复登记"), "保存")
    assert stored(door)[0].void_reason == "重复登记"
    assert "重复登记" in [text.value for text in at.text]
    assert "督查 0 次" in heading(page(door, **OCTOBER))
    assert "督查 1 次" in heading(page(door, state="void", **OCTOBER))
    press(press(at, "恢复"), "保存")
    assert stored(door)[0].void_reason == ""


def test_the_list_is_narrowed_by_the_address_and_taken_away_as_a_file(
    door: Engine, number: str
) -> None:
    at = page(door, **OCTOBER)
    assert heading(at) == "2023年10月：督查 1 次"
    both = ["下载全部督查（XLSX）", "下载全部督查（CSV）"]
    assert labels(at.get("download_button")) == [*both, "下载督查（.xlsx）"]
    assert labels(page(door, "community_staff", **OCTOBER).get("download_button")) == both
    at.selectbox(key="filter-verdict").set_value("qualified").run()
    assert heading(at) == "2023年10月：督查 0 次"
    assert at.query_params["verdict"] == "qualified"
    at.selectbox(key="filter-verdict").set_value("").run()
    at.selectbox(key="filter-state").set_value("overdue").run()
    assert heading(at) == "2023年10月：督查 1 次"
    assert number == "D000001"


def test_the_figures_stand_beside_the_list(door: Engine, number: str) -> None:
    at = page(door, part="figures", **OCTOBER)
    assert heading(at) == "2023年10月，全街道：督查 1 次，合格 0、限期整改 1、不合格 0"
    assert number


def test_it_stands_beside_the_activity_and_on_the_page_of_the_community(door: Engine) -> None:
    activity = enter(door)  # on 25 October 2023
    with Session(door.execution_options(minyi_write=True), expire_on_commit=False) as session:
        user = person(session, "office_staff")
        later = date(2023, 10, 27)
        recorded(session, user, activity=activity, day=later, due_on=later)
        again(session, user, "D000001", day=later)
    at = open_page(door, "official", page="pages/review/records.py", record=activity)
    assert "对这次活动的督查" in [one.value for one in at.subheader]
    assert "对这次活动督查" in labels(at.get("page_link"))
    at = open_page(door, "community_staff", "c01", page="pages/entry/mine.py", record=activity)
    assert "对这次活动督查" not in labels(at.get("page_link"))
    assert "**D000002**" in labels(at.get("page_link"))
    at = open_page(door, "official", page="pages/review/community.py", communities="c01")
    assert "最近的督查（待复查 0 件）" in [one.value.replace("\\", "") for one in at.subheader]
    at = page(door, part="new", activity=activity)
    form = f"inspection-{activity}"
    assert at.text_input(key=key(at, form, "activity")).value == activity
    assert at.selectbox(key=key(at, form, "community")).value == "c01"


def test_hostile_text_is_shown_as_text_only(door: Engine, number: str) -> None:
    for at in (page(door, **OCTOBER), page(door, inspection=number)):
        assert any(HOSTILE in text.value for text in at.text)
        marked = [element.value for element in (*at.markdown, *at.caption)]
        assert not any("<b onclick" in text or "**重**" in text for text in marked)
        assert "onclick" not in html(at)


def test_the_log_is_in_words(door: Engine, number: str) -> None:
    with read_session(door) as session:
        assert [line.entity for line in session.scalars(select(Change))] == ["inspection"]
    at = open_page(door, "administrator", page="pages/admin/audit.py")
    shown = [text.value for text in at.text]
    assert f"录入 · 督查 {number}" in shown
    assert any("督查人：周主任" in text and "结论：限期整改" in text for text in shown)


def test_hidden_numbers_are_shown_on_request_and_the_look_is_logged(door: Engine) -> None:
    with Session(door.execution_options(minyi_write=True), expire_on_commit=False) as session:
        own = recorded(session, person(session, "office_staff"), findings=f"请致电 {PHONE}")
    for role in ("office_staff", "official", "community_staff"):
        at = page(door, role, inspection=own)
        assert not any(PHONE in text.value for text in at.text)
        press(at, "显示完整号码")
        assert f"请致电 {PHONE}" in [text.value for text in at.text]
    press(page(door, inspection=own), "更正")
    with read_session(door) as session:
        actions = session.scalars(select(Change.action).order_by(Change.id)).all()
    assert actions.count("reveal") == 4
    assert "显示完整号码" not in labels(
        open_page(door, "community_staff", "c02", page=PAGE, inspection=own).button
    )


def test_an_activity_of_the_type_leads_to_its_verdict_and_back(door: Engine) -> None:
    at = open_page(door, "office_staff")
    choose(at, "inspection")
    assert "结论、照片和整改期限在“督查”登记" in said(at.info)
    activity = enter(door, replace(ENTRY, type_code="inspection", measures=()))
    at = open_page(door, "office_staff", page="pages/review/records.py", record=activity)
    links = [link.proto for link in at.get("page_link")]
    assert "登记这次督查的结论和照片" in [link.label for link in links]
    at = verdict(page(door, part="new", activity=activity), f"inspection-{activity}", "qualified")
    assert at.date_input(key=key(at, f"inspection-{activity}", "day")).value == WEDNESDAY
    press(fill(at, f"inspection-{activity}", inspector="周主任"), "保存")
    assert stored(door)[0].day == WEDNESDAY
    at = open_page(door, "official", page="pages/review/records.py", record=activity)
    assert "这次督查的结论" in [one.value for one in at.subheader]
    at = page(door, **OCTOBER)
    links = [link.proto for link in at.get("page_link")]
    counted = next(link for link in links if "活动记录" in link.label)
    assert "另有 1 条“督查”活动记录" in counted.label.replace("\\", "")
    assert "type=inspection" in counted.query_string
