"""Files locked with a password: how they are known, and opened; and what may be a password in a text."""
