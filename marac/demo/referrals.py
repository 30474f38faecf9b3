"""What each invented worker wrote on the form: the referrals of Carrowdale, from `referrals.toml`."""

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from marac.checklist import QUESTIONS, Checklist, ChecklistAnswer, ticks_in
from marac.demo import agencies
from marac.demo.people import Household, households
from marac.referral import Consent, Criteria, Police, Referral, Safety

DAYS_AGO = re.compile(r"\{(\d+) days ago\}")


def referral(name: str, written: dt.date) -> Referral:
    """The referral of this name, as written on that day."""
    told = _told()[name]
    household = _on_the_day(households()[told["household"]], told, written)
    return Referral(
        date=written,
        referrer=getattr(agencies, told["referrer"]),
        victim=household.victim,
        perpetrators=household.perpetrators,
        children=household.children,
        criteria=Criteria(**told["criteria"]),
        checklist=_checklist(told),
        consent=Consent(**told.get("consent", {})),
        safety=Safety(**told.get("safety", {})),
        police=Police(**told.get("police", {})),
        reason=_dated(told["reason"].strip(), written),
    )


@cache
def _told() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(files("marac.demo").joinpath("referrals.toml").read_text(encoding="utf-8"))


def _on_the_day(household: Household, told: Mapping[str, Any], written: dt.date) -> Household:
    """The household with the birthdays that depend on when the demo plays."""
    victim, children = household.victim, household.children
    if days := told.get("victim_age_in_days"):
        victim = replace(victim, date_of_birth=written - dt.timedelta(days=days))
    if days := told.get("youngest_child_age_in_days"):
        children = (*children[:-1], replace(children[-1], date_of_birth=written - dt.timedelta(days=days)))
    return replace(household, victim=victim, children=children)


def _checklist(told: Mapping[str, Any]) -> Checklist:
    if "yes" not in told:
        return Checklist()
    answers: dict[str, ChecklistAnswer] = {str(number): "no" for number in range(1, QUESTIONS["dash"] + 1)}
    answers |= {str(number): "yes" for number in told["yes"]}
    answers |= {str(number): "unknown" for number in told["unknown"]}
    return Checklist(kind="dash", answers=answers, ticks=ticks_in(answers))


def _dated(story: str, written: dt.date) -> str:
    def date(found: re.Match[str]) -> str:
        day = written - dt.timedelta(days=int(found[1]))
        return f"{day.day} {day:%B}"

    return DAYS_AGO.sub(date, story)
