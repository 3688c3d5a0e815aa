"""Meetings: slides, comments, files to take along, the bulletin."""
