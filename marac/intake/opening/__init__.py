"""What arrived, opened up to the files in it: messages in messages, archives, locked and sealed files."""
