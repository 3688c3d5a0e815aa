"""A frozen meeting of the demonstration office with an edited bulletin, made once for reading."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Engine

from db.engine import Session
from services import meetings
from services.catalogue import catalogue
from services.i18n import use_language
from services.meetings.pack import Pack, pack
from services.meetings.texts import Bulletin, bulletin_of, write_text
from tests.meeting_cases import NOW, RULES, TODAY, TYPED, host

CLOSING = "下一步，各社区继续落实承诺事项。"


@dataclass(frozen=True)
class Frozen:
    """The meeting in both languages: `packs["zh"]`, `bulletins["en"]`."""

    packs: dict[str, Pack]
    bulletins: dict[str, Bulletin]


@contextmanager
def frozen_meeting(engine: Engine) -> Iterator[Frozen]:
    """Made in a transaction that is taken back, in Chinese whatever the test before it spoke."""
    use_language("zh")
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
