"""目录: types, measures, partner kinds, rounds, groups of people, what voices are sorted by."""

import streamlit as st

from pages.shared.access import guard
from pages.shared.admin import lists as admin_lists
from pages.shared.admin import rounds as admin_rounds
from pages.shared.data import ask, fetch
from pages.shared.filters import choose_one
from pages.shared.forms import retold
from services.admin import lists
from services.catalogue import catalogue
from services.i18n import _

user = guard("manage_catalogue")
st.header(_("目录"), anchor=False)
left, right = st.columns(2)
with left:
    part = choose_one(
        "list",
        _("目录"),
        _("活动类型"),
        {
            "measures": _("指标"),
            "partners": _("参与力量"),
            "rounds": _("轮次"),
            "groups": _("人群"),
            "topics": _("民声问题"),
            "channels": _("民声来源渠道"),
            "approval": _("审核"),
        },
    )
if part == "partners":
    admin_lists.partner_kinds(ask(lists.lists, user), user)
elif part == "rounds":
    admin_rounds.rounds(user, right)
elif part == "groups":
    admin_lists.groups(user)
elif part == "channels":
    admin_lists.channels(user)
elif part == "approval":
    admin_lists.approval(user)
else:
    domains = {one.code: one.label for one in fetch(catalogue).domains}
    domain = right.selectbox(
        _("服务领域"), list(domains), format_func=domains.__getitem__,
        key=retold("catalogue-domain"),
    )  # fmt: skip
    if part == "topics":
        admin_lists.topics(domain, user)
    elif part == "measures":
        admin_lists.measures(ask(lists.lists, user), domain, user)
    else:
        admin_lists.types(ask(lists.lists, user), domain, user)
if part not in ("rounds", "approval"):
    st.caption(_("编号由系统生成，不会改变。改名、调整顺序和停用都不影响以前的记录。"))
