"""A checked file is taken over into a wave: whole or not at all, and never twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import repeat
from typing import Any

from db.engine import Session
from db.reads import respondents as reads
from db.writes import respondents as writes
from db.writes import survey as survey_writes
from db.writes.log import Author, log_change
from services.catalogue import catalogue
from services.errors import InvalidEntry
from services.i18n import _
from services.imports.check import Checked, check_respondents
from services.imports.plan import (
    AGE,
    COMMUNITY,
    COUNTS,
    DAY,
    INTERVIEWER,
    OUTCOME,
    RESPONDENTS,
    SEX,
    WEIGHT,
    Plan,
    plan_of,
)
from services.imports.sheet import Sheet
from services.imports.totals import CheckedTotals, check_totals
from services.permissions import CurrentUser, require
from services.satisfaction import Wave
from services.satisfaction.estimates import keep
from services.satisfaction.weights import weighting_sentence
from services.surveys import wave_of
from services.writing import author_of

ADD, REPLACE = "add", "replace"
Progress = Callable[[float], None]


@dataclass(frozen=True, eq=False)
class Upload:
    """A file, the wave it belongs to, what its rows are and what its columns mean."""

    kind: str
    wave: str
    sheet: Sheet
    plan: Plan


@dataclass(frozen=True)
class Choice:
    """What to do with what is in the wave already; `keep_same` takes over rows that are the same
    in everything as one there, as other people."""

    how: str = ADD
    keep_same: bool = False


@dataclass(frozen=True)
class Receipt:
    """`skipped` rows were there already; `changed` is False if the file as a whole was."""

    accepted: int
    skipped: int
    refused: int
    changed: bool = True
    weighting: str = ""


def check(session: Session, upload: Upload, user: CurrentUser) -> Checked | CheckedTotals:
    """What of the file can be taken over. InvalidEntry if the plan itself cannot be."""
    require(user, "record_survey")
    wave, lists = wave_of(session, upload.wave), catalogue(session)
    if upload.kind == RESPONDENTS:
        return check_respondents(upload.sheet, upload.plan, wave, lists)
    return check_totals(upload.sheet, upload.plan, upload.kind, wave, lists)


def has_results(session: Session, wave: str) -> bool:
    """Whether the wave holds anything yet, so that it is to be asked: add or replace."""
    return reads.has_results(session, wave)


def already_there(session: Session, wave: str, checked: Checked) -> int:
    """How many of the rows the wave has."""
    known = reads.row_keys(session, wave)
    return sum(key in known for key in checked.keys)


def saved_plan(session: Session, kind: str, sheet: Sheet) -> Plan | None:
    """What these columns meant the last time."""
    found = reads.column_mapping(session, sheet.columns_sha256, kind)
    return plan_of(found.mapping) if found else None


def record(
    session: Session,
    upload: Upload,
    choice: Choice,
    user: CurrentUser,
    now: datetime,
    progress: Progress = lambda _share: None,
) -> Receipt:
    """Take the file over; the same file, read the same way, changes nothing.

    InvalidEntry: nothing to take over, or it does not go with what the wave holds.
    """
    require(user, "record_survey")
    wave = wave_of(session, upload.wave)
    writes.lock_wave(session, wave.code)
    if _is_there(session, upload, choice):
        return Receipt(0, upload.sheet.rows, 0, changed=False)
    checked = check(session, upload, user)
    if not checked.accepted:
        raise InvalidEntry(_("没有一行可以导入，请查看各行的原因。"))
    progress(0.1)
    if choice.how == REPLACE:
        writes.clear(session, wave.code)
    number = _note(session, upload, checked, choice, author_of(user, now))
    if isinstance(checked, CheckedTotals):
        _write_totals(session, upload, checked)
        return Receipt(checked.accepted, 0, checked.refused)
    return _write_respondents(session, wave, checked, choice, number, progress)


def _is_there(session: Session, upload: Upload, choice: Choice) -> bool:
    """Whether the wave holds just this already. InvalidEntry if it would be there twice."""
    kind, wave = upload.kind, upload.wave
    current = [row for row in reads.imports(session, wave) if not row.replaced]
    same = [row for row in current if (row.sha256, row.kind) == (upload.sheet.sha256, kind)]
    if any(row.mapping == upload.plan.stored() for row in same):
        # Sums can have been corrected by hand since then.
        return choice.how == ADD or (kind == RESPONDENTS and len(current) == 1)
    if choice.how == REPLACE:
        return False
    if same:
        raise InvalidEntry(_("这个文件已经导入过。要改变各列的对应关系，请选择“替换”。"), "how")
    people = reads.respondent_count(session, wave)
    if kind == RESPONDENTS and not people and reads.has_results(session, wave):
        raise InvalidEntry(
            _("这次调查已经有合计份数或得分，不能再追加逐份答卷。要换成逐份答卷，请选择“替换”。"),
            "how",
        )
    if kind == COUNTS and people:
        raise InvalidEntry(
            _("这次调查已经有逐份答卷，不能再追加合计份数。要换成合计份数，请选择“替换”。"), "how"
        )
    return False


def _note(
    session: Session,
    upload: Upload,
    checked: Checked | CheckedTotals,
    choice: Choice,
    author: Author,
) -> int:
    """Note the file, freeze the scale, keep the plan, write the log; the import's number."""
    facts = {
        "kind": upload.kind,
        "sha256": upload.sheet.sha256,
        "rows": upload.sheet.rows,
        "accepted": checked.accepted,
        "refused": checked.refused,
    }
    stored = upload.plan.stored()
    number = writes.add_import(session, upload.wave, author, facts | {"mapping": stored}).id
    survey_writes.freeze(session, upload.wave)
    writes.keep_mapping(session, upload.sheet.columns_sha256, upload.kind, stored, author)
    after = facts | {"how": choice.how, "wave": upload.wave}
    log_change(session, author, "import", "survey_import", str(number), after=after)
    return number


def _write_totals(session: Session, upload: Upload, checked: CheckedTotals) -> None:
    for total in checked.totals:
        place = (upload.wave, total.community, total.subject)
        if upload.kind == COUNTS:
            survey_writes.replace_tallies(session, *place, total.counts)
        else:
            survey_writes.put_published(session, *place, total.score, total.n)


def _write_respondents(
    session: Session, wave: Wave, checked: Checked, choice: Choice, number: int, progress: Progress
) -> Receipt:
    known = reads.row_keys(session, wave.code)
    keys = _free_keys(checked.keys, known) if choice.keep_same else checked.keys
    fresh = [place for place, key in enumerate(keys) if key not in known]
    first = reads.last_number(session, wave.code) + 1
    if writes.UNPLACED in checked.facts[COMMUNITY]:
        writes.add_unplaced(session)
    writes.add_respondents(session, _people(wave.code, checked, keys, fresh, first, number))
    progress(0.3)
    asked = list(checked.plan.questions.items())
    options = [option.code for option in wave.options]
    for done, (question, (column, _subject)) in enumerate(
        zip(writes.add_questions(session, wave.code, asked), asked, strict=True), start=1
    ):
        chosen = checked.answers[column][fresh].tolist()
        rows = (
            (question, first + place, options[option])
            for place, option in enumerate(chosen)
            if option >= 0
        )
        writes.add_answers(session, rows)
        progress(0.3 + 0.5 * done / len(asked))
    weighting = keep(session, wave.code)
    progress(1.0)
    return Receipt(
        len(fresh), len(keys) - len(fresh), checked.refused, True, weighting_sentence(weighting)
    )


def _people(
    wave: str, checked: Checked, keys: list[str], fresh: list[int], first: int, number: int
) -> Iterator[tuple[Any, ...]]:
    """Rows of respondents in the order of the table."""
    facts = checked.facts
    blanks = {WEIGHT: None, DAY: None, OUTCOME: "", SEX: "", AGE: "", INTERVIEWER: ""}
    columns = [
        facts[COMMUNITY],
        *(facts.get(role, repeat(blank, len(keys))) for role, blank in blanks.items()),
    ]
    wanted = set(fresh)
    running = first
    for place, (key, community, weight, day, *words) in enumerate(
        zip(keys, *columns, strict=False)
    ):
        if place in wanted:
            shown = day.isoformat() if isinstance(day, date) else None
            yield wave, running, key, number, community, weight, shown, *words
            running += 1


def _free_keys(keys: list[str], known: set[str]) -> list[str]:
    """Keys under which the same row can stand once more."""
    taken = set(known)
    free = []
    for key in keys:
        digest, number = key.partition("-")[0], 1
        while key in taken:
            number += 1
            key = f"{digest}-{number}"
        taken.add(key)
        free.append(key)
    return free
