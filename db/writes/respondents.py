"""Write a wave's questions, respondents, answers and estimates, and what files they came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from db.models import (
    Answer,
    ColumnMapping,
    Community,
    PublishedScore,
    Respondent,
    Subdistrict,
    SurveyDriver,
    SurveyEstimate,
    SurveyFinding,
    SurveyImport,
    SurveyMargin,
    SurveyQuestion,
    SurveyTally,
    SurveyWave,
)
from db.writes.bulk import insert_rows
from db.writes.log import Author

# The community of those who did not say theirs: closed, so that nobody can choose it elsewhere.
UNPLACED = "unplaced"

RESPONDENT_COLUMNS = (
    "wave_code", "number", "row_key", "import_id", "community_code", "weight", "day", "outcome",
    "sex", "age_group", "interviewer",
)  # fmt: skip
ESTIMATE_COLUMNS = (
    "wave_code", "community_code", "subject", "basis", "n_total", "n", "dont_know_rate", "score",
    "score_se", "df", "share", "share_se", "n_eff", "deff", "asked", "weight_total", "weight",
    "score_cross", "share_cross",
)  # fmt: skip


def lock_wave(session: Session, wave: str) -> None:
    """Let nobody else write this wave's answers until the transaction ends."""
    session.execute(select(SurveyWave.code).where(SurveyWave.code == wave).with_for_update()).one()


def add_import(
    session: Session, wave: str, author: Author, columns: Mapping[str, Any]
) -> SurveyImport:
    """Note a file that is taken over, under a number of its own."""
    row = SurveyImport(
        wave_code=wave, user_id=author.user_id, user_name=author.name, at=author.at, **columns
    )
    session.add(row)
    session.flush()
    return row


def clear(session: Session, wave: str) -> None:
    """Take out all results of a wave; its earlier imports stay noted as replaced."""
    asked = select(SurveyQuestion.id).where(SurveyQuestion.wave_code == wave)
    # Else the ORM first fetches the keys of a million answers, to forget objects that none has.
    session.execute(
        delete(Answer).where(Answer.question_id.in_(asked)),
        execution_options={"synchronize_session": False},
    )
    for table in (
        SurveyQuestion,
        Respondent,
        SurveyTally,
        SurveyEstimate,
        PublishedScore,
        SurveyMargin,
        SurveyDriver,
        SurveyFinding,
    ):
        session.execute(delete(table).where(table.wave_code == wave))
    session.execute(
        update(SurveyImport).where(SurveyImport.wave_code == wave).values(replaced=True)
    )


def add_questions(session: Session, wave: str, asked: Sequence[tuple[str, str]]) -> list[int]:
    """The numbers of questions (wording, subject), those of the wave already among them."""
    known = {
        (row.label, row.subject): row
        for row in session.scalars(select(SurveyQuestion).where(SurveyQuestion.wave_code == wave))
    }
    for label, subject in asked:
        if (label, subject) not in known:
            position = len(known) + 1
            known[label, subject] = SurveyQuestion(
                wave_code=wave,
                code=f"q{position:02d}",
                label=label,
                subject=subject,
                position=position,
            )
    session.add_all(known.values())
    session.flush()
    return [known[one].id for one in asked]


def add_respondents(session: Session, rows: Iterable[tuple[Any, ...]]) -> None:
    """Rows in the order of `RESPONDENT_COLUMNS`."""
    insert_rows(session, Respondent, RESPONDENT_COLUMNS, rows)


def add_answers(session: Session, rows: Iterable[tuple[int, int, str]]) -> None:
    """Rows of question, respondent's number, option."""
    insert_rows(session, Answer, ("question_id", "respondent", "option_code"), rows)


def replace_sums(
    session: Session,
    wave: str,
    tallies: Iterable[tuple[str, str, str, int]],
    estimates: Iterable[tuple[Any, ...]],
) -> None:
    """Put a wave's counts (community, subject, option, count) and estimates in place of before."""
    for table in (SurveyTally, SurveyEstimate):
        session.execute(delete(table).where(table.wave_code == wave))
    insert_rows(
        session,
        SurveyTally,
        ("wave_code", "community_code", "subject", "option_code", "count"),
        ((wave, *row) for row in tallies),
    )
    insert_rows(session, SurveyEstimate, ESTIMATE_COLUMNS, ((wave, *row) for row in estimates))


def add_unplaced(session: Session) -> None:
    """See that there is a community for those who did not say theirs."""
    if session.get(Community, UNPLACED) is None:
        session.add(
            Community(
                code=UNPLACED,
                subdistrict_code=session.scalars(select(Subdistrict.code)).first(),
                name="未分社区",
                name_en="Community not stated",
                position=10_000,
                active=False,
            )
        )
        session.flush()


def keep_mapping(
    session: Session, columns_sha256: str, kind: str, mapping: Mapping[str, Any], author: Author
) -> None:
    """Remember what these columns mean, for the next file with the same ones."""
    session.merge(
        ColumnMapping(columns_sha256=columns_sha256, kind=kind, mapping=dict(mapping), at=author.at)
    )
    session.flush()
