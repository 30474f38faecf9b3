"""Minutes that came back filled in: the Word file to what stands in it, and nothing about what that means."""

from marac.parsers.minutes.reading import minutes_in
from marac.parsers.minutes.said import MinutesFile, is_begun

__all__ = ["MinutesFile", "is_begun", "minutes_in"]
