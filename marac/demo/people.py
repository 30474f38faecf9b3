"""The people of Carrowdale who come to its MARAC: invented victims, perpetrators and children, from `people.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from marac.referral import Child, Perpetrator, Victim


@dataclass(frozen=True, slots=True)
class Household:
    """A victim with the perpetrators and children who belong to the same case."""

    victim: Victim = field(repr=False)
    perpetrators: tuple[Perpetrator, ...] = field(repr=False)
    children: tuple[Child, ...] = field(default=(), repr=False)


@cache
def households() -> Mapping[str, Household]:
    """Every household, by the short name that the invented referrals know it by."""
    people = tomllib.loads(files("marac.demo").joinpath("people.toml").read_text(encoding="utf-8"))
    return {name: _household(tables) for name, tables in people.items()}


def _household(tables: Mapping[str, Any]) -> Household:
    return Household(
        victim=Victim(**_with_tuples(tables["victim"])),
        perpetrators=tuple(Perpetrator(**_with_tuples(person)) for person in tables["perpetrators"]),
        children=tuple(Child(**child) for child in tables.get("children", ())),
    )


def _with_tuples(table: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
