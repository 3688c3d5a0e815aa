"""An edited paragraph: numbers that stay computed, numbers typed over, numbers left out."""

from __future__ import annotations

import pytest

from services.i18n import use_language
from services.meetings.prose import Paragraph, Segment
from services.meetings.typed_over import as_edited

COMPUTED = Paragraph(
    "health",
    "基本医疗",
    (
        Segment("2023年9月1日起，开展"),
        Segment("义诊活动"),
        Segment("41次", "records:a", 41.0),
        Segment("，查体"),
        Segment("54次", "records:b", 54.0),
        Segment("。累计清运"),
        Segment("约6吨", "records:c", 6.2),
        Segment("，讲座"),
        Segment("30多场", "records:d", 33.0),
        Segment("，满意度"),
        Segment("87.4", "satisfaction:e"),
        Segment("分。"),
    ),
)


def typed(text: str) -> list[tuple[str, str]]:
    """The numbers typed over, each with what the data say there."""
    return [(one.text, one.recorded) for one in as_edited(text, COMPUTED).segments if one.typed]


def links(text: str) -> dict[str, str]:
    return {one.text: one.link for one in as_edited(text, COMPUTED).segments if one.link}


def test_the_computed_text_itself_keeps_every_number() -> None:
    edited = as_edited(COMPUTED.text, COMPUTED)
    assert (typed(COMPUTED.text), edited.missing) == ([], ())
    assert [one for one in edited.segments if one.link] == [
        one for one in COMPUTED.segments if one.link
    ]


@pytest.mark.parametrize(
    "text", [COMPUTED.text, "约 6 吨、41 次、87.4 分，讲座又办了30多场", "无", ""]
)
def test_nothing_of_the_text_is_lost(text: str) -> None:
    assert "".join(one.text for one in as_edited(text, COMPUTED).segments) == text


def test_numbers_keep_their_records_among_other_words() -> None:
    found = links("9月以来，义诊活动共41 次；讲座又办了30多场，群众打了87.4分。")
    assert found == {"41 次": "records:a", "30多场": "records:d", "87.4": "satisfaction:e"}


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("义诊活动42次", [("42次", "41次")]),
        ("义诊活动近50次", [("近50次", "41次")]),
        ("累计清运近7吨", [("近7吨", "约6吨")]),
        ("累计清运6吨", [("6吨", "约6吨")]),
        ("讲座40余场", [("40余场", "30多场")]),
        ("另走访180户", [("180", "")]),
        ("义诊活动约41次", [("约41次", "41次")]),
        ("满意度87.4%", [("87.4%", "87.4")]),
        ("讲座130多场", [("130多场", "30多场")]),
    ],
)
def test_a_number_typed_over_is_marked(text: str, marked: list[tuple[str, str]]) -> None:
    assert typed(text) == marked


def test_numbers_that_changed_places_are_typed_over() -> None:
    assert typed("开展义诊活动54次，查体41次") == [("54次", "41次"), ("41次", "54次")]


def test_dates_that_the_data_wrote_are_no_figures_and_others_are_marked() -> None:
    assert typed("2023年9月1日以来工作有序") == []
    assert typed("2023年9月2日以来工作有序") == [("2", "")]


def test_counts_that_were_left_out_are_named() -> None:
    edited = as_edited("义诊活动41次，讲座三十多场。", COMPUTED)
    assert edited.missing == ("查体54次", "累计清运约6吨", "讲座30多场")
    assert as_edited("义诊活动42次", COMPUTED).missing == (
        "查体54次",
        "累计清运约6吨",
        "讲座30多场",
    )


def test_english_phrases_are_found_too() -> None:
    use_language("en")
    said = Paragraph(
        "health",
        "Basic healthcare",
        (Segment("Health talks – "), Segment("over 30 sessions", "records:d", 33.0)),
    )
    kept = as_edited("There were over 30 sessions.", said)
    assert [one.link for one in kept.segments] == ["", "records:d", ""]
    over = as_edited("Health talks – nearly 40 sessions", said)
    assert [(one.text, one.recorded) for one in over.segments if one.typed] == [
        ("nearly 40 sessions", "over 30 sessions")
    ]
