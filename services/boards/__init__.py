"""One module a page: what stands on it, as finished cards, for a view."""
