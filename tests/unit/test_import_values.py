"""Texts of a file are read strictly: what float() or a guess would take is refused or left."""

from __future__ import annotations

from datetime import date

import pytest

from services.errors import InvalidEntry
from services.imports import values
from services.imports.faults import EMPTY_FORMULA, ERROR_CELL, MERGED_CELL


@pytest.mark.parametrize("text", ["nan", "1e309", "1_000", "٣", "inf", "-1", "0", "", "1,5", "10²"])
def test_a_weight_is_digits_only_and_above_zero(text: str) -> None:
    with pytest.raises(InvalidEntry):
        values.weight(text)


@pytest.mark.parametrize(("text", "weight"), [("１２．５", 12.5), (" 0.8\u200b", 0.8), ("3", 3.0)])
def test_full_width_digits_and_invisible_characters_are_read(text: str, weight: float) -> None:
    assert values.weight(text) == weight


@pytest.mark.parametrize(
    "text",
    ["2023-09-05", "2023/9/5", "2023.9.5", "2023年9月5日", "20230905", "２０２３-09-05",
     "2023-09-05 08:30:00", "2023-09-05T08:30", "2023 年 9 月 5 日"],
)  # fmt: skip
def test_a_day_is_read_in_every_usual_form(text: str) -> None:
    assert values.day(text) == date(2023, 9, 5)


@pytest.mark.parametrize("text", ["2026.10", "2023-13-05", "45180", "9月5日", "05/09/2023", "昨天"])
def test_a_day_that_could_be_another_is_refused(text: str) -> None:
    with pytest.raises(InvalidEntry, match="2023-09-15"):
        values.day(text)


def test_a_blank_day_is_none() -> None:
    assert values.day(" ") is None


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("18", "age_18_34"),
        ("34岁", "age_18_34"),
        ("25-34", "age_18_34"),
        ("３５～４４岁", "age_35_59"),
        ("60岁及以上", "age_60_plus"),
        ("61+", "age_60_plus"),
        ("75 or older", "age_60_plus"),
        ("65-74", "age_60_plus"),
        ("31-40", "31-40"),
        ("老年", "老年"),
        ("17", ""),
        ("", ""),
    ],
)
def test_an_age_belongs_to_the_group_of_the_register_that_holds_it(text: str, group: str) -> None:
    assert values.age_group(text) == group


@pytest.mark.parametrize(
    ("text", "coded", "sex"),
    [
        ("男", False, "male"),
        (" Female", False, "female"),
        ("1", True, "male"),
        ("2", True, "female"),
        ("1", False, ""),
        ("不详", False, ""),
    ],
)
def test_sex_is_read_as_word_or_code(text: str, coded: bool, sex: str) -> None:
    assert values.sex(text, coded) == sex


def test_a_name_becomes_a_code_of_its_own_within_the_wave() -> None:
    code = values.code("王小明", "w1")
    assert code == values.code(" 王小明 ", "w1")
    assert code != values.code("王小明", "w2")
    assert code != values.code("李小明", "w1")
    assert "王" not in code
    assert values.code("A-07", "w1") == "A-07"
    assert values.code("13812345678", "w1").startswith("p")


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("明得社区", "明德社区"),
        ("和畅居委会", "和畅社区"),
        ("柳西", "柳溪社区"),
        ("火星基地", None),
    ],
)
def test_the_nearest_name_is_offered(text: str, near: str | None) -> None:
    assert values.nearest(text, ["明德社区", "和畅社区", "柳溪社区"]) == near


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (ERROR_CELL, "显示错误"),
        (EMPTY_FORMULA, "没有保存结果"),
        (MERGED_CELL, "合并"),
        ("#REF!", "显示错误"),
        ("#N/A", "显示错误"),
    ],
)
def test_a_cell_without_a_value_to_trust_says_why(text: str, says: str) -> None:
    with pytest.raises(InvalidEntry, match=says):
        values.trusted(text)


def test_counts_are_whole_and_a_blank_is_none_at_all() -> None:
    assert [values.count(text) for text in ("", "12", "１２", "12.0", "0")] == [0, 12, 12, 12, 0]
    for text in ("1.5", "-1", "约10", "1e3"):
        with pytest.raises(InvalidEntry, match="份数"):
            values.count(text)
