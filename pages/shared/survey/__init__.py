"""Surveys: waves, their scales, and the import of a file of answers."""
