"""What the batch grid says, in the page's language."""

from __future__ import annotations

from typing import Any

from services.i18n import _


def words(approval: bool) -> dict[str, Any]:
    """The grid's texts; {names} are filled in by the browser.

    approval: without it what is submitted counts at once, and nobody has approved it.
    """
    return {
        "table": _("这个月的活动，一行一场"),
        "state": _("状态"),
        "total": _("合计"),
        "cell": _("第 {row} 行 {column}"),
        "rows": _("{count} 行"),
        "blank": _("（空白）"),
        "loading": _("正在读取…"),
        "empty": _("从 Excel 复制后直接粘贴，或从第一行开始填；每一格都会立即保存。"),
        "recent": _("最近用过"),
        "saving": _("正在保存"),
        "unsaved": _("未保存"),
        "waiting": _("还有 {count} 格未保存，请不要关闭页面。"),
        "signIn": _("在新窗口登录"),
        "undo": _("撤销"),
        "remove": _("移除这一行"),
        "removed": _("已移除第 {row} 行，点“撤销”可以取回。"),
        "gone": _("第 {row} 行刚刚被别人移除了，内容还在；点“撤销”可以取回。"),
        "missing": _("还没有填：{columns}。"),
        "locked": _("已提交的记录不能在这里移除；要作废，请打开记录。"),
        "reason": _("退回原因"),
        "also": _("、"),
        "states": _states() | ({} if approval else {"approved": _("已提交")}),
        "links": _links(),
        "troubles": _troubles(),
        **_about_two_texts(),
        **_about_odd_figures(),
        **_about_submitting(),
        **_about_filling(),
        "helpTitle": _("键盘操作"),
        "help": _help(),
    }


def _states() -> dict[str, str]:
    return {
        "draft": _("未填完"),
        "invalid": _("有问题"),
        "ask": _("请确认"),
        "ready": _("可提交"),
        "submitted": _("已提交"),
        "approved": _("已审核"),
        "returned": _("已退回"),
        "void": _("已作废"),
        "conflict": _("有冲突"),
    }


def _links() -> dict[str, str]:
    return {
        "ok": _("✓ 已保存"),
        "saving": _("正在保存…"),
        "offline": _("未保存"),
        "signed-out": _("未保存"),
        "refused": _("未保存"),
    }


def _troubles() -> dict[str, str]:
    return {
        "offline": _("连不上服务器，正在不断重试；可以继续填。"),
        "signed-out": _("登录已失效，请在新窗口登录，这一页的内容会保留并自动保存。"),
        "refused": _("有内容没能保存，请看各行的说明。"),
    }


def _about_two_texts() -> dict[str, str]:
    return {
        "clash": _("{column}：现在是“{now}”，{others}。保留哪一个？"),
        "typedBy": _("{name}填的是“{text}”"),
        "typedByYou": _("您填的是“{text}”"),
        "keepNow": _("保留现在的"),
        "mine": _("保留我填的"),
        "takeOf": _("用{name}填的"),
        "late": _("{column}：已按“{now}”提交；{others}，没有记入。"),
        "letGo": _("知道了"),
    }


def _about_odd_figures() -> dict[str, Any]:
    return {
        "ask": _("确认无误？"),
        "unsure": _("撤回确认"),
        "confirmed": _("已确认无误"),
        "confirmedRow": _("已确认，可以提交。"),
        "follow": _("或写明要跟进的事，提交后列入待办"),
        "labels": {"follow": _("跟进事项"), "host": _("社区")},
    }


def _about_submitting() -> dict[str, str]:
    return {
        "submit": _("提交 {count} 行"),
        "submitNone": _("提交"),
        "submitting": _("正在提交：{done}／{all} 行…"),
        "submittedAll": _("已提交 {done} 行。"),
        "submittedSome": _("已提交 {done} 行，还有 {left} 行没有提交，原因写在行下。"),
        "submitCut": _("提交时断线了。已提交的不会重复，其余仍是草稿；恢复后请再按一次“提交”。"),
        "saveFirst": _("还有内容没有保存，等保存之后再提交。"),
    }


def _about_filling() -> dict[str, str]:
    return {
        "pasted": _("已粘贴 {rows} 行、{cells} 格。"),
        "unknown": _("没有认出这些列，已略过：{columns}。"),
        "merged": _("合并单元格里的数字只填在第一行，其余各行请核对。"),
        "full": _(
            "一个月最多 {most} 行，现在有 {there} 行，放不下另外 {rows} 行，所以一行也没有填入。"
            "请减少行数、分到别的月份，或用“导入表格”。"
        ),
        "addRow": _("加一行"),
        "likeLast": _("照上月填"),
        "filled": _("已按上月填入 {rows} 行，日期和数量请您填写。"),
        "noLast": _("上个月没有记录。"),
    }


def _help() -> list[tuple[str, str]]:
    return [
        ("Enter ↑ ↓ ← → Tab", _("移到别的格")),
        ("F2", _("在格内移动光标")),
        ("Esc", _("恢复这一格原来的内容")),
        ("Ctrl+V", _("粘贴 Excel 中的一块，带不带表头都可以")),
        ("Shift+↑↓←→", _("选中一块，再按 Ctrl+C 复制、Ctrl+D 向下填充")),
        ("Ctrl+Z", _("撤销上一步")),
        ("Alt+↓", _("打开列表")),
        ("Ctrl+Delete", _("移除这一行")),
        ("Alt+Enter", _("确认这一行无误")),
        ("Ctrl+Enter", _("提交")),
    ]
