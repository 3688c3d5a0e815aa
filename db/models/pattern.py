"""What a wave's answers show beside its scores; kept in the transaction that brings the answers."""

from __future__ import annotations

from sqlalchemy import Float, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Code


class SurveyMargin(Base):
    """How many of those who took part are of a sex or an age group; blank is not stated.

    `margin`: sex · age_group.
    """

    __tablename__ = "survey_margins"

    wave_code: Mapped[Code] = mapped_column(ForeignKey("survey_waves.code"), primary_key=True)
    margin: Mapped[str] = mapped_column(String(20), primary_key=True)
    label: Mapped[str] = mapped_column(String(40), primary_key=True)
    count: Mapped[int] = mapped_column(Integer)


class SurveyDriver(Base):
    """A domain's share (0 to 1) of what the domains explain of the overall answers, with its band.

    `basis`: unweighted · weighted. `n`: respondents with a valid answer to everything.
    """

    __tablename__ = "survey_drivers"

    wave_code: Mapped[Code] = mapped_column(ForeignKey("survey_waves.code"), primary_key=True)
    basis: Mapped[str] = mapped_column(String(12), primary_key=True)
    subject: Mapped[Code] = mapped_column(primary_key=True)
    n: Mapped[int] = mapped_column(Integer)
    share: Mapped[float] = mapped_column(Float)
    low: Mapped[float] = mapped_column(Float)
    high: Mapped[float] = mapped_column(Float)


class SurveyFinding(Base):
    """Something in a community's or an interviewer's answers that is worth a check.

    `kind`: satisfied (all are) · alike (one option throughout) · copies (as another's) · load (of
    an interviewer). `count` of `n` against `whole`, the share (0 to 1) in the whole wave. One of
    community and interviewer is blank.
    """

    __tablename__ = "survey_findings"

    wave_code: Mapped[Code] = mapped_column(ForeignKey("survey_waves.code"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    community_code: Mapped[Code] = mapped_column(primary_key=True, default="")
    interviewer: Mapped[str] = mapped_column(String(20), primary_key=True, default="")
    count: Mapped[int] = mapped_column(Integer)
    n: Mapped[int] = mapped_column(Integer)
    whole: Mapped[float] = mapped_column(Float)
