"""Meetings as rules: which one a case is for, the order of hearing, and who is shown what. No I/O, no clock."""
