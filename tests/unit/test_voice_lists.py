"""Topics and channels of voices, as administrators keep them; voices keep what they were told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from db.engine import Session
from services import feedback
from services.admin import voice_lists
from services.admin.edits import fingerprint
from services.admin.list_facts import VoiceFacts
from services.errors import Conflict, InvalidEntry, NotFound, NotPermitted
from services.log.history import history
from services.permissions import CurrentUser

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
NEW = VoiceFacts("课后服务", "After school", 1, True)


def change_topic(session: Session, by: CurrentUser, code: str, **changes: object) -> None:
    known = voice_lists.topics(session, by, "education")[code]
    typed = replace(known, **changes)  # type: ignore[arg-type]
    voice_lists.change_topic(session, by, code, typed, fingerprint(known), NOW)


def test_a_new_topic_comes_last_in_its_domain_and_is_offered(
    session: Session, admin: CurrentUser
) -> None:
    code = voice_lists.add_topic(session, admin, "education", NEW, NOW)
    assert list(voice_lists.topics(session, admin, "education"))[-1] == code == "topic_001"
    topic = feedback.lists(session).topic(code)
    assert (topic.label, topic.domain, topic.active) == ("课后服务", "education", True)


def test_a_topic_is_renamed_moved_and_closed_and_its_history_says_so(
    session: Session, admin: CurrentUser
) -> None:
    change_topic(session, admin, "bullying", label="欺凌", position=1)
    change_topic(session, admin, "bullying", active=False)
    assert next(iter(voice_lists.topics(session, admin, "education"))) == "bullying"
    assert not feedback.lists(session).topic("bullying").active
    lines = history(session, "feedback_topic", ("bullying",), admin)
    assert [line.action for line in lines] == ["更改", "停用"]
    assert lines[0].name == "欺凌"
    assert "名称：校园欺凌 → 欺凌" in lines[0].differences


def test_channels_are_kept_in_the_same_way(session: Session, admin: CurrentUser) -> None:
    code = voice_lists.add_channel(session, admin, NEW, NOW)
    known = voice_lists.channels(session, admin)
    assert list(known)[-1] == code == "channel_001"
    facts = replace(known[code], label="书记信箱", position=1)
    voice_lists.change_channel(session, admin, code, facts, fingerprint(known[code]), NOW)
    assert next(iter(voice_lists.channels(session, admin).values())).label == "书记信箱"
    with pytest.raises(Conflict):
        voice_lists.change_channel(session, admin, code, facts, fingerprint(known[code]), NOW)


@pytest.mark.parametrize(
    "act",
    [
        lambda session, by: voice_lists.add_topic(session, by, "weather", NEW, NOW),
        lambda session, by: voice_lists.add_topic(
            session, by, "education", replace(NEW, label=" "), NOW
        ),
        lambda session, by: voice_lists.add_topic(
            session, by, "education", replace(NEW, label="校园欺凌"), NOW
        ),
        lambda session, by: voice_lists.add_channel(session, by, replace(NEW, label="热线"), NOW),
        lambda session, by: voice_lists.change_topic(session, by, "rain", NEW, "", NOW),
        lambda session, by: voice_lists.change_channel(session, by, "rain", NEW, "", NOW),
    ],
)
def test_what_cannot_be_is_refused(
    session: Session, admin: CurrentUser, act: Callable[[Session, CurrentUser], object]
) -> None:
    with pytest.raises((InvalidEntry, NotFound)):
        act(session, admin)


@pytest.mark.parametrize("role", ["official", "community_staff", "office_staff"])
def test_only_administrators_keep_them(session: Session, role: str) -> None:
    by = CurrentUser(1, "x", "某", role, "c01" if role == "community_staff" else None, "zh")
    for act in (
        lambda: voice_lists.topics(session, by, "education"),
        lambda: voice_lists.channels(session, by),
        lambda: voice_lists.add_topic(session, by, "education", NEW, NOW),
        lambda: voice_lists.add_channel(session, by, NEW, NOW),
        lambda: voice_lists.change_topic(session, by, "bullying", NEW, "", NOW),
        lambda: voice_lists.change_channel(session, by, "hot_line", NEW, "", NOW),
    ):
        with pytest.raises(NotPermitted):
            act()
