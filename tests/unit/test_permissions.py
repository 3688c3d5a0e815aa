"""Who may do what: the whole table, written out."""

from __future__ import annotations

import pytest

from services.errors import NotPermitted
from services.permissions import ALLOWED, CurrentUser, may, require

# For each role and action: own community, another community, no community named.
MATRIX = """
role             action            own  other  none
official         see               yes  yes    yes
official         enter_activity    no   no     no
official         correct_activity  no   no     no
official         void_activity     no   no     no
official         see_feedback      yes  yes    yes
official         enter_feedback    no   no     no
official         handle_feedback   no   no     no
official         void_feedback     no   no     no
official         report_commitment no   no     no
official         annotate_chart    no   no     no
official         record_inspection yes  yes    yes
official         report_rectification no   no     no
official         plan_activity     no   no     no
official         approve_activity  no   no     no
official         record_survey     no   no     no
official         hold_meeting      no   no     no
official         comment_meeting   yes  yes    yes
official         manage_users      no   no     no
official         manage_catalogue  no   no     no
community_staff  see               yes  yes    yes
community_staff  enter_activity    yes  no     yes
community_staff  correct_activity  yes  no     yes
community_staff  void_activity     yes  no     yes
community_staff  see_feedback      yes  no     yes
community_staff  enter_feedback    yes  no     yes
community_staff  handle_feedback   yes  no     yes
community_staff  void_feedback     yes  no     yes
community_staff  report_commitment yes  no     yes
community_staff  annotate_chart    yes  no     yes
community_staff  record_inspection no   no     no
community_staff  report_rectification yes  no     yes
community_staff  plan_activity     yes  no     yes
community_staff  approve_activity  no   no     no
community_staff  record_survey     no   no     no
community_staff  hold_meeting      no   no     no
community_staff  comment_meeting   no   no     no
community_staff  manage_users      no   no     no
community_staff  manage_catalogue  no   no     no
office_staff     see               yes  yes    yes
office_staff     enter_activity    yes  yes    yes
office_staff     correct_activity  yes  yes    yes
office_staff     void_activity     yes  yes    yes
office_staff     see_feedback      yes  yes    yes
office_staff     enter_feedback    yes  yes    yes
office_staff     handle_feedback   yes  yes    yes
office_staff     void_feedback     yes  yes    yes
office_staff     report_commitment yes  yes    yes
office_staff     annotate_chart    yes  yes    yes
office_staff     record_inspection yes  yes    yes
office_staff     report_rectification yes  yes    yes
office_staff     plan_activity     yes  yes    yes
office_staff     approve_activity  yes  yes    yes
office_staff     record_survey     yes  yes    yes
office_staff     hold_meeting      yes  yes    yes
office_staff     comment_meeting   yes  yes    yes
office_staff     manage_users      no   no     no
office_staff     manage_catalogue  no   no     no
administrator    see               yes  yes    yes
administrator    enter_activity    yes  yes    yes
administrator    correct_activity  yes  yes    yes
administrator    void_activity     yes  yes    yes
administrator    see_feedback      yes  yes    yes
administrator    enter_feedback    yes  yes    yes
administrator    handle_feedback   yes  yes    yes
administrator    void_feedback     yes  yes    yes
administrator    report_commitment yes  yes    yes
administrator    annotate_chart    yes  yes    yes
administrator    record_inspection yes  yes    yes
administrator    report_rectification yes  yes    yes
administrator    plan_activity     yes  yes    yes
administrator    approve_activity  yes  yes    yes
administrator    record_survey     yes  yes    yes
administrator    hold_meeting      yes  yes    yes
administrator    comment_meeting   yes  yes    yes
administrator    manage_users      yes  yes    yes
administrator    manage_catalogue  yes  yes    yes
"""

ROWS = [line.split() for line in MATRIX.strip().splitlines()[1:]]
CASES = [
    (role, action, community, answer == "yes")
    for role, action, *answers in ROWS
    for community, answer in zip(("c01", "c02", None), answers, strict=True)
]


def person(role: str) -> CurrentUser:
    community = "c01" if role == "community_staff" else None
    return CurrentUser(1, "someone", "某人", role, community, "zh")


@pytest.mark.parametrize(("role", "action", "community", "allowed"), CASES)
def test_a_role_may_do_exactly_what_the_table_says(
    role: str, action: str, community: str | None, allowed: bool
) -> None:
    assert may(person(role), action, community) is allowed
    if allowed:
        require(person(role), action, community)
    else:
        with pytest.raises(NotPermitted):
            require(person(role), action, community)


def test_the_table_knows_every_role_and_every_action() -> None:
    actions = set().union(*ALLOWED.values())
    assert {(role, action) for role, action, *_ in ROWS} == {
        (role, action) for role in ALLOWED for action in actions
    }


def test_the_refusal_says_whether_the_role_or_the_community_is_the_reason() -> None:
    with pytest.raises(NotPermitted, match="本社区"):
        require(person("community_staff"), "void_activity", "c02")
    with pytest.raises(NotPermitted, match="办理本社区的事项"):
        require(person("community_staff"), "handle_feedback", "c02")
    with pytest.raises(NotPermitted, match="角色"):
        require(person("official"), "void_activity", "c02")


def test_a_misspelt_action_is_allowed_to_nobody() -> None:
    assert not any(may(person(role), "enter_activty") for role in ALLOWED)
