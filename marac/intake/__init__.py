"""The story in: from a message in the mailbox to a case in the register, exactly once."""
