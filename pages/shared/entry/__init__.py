"""Activities: the form, what one says, its questions, its list, its approval."""
