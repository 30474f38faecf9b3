"""An IMAP account: its messages, its doorbell, and what it keeps of what was sent."""
