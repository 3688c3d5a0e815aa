"""What the chart host hands to the browser, and what it makes of a click."""

from __future__ import annotations

import json

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest

from pages.shared.assets import asset_url, assets
from services.charts.cards import Card, Chart, Table, Tile
from services.charts.theme import DOMAIN_COLOURS

FIGURE = '{"data":[{"type":"bar","x":[1],"y":["甲"],"customdata":["community:c01"]}],"layout":{}}'
TILE = Tile("n", "活动", "12", "次", "上升 2 次", "improved", "records:period=2023", "health")
CHART = Chart(
    "dots", "甲社区最高", "单位：分", "来源：调查", FIGURE,
    Table(("社区", "得分", "份数"), (("甲", 87.88732394366197, 71), ("乙", 0.012345, None))),
    "甲社区最高。单位：分",
)  # fmt: skip
EMPTY = Chart(
    "none", "没有投诉", "单位：件", "来源：民声", "", Table((), ()), "没有投诉", empty="无"
)


def page(cards: tuple) -> None:
    import streamlit as st

    from pages.shared.host import chart_host

    st.text(f"clicked {chart_host(cards, key='section')}")


def shown(*cards: Card) -> AppTest:
    app = AppTest.from_function(page, args=(cards,)).run()
    assert not app.exception
    return app


def payload(app: AppTest) -> dict:
    (host,) = app.get("bidi_component")
    return json.loads(host.proto.json)


def test_tiles_and_charts_travel_in_their_order() -> None:
    cards = payload(shown(TILE, CHART, EMPTY))["cards"]
    assert [(card["kind"], card["code"]) for card in cards] == [
        ("tile", "n"), ("chart", "dots"), ("chart", "none"),
    ]  # fmt: skip


def test_a_tile_carries_the_hue_of_its_domain() -> None:
    own, none = payload(shown(TILE, Tile("m", "街道", "1")))["cards"]
    assert own["hue"] == DOMAIN_COLOURS["health"]
    assert none["hue"] == ""


def test_a_figure_travels_as_the_text_it_is() -> None:
    (chart,) = payload(shown(CHART))["cards"]
    assert chart["figure"] == FIGURE


def test_a_table_travels_without_decimals_nobody_reads() -> None:
    (chart,) = payload(shown(CHART))["cards"]
    assert chart["table"]["rows"] == [["甲", 87.89, 71], ["乙", 0.0123, None]]


def test_an_empty_chart_brings_its_sentence() -> None:
    (chart,) = payload(shown(EMPTY))["cards"]
    assert (chart["figure"], chart["empty"], chart["table"]["rows"]) == ("", "无", [])


def test_the_browser_is_told_where_the_code_lies() -> None:
    app = shown(TILE)
    assert payload(app)["assets"] == {
        "plotly": asset_url("plotly-cartesian.min.js"),
        "style": asset_url("host.css"),
    }
    (host,) = app.get("bidi_component")
    assert asset_url("host.js") in host.proto.js_content
    assert len(host.proto.js_content) < 300


def test_nothing_is_clicked_at_first() -> None:
    assert shown(TILE).text[0].value == "clicked None"


@pytest.mark.parametrize(
    ("sent", "said"),
    [("community:c03", "clicked community:c03"), ({"not": "a target"}, "clicked None")],
)
def test_a_click_is_told_in_one_run_only(sent: object, said: str) -> None:
    app = shown(TILE)
    (host,) = app.get("bidi_component")
    click(app, host.proto.id, sent)
    assert app.text[0].value == said
    app.run()
    assert app.text[0].value == "clicked None"


def click(app: AppTest, component: str, target: object) -> None:
    """Run the script with what the browser sends for a click on a target."""
    states = app._tree.get_widget_states()
    states.widgets.append(
        WidgetState(
            id=f"$$STREAMLIT_INTERNAL_KEY_{component}__events",
            json_trigger_value=json.dumps([{"event": "target", "value": target}]),
        )
    )
    app._run(states)


def test_the_code_of_the_host_stays_small() -> None:
    names = ("host.js", "chart.js", "drawing.js", "tile.js", "download.js", "dom.js")
    sizes = {name: len(assets()[name].content.splitlines()) for name in names}
    assert max(sizes.values()) <= 170, sizes
    assert sum(sizes.values()) <= 450, sizes
