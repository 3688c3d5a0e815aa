"""Survey results come in: a wave with its scale, counted answers, published scores."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from db.engine import Session
from db.reads import respondents
from db.reads import survey as reads
from db.reads.uses import codes_ever
from db.writes import survey as writes
from db.writes.log import log_change, raise_version
from services.admin.edits import check_unused
from services.catalogue import catalogue
from services.entries import gathered, words
from services.errors import InvalidEntry, NotFound
from services.i18n import _
from services.permissions import CurrentUser, require
from services.satisfaction import OVERALL, SUBDISTRICT, Wave, line_up
from services.survey_answers import check_answers, check_n, check_score
from services.writing import author_of

LONGEST_LABEL, LONGEST_WORDING = 120, 40
MODES = ("telephone", "face_to_face", "online")
Counts = Mapping[str, Mapping[str, int]]  # community → option → answers


@dataclass(frozen=True)
class NewWave:
    """A survey round to be added. `scale` names one of config.toml's scales; None where no day was
    chosen."""

    label: str
    mode: str
    scale: str
    wording: str
    first_day: date | None
    last_day: date | None


def add_wave(
    session: Session,
    wave: NewWave,
    scales: Mapping[str, Any],
    user: CurrentUser,
    now: datetime,
    today: date,
) -> str:
    """Add a wave and return its code; from then on its scale is its own."""
    require(user, "record_survey")
    wave = checked_wave(session, wave, scales, today)
    known = {other.code for other in line_up(session, date.max)}
    known |= codes_ever(session, "survey_wave")
    code = next(
        code
        for number in range(1, len(known) + 2)
        if (code := f"w{wave.last_day:%Y%m%d}-{number}") not in known
    )
    columns = asdict(wave) | {"code": code}
    writes.add_wave(session, columns, scales[wave.scale]["options"])
    shown = {name: str(value) for name, value in columns.items()}
    log_change(session, author_of(user, now), "add", "survey_wave", code, after=shown)
    return code


def remove_wave(session: Session, code: str, reason: str, user: CurrentUser, now: datetime) -> None:
    """Take out a wave that was added by mistake; InvalidEntry once it has answers or scores."""
    require(user, "record_survey")
    raise_version(session)
    row = next((one for one in reads.waves(session) if one.code == code), None)
    if row is None:
        raise NotFound(_("没有这次调查，请重新选择。"))
    check_unused(session, "survey_wave", code)
    shown = {name: str(getattr(row, name)) for name in NewWave.__annotations__} | {"code": code}
    writes.remove_wave(session, code)
    log_change(session, author_of(user, now), "clear", "survey_wave", code, before=shown,
               reason=reason)  # fmt: skip


def checked_wave(
    session: Session, wave: NewWave, scales: Mapping[str, Any], today: date
) -> NewWave:
    """The wave in its kept spelling; InvalidEntry names the fields."""
    with gathered() as part:
        label = part(_label, session, wave.label)
        part(_check_way, wave, scales)
        part(_check_days, wave, today)
        wording = part(words, wave.wording, _("问卷版本"), LONGEST_WORDING, "wording")
    return replace(wave, label=label, wording=wording or "1")


def _label(session: Session, typed: str) -> str:
    label = words(typed, _("调查名称"), LONGEST_LABEL, "label")
    if not label:
        raise InvalidEntry(_("请填写调查名称，例如“2026年第三季度满意度调查”。"), "label")
    if any(other.label == label for other in line_up(session, date.max)):
        raise InvalidEntry(_("已经有同名的调查，请换一个名称。"), "label")
    return label


def _check_way(wave: NewWave, scales: Mapping[str, Any]) -> None:
    if wave.mode not in MODES:
        raise InvalidEntry(_("请选择调查方式。"), "mode")
    if wave.scale not in scales:
        raise InvalidEntry(_("请选择评分标准。"), "scale")


def _check_days(wave: NewWave, today: date) -> None:
    if wave.first_day is None or wave.last_day is None:
        missing = "first_day" if wave.first_day is None else "last_day"
        raise InvalidEntry(_("请选择开始日期和结束日期。"), missing)
    if wave.last_day < wave.first_day:
        raise InvalidEntry(_("结束日期不能早于开始日期。"), "last_day")
    if wave.last_day > today:
        raise InvalidEntry(_("调查还没有结束，请在结束后录入。"), "last_day")


def counted(session: Session, wave: str, subject: str) -> dict[str, dict[str, int]]:
    """The answers counted so far: community → option → answers."""
    found: dict[str, dict[str, int]] = {}
    for row in reads.tallies(session, [wave], (), [subject]).itertuples(index=False):
        found.setdefault(row.community, {})[row.option] = int(row.count)
    return found


def record_counts(
    session: Session, wave: str, subject: str, counts: Counts, user: CurrentUser, now: datetime
) -> int:
    """Write the counts of one question, community by community; how many communities changed.

    A community left out keeps what it had; one with no counts at all is cleared.
    """
    require(user, "record_survey")
    chosen = wave_of(session, wave)
    _known_subject(session, subject)
    if respondents.respondent_count(session, wave):
        raise InvalidEntry(_("这次调查的份数由逐份答卷合计而来，不能手工修改。"))
    before, lists = counted(session, wave, subject), catalogue(session)
    with gathered() as part:
        for community, answers in counts.items():
            part(check_answers, answers, chosen, lists.community(community))
    changed = 0
    for community, given in counts.items():
        if given == before.get(community, {}):
            continue
        writes.replace_tallies(session, wave, community, subject, given)
        log_change(
            session,
            author_of(user, now),
            "record",
            "survey_tally",
            f"{wave}/{community}/{subject}",
            before=before.get(community),
            after=given or None,
        )
        changed += 1
    if changed:
        writes.freeze(session, wave)
    return changed


def record_published(
    session: Session,
    wave: str,
    community: str,
    subject: str,
    score: Decimal,
    n: int,
    user: CurrentUser,
    now: datetime,
) -> None:
    """Write a score someone else published; community "" is the whole subdistrict."""
    require(user, "record_survey")
    known = wave_of(session, wave)
    _known_subject(session, subject)
    if community != SUBDISTRICT:
        catalogue(session).community(community)
    with gathered() as part:
        part(check_score, score, known)
        part(check_n, n)
    writes.put_published(session, wave, community, subject, score, n)
    log_change(
        session,
        author_of(user, now),
        "record",
        "published_score",
        f"{wave}/{community}/{subject}",
        after={"score": str(score), "n": n},
    )


def newest_first(session: Session) -> tuple[Wave, ...]:
    """All waves, the newest first."""
    return tuple(reversed(line_up(session, date.max)))


def wave_of(session: Session, code: str) -> Wave:
    for wave in line_up(session, date.max):
        if wave.code == code:
            return wave
    raise NotFound(_("没有这次调查，请重新选择。"))


def _known_subject(session: Session, subject: str) -> None:
    if subject != OVERALL:
        catalogue(session).domain(subject)
