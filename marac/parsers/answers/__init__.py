"""What agencies answer: the filled-in forms that were sent to them, and lines in the mail itself. Pure."""
