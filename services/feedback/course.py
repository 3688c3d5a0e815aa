"""The course of a voice: its states, the steps between them, and what they are called."""

from __future__ import annotations

from services.i18n import _

RECEIVED, ASSIGNED, RESOLVED, CLOSED, VOID = "received", "assigned", "resolved", "closed", "void"
OPEN = (RECEIVED, ASSIGNED)
STATES = (RECEIVED, ASSIGNED, RESOLVED, CLOSED, VOID)

# The states in which each step may be taken; a void one stays in its state until it is restored.
STEPS = {
    "assign": (RECEIVED, ASSIGNED),
    "resolve": (ASSIGNED,),
    "call_back": (RESOLVED,),
    "reopen": (CLOSED,),
    "void": (RECEIVED, ASSIGNED, RESOLVED, CLOSED),
    "restore": (VOID,),
}
# What a call-back came to, and the state after it.
VERDICTS = {
    "satisfied": CLOSED,
    "unsatisfied": CLOSED,
    "not_resolved": ASSIGNED,
    "not_reached": RESOLVED,
}


def asks_due(action: str, verdict: str = "") -> bool:
    """Whether the step must say until when the voice is to be handled."""
    return action in ("assign", "reopen") or (action, verdict) == ("call_back", "not_resolved")


def state_label(state: str) -> str:
    return {
        RECEIVED: _("待交办"),
        ASSIGNED: _("办理中"),
        RESOLVED: _("待回访"),
        CLOSED: _("已办结"),
        VOID: _("已作废"),
    }[state]


def verdict_label(verdict: str) -> str:
    return {
        "satisfied": _("已解决，满意"),
        "unsatisfied": _("已解决，不满意"),
        "not_resolved": _("未解决，重新办理"),
        "not_reached": _("没有联系上"),
    }[verdict]


def action_label(action: str) -> str:
    return {
        "submit": _("登记"),
        "assign": _("交办"),
        "resolve": _("办理完毕"),
        "call_back": _("回访"),
        "reopen": _("重新办理"),
        "void": _("作废"),
        "restore": _("恢复"),
        "reveal": _("查看完整号码"),
        "correct": _("更正内容"),
    }[action]
