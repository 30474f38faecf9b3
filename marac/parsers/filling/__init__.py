"""Answers to the referral record: names, dates, addresses, yes and no, each with its evidence and its doubts."""
