"""The sidebar's filters. The address holds them, so every view is a link; widgets follow it.

Streamlit's own binding writes the shown labels into the address, which a language switch or a
renamed community breaks; here it holds codes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import streamlit as st

from pages.shared.access import current_user, today
from pages.shared.data import fetch, settings
from pages.shared.forms import retold
from services.catalogue import Catalogue, catalogue
from services.errors import InvalidEntry
from services.filters import Filters
from services.i18n import _
from services.office import OfficeState, office_state
from services.periods import Period, containing, period_from_code, periods_between
from services.views import View

_REMEMBERED = "filters"  # in session_state: what to show when the menu opens a page without a query


def sidebar_view(pick: str = "") -> View:
    """Draw the filters and return the view they choose.

    pick: "community" or "domain" for a page about exactly one of them; it is then the only
    community, or the domain, of the view.
    """
    lists: Catalogue = fetch(catalogue)
    asked = _asked(pick)
    with st.sidebar:
        period = _period(asked.get("period", ""))
        communities = _communities(asked, lists, single=pick == "community")
        domain = None if pick == "community" else _domain(asked, lists, single=pick == "domain")
        approved_only = _approved_only(asked)
    chosen = {
        "period": _code(period),
        "communities": ",".join(communities),
        "domain": domain or "",
        "approved": _approved_code(approved_only),
    }
    _remember(pick, chosen)
    filters = Filters(period, communities, domain, approved_only)
    return View(filters, today(), settings().thresholds, fetch(office_state).approval)


def choose_one(
    name: str,
    label: str,
    everything: str,
    labels: dict[str, str],
    widget: Callable[..., Any] = st.selectbox,
) -> str:
    """A filter of one page alone, in the address under `name`; "" is everything."""
    options = {"": everything} | labels
    chosen = st.query_params.get(name, "")
    if chosen not in options:
        chosen = ""
    key = f"filter-{name}"
    _seed(key, chosen)
    widget(
        label,
        list(options),
        format_func=options.__getitem__,
        key=key,
        on_change=_keep,
        args=(name, key),
    )
    return chosen


def query_of(view: View, **changes: str) -> dict[str, str]:
    """The view as a page's query, with some parts changed: the way from one page to another."""
    filters = view.filters
    query = {
        "period": _code(filters.period),
        "communities": ",".join(filters.communities),
        "domain": filters.domain or "",
        "approved": _approved_code(filters.approved_only),
    }
    return {name: value for name, value in (query | changes).items() if value}


def _asked(pick: str) -> dict[str, str]:
    """What the address asks for; without a query, what was last chosen."""
    if len(st.query_params):
        return st.query_params.to_dict()
    remembered = st.session_state.get(_REMEMBERED, {})
    return remembered.get("", {}) | remembered.get(pick, {})


def _remember(pick: str, chosen: dict[str, str]) -> None:
    """Keep a page's own community or domain to that page; the rest goes along to all pages."""
    own = {"community": ("communities",), "domain": ("domain",)}.get(pick, ())
    remembered = dict(st.session_state.get(_REMEMBERED, {}))
    common = {name: value for name, value in chosen.items() if name not in own}
    if pick == "community":
        common.pop("domain")
    remembered[""] = remembered.get("", {}) | common
    remembered[pick] = remembered.get(pick, {}) | {name: chosen[name] for name in own}
    st.session_state[_REMEMBERED] = remembered
    for name, value in chosen.items():
        if value and st.query_params.get(name) != value:
            st.query_params[name] = value
        elif not value and name in st.query_params:
            del st.query_params[name]


def _code(period: Period) -> str:
    """Up to today stays open in a link, so that 截至目前 is meant from the day it is opened."""
    if period.kind == "since" and period.until == today():
        return f"{period.first_day}~"
    return period.code


def _keep(name: str, key: str) -> None:
    """A widget was changed: put its choice into the address."""
    value = st.session_state[key]
    text = ",".join(value) if isinstance(value, list | tuple) else str(value or "")
    if text:
        st.query_params[name] = text
    elif name in st.query_params:
        del st.query_params[name]
    if name != "period" and "period" not in st.query_params:
        st.query_params["period"] = _code(default_period())


def _seed(key: str, value: object) -> None:
    """Let a widget show what the address says."""
    if st.session_state.get(retold(key)) != value:
        st.session_state[key] = value


def default_period() -> Period:
    """截至目前: since the office's starting day, until today."""
    office: OfficeState = fetch(office_state)
    return Period(min(office.running_since, today()), "since", today())


def _period(code: str) -> Period:
    period = _parsed(code)
    kinds = {"since": _("截至目前"), "month": _("按月"), "quarter": _("按季度"), "year": _("按年")}
    _seed("filter-kind", period.kind)
    st.selectbox(
        _("时间范围"),
        list(kinds),
        format_func=kinds.__getitem__,
        key="filter-kind",
        on_change=_change_kind,
    )
    if period.kind == "since":
        return _since(period)
    return _one_of(period)


def _parsed(code: str) -> Period:
    if not code:
        return default_period()
    try:
        return period_from_code(f"{code}{today()}" if code.endswith("~") else code)
    except InvalidEntry as error:
        st.warning(error.sentence)
        return default_period()


def _change_kind() -> None:
    kind = st.session_state["filter-kind"]
    period = default_period() if kind == "since" else containing(today(), kind)
    st.query_params["period"] = _code(period)


def _since(period: Period) -> Period:
    _seed("filter-since", period.first_day)
    st.date_input(
        _("起始日期"),
        key="filter-since",
        format="YYYY-MM-DD",
        min_value=date.min,  # beyond a bound Streamlit shows the new day and sends the old one
        max_value=date.max,
        on_change=_change_since,
        help=_("统计从这一天起，到{day}为止。").format(day=period.until),
    )
    return period


def _change_since() -> None:
    first = st.session_state["filter-since"]
    if isinstance(first, date):
        st.query_params["period"] = f"{first}~"


def _one_of(period: Period) -> Period:
    """A month, quarter or year of those since the first record, newest first."""
    labels = {"month": _("月份"), "quarter": _("季度"), "year": _("年度")}
    oldest = fetch(office_state).first_record or today()
    first, last = min(oldest, period.first_day), max(today(), period.first_day)
    choices = periods_between(period.kind, first, last)
    names = {choice.code: choice.label for choice in choices}
    _seed("filter-period", period.code)
    st.selectbox(
        labels[period.kind],
        list(names),
        format_func=names.__getitem__,
        key="filter-period",
        on_change=_keep,
        args=("period", "filter-period"),
    )
    return period


def _communities(asked: dict[str, str], lists: Catalogue, *, single: bool) -> tuple[str, ...]:
    names = {place.code: place.name for place in lists.active_communities}
    wanted = _known(asked.get("communities", "").split(","), names)
    if not single:
        _seed("filter-communities", list(wanted))
        st.multiselect(
            _("社区"),
            list(names),
            format_func=names.__getitem__,
            key="filter-communities",
            placeholder=_("全部社区"),
            on_change=_keep,
            args=("communities", "filter-communities"),
        )
        return wanted
    if not names:
        return ()
    own = current_user().community
    chosen = wanted[0] if wanted else own if own in names else next(iter(names))
    _seed("filter-community", chosen)
    st.selectbox(
        _("社区"),
        list(names),
        format_func=names.__getitem__,
        key="filter-community",
        on_change=_keep,
        args=("communities", "filter-community"),
    )
    return (chosen,)


def _known(codes: Iterable[str], names: dict[str, str]) -> tuple[str, ...]:
    """The codes that exist, in official order; a stale link loses the others, with a sentence."""
    asked = [code for code in codes if code]
    if any(code not in names for code in asked):
        st.warning(_("链接中有社区已不存在，已略去。"))
    return tuple(code for code in names if code in asked)


def _domain(asked: dict[str, str], lists: Catalogue, *, single: bool) -> str | None:
    labels = {domain.code: domain.label for domain in lists.domains}
    everything = {} if single else {"": _("全部领域")}
    options = everything | labels
    chosen = asked.get("domain", "")
    if chosen not in options:
        chosen = next(iter(options))
    _seed("filter-domain", chosen)
    st.selectbox(
        _("服务领域"),
        list(options),
        format_func=options.__getitem__,
        key="filter-domain",
        on_change=_keep,
        args=("domain", "filter-domain"),
    )
    return chosen or None


def _approved_only(asked: dict[str, str]) -> bool:
    """只看已审核, offered while the office works with approval; the settings say what is usual."""
    if not fetch(office_state).approval:
        return False
    usual = settings().only_approved
    _seed("filter-approved", {"1": True, "0": False}.get(asked.get("approved", ""), usual))
    return st.toggle(
        _("只看已审核"),
        key="filter-approved",
        on_change=_change_approved,
        help=_("关闭时也计入待审核的记录；退回和作废的从不计入。"),
    )


def _change_approved() -> None:
    st.query_params["approved"] = "1" if st.session_state["filter-approved"] else "0"


def _approved_code(approved_only: bool) -> str:
    """In a link: 1 or 0; what is usual needs no word."""
    return "" if approved_only == settings().only_approved else str(int(approved_only))
