"""Voices: the form, the list, one of them, its correction, as a workbook."""
