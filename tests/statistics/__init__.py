"""Statistical methods against reference cases and their own invariants."""
