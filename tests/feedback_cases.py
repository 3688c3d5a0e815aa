"""What the tests of voices share: people, a typed voice, and voices brought into every state."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from db.engine import Session
from services import feedback
from services.feedback import Step, Typed
from services.permissions import CurrentUser
from tests.activity_cases import person

TODAY = date(2023, 10, 28)
NOW = datetime(2023, 10, 28, 2, 0, tzinfo=UTC)
RECEIVED_ON = date(2023, 10, 18)
PHONE = "138" + "12345678"

TYPED = Typed(
    received_on=RECEIVED_ON,
    channel="parents_day",
    topic="school_traffic",
    community="c01",
    school="甲小学",
    text="放学时校门口堵车",
)


def day(after: int) -> date:
    """So many days after the voice was received."""
    return RECEIVED_ON + timedelta(days=after)


@dataclass
class Desk:
    """People who handle voices, and the keys of their forms, each another."""

    session: Session
    office: CurrentUser = field(init=False)
    staff: CurrentUser = field(init=False)
    keys: int = 0

    def __post_init__(self) -> None:
        self.office = person(self.session, "office_staff")
        self.staff = person(self.session, "community_staff", "c01")

    def key(self) -> str:
        self.keys += 1
        return f"key-{self.keys}"

    def submit(self, user: CurrentUser | None = None, **changes: object) -> str:
        typed = replace(TYPED, **changes)
        made = feedback.submit(self.session, typed, self.key(), user or self.office, NOW, TODAY)
        self.session.commit()
        return made.number

    def voice(self, number: str) -> feedback.Voice:
        return feedback.voice(self.session, number, self.office, TODAY)

    def take(self, number: str, step: Step, user: CurrentUser | None = None) -> None:
        """Take the step on what is on record now."""
        seen = self.voice(number).version
        feedback.take(self.session, number, step, seen, self.key(), user or self.office, NOW, TODAY)
        self.session.commit()

    def step(self, action: str, on: date | None = None, **changes: object) -> Step:
        """A step that says all it must."""
        full = {
            "assign": Step("assign", day(1), owner=self.staff.id, due=day(5)),
            "resolve": Step("resolve", day(3), note="已增派护学岗"),
            "call_back": Step("call_back", day(4), verdict="satisfied"),
            "reopen": Step("reopen", day(6), note="又堵了", due=day(9)),
            "void": Step("void", TODAY, note="重复登记"),
            "restore": Step("restore", TODAY),
        }[action]
        return replace(full, **({"day": on} if on else {}), **changes)

    def brought_to(self, state: str, **changes: object) -> str:
        """A voice in the state, by the shortest way."""
        number = self.submit(**changes)
        way = {
            "received": (),
            "assigned": ("assign",),
            "resolved": ("assign", "resolve"),
            "closed": ("assign", "resolve", "call_back"),
            "void": ("void",),
        }[state]
        for action in way:
            self.take(number, self.step(action))
        return number
