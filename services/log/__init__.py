"""The change log in words: searched by an administrator, and as the history of one thing."""
