"""Filled-in minutes taken into the register: read, shown to a person in plain words, and taken only when they confirm."""
