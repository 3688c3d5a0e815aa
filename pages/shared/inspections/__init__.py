"""Inspections: the form, the list, one of them, its photos."""
