"""Communities and who lives there as a sheet: a row per community, checked and taken over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from db.engine import Session
from db.writes import kept, workbooks
from services.activities.history import Difference
from services.admin import edits, places, population
from services.admin.places import CommunityFacts
from services.entries import name_key, people, quantity
from services.errors import InvalidEntry
from services.formats import NONE
from services.i18n import _, in_each_language
from services.imports import values
from services.permissions import CurrentUser, require
from services.satisfaction import estimates, weights
from services.workbook.lines import (
    CHANGED,
    NEW,
    REFUSED,
    SAME,
    Checked,
    Line,
    Progress,
    Reason,
    Receipt,
    Upload,
    facts_of_file,
    receipt_of,
)
from services.workbook.places_sheet import headings as headings_of
from services.workbook.places_sheet import mark_of, states, texts_of
from services.workbook.table import Given

KIND = "places"
Counts = dict[str, int | None]


@dataclass(frozen=True)
class Stated:
    """What a row states: of a community ("" is a new one), and of its people in a year."""

    code: str
    facts: CommunityFacts
    year: int
    counts: Counts


@dataclass
class _Reader:
    """Reads the rows against what is kept."""

    session: Session
    user: CurrentUser
    headings: Mapping[str, str]
    _years: dict[int, dict[str, dict[str, str]]] = field(default_factory=dict)
    _first: dict[tuple[str, int], int] = field(default_factory=dict)
    _facts: dict[str, CommunityFacts] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.groups = population.groups(self.session)
        self.known = places.communities(self.session, self.user)
        self.names = {
            name_key(name): code
            for code, facts in self.known.items()
            for name in (code, facts.name_en, facts.name)
            if name
        }
        self.states = {
            name_key(label): active
            for spoken in in_each_language(states)
            for label, active in spoken.items()
        }

    def counts_of(self, year: int, code: str) -> dict[str, str]:
        if year not in self._years:
            found = population.population(self.session, self.user, year)
            self._years[year] = {one: dict(counts) for one, counts in found.items()}
        return self._years[year].get(code, dict.fromkeys(self.groups, ""))

    def line(self, given: Given) -> Line:
        if given.wrong:
            return self._refused(given, {"": given.wrong})
        problems: dict[str, str] = {}

        def part(name: str, reader: Callable[[str], Any], otherwise: Any) -> Any:
            try:
                return reader(values.trusted(given.cells.get(name, "")))
            except InvalidEntry as refused:
                problems[name] = refused.sentence
                return otherwise

        code = part("code", self._code, "")
        code = code or self.names.get(name_key(given.cells.get("name", "")), "")
        year = part("year", year_of, None)
        labels = self.groups
        counts = {
            group: part(group, lambda text, group=group: people(text, labels[group]), None)
            for group in labels
            if group in given.cells
        }
        if year is None and any(count is not None for count in counts.values()):
            problems.setdefault("year", _("请填写年份。"))
        facts = self._stated(given, code, part)
        if problems or facts is None:
            return self._refused(given, problems)
        return self._beside(given, Stated(code, facts, year or 0, counts if year else {}))

    def _code(self, text: str) -> str:
        if text and text not in self.known:
            raise InvalidEntry(_("没有这个编号的社区；新的社区请把编号留空。"))
        return text

    def _stated(self, given: Given, code: str, part: Callable[..., Any]) -> CommunityFacts | None:
        """The community's facts: what the file leaves out stays as it is."""
        now = self.known.get(code, CommunityFacts("", "", len(self.known) + 1, True))

        def state(text: str) -> bool:
            if text and name_key(text) not in self.states:
                raise InvalidEntry(_("请填“在用”或“已停用”。"))
            return self.states.get(name_key(text), now.active)

        active = part("state", state, now.active)
        name_en = given.cells.get("name_en", now.name_en)
        typed = CommunityFacts(given.cells.get("name", ""), name_en, now.position, active)
        return part("name", lambda _text: places.checked_community(typed, self.known, code), None)

    def _beside(self, given: Given, stated: Stated) -> Line:
        """The row beside what is kept, and beside the rows before it."""
        place = (stated.code or name_key(stated.facts.name), stated.year)
        first = self._first.setdefault(place, given.line)
        if first != given.line:
            reason = _("与第 {line} 行是同一个社区、同一年。").format(line=first)
            return self._refused(given, {"": reason})
        if self._facts.setdefault(place[0], stated.facts) != stated.facts:
            return self._refused(given, {"name": _("同一个社区的名称和状态前后不一致。")})
        now = self.counts_of(stated.year, stated.code)
        after = now | {group: _text(count) for group, count in stated.counts.items()}
        try:
            population.check_parts({group: int(text) if text else None
                                    for group, text in after.items()}, self.groups)  # fmt: skip
        except InvalidEntry as refused:
            return self._refused(given, {one.field: one.sentence for one in refused.every})
        what = f"{stated.facts.name} {stated.year or ''}".strip()
        before = self.known.get(stated.code)
        if before is None:
            return Line(given.line, NEW, what, content=stated)
        was, to = (texts_of(before, stated.year, now), texts_of(stated.facts, stated.year, after))
        if was == to:
            return Line(given.line, SAME, what, stated.code)
        mark = given.cells.get("check", "").strip()
        if mark and mark != mark_of(before, now):
            reason = _("导出之后，这一行被别人改过。请重新导出，再改一次。")
            return self._refused(given, {"check": reason})
        headings = headings_of(self.session)
        differences = tuple(
            Difference(headings[name], was[name] or NONE, text or NONE)
            for name, text in to.items()
            if was[name] != text
        )
        return Line(given.line, CHANGED, what, stated.code, differences=differences, content=stated)

    def _refused(self, given: Given, problems: Mapping[str, str]) -> Line:
        reasons = tuple(
            Reason(self.headings.get(name, ""), given.cells.get(name, "")[:40], sentence)
            for name, sentence in problems.items()
        )
        return Line(given.line, REFUSED, given.cells.get("name", "")[:40], reasons=reasons)


def check(session: Session, upload: Upload, user: CurrentUser, _today: date) -> Checked:
    """What every row comes to; nothing is written."""
    require(user, "manage_catalogue")
    reader = _Reader(session, user, upload.table.headings)
    return Checked(upload.table, tuple(reader.line(given) for given in upload.table.rows))


def take(
    session: Session,
    upload: Upload,
    user: CurrentUser,
    now: datetime,
    today: date,
    progress: Progress = lambda _share: None,
) -> Receipt:
    """Add and change communities, and state their people; survey weights follow once."""
    edits.begin(session, user)
    checked = check(session, upload, user, today)
    checked.require_rows()
    author, made, years = edits.author_of(user, now), dict[str, str](), set[int]()
    rows = [*checked.of(NEW), *checked.of(CHANGED)]
    for done, stated in enumerate((line.content for line in rows), start=1):
        code = _keep_facts(session, user, stated, made, now)
        if stated.year and stated.counts:
            kept.replace_population(session, author, code, stated.year, stated.counts)
            if any(group in stated.counts for group in weights.GROUPS):
                years.add(stated.year)
        progress(0.8 * done / len(rows))
    if years:
        estimates.keep_since(session, min(years))
    receipt = receipt_of(checked)
    if rows:
        workbooks.note(session, author, facts_of_file(KIND, upload, receipt))
    progress(1.0)
    return receipt


def _keep_facts(
    session: Session, user: CurrentUser, stated: Stated, made: dict[str, str], now: datetime
) -> str:
    """The community's code, made if it is new, with the facts the row states."""
    facts = stated.facts
    code = stated.code or made.get(facts.name, "")
    if not code:
        code = places.add_community(session, user, facts.name, facts.name_en, now)
        made[facts.name] = code
    current = places.communities(session, user)[code]
    facts = replace(facts, position=current.position)
    seen = edits.fingerprint(current)
    places.change_community(session, user, code, facts, seen, now)
    return code


def year_of(text: str) -> int | None:
    value = quantity(text, _("年份"), whole=True, unit=("年",))
    if value is None:
        return None
    if not population.FIRST_YEAR <= value <= population.LAST_YEAR:
        raise InvalidEntry(
            _("年份要在 {first} 和 {last} 之间。").format(
                first=population.FIRST_YEAR, last=population.LAST_YEAR
            )
        )
    return int(value)


def _text(count: int | None) -> str:
    return "" if count is None else str(count)
