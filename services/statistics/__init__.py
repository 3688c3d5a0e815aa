"""Textbook methods on arrays: numpy and scipy in, numbers and small dataclasses out."""
