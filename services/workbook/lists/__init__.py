"""Lists as sheets: the mechanism they share (`listing`), and each list's columns and rules."""
