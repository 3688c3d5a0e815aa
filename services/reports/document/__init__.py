"""A meeting and its bulletin as .docx: A4 in the manner of GB/T 9704, tables that can be edited."""

from services.reports.document.file import bulletin_file, document

__all__ = ["bulletin_file", "document"]
