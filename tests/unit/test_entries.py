"""What is typed is read strictly; what cannot be read is refused with what to do."""

from __future__ import annotations

from decimal import Decimal

import pytest

from services import privacy
from services.entries import (
    LONGEST_NOTE,
    check_quantity,
    chosen,
    gathered,
    needed,
    people,
    quantity,
    words,
)
from services.errors import InvalidEntry

PHONE = "138" + "12345678"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", "12"),
        ("0", "0"),
        ("007", "7"),
        (" 12 ", "12"),
        ("\u300012\u3000", "12"),
        ("12.5", "12.5"),
        ("12.500", "12.5"),
        ("0.001", "0.001"),
        ("1,200", "1200"),
        ("1,234,567.8", "1234567.8"),
        ("１２．５", "12.5"),
        ("１，２００", "1200"),
        ("1\u200b2\ufeff", "12"),
        ("\u206612\u2069", "12"),
        ("100,000,000", "100000000"),
        ("100000000.000", "100000000"),
    ],
)
def test_a_number_is_read_as_it_was_meant(text: str, value: str) -> None:
    assert quantity(text, "数量", whole=False) == Decimal(value)


@pytest.mark.parametrize("text", ["", " ", "\u3000", "\u200b", "\t\n", "-", "—", "——", " / "])
def test_a_blank_is_none_and_never_zero(text: str) -> None:
    assert quantity(text, "数量", whole=False) is None
    assert people(text, "参加人数") is None


@pytest.mark.parametrize(
    "text",
    [
        *("nan", "inf", "1e309", "1e3", "1_000", "0x10", "True", "٣", "१२", "三十", "①", "10²"),
        *("½", "𝟏", "12吨", "12 13", "1 200", "1,20", "1,2345", ",200", "12.", ".5", "."),
        *("1.2.3", "1,200,", "12%", "1.2万", "=1+1", "12;13", "1'200", "１２。５", "⑫"),
    ],
)
@pytest.mark.parametrize("whole", [True, False])
def test_what_is_no_plain_number_is_refused(text: str, whole: bool) -> None:
    with pytest.raises(InvalidEntry, match="请只填数字") as refusal:
        quantity(text, "生活垃圾", whole=whole, field="measure-x")
    assert refusal.value.field == "measure-x"
    assert "生活垃圾" in refusal.value.sentence


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("30人", "人", "30"), ("30 人次", "人次", "30"), ("30人", "人次", "30"),
        ("３０ 名 ", "人次", "30"), ("1,200份", "份", "1200"), ("1,200.00 ", "元", "1200"),
        ("￥1,200.50", "元", "1200.5"), ("5（台次）", "台次", "5"), ("5 台", "台次", "5"),
        ("1.5 Tonnes", "tonnes", "1.5"), ("1.5\xa0吨\u3000", "吨", "1.5"), ("35%", "%", "35"),
    ],
)  # fmt: skip
def test_the_unit_of_the_column_may_be_written_after_the_number(
    text: str, unit: str, value: str
) -> None:
    assert quantity(text, "数量", whole=False, unit=(unit,)) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "unit", "written"),
    [("30吨", "台次", "吨"), ("30人次", "人", "人次"), ("1.2万", "元", "万"), ("¥30", "人", "¥")],
)
def test_another_unit_is_refused_with_both_named(text: str, unit: str, written: str) -> None:
    with pytest.raises(InvalidEntry) as refusal:
        quantity(text, "数量", whole=False, unit=(unit,))
    assert f"的单位是“{unit}”，这里写的是“{written}”" in refusal.value.sentence


@pytest.mark.parametrize("text", ["约30", "30余人", "近30", "30左右", "30多", "30+", "about 30"])
def test_a_number_that_is_not_counted_is_refused_with_what_to_do(text: str) -> None:
    with pytest.raises(InvalidEntry, match="要填准确的数"):
        people(text, "参加人数")


def test_people_may_be_written_with_their_word() -> None:
    assert [people(text, "参加人数") for text in ("30人", "30 人次", "30名")] == [30, 30, 30]


@pytest.mark.parametrize("text", ["-3", "－3", "−3", "- 3", "–3"])
def test_a_negative_number_is_told_from_a_blank(text: str) -> None:
    with pytest.raises(InvalidEntry, match="不能是负数"):
        quantity(text, "数量", whole=False)


@pytest.mark.parametrize(
    ("text", "whole", "sentence"),
    [
        ("12.5", True, "请填整数"),
        ("0.001", True, "请填整数"),
        ("12.3456", False, "最多三位小数"),
        ("1.0000000000000000000000000000000001", False, "最多三位小数"),
        ("100000000.001", False, "是不是多输了位数"),
        ("100000001", True, "是不是多输了位数"),
        ("9" * 400, True, "是不是多输了位数"),
    ],
)
def test_a_number_that_cannot_be_kept_is_refused(text: str, whole: bool, sentence: str) -> None:
    with pytest.raises(InvalidEntry, match=sentence):
        quantity(text, "数量", whole=whole)


def test_a_whole_number_may_be_written_with_zero_decimals() -> None:
    assert quantity("12.0", "数量", whole=True) == 12


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-0.001", "1E+9"])
def test_a_quantity_from_elsewhere_is_held_to_the_same_bounds(value: str) -> None:
    with pytest.raises(InvalidEntry, match="要在 0 和 100,000,000 之间"):
        check_quantity(Decimal(value), "数量", whole=False)


def test_people_are_whole_and_not_too_many() -> None:
    assert people("1,000,000", "参加人数") == 1_000_000
    assert people("0", "参加人数") == 0
    with pytest.raises(InvalidEntry, match="不能超过 1,000,000 人"):
        people("1000001", "参加人数")
    with pytest.raises(InvalidEntry, match="请填整数"):
        people("2.5", "参加人数")


def test_a_partner_that_joined_has_at_least_one_head_or_an_unknown_number() -> None:
    assert people("1", "志愿者", least=1) == 1
    with pytest.raises(InvalidEntry, match="至少填 1；人数不清楚就留空"):
        people("0", "志愿者", least=1)


def test_words_lose_control_characters_only() -> None:
    assert words(" 第一行\r\n第二行\x00\x07\t👨‍👩‍👧 ", "备注", 50) == "第一行\n第二行\t👨‍👩‍👧"
    assert words("\ud800", "备注", 50) == ""
    assert words("\ufeff\u200b \u200e", "备注", 50) == "", "nothing that is to be seen is nothing"


def test_words_that_are_too_long_are_refused_with_both_lengths() -> None:
    assert len(words("字" * LONGEST_NOTE, "备注", LONGEST_NOTE)) == LONGEST_NOTE
    with pytest.raises(InvalidEntry, match="最多 2000 个字，现在有 2001 个"):
        words("字" * (LONGEST_NOTE + 1), "备注", LONGEST_NOTE)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"联系张三{PHONE}。", "联系张三138****5678。"),
        ("138-1234-5678 / 139 1234 5678", "138****5678 / 139****5678"),
        (f"+86 {PHONE}", "+86****5678"),
        ("１３８１２３４５６７８", "１３８****５６７８"),
        ("138\u200b12345678", "138****5678"),
        ("身份证37040219900101123X", "身份证370****123X"),
        ("370402199001011234", "370****1234"),
        ("370402900101123", "370****1123"),
        ("卡号6222 0212 3456 7890 123", "卡号622**** 123"),
        ("0632-5551234", "063****1234"),
        (f"2023-10-28 {PHONE}", "2023-10-28 138****5678"),
    ],
)
def test_numbers_of_persons_are_hidden(text: str, shown: str) -> None:
    assert privacy.mask(text) == shown
    assert privacy.has_numbers(text)


@pytest.mark.parametrize(
    "text",
    ["", "发放资料3000余份", "2023-10-28 14:30", "A000123", "1.5吨", "12345678", "500,000元"],
)
def test_other_numbers_are_left_as_they_are(text: str) -> None:
    assert privacy.mask(text) == text
    assert not privacy.has_numbers(text)


def test_a_refusal_names_the_field_and_shows_how_it_is_done() -> None:
    with pytest.raises(InvalidEntry) as refusal:
        quantity("x", "数量", whole=True)
    assert refusal.value.sentence == "“数量”请只填数字，例如 1,200，不要写文字和空格。"


def form() -> None:
    """A form with four mistakes, one of them made twice, and what ends it."""
    with gathered() as part:
        assert part(quantity, "三", "数量", whole=True, field="one") is None
        assert part(people, "3", "人数", field="two") == 3
        part(chosen, None, "请选择社区。", "three")
        part(needed, " ", "内容", 9, "four")
        part(needed, " ", "内容", 9, "four")
        raise InvalidEntry("到此为止。")


def longer_form() -> int:
    with gathered() as part:
        part(form)
        part(chosen, None, "请选择日期。", "five")
    return 1


def test_all_that_is_refused_is_said_at_once_in_its_order() -> None:
    with pytest.raises(InvalidEntry) as refusal:
        form()
    said = [(one.field, one.sentence) for one in refusal.value.every]
    assert [field for field, _sentence in said] == ["one", "three", "four", ""]
    assert said[0] == (refusal.value.field, refusal.value.sentence)


def test_what_gathers_within_another_is_said_with_it() -> None:
    with pytest.raises(InvalidEntry) as refusal:
        longer_form()
    assert [one.field for one in refusal.value.every] == ["one", "three", "four", "", "five"]


@pytest.mark.parametrize("text", ["1000001", "200000000", "9" * 400])
def test_too_many_people_are_told_the_bound_of_people(text: str) -> None:
    with pytest.raises(InvalidEntry, match="不能超过 1,000,000 人"):
        people(text, "参加人数")
