"""Lists as sheets: the mechanism they share (`listing`), and each list with its columns and rules."""
