"""A page of sample cards for the browser tests of the chart host, with the app's own headers."""

from __future__ import annotations

import json

import streamlit as st
from starlette.middleware import Middleware
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.shared.assets import asset_routes
from pages.shared.host import chart_host
from pages.shared.phrases import translate_phrases
from pages.shared.style import apply_style
from pages.shared.web.headers import SecurityHeaders
from services.charts.cards import Chart, Table, Tile

PLACES = [("c01", "甲社区"), ("c02", "乙社区"), ("c03", "丙社区")]


def chart(code: str, title: str, values: tuple[float, ...], width: str = "half") -> Chart:
    names = [name for _, name in PLACES]
    bars = {
        "type": "bar", "x": names, "y": values, "hovertext": names, "hoverinfo": "text",
        "customdata": [f"community:{code}" for code, _ in PLACES],
    }  # fmt: skip
    layout = {"margin": {"l": 60, "r": 10, "t": 10, "b": 30}}
    return Chart(
        code, title, "单位：次；三个社区", "来源：活动填报记录",
        json.dumps({"data": [bars], "layout": layout}) if values else "",
        Table(("社区", "次"), tuple(zip(names, values, strict=False))),
        f"{title}。单位：次", width, 260, "暂无数据，请放宽时间。",
    )  # fmt: skip


def draw() -> None:
    st.set_page_config(page_title="民意", layout="wide")
    apply_style()
    translate_phrases(st.query_params.get("language", "zh"))
    with st.sidebar:
        year = st.selectbox("年度", ["2022", "2023"])
        st.date_input("起始日期")
        st.multiselect("社区", [name for _, name in PLACES], placeholder="全部社区")
    changing = (4000.0, 12000.0, 9000.0) if year == "2022" else (5000.0, 8000.0, 30000.0)
    tiles = [
        Tile("work", "活动", "1.2万", "次", "▲ 上升 8% · 已核实", "improved", "records:x=1",
             "health"),
        Tile("people", "参与", "2238779余", "元", "▼ 下降 2%", "concern"),
        Tile("few", "满意率", "—", "", "样本不足", "muted"),
    ]  # fmt: skip
    charts = [chart(f"k{place}", f"第{place}张", (1.0, -2.0, 3.0)) for place in range(7)]
    found = chart_host(
        [*tiles, chart("new", "=年度：丙社区/最高", changing, "full"), chart("none", "没有", ()),
         *charts],
        key="section",
    )  # fmt: skip
    st.text(f"去向 {found}")


if get_script_run_ctx(suppress_warning=True) is None:
    app = st.App(__file__, routes=asset_routes(), middleware=[Middleware(SecurityHeaders)])
else:
    draw()
