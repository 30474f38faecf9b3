"""A POP3 account, which has messages and nothing else."""
