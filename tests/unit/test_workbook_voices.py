"""A workbook of voices: what is registered, corrected and refused, and nothing twice."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from db.engine import Session
from db.models import Feedback, FeedbackTopic
from services import feedback, workbook
from services.errors import InvalidEntry, NotPermitted
from services.log.history import history
from services.workbook import Choice, Receipt
from tests.activity_cases import person
from tests.feedback_cases import NOW, PHONE, TODAY, Desk
from tests.list_workbook_cases import VOICE as ROW
from tests.list_workbook_cases import logged
from tests.workbook_cases import check, edited, said, sheet, take, upload
from tests.workbooks import Cell

BOOK = workbook.KINDS["voices"]


@pytest.fixture
def desk(session: Session) -> Desk:
    return Desk(session)


def voices(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Feedback)) or 0


def out(desk: Desk) -> bytes:
    return workbook.list_book(desk.session, "voices", desk.office, TODAY)


def test_a_new_row_is_one_voice_whoever_sends_it_again(desk: Desk, session: Session) -> None:
    before = logged(session)
    done = take(session, sheet(ROW), desk.office, kind=BOOK)
    assert done == Receipt(1, 0, 0, 0, ("F000001",))
    assert logged(session) == before + 2  # the voice, and the file
    line = history(session, "feedback", ("F000001",), desk.office)[0]
    assert (line.action, line.who) == ("登记", desk.office.name)
    other = person(session, "administrator")
    assert take(session, sheet(ROW), other, kind=BOOK) == Receipt(0, 0, 1, 0)
    assert take(session, sheet(ROW | {"反映内容": " 晚上施工 "}), other, kind=BOOK).added == 0
    assert voices(session) == 1


def test_what_was_corrected_or_made_void_since_is_not_registered_anew(
    desk: Desk, session: Session
) -> None:
    take(session, sheet(ROW), desk.office, kind=BOOK)
    typed = feedback.typed_as(session, "F000001", desk.office)
    moved = feedback.Typed(**vars(typed) | {"community": "c01", "text": "夜里施工"})
    feedback.correct(session, "F000001", moved, 1, desk.office, NOW, TODAY)
    (line,) = check(session, sheet(ROW), desk.office, kind=BOOK).lines
    assert (line.state, line.number, line.note) == (workbook.SAME, "F000001", "已经导入过")
    desk.take("F000001", desk.step("void"))
    (line,) = check(session, sheet(ROW), desk.office, kind=BOOK).lines
    assert line.state == workbook.SAME
    assert "已作废" in line.note
    assert take(session, sheet(ROW), desk.office, kind=BOOK) == Receipt(0, 0, 1, 0)


@pytest.mark.parametrize("void", [False, True])
def test_the_same_words_of_a_community_are_registered_once_unless_it_is_said_twice(
    desk: Desk, session: Session, void: bool
) -> None:
    desk.submit(community="c02", text="晚上  施工")
    if void:
        desk.take("F000001", desk.step("void"))
    (line,) = check(session, sheet(ROW), desk.office, kind=BOOK).lines
    assert (line.state, "F000001" in line.note) == (workbook.ALIKE, True)
    with pytest.raises(InvalidEntry, match="没有一行可以导入"):
        take(session, sheet(ROW), desk.office, kind=BOOK)
    session.rollback()
    assert check(session, sheet(ROW | {"社区": "甲社区"}), desk.office, kind=BOOK).to_write == 1
    assert "1 行与同一社区" in BOOK.alike(1)
    chosen = upload(session, sheet(ROW), Choice(alike=True), kind=BOOK)
    assert BOOK.take(session, chosen, desk.office, NOW, TODAY).added == 1


def test_of_rows_of_a_file_that_say_the_same_the_first_is_taken(
    desk: Desk, session: Session
) -> None:
    rows = (ROW, ROW, ROW | {"收到日期": "2023-10-19"})
    first, second, third = check(session, sheet(*rows), desk.office, kind=BOOK).lines
    assert (first.state, third.state) == (workbook.NEW, workbook.ALIKE)
    assert "第 2 行" in said(second)[""]
    assert "第 2 行" in third.note


def test_all_that_the_page_lets_correct_is_corrected_and_the_course_stays(
    desk: Desk, session: Session
) -> None:
    number = desk.brought_to("assigned", community="c01")
    mark = check(session, out(desk), desk.office, kind=BOOK).table.rows[0].cells["check"]
    changed: dict[str, Cell] = ROW | {"社区": "甲社区", "学校": "乙小学", "编号": number,
                                      "核对码": mark}  # fmt: skip
    assert take(session, sheet(changed), desk.office, kind=BOOK) == Receipt(0, 1, 0, 0)
    typed, voice = feedback.typed_as(session, number, desk.office), desk.voice(number)
    assert (typed.topic, typed.channel, typed.school, typed.text) == (
        "noise", "hot_line", "乙小学", "晚上施工",
    )  # fmt: skip
    assert (voice.state, voice.version, len(voice.course)) == ("assigned", 3, 2)
    line = history(session, "feedback", (number,), desk.office)[-1]
    assert "学校：甲小学 → 乙小学" in line.differences


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [("已办结", "待交办", "状态"), ("已解决，满意", "", "回访结果"),
     ("2023-10-23", "2023-11-30", "办理期限"), ("2023-10-19", "明天", "响应日期"),
     ("2023-10-21", "2023-10-20", "办理完毕日期")],
)  # fmt: skip
def test_a_step_is_taken_on_the_page_only(
    desk: Desk, session: Session, old: str, new: str, column: str
) -> None:
    desk.brought_to("closed")
    data = edited(out(desk), f">{old}<", f">{new}<")
    (line,) = check(session, data, desk.office, kind=BOOK).lines
    assert "只能在页面上改" in said(line)[column]
    desk.take("F000001", desk.step("reopen"))
    (line,) = check(session, data, desk.office, kind=BOOK).lines
    assert "只能在页面上改" in "".join(said(line).values()), "also where it moved on meanwhile"


def test_a_new_row_begins_its_course_on_the_page(desk: Desk, session: Session) -> None:
    blank: dict[str, Cell] = {"状态": "待交办", "责任人": "", "办理期限": None, "办理轮次": ""}
    assert check(session, sheet(ROW | blank), desk.office, kind=BOOK).to_write == 1
    (line,) = check(session, sheet(ROW | {"责任人": "李主任"}), desk.office, kind=BOOK).lines
    assert "只能在页面上改" in said(line)["责任人"]
    take(session, sheet(ROW | blank), desk.office, kind=BOOK)
    desk.take("F000001", desk.step("assign", owner=desk.office.id))
    again = take(session, sheet(ROW | blank), desk.office, kind=BOOK)
    assert again == Receipt(0, 0, 1, 0), "what it became since is no change"


def test_a_hidden_number_stands_for_what_was_typed_and_is_not_changed(
    desk: Desk, session: Session
) -> None:
    desk.submit(text=f"请回电 {PHONE}", school=f"电话 {PHONE}")
    data = out(desk)
    moved = edited(data, ">上下学交通拥堵<", ">作业负担过重<")
    assert take(session, moved, desk.office, kind=BOOK) == Receipt(0, 1, 0, 0)
    typed = feedback.typed_as(session, "F000001", desk.office)
    assert (typed.text, typed.topic) == (f"请回电 {PHONE}", "homework")
    fresh = out(desk)
    for old, new in (("请回电 138****5678", "请回电 138****5679"), ("电话 138****5678", "138****")):
        changed = edited(fresh, f">{old}<", f">{new}<")
        (line,) = check(session, changed, desk.office, kind=BOOK).lines
        assert [sentence for sentence in said(line).values() if "隐藏" in sentence]


def test_what_is_refused_hides_numbers_too(desk: Desk, session: Session) -> None:
    row = ROW | {"反映内容": f"打 {PHONE}", "反映的问题": "没有的"}
    (line,) = check(session, sheet(row), desk.office, kind=BOOK).lines
    assert PHONE not in repr((line.what, line.reasons))


@pytest.mark.dialects("sqlite")
@pytest.mark.parametrize(
    ("changes", "column", "says"),
    [
        ({"收到日期": ""}, "收到日期", "请选择收到的日期"),
        ({"收到日期": "10.18"}, "收到日期", "看不懂"),
        ({"收到日期": "2023-11-30"}, "收到日期", "不能晚于今天"),
        ({"反映的问题": "天气"}, "反映的问题", "从列表中选择"),
        ({"来源渠道": None}, "来源渠道", "从列表中选择"),
        ({"社区": ""}, "社区", "请选择所属社区"),
        ({"社区": "丁社区"}, "社区", "从列表中选择"),
        ({"反映内容": " "}, "反映内容", "请写明"),
        ({"反映内容": "长" * 2001}, "反映内容", "最多"),
        ({"学校": "校" * 61}, "学校", "最多"),
        ({"编号": "F000099"}, "编号", "没有这个编号"),
    ],
)
def test_every_bad_cell_is_refused_with_what_to_do(
    desk: Desk, session: Session, changes: dict[str, Cell], column: str, says: str
) -> None:
    (line,) = check(session, sheet(ROW | changes), desk.office, kind=BOOK).lines
    assert says in said(line)[column]


def test_a_correction_is_refused_as_on_the_page(desk: Desk, session: Session) -> None:
    desk.brought_to("assigned")
    desk.submit(text="另一条", topic="noise")
    data = out(desk)
    for old, new, sentence in (
        ("2023-10-18", "2023-10-20", "不能晚于交办"), ("甲社区", "乙社区", "请先改派"),
    ):  # fmt: skip
        cells = BOOK.columns(session)
        row = workbook.read(BOOK, data, cells).rows[0].cells
        given = {one.heading: row[one.field] for one in cells}
        changed = {name: new if text == old else text for name, text in given.items()}
        (line,) = check(session, sheet(changed), desk.office, kind=BOOK).lines
        assert sentence in "".join(said(line).values())
    desk.take("F000002", desk.step("void"))
    (line,) = check(session, edited(data, "另一条", "改"), desk.office, kind=BOOK).of(
        workbook.REFUSED
    )
    assert "请先恢复" in "".join(said(line).values())


def test_a_topic_out_of_use_stays_with_what_has_it_and_takes_no_new_one(
    desk: Desk, session: Session
) -> None:
    desk.submit(topic="noise", text="一")
    session.get_one(FeedbackTopic, "noise").active = False
    session.commit()
    data = edited(out(desk), ">一<", ">二<")
    assert take(session, data, desk.office, kind=BOOK) == Receipt(0, 1, 0, 0)
    (line,) = check(session, sheet(ROW), desk.office, kind=BOOK).lines
    assert "请选择反映的问题" in said(line)["反映的问题"]


def test_staff_of_a_community_see_and_change_their_own_only(desk: Desk, session: Session) -> None:
    desk.submit(text="甲社区的")
    desk.submit(text="乙社区的", community="c02")
    whole = out(desk)
    own = workbook.list_book(session, "voices", desk.staff, TODAY)
    assert check(session, own, desk.staff, kind=BOOK).counts == {workbook.SAME: 1}
    first, second = check(session, whole, desk.staff, kind=BOOK).lines
    assert first.state == workbook.SAME
    assert "本社区" in said(second)["编号"]
    (line,) = check(session, sheet(ROW), desk.staff, kind=BOOK).lines
    assert "本社区" in said(line)["社区"]
    here = {name: cell for name, cell in ROW.items() if name != "社区"}
    assert take(session, sheet(here), desk.staff, kind=BOOK).added == 1
    assert feedback.typed_as(session, "F000003", desk.office).community == "c01"
    (line,) = check(session, edited(own, "甲社区<", "乙社区<"), desk.staff, kind=BOOK).lines
    assert line.state == workbook.REFUSED


def test_an_official_may_have_them_and_change_none(desk: Desk, session: Session) -> None:
    desk.submit()
    official = person(session, "official")
    data = workbook.list_book(session, "voices", official, TODAY)
    with pytest.raises(NotPermitted):
        check(session, data, official, kind=BOOK)


def test_the_same_school_spelt_otherwise_is_counted_once(desk: Desk, session: Session) -> None:
    rows = [ROW | {"学校": school, "反映内容": f"{len(school)} 字"}
            for school in ("乙 小学", "乙小学")]  # fmt: skip
    assert take(session, sheet(*rows), desk.office, kind=BOOK).added == 2
    assert feedback.lists(session).schools == ("乙 小学",)
    assert take(session, sheet(*rows), desk.office, kind=BOOK) == Receipt(0, 0, 2, 0)
