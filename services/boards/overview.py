"""总览: how satisfied residents are, what was done, where and in which domain."""

from __future__ import annotations

from db.engine import Session
from services import kpis
from services.boards.activity_charts import monthly_activity
from services.boards.board import Board, Section, subject_label, where
from services.boards.survey_charts import community_dots, heat_map
from services.boards.survey_parts import Survey, survey
from services.boards.survey_tiles import answers_tile, change_tile, score_tile, share_tile
from services.boards.work import work_sections
from services.catalogue import Catalogue, catalogue
from services.charts.cards import Card, Chart, Tile
from services.formats import NONE, fixed, number, short
from services.i18n import _, _n
from services.satisfaction import OVERALL, sentences
from services.views import View

_SURVEY = "page:satisfaction"


def board(session: Session, view: View) -> Board:
    """The whole page for a view."""
    lists = catalogue(session)
    found = survey(session, view)
    subject = view.filters.domain or OVERALL
    return Board(
        headline=_headline(session, view, lists, found, subject),
        sentences=_verdict(found, lists, subject),
        sections=(
            Section(_("居民满意度"), _satisfaction_tiles(view, found, lists, subject)),
            Section(_("各服务领域"), _domain_tiles(session, view, lists, found)),
            *work_sections(session, view, lists),
            Section(_("各社区、各领域"), _charts(session, view, lists, found, subject)),
        ),
    )


def _headline(session: Session, view: View, lists: Catalogue, found: Survey, subject: str) -> str:
    done = kpis.totals(session, view)
    if not done.activities and found.latest is None:
        return _("{place}在{period}还没有活动记录和调查结果。").format(
            place=where(view, lists), period=view.filters.period.label
        )
    work = _n("{period}，{place}开展活动 {count} 次、参与 {people} 人次", done.activities).format(
        period=view.filters.period.label,
        place=where(view, lists),
        count=number(done.activities),
        people=short(done.participants),
    )
    row = found.row(subject)
    if found.latest is None or row is None or row.score != row.score:
        return _("{work}。").format(work=work)
    return _("{work}；{wave}{subject}满意度 {score} 分。").format(
        work=work,
        wave=found.latest.label,
        subject=subject_label(lists, subject),
        score=fixed(row.score),
    )


def _verdict(found: Survey, lists: Catalogue, subject: str) -> tuple[str, ...]:
    if found.latest is None:
        return ()
    said = [
        sentences.level(subject_label(lists, subject), found.row(subject)),
        sentences.change(found.change(subject)),
    ]
    if len(found.comparisons):
        said.append(
            sentences.comparisons(len(found.comparisons), int(found.comparisons["real"].sum()))
        )
    return tuple(said)


def _satisfaction_tiles(
    view: View, found: Survey, lists: Catalogue, subject: str
) -> tuple[Card, ...]:
    row = found.row(subject)
    if found.latest is None or row is None:
        return (Tile("score", _("满意度"), NONE, note=_("还没有调查结果。")),)
    return (
        score_tile(row, _("{name}满意度").format(name=subject_label(lists, subject)), _SURVEY),
        change_tile(found.change(subject), found.since_label, _SURVEY),
        share_tile(row, _SURVEY),
        answers_tile(row, view.thresholds),
    )


def _domain_tiles(
    session: Session, view: View, lists: Catalogue, found: Survey
) -> tuple[Card, ...]:
    done = kpis.activity_sums(session, view.within(None), ("domain_code",))
    count = done.set_index("domain_code")["activities"]
    tiles = []
    for domain in lists.domains:
        row, change = found.row(domain.code), found.change(domain.code)
        held = int(count.get(domain.code, 0))
        tiles.append(
            Tile(
                f"domain-{domain.code}",
                domain.label,
                fixed(row.score) if row is not None else NONE,
                _("分"),
                _n("{change} · 活动 {count} 次", held).format(
                    change=sentences.short_change(change),
                    count=number(held),
                ),
                tone=sentences.tone(change),
                target=f"domain:{domain.code}",
                domain=domain.code,
            )
        )
    return tuple(tiles)


def _charts(
    session: Session, view: View, lists: Catalogue, found: Survey, subject: str
) -> tuple[Card, ...]:
    cards: list[Chart] = []
    if found.latest is not None:
        cards += [heat_map(view, lists, found), community_dots(lists, found, subject)]
    return (*cards, monthly_activity(session, view, lists))
