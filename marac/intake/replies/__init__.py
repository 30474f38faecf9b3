"""Answers to what agencies were asked, matched to agency, meeting, case and action, and taken into the register."""
