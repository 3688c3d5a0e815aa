"""The administrator's parts about people: everybody, one of them, a new one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from pages.shared.access import clock_time
from pages.shared.admin.edit import edit_form, table
from pages.shared.data import fetch, submit
from pages.shared.fields import Beside, a_line
from pages.shared.forms import form_key, refused, retold, saved, say
from pages.shared.history import history_of
from pages.shared.text import clock
from services.admin import invitations, people
from services.admin.invitations import Invitation
from services.admin.people import Person, PersonFacts
from services.catalogue import catalogue
from services.i18n import _
from services.permissions import ALLOWED, CurrentUser, role_label

NEW = "invite"


def form_of(person_id: int) -> str:
    return f"person-{person_id}"


def everybody(known: tuple[Person, ...]) -> None:
    places = _places()
    table(
        (_("姓名"), _("用户名"), _("角色"), _("社区"), _("状态"), _("最近使用")),
        [
            (
                one.facts.name,
                one.username,
                role_label(one.facts.role),
                places[one.facts.community or ""] if one.facts.community else "",
                _state(one),
                clock(one.last_seen) if one.last_seen else _("从未"),
            )
            for one in known
        ],
        _("还没有用户。"),
    )


def _state(person: Person) -> str:
    if not person.active:
        return _("已停用")
    if person.invited_until:
        return _("链接有效至 {time}").format(time=clock(person.invited_until))
    return _("在用") if person.has_password else _("未设置密码")


def one_person(person: Person, user: CurrentUser) -> None:
    """Change a person, give them a link, sign them out, close or reopen the account."""

    def save(typed: PersonFacts, seen: str) -> str:
        submit(people.change, user, person.id, typed, seen, clock_time())
        return _("已保存“{name}”的资料。").format(name=typed.name)

    edit_form(form_of(person.id), person.facts, _fields, save, _words)
    if person.active:
        _link_button(person, user)
        _button(_("退出此人的全部登录"), people.sign_out_everywhere, person, user,
                _("“{name}”已在所有设备上退出登录。"))  # fmt: skip
        _button(_("停用账号"), people.deactivate, person, user,
                _("已停用“{name}”的账号，此人不能再登录，以前的记录都保留。"))  # fmt: skip
    else:
        _button(_("恢复账号"), people.reactivate, person, user,
                _("已恢复“{name}”的账号。"))  # fmt: skip
    history_of("user", (str(person.id),), user)


def _button(
    label: str, service: Callable[..., Any], person: Person, user: CurrentUser, done: str
) -> None:
    if st.button(label, width="stretch"):
        with refused():
            submit(service, user, person.id, clock_time())
            say(form_of(person.id), done.format(name=person.facts.name))


def _link_button(person: Person, user: CurrentUser) -> None:
    help_ = _("此人用链接自己设置新密码；旧密码在设置之前仍可使用。")
    if st.button(_("生成重置密码的链接"), width="stretch", help=help_):
        with refused():
            made = submit(invitations.reset_link, user, person.id, clock_time())
            say(form_of(person.id), _receipt(made, person.facts.name), _address(made))


def new_person(user: CurrentUser) -> None:
    """Add a person, who sets the password by a link shown this once."""
    token, beside = form_key(NEW), Beside()
    with st.form(f"{token}-form", border=False):
        told = _("登录时使用，添加后不再改变。")
        username = a_line(token, "username", _("用户名"), "", beside, help=told)
        facts = _fields(token, PersonFacts("", "community_staff", None), beside)
        if st.form_submit_button(_("添加并生成链接"), type="primary", width="stretch"):
            with refused(beside):
                made = submit(invitations.invite, user, username, facts, clock_time())
                saved(NEW, _receipt(made, facts.name.strip()), _address(made))


def _receipt(made: Invitation, name: str) -> str:
    return _(
        "请把下面的链接发给“{name}”本人，由其设置密码。链接只显示这一次，{time}前有效，用过即失效。"
    ).format(name=_who(name, made.username), time=clock(made.until))


def _who(name: str, username: str) -> str:
    return _("{name}（{username}）").format(name=name, username=username)


def _address(made: Invitation) -> str:
    here = urlsplit(st.context.url or "")
    origin = f"{here.scheme}://{here.netloc}" if here.netloc else ""
    return f"{origin}/account/invite?token={made.token}"


def _places() -> dict[str, str]:
    return {"": _("（无）")} | {place.code: place.name for place in fetch(catalogue).communities}


def _fields(token: str, facts: PersonFacts, beside: Beside) -> PersonFacts:
    places, roles = _places(), list(ALLOWED)
    name = a_line(token, "name", _("姓名"), facts.name, beside)
    left, right = st.columns(2)
    role = left.selectbox(
        _("角色"),
        roles,
        roles.index(facts.role),
        format_func=role_label,
        key=retold(f"{token}-role"),
    )
    community = right.selectbox(
        _("所属社区（仅社区工作人员）"),
        list(places),
        list(places).index(facts.community or ""),
        format_func=places.__getitem__,
        key=retold(f"{token}-community"),
    )
    beside["role"], beside["community"] = left.empty(), right.empty()
    return PersonFacts(name, role, community or None)


def _words(facts: PersonFacts) -> dict[str, str]:
    return {
        _("姓名"): facts.name,
        _("角色"): role_label(facts.role),
        _("社区"): _places()[facts.community] if facts.community else "",
    }
