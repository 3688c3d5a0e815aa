"""The catalogue as sheets: types, measures, partner kinds, groups, what voices are sorted by."""

from __future__ import annotations

from functools import partial

from db.engine import Session
from db.reads import catalogue as reads
from services.admin import group_lists, lists, voice_lists
from services.admin.list_checks import checked_label
from services.admin.list_facts import (
    MORE_WORDS,
    GroupFacts,
    MeasureFacts,
    PartnerFacts,
    TypeFacts,
    VoiceFacts,
)
from services.admin.list_words import better_labels, rhythm_labels, weekday_labels
from services.catalogue import population_groups
from services.i18n import _, named
from services.permissions import CurrentUser
from services.workbook.lists.cells import Field, Words, decimal, one_of
from services.workbook.lists.entries import DOMAIN, Entries, Kept, domain, listing, names, state


def _types(session: Session, user: CurrentUser) -> Kept:
    kept = lists.lists(session, user)
    return Kept(kept.types, partial(lists.checked_type, kept), kept.domain_of)


def _measures(session: Session, user: CurrentUser) -> Kept:
    kept = lists.lists(session, user)
    return Kept(kept.measures, partial(lists.checked_measure, kept), kept.domain_of)


def _partners(session: Session, user: CurrentUser) -> Kept:
    known = lists.lists(session, user).partner_kinds
    return Kept(known, lambda _domain, code, facts: checked_label(facts, known, code))


def _groups(session: Session, user: CurrentUser) -> Kept:
    known = group_lists.groups_kept(session, user)
    check = partial(group_lists.checked_group, session, known)
    return Kept(known, lambda _domain, code, facts: check(code, facts))


def _topics(session: Session, user: CurrentUser) -> Kept:
    kept = voice_lists.all_topics(session, user)
    return Kept(kept.entries, kept.checked, kept.domain_of)


def _channels(session: Session, user: CurrentUser) -> Kept:
    known = voice_lists.channels(session, user)
    return Kept(known, lambda _domain, code, facts: checked_label(facts, known, code))


_TYPES = Entries("activity_type", TypeFacts, _types, lists.add_type, lists.change_type)
_MEASURES = Entries("measure", MeasureFacts, _measures, lists.add_measure, lists.change_measure)
_PARTNERS = Entries(
    "partner_kind",
    PartnerFacts,
    _partners,
    lambda session, user, _domain, facts, now: lists.add_partner_kind(
        session, user, facts.label, facts.label_en, now
    ),
    lists.change_partner_kind,
    lists.remove_partner_kind,
    lambda session, user, code, facts, now: lists.add_partner_kind(
        session, user, facts.label, facts.label_en, now, code
    ),
)
_GROUPS = Entries(
    "population_group",
    GroupFacts,
    _groups,
    lambda session, user, _domain, facts, now: group_lists.add_group(session, user, facts, now),
    group_lists.change_group,
)
_TOPICS = Entries(
    "feedback_topic", VoiceFacts, _topics, voice_lists.add_topic, voice_lists.change_topic
)
_CHANNELS = Entries(
    "feedback_channel",
    VoiceFacts,
    _channels,
    lambda session, user, _domain, facts, now: voice_lists.add_channel(session, user, facts, now),
    voice_lists.change_channel,
)


def _type_fields(session: Session) -> tuple[Field, ...]:
    rows = reads.measures(session)
    offers = Words(lambda: {row.code: named(row.label, row.label_en) for row in rows})
    return (
        domain(session),
        *names(),
        one_of("rhythm", lambda: _("开展频率"), rhythm_labels),
        one_of("weekday", lambda: _("星期"), weekday_labels, empty=None),
        Field("offers", lambda: _("填报的指标"), "several", 40, offers.read_several,
              offers.say_several, ()),
        state(),
    )  # fmt: skip


def _measure_fields(session: Session) -> tuple[Field, ...]:
    rows = reads.units(session)
    units = {row.code: row for row in rows}
    return (
        domain(session),
        *names(),
        one_of("unit_code", lambda: _("单位"),
               lambda: {code: named(row.label, row.label_en) for code, row in units.items()}),
        Field("definition", lambda: _("定义"), width=40),
        Field("definition_en", lambda: _("英文定义"), width=40),
        Field("counter", lambda: _("量词")),
        one_of("more_word", lambda: _("约数用词"), lambda: {word: word for word in MORE_WORDS},
               empty=MORE_WORDS[0]),
        one_of("population_group", lambda: _("对应人群"),
               lambda: {"": ""} | _whom(session), empty=""),
        one_of("better", lambda: _("好坏方向"), better_labels, empty=""),
        decimal("least", lambda: _("一次最少")),
        decimal("most", lambda: _("一次最多")),
        state(),
    )  # fmt: skip


def _whom(session: Session) -> dict[str, str]:
    """Closed ones too: a measure that is out of use keeps its own."""
    return {one.code: one.label for one in population_groups(session)}


def _partner_fields(_session: Session) -> tuple[Field, ...]:
    return names()


def _topic_fields(session: Session) -> tuple[Field, ...]:
    return (domain(session), *names(), state())


def _plain_fields(_session: Session) -> tuple[Field, ...]:
    return (*names(), state())


LISTINGS = (
    listing("types", lambda: _("活动类型"), (DOMAIN, "label"), _type_fields, _TYPES),
    listing("measures", lambda: _("指标"), (DOMAIN, "label"), _measure_fields, _MEASURES),
    listing("partners", lambda: _("参与力量"), ("label",), _partner_fields, _PARTNERS),
    listing("groups", lambda: _("人群"), ("label",), _plain_fields, _GROUPS),
    listing("topics", lambda: _("民声问题"), (DOMAIN, "label"), _topic_fields, _TOPICS),
    listing("channels", lambda: _("民声来源渠道"), ("label",), _plain_fields, _CHANNELS),
)
