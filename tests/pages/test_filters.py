"""The filters: each widget changes the view and the address, and the address fills the widgets."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from tests.pages.app import heading, opened, signed_in


@pytest.fixture
def app(demonstration: Engine) -> AppTest:
    return signed_in(demonstration, "official")


def address(app: AppTest) -> dict[str, str]:
    """The query; AppTest keeps lists."""
    return {
        name: value[0] if isinstance(value, list) else value
        for name, value in app.query_params.items()
    }


def test_the_first_view_is_so_far_and_the_address_says_so(app: AppTest) -> None:
    assert "2023年9月1日至2023年10月28日" in heading(app)
    assert address(app) == {"period": "2023-09-01~"}


@pytest.mark.parametrize(
    ("kind", "code", "label"),
    [("month", "2023-10", "2023年10月，"), ("quarter", "2023Q4", "2023年第4季度，"),
     ("year", "2023", "2023年，")],
)  # fmt: skip
def test_another_kind_of_period_begins_with_the_present_one(
    app: AppTest, kind: str, code: str, label: str
) -> None:
    app.selectbox(key="filter-kind").select(kind).run()
    assert heading(app).startswith(label)
    assert address(app)["period"] == code


def test_a_month_can_be_chosen(app: AppTest) -> None:
    app.selectbox(key="filter-kind").select("month").run()
    app.selectbox(key="filter-period").select("2023-03").run()
    assert heading(app).startswith("2023年3月")
    assert address(app)["period"] == "2023-03"


def test_so_far_can_begin_on_another_day(app: AppTest) -> None:
    app.date_input(key="filter-since").set_value(date(2023, 10, 1)).run()
    assert "2023年10月1日至2023年10月28日" in heading(app)
    assert address(app)["period"] == "2023-10-01~"


def test_communities_narrow_the_view_and_none_means_all(app: AppTest) -> None:
    whole = heading(app)
    app.multiselect(key="filter-communities").set_value(["c03", "c07"]).run()
    assert "所选 2 个社区" in heading(app)
    assert address(app)["communities"] == "c03,c07"
    app.multiselect(key="filter-communities").set_value([]).run()
    assert heading(app) == whole
    assert "communities" not in address(app)


def test_a_domain_narrows_the_view(app: AppTest) -> None:
    app.selectbox(key="filter-domain").select("health").run()
    assert "基本医疗满意度" in heading(app)
    assert address(app)["domain"] == "health"


def test_a_link_fills_the_widgets(app: AppTest) -> None:
    opened(app, "review/overview", period="2023Q3", communities="c07,c03", domain="culture")
    assert app.selectbox(key="filter-kind").value == "quarter"
    assert app.selectbox(key="filter-period").value == "2023Q3"
    assert app.multiselect(key="filter-communities").value == ["c03", "c07"]
    assert app.selectbox(key="filter-domain").value == "culture"


def test_a_link_up_to_a_past_day_keeps_that_day(app: AppTest) -> None:
    opened(app, "review/overview", period="2023-09-01~2023-09-30")
    assert "2023年9月1日至2023年9月30日" in heading(app)
    assert address(app)["period"] == "2023-09-01~2023-09-30"


@pytest.mark.parametrize("code", ["2023-13", "soon", "2023-10-02~2023-10-01", "~", "0000"])
def test_a_link_with_a_wrong_period_says_so_and_shows_so_far(app: AppTest, code: str) -> None:
    opened(app, "review/overview", period=code)
    assert len(app.warning) == 1
    assert "2023年9月1日至2023年10月28日" in heading(app)


def test_a_link_with_a_community_that_is_gone_says_so_and_keeps_the_others(app: AppTest) -> None:
    opened(app, "review/overview", period="2023-09", communities="c03,c99")
    assert [warning.value for warning in app.warning] == ["链接中有社区已不存在，已略去。"]
    assert address(app)["communities"] == "c03"


def test_the_menu_takes_the_choice_along(app: AppTest) -> None:
    app.selectbox(key="filter-domain").select("health").run()
    opened(app, "review/satisfaction")
    assert "基本医疗满意度" in heading(app)
    assert address(app) == {"period": "2023-09-01~", "domain": "health"}


def test_the_community_page_shows_one_community_and_leaves_the_others_choice(
    app: AppTest,
) -> None:
    opened(app, "review/community")
    assert heading(app).startswith("明德社区")
    app.selectbox(key="filter-community").select("c03").run()
    assert heading(app).startswith("柳溪社区")
    assert address(app)["communities"] == "c03"
    opened(app, "review/overview")
    assert "全街道" in heading(app)


def test_staff_find_their_own_community_first(demonstration: Engine) -> None:
    app = opened(signed_in(demonstration, "community_staff", community="c03"), "review/community")
    assert heading(app).startswith("柳溪社区")


def test_the_domain_page_shows_one_domain(app: AppTest) -> None:
    opened(app, "review/domain")
    assert heading(app).startswith("居住环境")
    app.selectbox(key="filter-domain").select("safety").run()
    assert heading(app).startswith("社会治安")


def test_records_narrow_by_type_and_measure(app: AppTest) -> None:
    opened(app, "review/records", period="2023-09-01~", measure="free_clinics")
    assert "共 24 条" in heading(app)
    app.selectbox(key="filter-measure").select("").run()
    app.selectbox(key="filter-type").select("free_clinic").run()
    assert address(app)["type"] == "free_clinic"
    assert "measure" not in address(app)


def test_the_language_switch_stays(app: AppTest) -> None:
    app.segmented_control[0].set_value("en").run()
    assert "activities" in heading(app)
    opened(app, "review/satisfaction")
    assert "satisfaction" in heading(app)


def test_a_first_day_after_today_is_said_and_so_far_stays(app: AppTest) -> None:
    app.date_input(key="filter-since").set_value(date(2023, 11, 5)).run()
    assert [warning.value for warning in app.warning] == [
        "起始日期不能晚于今天，请改选较早的日期。"
    ]
    assert "2023年9月1日至2023年10月28日" in heading(app)
    assert address(app)["period"] == "2023-09-01~"
