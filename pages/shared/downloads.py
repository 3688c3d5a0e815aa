"""Media types of the files that pages offer."""

from __future__ import annotations

_OFFICE = "application/vnd.openxmlformats-officedocument"

CSV = "text/csv"
DOCX = f"{_OFFICE}.wordprocessingml.document"
PPTX = f"{_OFFICE}.presentationml.presentation"
XLSX = f"{_OFFICE}.spreadsheetml.sheet"
