"""Blocks to answers: which words answer which label, and whose they are."""
