"""What voices are sorted by, as an administrator keeps it: topics by domain, and channels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from db.engine import Session
from db.reads import catalogue as places
from db.reads import feedback as reads
from services.admin import edits
from services.admin.list_checks import checked_label
from services.admin.list_facts import VoiceFacts
from services.errors import InvalidEntry, NotFound
from services.i18n import _
from services.permissions import CurrentUser, require

TOPIC, CHANNEL = "feedback_topic", "feedback_channel"
Entries = Mapping[str, VoiceFacts]  # code → entry, in order, what is out of use included


@dataclass(frozen=True)
class Topics:
    """The topics of all domains, by code, each with its rank within its own."""

    entries: Entries
    domain_of: Mapping[str, str]

    def of(self, domain: str) -> Entries:
        return {code: one for code, one in self.entries.items() if self.domain_of[code] == domain}

    def checked(self, domain: str, code: str, facts: VoiceFacts) -> VoiceFacts:
        """The facts as they are kept; `code` "": of a new topic. InvalidEntry names the field."""
        return checked_label(facts, self.of(domain), code)


def topics(session: Session, user: CurrentUser, domain: str) -> Entries:
    """The topics of a domain. NotPermitted for all but administrators; so the others."""
    return all_topics(session, user).of(domain)


def all_topics(session: Session, user: CurrentUser) -> Topics:
    """Domain by domain, in their order."""
    require(user, "manage_catalogue")
    rows, order = reads.topics(session), [row.code for row in places.domains(session)]
    ranked: dict[str, VoiceFacts] = {}
    for domain in order:
        ranked |= _ranked([row for row in rows if row.domain_code == domain])
    return Topics(ranked, {row.code: row.domain_code for row in rows})


def channels(session: Session, user: CurrentUser) -> Entries:
    require(user, "manage_catalogue")
    return _ranked(reads.channels(session))


def add_topic(
    session: Session, user: CurrentUser, domain: str, facts: VoiceFacts, now: datetime
) -> str:
    """Add a topic at the end of its domain; its code."""
    edits.begin(session, user)
    if domain not in {row.code for row in places.domains(session)}:
        raise InvalidEntry(_("没有这个服务领域，请重新选择。"), "domain")
    known = all_topics(session, user)
    checked = known.checked(domain, "", facts)
    code = edits.new_code("topic_", known.entries)
    return edits.add(session, user, now, TOPIC, code, checked, domain_code=domain)


def change_topic(
    session: Session, user: CurrentUser, code: str, facts: VoiceFacts, seen: str, now: datetime
) -> None:
    """Rename, move, close or reopen a topic; the voices sorted under it stay under it."""
    edits.begin(session, user)
    kept = all_topics(session, user)
    domain = kept.domain_of.get(code)
    if domain is None:
        raise NotFound(_("目录中没有这一项，请刷新页面。"))
    checked, known = kept.checked(domain, code, facts), kept.of(domain)
    edits.change(session, user, now, TOPIC, code, known[code], checked, seen, list(known))


def add_channel(session: Session, user: CurrentUser, facts: VoiceFacts, now: datetime) -> str:
    edits.begin(session, user)
    known = channels(session, user)
    code = edits.new_code("channel_", known)
    return edits.add(session, user, now, CHANNEL, code, checked_label(facts, known, ""))


def change_channel(
    session: Session, user: CurrentUser, code: str, facts: VoiceFacts, seen: str, now: datetime
) -> None:
    edits.begin(session, user)
    known = channels(session, user)
    if code not in known:
        raise NotFound(_("目录中没有这一项，请刷新页面。"))
    checked = checked_label(facts, known, code)
    edits.change(session, user, now, CHANNEL, code, known[code], checked, seen, list(known))


def _ranked(rows: reads.Sorted) -> Entries:
    return {
        row.code: VoiceFacts(row.label, row.label_en, rank, row.active)
        for rank, row in enumerate(rows, start=1)
    }
