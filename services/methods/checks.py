"""Checks at entry: what is asked about, and what among the newest records was."""

from __future__ import annotations

from db.reads import activities as reads
from services.activities import ENOUGH, questions
from services.formats import number
from services.i18n import _
from services.methods.method import Material, Method

_NEWEST = 100


def odd_figures(material: Material) -> Method:
    return Method(
        _("填报时的核对"),
        (
            _(
                "填报的数字与本社区近 12 个月同类活动比较（取对数后的中位数与 MAD）；"
                "离中位数超过 3.5 个稳健标准差的，请填报人确认。"
            ),
            _("不足 {enough} 条记录不比较；平常的一半到两倍之间从不提问。").format(enough=ENOUGH),
            _("提问不等于出错：确认后照常保存，审核人看得到平常的范围和填报人的答复。"),
        ),
        _example(material),
    )


def _example(material: Material) -> str:
    newest = reads.records(
        material.session,
        reads.Choice(last=material.view.last_day, state="recorded"),
        _NEWEST,
    )
    asked = [
        one.finding
        for found in questions(material.session, newest, material.lists)
        for one in found
    ]
    if not newest:
        return _("还没有记录可以举例。")
    if not asked:
        return _("最近 {count} 条记录都与平常相近。").format(count=number(len(newest)))
    return _("最近 {count} 条记录提问 {asked} 处，例如：{sentence}").format(
        count=number(len(newest)),
        asked=number(len(asked)),
        sentence=max(asked, key=lambda one: one.weight).sentence,
    )
