"""An Exchange server as mailbox and as outbox, by Exchange Web Services; each module says what of it it knows."""
