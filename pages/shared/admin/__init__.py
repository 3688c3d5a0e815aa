"""What administrators keep: people, places, lists, targets, backups, the log."""
