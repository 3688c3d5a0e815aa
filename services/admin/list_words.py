"""What the choices of the lists are called: rhythms, ways, days of the week."""

from __future__ import annotations

from services.i18n import _


def rhythm_labels() -> dict[str, str]:
    return {
        "weekly": _("每周"),
        "monthly": _("每月"),
        "irregular": _("不定期"),
        "holiday": _("节假日"),
        "project": _("专项"),
        "round": _("按轮次"),
    }


def better_labels() -> dict[str, str]:
    """Which way a measure is meant to go."""
    return {"more": _("越多越好"), "less": _("越少越好"), "": _("不作评价")}


def weekday_labels() -> dict[int | None, str]:
    """Of a weekly rhythm; 6 stands for the weekend."""
    return {
        None: _("不固定"),
        1: _("星期一"),
        2: _("星期二"),
        3: _("星期三"),
        4: _("星期四"),
        5: _("星期五"),
        6: _("周末"),
        7: _("星期日"),
    }
