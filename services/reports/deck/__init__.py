"""A meeting as a .pptx: 16:9, native charts and tables that can be edited, n and source."""

from services.reports.deck.file import deck

__all__ = ["deck"]
