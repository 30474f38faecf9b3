"""The sheets of figures: month by month, and by twelve months and quarters, with their charts."""

import datetime as dt

from marac.register.workbook.contents import RegisterContents
from marac.register.workbook.figures import counted, figures, is_repeat, share, was_heard
from marac.register.workbook.periods import Period, months, quarters, twelve_months
from marac.register.workbook.sheet import Chart, Column, Sheet

_MONTHS = range(12, 25)
"""At least and at most so many, as far as the register goes back."""

_QUARTERS = 8
_AGENCIES = "Received, by agency"
_YEARLY = "Repeats, % over 12 months"
_ABOUT_FIGURES = (
    "Referrals count by the day on which they arrived, cases heard by their meeting. Ages are those on the day of the referral."
    " Small numbers are shown in full: nothing under 5 may leave the MARAC."
)


def months_sheet(contents: RegisterContents) -> Sheet:
    """A row for each of the last months."""
    last = _newest_day(contents)
    spans = _months(contents, last) if last else ()
    longer = [Period(each.name, twelve_months(each.last).first, each.last) for each in spans]
    cases = [each.case for each in contents.cases]
    rows = [
        (
            month.period.name,
            len(month.received),
            len(month.heard),
            sum(map(is_repeat, month.heard)),
            share(sum(map(is_repeat, month.heard)), len(month.heard)),
            share(sum(map(is_repeat, year.heard)), len(year.heard)),
            sum(case.with_children for case in month.heard),
            sum(len(case.referral.children) for case in month.heard),
        )
        for month, year in zip(counted(cases, (), spans), counted(cases, (), longer), strict=True)
    ]
    columns = (
        Column("Month", 12, "code"),
        *(
            Column(title, 12, "number")
            for title in (
                "Received",
                "Heard",
                "Repeats",
                "Repeats, %",
                _YEARLY,
                "With children",
                "Children",
            )
        ),
    )
    return Sheet("By month", columns, rows, words=("Month by month", _ABOUT_FIGURES))


def statistics_sheet(contents: RegisterContents, by_month: Sheet) -> Sheet:
    """A row for each figure, a column for each period, the newest first."""
    last = _newest_day(contents)
    periods = _periods(last) if last else ()
    parts = counted([each.case for each in contents.cases], contents.actions, periods)
    found = list(figures(parts)) if periods else []
    titles = [period.name for period in periods]
    columns = (Column("About", 28), Column("Figure", 44), *(Column(title, 11, "number") for title in titles))
    return Sheet(
        "Statistics",
        columns,
        [(section, name, *numbers) for section, name, numbers in found],
        words=(f"{contents.marac}: statistics", _ABOUT_FIGURES),
        charts=_charts([section for section, _, _ in found], titles, by_month) if found else (),
    )


def _months(contents: RegisterContents, last: dt.date) -> tuple[Period, ...]:
    first = min(each.case.received for each in contents.cases)
    count = 12 * (last.year - first.year) + last.month - first.month + 1
    return months(last, min(max(count, _MONTHS[0]), _MONTHS[-1]))


def _periods(last: dt.date) -> tuple[Period, ...]:
    this = twelve_months(last)
    before = twelve_months(this.first - dt.timedelta(days=1))
    return (this, before, *quarters(last, _QUARTERS))


def _newest_day(contents: RegisterContents) -> dt.date | None:
    """The last day on which something happened: figures end with its month, whatever the clock says."""
    cases = [each.case for each in contents.cases if each.case.state != "draft"]
    days = [case.received for case in cases]
    days += [case.meeting for case in cases if was_heard(case) and case.meeting]
    return max(days, default=None)


def _charts(sections: list[str], titles: list[str], by_month: Sheet) -> tuple[Chart, ...]:
    end = len(by_month.rows) - 1
    charts = [
        Chart("Cases a month", "column", by_month.name, "Month", ("Received", "Heard"), 0, end),
        Chart("Repeats over twelve months, % of cases heard", "line", by_month.name, "Month", (_YEARLY,), 0, end),
    ]
    if _AGENCIES in sections:
        first, count = sections.index(_AGENCIES), sections.count(_AGENCIES)
        title = f"Referrals by agency, {titles[0]}"
        charts.append(Chart(title, "bar", "Statistics", "Figure", (titles[0],), first, first + count - 1))
    return tuple(charts)
