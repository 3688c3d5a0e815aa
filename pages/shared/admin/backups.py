"""The administrator's parts about backups: make one, the list, take one away, put one back."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared.access import clock_time
from pages.shared.admin.edit import table
from pages.shared.data import settings, submit
from pages.shared.filters import choose_one
from pages.shared.forms import refused, say
from pages.shared.text import clock
from services import backups
from services.backups import Backup
from services.formats import number
from services.i18n import _
from services.permissions import CurrentUser

FORM = "backups"


def on_a_server(url: str) -> None:
    """Where a server keeps the data, its own tool is the way."""
    st.info(
        _(
            "数据保存在 PostgreSQL 服务器上。请在能连接服务器的机器上运行下面的命令，"
            "用 pg_restore 恢复到一个新建的数据库。"
        ),
        icon=":material/dns:",
    )
    st.code(backups.dump_command(url), language=None, wrap_lines=True)


def make(user: CurrentUser) -> None:
    st.caption(_("备份时可以照常使用。备份含全部数据，请妥善保管，并定期下载到另一台机器。"))
    if st.button(_("立即备份"), type="primary", icon=":material/backup:"):
        bar = st.progress(0.0, _("正在备份和校验……"))
        with refused():
            made = backups.make(user, settings().database_url, clock_time(), bar.progress)
            submit(backups.note, user, "back_up", made.name, clock_time())
            say(FORM, _("已备份为 {name}，校验通过。").format(name=made.name))


def all_of_them(known: tuple[Backup, ...]) -> None:
    table(
        (_("文件"), _("时间"), _("大小"), _("校验值（SHA-256）")),
        [(one.name, clock(one.made_at), size(one.size), one.sha256) for one in known],
        _("还没有备份。请点“立即备份”。"),
    )


def size(count: int) -> str:
    return f"{number(count / 1_000_000, 1)} MB"


def one_backup(known: tuple[Backup, ...], user: CurrentUser) -> None:
    """Take a backup away, or put it into a new file."""
    chosen = choose_one(
        "backup", _("下载或恢复"), _("请选择一个备份"), {one.name: one.name for one in known}
    )
    if not chosen:
        return
    for name, label in ((chosen, _("下载备份")), (f"{chosen}.sha256", _("下载校验文件"))):
        st.link_button(
            label, f"/account/backups/{name}", width="stretch", icon=":material/download:"
        )
    if st.button(_("恢复为新文件"), width="stretch", icon=":material/restore:"):
        bar = st.progress(0.0, _("正在恢复和校验……"))
        with refused():
            _restored(chosen, user, bar)


def _restored(name: str, user: CurrentUser, bar: DeltaGenerator) -> None:
    url = settings().database_url
    backup = backups.find(user, url, name)
    file, new_url = backups.restore(user, url, backup, clock_time(), bar.progress)
    submit(backups.note, user, "restore_copy", f"{name} → {file.name}", clock_time())
    say(
        FORM,
        _(
            "已恢复为新文件 {name}，校验一致；现在的数据库没有改动。要改用它：停止程序，"
            "把 config.toml 中 [database] 的 url（或环境变量 MINYI_DATABASE_URL）"
            "改成下面一行，再启动。"
        ).format(name=file.name),
        f'url = "{new_url}"',
    )
