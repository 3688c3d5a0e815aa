"""The deck: native charts and tables of a fitting size, and pages that LibreOffice draws uncut."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE
from pptx.oxml.ns import qn
from sqlalchemy import Engine

from db.engine import Session
from services.charts.cards import Table
from services.formats import fixed
from services.i18n import LANGUAGES, use_language
from services.meetings.content import Content
from services.meetings.pack import Pack, Page
from services.reports.deck import deck
from services.reports.look import Look
from services.reports.parts import parts
from tests.meeting_cases import host, made, packed
from tests.rendering import boxes, printed

SMALLEST = 1200  # hundredths of a point: 24 px of a screen of 1920 × 1080
TILES_END = 0.4  # of the page's height: above it stand the headline and the tiles
LONG = "请责任社区当场说明原因、整改措施和新的完成期限，并由督查组在下次会议前逐项核实办理结果。"


@pytest.fixture
def meeting(demo_office: Session) -> Pack:
    user = host(demo_office)
    return packed(demo_office, made(demo_office, user).number, user)


def opened(pack: Pack, look: Look | None = None) -> Any:
    return Presentation(BytesIO(deck(pack, look or Look())))


def page(content: Content, body: str = "") -> Page:
    return Page(1, content, content.headline, body, "")


def tabled(rows: int, text: str = LONG) -> Content:
    lines = tuple((str(number), text, "2023年10月31日") for number in range(rows))
    table = Table(("编号", "内容", "期限"), lines)
    return Content("promises", "", "承诺", "多项承诺。", table=table, source="来源：承诺事项")


def test_no_letter_is_smaller_than_what_is_read_from_the_back_row(meeting: Pack) -> None:
    for slide in opened(meeting).slides:
        parts_of = [slide.element, *(one.chart.element for one in slide.shapes if one.has_chart)]
        sizes = [int(one.get("sz")) for part in parts_of for one in part.iter() if one.get("sz")]
        assert min(sizes) >= SMALLEST


def test_every_run_names_its_font_for_chinese_too(meeting: Pack) -> None:
    for slide in opened(meeting, Look(font="SimHei")).slides:
        for run in slide.element.iter(qn("a:rPr")):
            if (run.getparent().findtext(qn("a:t")) or "").strip():
                names = {run.find(qn(f"a:{tag}")).get("typeface") for tag in ("latin", "ea", "cs")}
                assert names == {"SimHei"}


def test_the_offices_colour_is_on_every_page_that_has_no_domain(meeting: Pack) -> None:
    slides = list(opened(meeting, Look(accent="#aa1122")).slides)
    bars = [slide.shapes[1].fill.fore_color.rgb for slide in slides]
    assert {str(bars[place]) for place in (0, 1, 2, 4)} == {"AA1122"}
    assert str(bars[5]) == "106A4E"


def test_every_page_states_its_source_its_office_and_its_number(meeting: Pack) -> None:
    pages = list(zip(opened(meeting).slides, meeting.pages, strict=True))[1:]
    for slide, of in pages:
        said = " ".join(one.text_frame.text for one in slide.shapes if one.has_text_frame)
        assert of.content.source in said
        assert f"{meeting.office} · {meeting.title}" in said
        assert slide.element.findall(f".//{qn('a:fld')}")


def test_axes_begin_at_zero_for_bars_and_hold_every_interval(meeting: Pack) -> None:
    for slide, of in zip(opened(meeting).slides, meeting.pages, strict=True):
        plot = of.content.plot
        for shape in (one for one in slide.shapes if one.has_chart):
            lies = shape.chart.chart_type == XL_CHART_TYPE.XY_SCATTER
            axis = shape.chart.category_axis if lies else shape.chart.value_axis
            if plot.kind == "bars":
                assert axis.minimum_scale == 0
            else:
                rows = of.content.chart.table.rows
                ends = [row[place] for row in rows for place in (plot.low, plot.high)]
                known = [end for end in ends if end is not None]
                assert axis.minimum_scale <= min(known) <= max(known) <= axis.maximum_scale


def test_many_names_lie_flat_beside_their_rows_with_every_interval(meeting: Pack) -> None:
    (of,) = [page for page in meeting.pages if page.content.kind == "standing"]
    slide = opened(meeting).slides[meeting.pages.index(of)]
    (chart,) = [shape.chart for shape in slide.shapes if shape.has_chart]
    points, names, values, reference, *intervals = chart.plots[0].series
    rows, plot = of.content.chart.table.rows, of.content.plot
    known = [row for row in rows if row[plot.values[0]] is not None]
    assert list(points.values) == [len(rows) - rows.index(row) for row in known]

    def texts(series: Any, count: int) -> list[str]:
        return [series.points[place].data_label.text_frame.text for place in range(count)]

    assert texts(names, len(rows)) == [row[plot.labels] for row in rows]
    assert texts(values, len(known)) == [fixed(row[plot.values[0]]) for row in known]
    assert reference.points[1].data_label.text_frame.text.startswith("平均")
    assert [one.name for one in intervals] == [row[plot.labels] for row in known]
    assert 'rot="-2700000"' not in chart._chartSpace.xml


def test_a_dated_note_is_a_native_mark_over_its_wave_and_its_words_stand_beside(
    meeting: Pack,
) -> None:
    slides = {
        page.content.kind: slide
        for page, slide in zip(meeting.pages, opened(meeting).slides, strict=False)
    }
    slide = slides["satisfaction"]
    (chart,) = [shape.chart for shape in slide.shapes if shape.has_chart]
    marks = list(chart.plots[0].series)[-1]
    assert marks.name == "注记"
    (row,) = [place for place, value in enumerate(marks.values) if value is not None]
    assert str(chart.plots[0].categories[row]).startswith("2023年第三季度")
    assert marks.points[row].data_label.text_frame.text == "①"
    said = "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
    assert "① 2023年7月14日：街道办公室公布民声办理时限" in said


def test_what_was_noted_of_a_domains_work_stands_on_its_slide(meeting: Pack) -> None:
    said = {page.content.subject: page.content.sentences for page in meeting.pages}
    assert any(sentence.startswith("2023年9月4日：") for sentence in said["health"])
    assert not any(sentence.startswith("2023年8月7日：") for sentence in said["environment"])


def test_a_long_table_goes_on_and_loses_no_row() -> None:
    content = tabled(23)
    made_of = list(parts([page(content)]))
    assert len(made_of) > 1
    assert [row for one in made_of for row in one.table.rows] == list(content.table.rows)
    assert [one.place for one in made_of] == list(range(made_of[0].of))


def test_few_rows_get_larger_letters() -> None:
    assert [one.roomy for one in parts([page(tabled(3, "短")), page(tabled(8, "短"))])] == [
        True, False,
    ]  # fmt: skip


def test_sentences_shrink_until_they_fit_and_then_are_counted() -> None:
    content = Content("own", "", "自拟", "标题")
    sizes, counts = [], []
    for lines in (2, 12, 40):
        (one,) = parts([page(content, "\n".join([LONG] * lines))])
        sizes.append(one.size)
        counts.append(len(one.said))
    assert all(before >= after for before, after in pairwise(sizes))
    assert sizes[-1] == 24
    assert counts[:2] == [2, 12]
    assert re.fullmatch(r"另有 \d+ 条，见文字材料。", one.said[-1])


class Word(NamedTuple):
    """Its box as shares of the page."""

    text: str
    left: float
    top: float
    right: float
    low: float

    def covers(self, other: Word) -> bool:
        """Whether they lie over each other by more than their line spacing."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        tall = min(self.low, other.low) - max(self.top, other.top)
        least = min(one.low - one.top for one in (self, other))
        return wide > 0.001 and tall > 0.5 * least


def words(drawn: str) -> list[Word]:
    size = re.search(r'width="([\d.]+)" height="([\d.]+)"', drawn)
    assert size is not None
    wide, tall = float(size[1]), float(size[2])
    ends = "".join(rf' {name}="([\d.-]+)"' for name in ("xMin", "yMin", "xMax", "yMax"))
    return [
        Word(text, float(left) / wide, float(top) / tall, float(right) / wide, float(low) / tall)
        for left, top, right, low, text in re.findall(rf"<word{ends}>(.*?)</word>", drawn)
    ]


@pytest.fixture(scope="module")
def printed_decks(
    demo_file_engine: Engine, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, tuple[Pack, Path]]:
    """Language → the demonstration's meeting with a long table behind it, and its deck as PDF."""
    packs, files = {}, {}
    with Session(demo_file_engine.execution_options(minyi_write=True)) as session:
        user = host(session)
        for language in LANGUAGES:
            use_language(language)
            pack = packed(session, "M000001", user)
            packs[language] = replace(pack, pages=(*pack.pages, page(tabled(23))))
            files[f"{language}.pptx"] = deck(packs[language], Look())
        session.rollback()
    drawn = printed(files, tmp_path_factory.mktemp("decks"))
    return {language: (packs[language], drawn[f"{language}.pptx"]) for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_libreoffice_draws_every_page_with_all_of_its_words(
    printed_decks: dict[str, tuple[Pack, Path]], language: str
) -> None:
    use_language(language)
    pack, pdf = printed_decks[language]
    expected, drawn = list(parts(pack.pages)), boxes(pdf)
    assert len(drawn) == len(expected) > len(pack.pages)
    for part, one in list(zip(expected, drawn, strict=True))[1:]:
        found = words(one)
        assert all(word.right <= 1 and word.low <= 1 for word in found)
        level = [word for word in found if word.low < TILES_END]  # names of axes may be turned
        assert [pair for pair in combinations(level, 2) if pair[0].covers(pair[1])] == []
        text = "".join(word.text for word in found).replace("&amp;", "&").replace("&apos;", "'")
        content = part.page.content
        cells = [cell for row in (part.table.rows if part.table else ()) for cell in row]
        told = (part.page.headline, content.source, *part.said, *map(str, cells))
        told += tuple(word for tile in content.tiles[:6] for word in tile.value.split())
        missing = [line for line in told if re.sub(r"\s", "", line) not in text]
        assert missing == []
