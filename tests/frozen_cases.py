"""A review meeting of the demonstration office: who holds it, made, packed, frozen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Engine, select

from db.engine import Session
from db.models import User
from services import meetings
from services.catalogue import catalogue
from services.i18n import use_language
from services.meetings import Rules, Typed
from services.meetings.pack import Pack, pack
from services.meetings.texts import Bulletin, bulletin_of, write_text
from services.permissions import CurrentUser
from services.settings import ROOT, load_settings

CLOSING = "下一步，各社区继续落实承诺事项。"
NOW = datetime(2023, 10, 28, 2, 0, tzinfo=UTC)
TODAY = date(2023, 10, 28)
SETTINGS = load_settings(ROOT / "config.toml", {})
RULES = Rules(SETTINGS.thresholds, SETTINGS.feedback)
TYPED = Typed("十月调度会", TODAY, "2023-09-01~2023-10-28", ())


def host(session: Session) -> CurrentUser:
    row = session.scalars(select(User).where(User.role == "office_staff")).first()
    assert row is not None
    return CurrentUser(row.id, row.username, row.name, row.role, row.community_code, "zh")


def made(session: Session, user: CurrentUser, key: str = "key") -> meetings.Meeting:
    number = meetings.make(session, TYPED, key, user, NOW, TODAY, RULES).number
    return meetings.meeting(session, number)


def packed(session: Session, number: str, user: CurrentUser) -> Pack:
    return pack(session, number, user, TODAY, RULES, "示范街道")


@dataclass(frozen=True)
class Frozen:
    """The meeting in both languages: `packs["zh"]`, `bulletins["en"]`."""

    packs: dict[str, Pack]
    bulletins: dict[str, Bulletin]


@contextmanager
def frozen_meeting(engine: Engine) -> Iterator[Frozen]:
    """Made in a transaction that is taken back."""
    with Session(engine.execution_options(minyi_write=True), expire_on_commit=False) as session:
        user = host(session)
        number = meetings.make(session, TYPED, "frozen", user, NOW, TODAY, RULES).number
        meetings.freeze(session, number, 1, user, NOW, TODAY, RULES)
        said = bulletin_of(session, number, user, TODAY, RULES, "")
        text = f"{said.paragraphs[-1].text}\n{CLOSING}"
        write_text(session, number, "assistance", text, 0, user, NOW, TODAY, RULES)
        found = Frozen({}, {})
        for code in ("en", "zh"):
            use_language(code)
            about = (session, number, user, TODAY, RULES, catalogue(session).subdistrict)
            found.packs[code], found.bulletins[code] = pack(*about), bulletin_of(*about)
        yield found
        session.rollback()
