"""What administrators keep: people, places, the lists."""
