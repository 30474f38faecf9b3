"""On which days the council is closed: bank holidays by the library `holidays`, and the council's own days.

The library keeps the dates itself and asks no network, which `govuk-bank-holidays` does unless it is told not to.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from marac.meetings.closed_days import ClosedDays
from marac.settings.fortnight import ClosedDays as ClosedTable
from marac.settings.fortnight import Nation

_PARTS: Mapping[Nation, str] = {"England": "ENG", "Wales": "WLS", "Scotland": "SCT", "Northern Ireland": "NIR"}
_OWN = "the council is closed"


@dataclass(frozen=True, slots=True)
class CouncilClosedDays:
    """The bank holidays of a nation, where the council keeps them, and the council's own closed days."""

    nation: Nation | None
    """None where bank holidays count for nothing."""
    also: frozenset[dt.date] = frozenset()

    def why_closed(self, day: dt.date) -> str:
        """Why the council is closed on this day, such as `Christmas Day`; empty where it is not."""
        if self.nation is not None and (name := _bank_holidays(self.nation).get(day)):
            return str(name)
        return _OWN if day in self.also else ""


def closed_days(table: ClosedTable) -> ClosedDays:
    """The closed days that config.toml tells of."""
    return CouncilClosedDays(table.nation if table.bank_holidays else None, frozenset(table.also))


@cache
def _bank_holidays(nation: Nation) -> Any:
    """A mapping of days to names, which fills itself with each year that it is asked for."""
    from holidays.countries.united_kingdom import UnitedKingdom  # heavy: a fifth of a second

    return UnitedKingdom(subdiv=_PARTS[nation])  # type: ignore[no-untyped-call]
