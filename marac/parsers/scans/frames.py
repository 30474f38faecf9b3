"""Frames around the fields of a printed form: they stand inside cells, and are no cells themselves."""

from marac.parsers.scans.rules import Rule

_MEET = 4  # dots between lines that touch


def without_field_frames(lines: list[Rule]) -> list[Rule]:
    """The lines without frames of four that touch no other line and stand inside a table."""
    groups = _joined(lines)
    tables = [group for group in groups if len(group) > 4]
    return [line for group in groups if not _is_field(group, tables) for line in group]


def _joined(lines: list[Rule]) -> list[list[Rule]]:
    """The lines in groups that touch one another."""
    groups: list[list[Rule]] = []
    for line in lines:
        touching = [group for group in groups if any(_touch(line, other) for other in group)]
        groups = [group for group in groups if not any(group is each for each in touching)]
        groups.append([line, *(other for group in touching for other in group)])
    return groups


def _touch(one: Rule, other: Rule) -> bool:
    return (
        one.x0 - _MEET <= other.x1
        and other.x0 - _MEET <= one.x1
        and one.top - _MEET <= other.bottom
        and other.top - _MEET <= one.bottom
    )


def _is_field(group: list[Rule], tables: list[list[Rule]]) -> bool:
    if len(group) > 4:
        return False
    x, y = (group[0].x0 + group[0].x1) / 2, (group[0].top + group[0].bottom) / 2
    return any(
        min(line.x0 for line in table) < x < max(line.x1 for line in table)
        and min(line.top for line in table) < y < max(line.bottom for line in table)
        for table in tables
    )
