"""A meeting's material as files: slide deck, document, workbook."""
