"""How satisfied: survey waves with their own scale, counted answers, and published scores."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import CLUSTERED, Base, Code, Label, Quantity


class SurveyWave(Base):
    """One survey round. Waves compare only if `scale`, `mode` and `wording` are the same.

    `mode`: telephone · face_to_face · online. `scale` and `wording` name what was used.
    """

    __tablename__ = "survey_waves"
    __table_args__ = (CheckConstraint("last_day >= first_day", name="days_in_order"),)

    code: Mapped[Code] = mapped_column(primary_key=True)
    label: Mapped[Label]
    label_en: Mapped[str] = mapped_column(String(120), default="")
    mode: Mapped[str] = mapped_column(String(20))
    scale: Mapped[str] = mapped_column(String(40))
    wording: Mapped[str] = mapped_column(String(40), default="1")
    first_day: Mapped[date]
    last_day: Mapped[date] = mapped_column(index=True)
    frozen: Mapped[bool] = mapped_column(default=False)


class WaveOption(Base):
    """An answer option of a wave. `points` is empty for an option that is not scored (不了解)."""

    __tablename__ = "wave_options"

    wave_code: Mapped[Code] = mapped_column(ForeignKey("survey_waves.code"), primary_key=True)
    option_code: Mapped[Code] = mapped_column(primary_key=True)
    label: Mapped[Label]
    label_en: Mapped[str] = mapped_column(String(120), default="")
    position: Mapped[int] = mapped_column(Integer)
    points: Mapped[Decimal | None] = mapped_column(Quantity)
    satisfied: Mapped[bool] = mapped_column(default=False)


class SurveyTally(Base):
    """How many gave an option: wave × community × subject × option → count.

    `subject` is a service domain's code, or "overall" for 总体满意度.
    """

    __tablename__ = "survey_tallies"
    __table_args__ = (CheckConstraint("count >= 0", name="count_not_negative"), CLUSTERED)

    wave_code: Mapped[Code] = mapped_column(ForeignKey("survey_waves.code"), primary_key=True)
    community_code: Mapped[Code] = mapped_column(ForeignKey("communities.code"), primary_key=True)
    subject: Mapped[Code] = mapped_column(primary_key=True)
    option_code: Mapped[Code] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column(Integer)


class PublishedScore(Base):
    """A score someone else published: score and n only. No community ("") is the subdistrict."""

    __tablename__ = "published_scores"
    __table_args__ = (CheckConstraint("n > 0", name="n_positive"),)

    wave_code: Mapped[Code] = mapped_column(ForeignKey("survey_waves.code"), primary_key=True)
    community_code: Mapped[Code] = mapped_column(primary_key=True, default="")
    subject: Mapped[Code] = mapped_column(primary_key=True)
    score: Mapped[Decimal] = mapped_column(Quantity)
    n: Mapped[int] = mapped_column(Integer)
