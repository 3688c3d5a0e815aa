"""The administrator's parts about the catalogue: the entries of a list, one of them, a new one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from pages.shared.access import now
from pages.shared.admin.edit import edit_form, table
from pages.shared.admin.list_fields import (
    Entry,
    Fields,
    group_fields,
    measure_fields,
    partner_fields,
    type_fields,
    voice_fields,
)
from pages.shared.data import ask, fetch, submit
from pages.shared.fields import Beside
from pages.shared.filters import choose_one
from pages.shared.forms import form_key, receipt, refused, saved
from pages.shared.history import history_of
from pages.shared.workbook.lists import change_list
from services.admin import group_lists, lists, voice_lists
from services.admin.approval import switch_approval
from services.admin.list_facts import (
    GroupFacts,
    MeasureFacts,
    PartnerFacts,
    TypeFacts,
    VoiceFacts,
)
from services.admin.lists import Kept
from services.i18n import _
from services.office import office_state
from services.permissions import CurrentUser

Facts = TypeFacts | MeasureFacts | PartnerFacts | VoiceFacts | GroupFacts


def types(kept: Kept, domain: str, user: CurrentUser) -> None:
    fields = type_fields(kept, domain)
    _list("activity_type", kept.types_of(domain), fields, user, lists.change_type)
    empty = TypeFacts("", "", "irregular", None, (), 1, True)
    _new(f"type-{domain}", _("添加活动类型"), empty, fields,
         lambda typed: submit(lists.add_type, user, domain, typed, now()))  # fmt: skip
    change_list("types", user)


def measures(kept: Kept, domain: str, user: CurrentUser) -> None:
    known = kept.measures_of(domain)
    fields = measure_fields(kept)
    _list("measure", known, fields, user, lists.change_measure)
    empty = MeasureFacts("", "", next(iter(kept.units)), "", "", "", "余", "", "more", 1, True)
    _new(f"measure-{domain}", _("添加指标"), empty, fields,
         lambda typed: submit(lists.add_measure, user, domain, typed, now()))  # fmt: skip
    change_list("measures", user)


def partner_kinds(kept: Kept, user: CurrentUser) -> None:
    fields = partner_fields()
    _list("partner_kind", kept.partner_kinds, fields, user, lists.change_partner_kind)
    _new("partner", _("添加参与力量"), PartnerFacts("", "", 1), fields,
         lambda typed: submit(lists.add_partner_kind, user, typed.label, typed.label_en, now()),
         )  # fmt: skip
    change_list("partners", user)


def topics(domain: str, user: CurrentUser) -> None:
    """What voices are about, by domain."""
    fields, known = voice_fields(), ask(voice_lists.topics, user, domain)
    _list(voice_lists.TOPIC, known, fields, user, voice_lists.change_topic)
    _new(f"topic-{domain}", _("添加民声问题"), VoiceFacts("", "", 1, True), fields,
         lambda typed: submit(voice_lists.add_topic, user, domain, typed, now()))  # fmt: skip
    change_list("topics", user)


def channels(user: CurrentUser) -> None:
    """By which way voices come."""
    fields, known = voice_fields(), ask(voice_lists.channels, user)
    _list(voice_lists.CHANNEL, known, fields, user, voice_lists.change_channel)
    _new("channel", _("添加来源渠道"), VoiceFacts("", "", 1, True), fields,
         lambda typed: submit(voice_lists.add_channel, user, typed, now()))  # fmt: skip
    change_list("channels", user)


def groups(user: CurrentUser) -> None:
    """Whom the office counts: what shares are divided by."""
    fields, known = group_fields(), ask(group_lists.groups_kept, user)
    _list(group_lists.GROUP, known, fields, user, group_lists.change_group)
    _new("group", _("添加人群"), GroupFacts("", "", 1, True), fields,
         lambda typed: submit(group_lists.add_group, user, typed, now()))  # fmt: skip
    change_list("groups", user)


def approval(user: CurrentUser) -> None:
    """Whether what is entered waits to be approved."""
    receipt("approval-switch")
    on = fetch(office_state).approval
    st.markdown(
        _("已启用审核：社区填报后待街道审核，通过后锁定；退回的由填报人更正后重新提交。")
        if on
        else _("没有启用审核：填报后直接生效，可以随时更正。")
    )
    if st.button(_("停用审核") if on else _("启用审核")):
        with refused():
            submit(switch_approval, not on, user, now())
            saved("approval-switch", _("已停用审核。") if on else _("已启用审核。"))
    history_of("office", ("approval",), user)


def _list(
    entity: str,
    known: Mapping[str, Any],
    fields: Fields,
    user: CurrentUser,
    service: Callable[..., None],
) -> None:
    """All entries to read, and the form of the one that was chosen."""
    rows = [fields.words(one) for one in known.values()]
    table(
        tuple(rows[0]) if rows else (),
        [tuple(row.values()) for row in rows],
        _("这里还没有内容。请从下面添加。"),
    )
    labels = {code: one.label for code, one in known.items()}
    chosen = choose_one(entity, _("查看和更改"), _("请选择一项"), labels)
    if not chosen:
        return
    name = f"{entity}-{chosen}"
    receipt(name)

    def save(typed: Facts, seen: str) -> str:
        submit(service, user, chosen, typed, seen, now())
        return _("已保存“{name}”。").format(name=typed.label.strip())

    def draw(token: str, facts: Facts, beside: Beside) -> Facts:
        return fields.draw(Entry(token, facts, beside, chosen, len(known)))

    edit_form(name, known[chosen], draw, save, fields.words)
    history_of(entity, (chosen,), user)


def _new(name: str, label: str, empty: Facts, fields: Fields, add: Callable[[Any], object]) -> None:
    receipt(name)
    with st.expander(label, icon=":material/add:"):
        token, beside = form_key(name), Beside()
        with st.form(f"{token}-form", border=False):
            typed = fields.draw(Entry(token, empty, beside))
            pressed = st.form_submit_button(label, type="primary", width="stretch")
        if pressed:
            with refused(beside):
                add(typed)
                saved(name, _("已添加“{name}”，排在最后。").format(name=typed.label.strip()))
