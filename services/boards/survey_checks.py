"""Answers worth a check, as sentences: hints with ordinary causes, never accusations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from db.engine import Session
from db.reads import patterns as reads
from services.boards.board import Section
from services.boards.survey_parts import Survey
from services.catalogue import Catalogue
from services.i18n import _
from services.satisfaction import sentences
from services.views import View


def checks_section(session: Session, view: View, lists: Catalogue, found: Survey) -> Section:
    """What was found in the latest wave; empty for a wave without answers one by one."""
    title = _("数据核查")
    if not reads.has_answers(session, found.latest.code):
        return Section(title, ())
    said = tuple(_said(view, lists, found, reads.findings(session, found.latest.code)))
    return Section(
        title,
        (),
        sentences=said or (_("没有发现需要核实的情况。"),),
        note=_(
            "检查了全部满意、各题选项相同、答卷重复和访问员工作量；只列出偶然情况下很少出现的，"
            "可能有正常原因，不是结论。"
        ),
    )


def _said(view: View, lists: Catalogue, found: Survey, rows: Sequence[Any]) -> Iterator[str]:
    """A sentence a finding: of the communities looked at, and of interviewers for the whole."""
    chosen, hidden = view.filters.communities, _hidden(found)
    names = {place.code: place.name for place in lists.communities}
    for row in rows:
        if row.interviewer:
            if not chosen:
                yield sentences.finding(row, _("访问员 {code}").format(code=row.interviewer))
        elif row.community_code not in hidden and row.community_code in (chosen or names):
            yield sentences.finding(row, names[row.community_code])


def _hidden(found: Survey) -> set[str]:
    """Communities of which a number of answers is hidden: no other number may tell it."""
    rows = found.scores[found.scores["wave"] == found.latest.code]
    return set(rows.loc[rows["state"] == "hidden", "community"])
