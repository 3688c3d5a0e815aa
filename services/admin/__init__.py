"""What administrators keep: people, places, the lists, the change log."""
