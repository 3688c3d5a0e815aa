"""How a section's cards are laid out beside one another."""

from __future__ import annotations

from dataclasses import replace

from services.boards.board import Section
from services.charts.cards import Card, Chart, Table, Tile


def test_a_half_wide_chart_with_none_beside_it_takes_the_whole_row() -> None:
    blank = Chart("", "", "", "", "", Table((), ()), "")
    full, half = replace(blank, width="full"), replace(blank, width="half")
    tile = Tile("", "", "")

    def widths(*cards: Card) -> list[str]:
        laid = Section("", cards).laid
        assert len(laid) == len(cards)
        return [card.width for card in laid if isinstance(card, Chart)]

    assert widths() == []
    assert widths(tile, half, half) == ["half", "half"]
    assert widths(tile, half) == ["full"]
    assert widths(half, full, half, half, half) == ["full", "full", "half", "half", "full"]
