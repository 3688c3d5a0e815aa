"""Voices as a sheet: new ones are registered, what one says is corrected; its course is shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from db.engine import Session
from db.reads import feedback as reads
from db.reads.workbooks import Logged
from db.writes.feedback import ENTITY, Facts, Step, facts_of, number_of
from services import feedback
from services.entries import name_key
from services.errors import InvalidEntry
from services.feedback import Chosen, Typed
from services.formats import number
from services.i18n import _, _n
from services.permissions import CurrentUser, may
from services.privacy import mask
from services.views import View
from services.workbook.lines import ALIKE, NEW, SAME, Choice, Line, Progress
from services.workbook.lists.keepers import Numbered, from_log
from services.workbook.lists.listing import Listing, Values, key_of_content
from services.workbook.lists.voices_sheet import NEEDED, OWN, UNTAKEN, course_of, fields

_AT_ONCE = 500


class _Keeper(Numbered):
    """The voices as they are now, of which a person may see some. They are taken on, made void and
    restored on the page only."""

    def __init__(self, session: Session, user: CurrentUser, today: date) -> None:
        self.session, self.user, self.today = session, user, today
        self.against = feedback.checks(session, today)
        self.names = {person.id: person.name for person in reads.people(session)}
        rows = {number_of(row.id): row for row in reads.told(session)}
        self.seen = {number: row for number, row in rows.items()
                     if may(user, "see_feedback", row.community_code)}  # fmt: skip
        super().__init__(rows, {key: self._values_of(row) for key, row in self.seen.items()})
        self.by_text: dict[tuple[str, str], str] = {}
        for key, values in self.values.items():
            self.by_text.setdefault(_text_of(values), key)

    def _values_of(self, row: reads.Row) -> Values:
        return _values_of(facts_of(row)) | course_of(row, self.names)

    def keys(self) -> Iterable[str]:
        return (number for number, row in self.seen.items() if not row.void_reason)

    def name(self, values: Values) -> tuple[Any, ...]:
        return tuple(values[name] for name in OWN)

    def checked(self, key: str, values: Values) -> Values:
        typed = self._typed(values)
        doing = "handle_feedback" if key else "enter_feedback"
        if typed.community and not may(self.user, doing, typed.community):
            raise InvalidEntry(_("您只能查看和办理本社区的事项。"), "community")
        if not key:
            return _values_of(self.against.new(typed)) | UNTAKEN
        row = self.seen[key]
        facts = self.against.again(row, typed, row.followed_on)
        return _values_of(facts) | course_of(row, self.names)

    def _typed(self, values: Values) -> Typed:
        """Of community staff a new voice is their own community's, as it is on the page."""
        said = {name: values[name] for name in OWN}
        return Typed(**said | {"community": said["community"] or self.user.community})

    def settled(self, lines: Sequence[Line], choice: Choice) -> tuple[Line, ...]:
        """What was imported before is not registered again, whatever became of it; nor is what
        a community said in the same words, unless the person says that it was said again."""
        first: dict[tuple[str, str], int] = {}
        return tuple(
            self._settled(line, choice, first) if line.state == NEW else self._with_void(line)
            for line in lines
        )

    def _settled(self, line: Line, choice: Choice, first: dict[tuple[str, str], int]) -> Line:
        _key, values = line.content
        before = self.made.get(self.key_of(values))
        number = before or self.find(values) or None
        if number is not None:
            same = replace(line, state=SAME, number=number, content=None)
            return self._with_void(replace(same, note=_("已经导入过") if before else ""))
        text = _text_of(values)
        above, there = first.setdefault(text, line.line), self.by_text.get(text)
        note = ""
        if there is not None:
            note = _("这个社区已登记过内容相同的 {number}。").format(number=there)
        elif above != line.line:
            note = _("与第 {line} 行的社区和内容相同。").format(line=above)
        if note and not choice.alike:
            return replace(line, state=ALIKE, note=note, content=None)
        return line

    def _with_void(self, line: Line) -> Line:
        row = self.rows.get(line.number)
        if line.state != SAME or row is None or not row.void_reason:
            return line
        return replace(line, note=_("这条民声已作废，需要时请恢复。"))

    def write_all(
        self, rows: Sequence[tuple[str, Values]], now: datetime, progress: Progress
    ) -> Sequence[str]:
        told = [(self.seen[key], self._typed(values)) for key, values in rows if key]
        new = [(self.key_of(values), self._typed(values)) for key, values in rows if not key]
        who, made, done = (self.user, now, self.today), list[str](), 0
        for start in range(0, len(told), _AT_ONCE):
            some = told[start : start + _AT_ONCE]
            changes = [(row.id, row.version, typed) for row, typed in some]
            feedback.correct_all(self.session, changes, *who)
            done += len(some)
            progress(done / len(rows))
        for start in range(0, len(new), _AT_ONCE):
            made += feedback.submit_all(self.session, new[start : start + _AT_ONCE], *who)
            progress((done + len(made)) / len(rows))
        return made

    def key_of(self, values: Values) -> str:
        """The same for every row that states the same, whoever sends it and in which file."""
        return key_of_content(self.name(values))

    def owns(self, key: str, mark: str) -> bool:
        own = super().owns(key, mark)
        if own and key not in self.seen:
            raise InvalidEntry(_("您只能查看和办理本社区的事项。"))
        return own

    def take_back_all(self, lines: Sequence[Logged], reason: str, now: datetime) -> Sequence[str]:
        """Many of a kind together; those of which one is refused, one by one."""
        found: dict[int, str] = {}
        for action in ("void", "restore", "correct"):
            same = [line for line in lines if _undone_by(line) == action]
            for start in range(0, len(same), _AT_ONCE):
                some = same[start : start + _AT_ONCE]
                whys: Sequence[str] = [""] * len(some)
                try:
                    self._take_back(action, some, reason, now)
                except InvalidEntry:
                    whys = super().take_back_all(some, reason, now)
                found |= {line.id: why for line, why in zip(some, whys, strict=True)}
        return [found[line.id] for line in lines]

    def take_back(self, line: Logged, reason: str, now: datetime) -> None:
        self._take_back(_undone_by(line), [line], reason, now)

    def _take_back(self, action: str, lines: Sequence[Logged], reason: str, now: datetime) -> None:
        """Undo all of them, which this action undoes, or with an InvalidEntry none."""
        who, rows = (self.user, now, self.today), [self.rows[line.key] for line in lines]
        if action == "correct":
            said = [_before(line) for line in lines]
            changes = [(row.id, row.version, typed) for row, typed in zip(rows, said, strict=True)]
            feedback.correct_all(self.session, changes, *who)
            return
        step = Step(action, self.today, reason if action == "void" else "")
        keys = [key_of_content((row.id, row.version, action)) for row in rows]
        given = [(row.id, row.version, key) for row, key in zip(rows, keys, strict=True)]
        feedback.take_all(self.session, step, given, *who)

    def words(self, values: Values) -> str:
        community = self.against.places.community(values["community"]).name
        return f"{values['received_on']} {community} {mask(values['text'])[:40]}"


def _values_of(facts: Facts) -> Values:
    return dict(zip(OWN, vars(facts).values(), strict=True))


def _undone_by(line: Logged) -> str:
    """The action that undoes a line of the log."""
    if line.before is None or line.action == "restore":
        return "void"
    return "restore" if line.action == "void" else "correct"


def _before(line: Logged) -> Typed:
    """What a form said when the voice said what the log has of it."""
    before = from_log(line, "received_on")
    return Typed(before["received_on"], before["channel_code"], before["topic_code"],
                 before["community_code"], before["school"], before["text"])  # fmt: skip


def _text_of(values: Values) -> tuple[str, str]:
    """Where something was said, and in which words."""
    return values["community"], name_key(values["text"])


def _alike(count: int) -> str:
    said = _n("{count} 行与同一社区已有的内容相同：确实是另外反映的，一并导入", count)
    return said.format(count=number(count))


LISTING = Listing(
    "voices",
    "enter_feedback",
    lambda: _("民声"),
    NEEDED,
    fields,
    _Keeper,
    seen_with="see_feedback",
    alike=_alike,
    logged=(ENTITY,),
)


def voices_book(session: Session, view: View, user: CurrentUser, chosen: Chosen) -> bytes:
    """The voices that the page lists, without void ones: they can only be restored."""
    choice = feedback.choice_of(feedback.seen_by(user, view), chosen)
    found = () if choice.void else reads.ids(session, choice)
    return LISTING.export(session, user, view.today, map(number_of, found))
