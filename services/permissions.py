"""Who may do what, and for which community."""

from __future__ import annotations

from dataclasses import dataclass

from services.errors import NotPermitted
from services.i18n import _

OFFICIAL = "official"
COMMUNITY_STAFF = "community_staff"
OFFICE_STAFF = "office_staff"
ADMINISTRATOR = "administrator"

_ENTRY = frozenset({"enter_activity", "correct_activity", "void_activity"})
_FEEDBACK = frozenset({"see_feedback", "enter_feedback", "handle_feedback", "void_feedback"})
# What community staff may do for their own community only.
_OWN_COMMUNITY = (
    _ENTRY
    | _FEEDBACK
    | {
        "annotate_chart",
        "plan_activity",
        "report_commitment",
        "report_rectification",
    }
)
_OFFICE = _OWN_COMMUNITY | {
    "see",
    "approve_activity",
    "comment_meeting",
    "hold_meeting",
    "record_inspection",
    "record_survey",
}

ALLOWED = {
    # 副科级干部 lead inspections.
    OFFICIAL: frozenset({"see", "see_feedback", "comment_meeting", "record_inspection"}),
    COMMUNITY_STAFF: _OWN_COMMUNITY | {"see"},
    OFFICE_STAFF: _OFFICE,
    ADMINISTRATOR: _OFFICE | {"manage_users", "manage_catalogue"},
}


@dataclass(frozen=True)
class CurrentUser:
    """The person who is signed in. `community` is the own one of community staff, else None."""

    id: int
    username: str
    name: str
    role: str
    community: str | None
    language: str


def may(user: CurrentUser, action: str, community: str | None = None) -> bool:
    """Whether the person may do this: for `community`, or (None) for at least one of them."""
    if action not in ALLOWED[user.role]:
        return False
    own_only = user.role == COMMUNITY_STAFF and action in _OWN_COMMUNITY
    return not own_only or community in (None, user.community)


def require(user: CurrentUser, action: str, community: str | None = None) -> None:
    """NotPermitted unless the person may do this."""
    if may(user, action, community):
        return
    if may(user, action):
        raise NotPermitted(
            _("您只能填报、更正和作废本社区的活动。")
            if action in _ENTRY
            else _("您只能查看和办理本社区的事项。")
        )
    raise NotPermitted(_("您的角色不能进行此项操作。"))


def role_label(role: str) -> str:
    return {
        OFFICIAL: _("街道领导"),
        COMMUNITY_STAFF: _("社区工作人员"),
        OFFICE_STAFF: _("街道工作人员"),
        ADMINISTRATOR: _("系统管理员"),
    }[role]
