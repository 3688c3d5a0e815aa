"""The sums of a wave as files in the layout that the import of surveys reads back."""

from __future__ import annotations

from collections.abc import Sequence

from db.engine import Session
from db.reads import survey as reads
from services.catalogue import Catalogue, catalogue
from services.exports import Cell, xlsx_bytes
from services.i18n import _
from services.imports.plan import COUNTS, PUBLISHED
from services.permissions import CurrentUser, require
from services.satisfaction import OVERALL, SUBDISTRICT
from services.surveys import wave_of

Row = tuple[Cell, ...]


def sums(session: Session, wave: str, kind: str, user: CurrentUser) -> bytes:
    """The counts of a wave (COUNTS) or its published scores (PUBLISHED), as .xlsx."""
    require(user, "record_survey")
    columns, rows = TABLES[kind](session, wave)
    return xlsx_bytes(columns, rows)


def kinds_held(session: Session, wave: str) -> tuple[str, ...]:
    """Of which kinds the wave holds any."""
    held = {COUNTS: reads.tallies, PUBLISHED: reads.published}
    return tuple(kind for kind, read in held.items() if len(read(session, [wave])))


def _counts(session: Session, wave: str) -> tuple[Sequence[str], Sequence[Row]]:
    """A row a community and subject, a column an option; a blank is none counted."""
    lists, options = catalogue(session), wave_of(session, wave).options
    found: dict[tuple[str, str], dict[str, int]] = {}
    for row in reads.tallies(session, [wave]).itertuples(index=False):
        found.setdefault((row.community, row.subject), {})[row.option] = int(row.count)
    rows = [
        (*_place(key, lists), *(found[key].get(option.code) for option in options))
        for key in sorted(found, key=lambda key: _rank(key, lists))
    ]
    return (_("社区"), _("服务领域"), *(option.label for option in options)), rows


def _published(session: Session, wave: str) -> tuple[Sequence[str], Sequence[Row]]:
    lists = catalogue(session)
    found = {
        (row.community, row.subject): (row.score, int(row.n))
        for row in reads.published(session, [wave]).itertuples(index=False)
    }
    rows = [
        (*_place(key, lists), *found[key])
        for key in sorted(found, key=lambda key: _rank(key, lists))
    ]
    return (_("社区"), _("服务领域"), _("得分"), _("有效答卷（份）")), rows


TABLES = {COUNTS: _counts, PUBLISHED: _published}


def _place(key: tuple[str, str], lists: Catalogue) -> tuple[str, str]:
    community, subject = key
    return (
        _("全街道") if community == SUBDISTRICT else lists.community(community).name,
        _("总体满意度") if subject == OVERALL else lists.domain(subject).label,
    )


def _rank(key: tuple[str, str], lists: Catalogue) -> tuple[int, int]:
    """Communities and subjects in official order, the whole of either first."""
    community, subject = key
    subjects = [OVERALL, *(domain.code for domain in lists.domains)]
    place = -1 if community == SUBDISTRICT else lists.community(community).position
    return place, subjects.index(subject)
