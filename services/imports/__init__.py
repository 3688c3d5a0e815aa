"""Files that offices really receive, read as text, checked row by row, taken over once."""
