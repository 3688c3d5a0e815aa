"""Who answered what: questions, respondents without names, imports, and the estimates kept."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import CLUSTERED, Base, Code, Instant


class SurveyQuestion(Base):
    """A question as it was asked in a wave. `label` is its wording in the file.

    `subject`: a service domain's code, "overall", or "" for a question that counts to neither.
    """

    __tablename__ = "survey_questions"
    __table_args__ = (UniqueConstraint("wave_code", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    wave_code: Mapped[Code] = mapped_column(ForeignKey("survey_waves.code"))
    code: Mapped[Code]
    label: Mapped[str] = mapped_column(Text)
    subject: Mapped[str] = mapped_column(String(40), default="")
    position: Mapped[int] = mapped_column(Integer)


class SurveyImport(Base):
    """A file that was taken over. `kind`: respondents · counts · published.

    `replaced`: a later import has put its own answers in place of these.
    """

    __tablename__ = "survey_imports"
    __table_args__ = (Index("ix_survey_imports_wave", "wave_code", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    wave_code: Mapped[Code] = mapped_column(ForeignKey("survey_waves.code"))
    kind: Mapped[str] = mapped_column(String(20))
    sha256: Mapped[str] = mapped_column(String(64))
    rows: Mapped[int] = mapped_column(Integer)
    accepted: Mapped[int] = mapped_column(Integer)
    refused: Mapped[int] = mapped_column(Integer)
    mapping: Mapped[dict[str, Any]] = mapped_column(JSON)
    replaced: Mapped[bool] = mapped_column(default=False)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    user_name: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(Instant)


class Respondent(Base):
    """One person asked in a wave: no name, no number of theirs, only a running one of ours.

    `row_key` tells whether a row of a file is in the wave already. Blank means not stated.
    `sex`: male · female. `age_group`: a group of the register (age_18_34 …) or as in the file.
    """

    __tablename__ = "respondents"
    __table_args__ = (
        UniqueConstraint("wave_code", "row_key"),
        CheckConstraint("weight IS NULL OR weight > 0", name="weight_positive"),
        CLUSTERED,
    )

    wave_code: Mapped[Code] = mapped_column(ForeignKey("survey_waves.code"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    row_key: Mapped[str] = mapped_column(String(32))
    import_id: Mapped[int | None] = mapped_column(ForeignKey("survey_imports.id"))
    community_code: Mapped[Code] = mapped_column(ForeignKey("communities.code"))
    weight: Mapped[float | None] = mapped_column(Float)
    day: Mapped[date | None]
    outcome: Mapped[str] = mapped_column(String(40), default="")
    sex: Mapped[str] = mapped_column(String(10), default="")
    age_group: Mapped[str] = mapped_column(String(40), default="")
    interviewer: Mapped[str] = mapped_column(String(20), default="")


class Answer(Base):
    """The option a respondent chose. What was left blank has no row.

    `respondent` is the number within the wave of the question. It is not a foreign key: there
    are millions of answers, and they are written and replaced with their respondents only.
    """

    __tablename__ = "survey_answers"
    __table_args__ = CLUSTERED

    question_id: Mapped[int] = mapped_column(ForeignKey("survey_questions.id"), primary_key=True)
    respondent: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    option_code: Mapped[Code]


class SurveyEstimate(Base):
    """What a wave's answers say of a place and subject; kept in the transaction of the import.

    `community_code` "" is the whole. `basis`: unweighted · weighted. `share` is 满意率 from 0 to 1.
    The last five columns are what it takes to put communities together without the answers:
    people asked, Σ weights of the answers and of the valid ones, and Σ w²(y − mean) / (Σ w)².
    """

    __tablename__ = "survey_estimates"

    wave_code: Mapped[Code] = mapped_column(ForeignKey("survey_waves.code"), primary_key=True)
    community_code: Mapped[Code] = mapped_column(primary_key=True, default="")
    subject: Mapped[Code] = mapped_column(primary_key=True)
    basis: Mapped[str] = mapped_column(String(12), primary_key=True)
    n_total: Mapped[int] = mapped_column(Integer)
    n: Mapped[int] = mapped_column(Integer)
    dont_know_rate: Mapped[float | None] = mapped_column(Float)
    score: Mapped[float | None] = mapped_column(Float)
    score_se: Mapped[float | None] = mapped_column(Float)
    df: Mapped[int] = mapped_column(Integer)
    share: Mapped[float | None] = mapped_column(Float)
    share_se: Mapped[float | None] = mapped_column(Float)
    n_eff: Mapped[float | None] = mapped_column(Float)
    deff: Mapped[float | None] = mapped_column(Float)
    asked: Mapped[int] = mapped_column(Integer)
    weight_total: Mapped[float] = mapped_column(Float)
    weight: Mapped[float] = mapped_column(Float)
    score_cross: Mapped[float | None] = mapped_column(Float)
    share_cross: Mapped[float | None] = mapped_column(Float)


class ColumnMapping(Base):
    """What the columns of a file meant the last time, found again by the set of their names."""

    __tablename__ = "column_mappings"

    columns_sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    mapping: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(Instant)
