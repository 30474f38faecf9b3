"""What `marac init --profile` begins with: the published rules of an area, its rhythm and its agencies, or a whole team's."""

import re
import tomllib
from importlib.resources import files
from importlib.resources.abc import Traversable

from marac.errors import UsageError

_RULES = "# ---- When a case is high risk here"
_SERIES = re.compile(r"^# \[\[calendar\]\]\n(?:# .*\n)+", re.MULTILINE)
"""The example of a series of meetings in config.toml."""


def areas() -> tuple[str, ...]:
    """The profiles by name."""
    return tuple(
        sorted(place.name.removesuffix(".toml") for place in _profiles().iterdir() if place.name.endswith(".toml"))
    )


def team(profile: str) -> tuple[str, ...]:
    """The areas of the MARACs that one team runs; empty where the profile is of one MARAC.

    Raises:
        UsageError: there is no such profile.
    """
    return tuple(tomllib.loads(_text(profile)).get("team", {}).get("areas", ()))


def with_rules_of(area: str, config: str) -> str:
    """The text of a new config.toml with an area's rules set in it, each in the line that explains it.

    Raises:
        UsageError: there is no such profile.
    """
    profile = _text(area)
    for table, values in tomllib.loads(profile).items():
        if table == "calendar":
            config = _SERIES.sub(lambda _: _series(profile), config, count=1)
            continue
        for key in values:
            section = profile.split(f"\n[{table}]\n")[1].split("\n[")[0]
            line = re.search(rf"^{key} = (.*)$", section, re.MULTILINE)
            config = _set(config, table, key, line[1] if line else "")
    told = "".join(f"{line}\n" for line in profile.splitlines() if line.startswith("#"))
    before, heading, after = config.partition(_RULES)
    first, _, rest = after.partition("\n")
    return f"{before}{heading}{first}\n{told}{rest}"


def settings_of_member(area: str) -> str:
    """The config.toml of one MARAC of a team: its own id and name, and the store that the team shares."""
    config = (files("marac") / "templates" / "config.toml").read_text(encoding="utf-8")
    config = with_rules_of(area, config)
    config = _set(config, "marac", "id", f'"{area}"')
    return _set(config, "folders", "store", '"../store"')


def agencies_of(profile: str | None) -> str:
    """The agencies.toml of a profile: its own agencies, those that sit at every MARAC, or an explained example.

    None of them has signed, and none has a key, so that nothing is prepared for anybody before a person says so.
    """
    templates = files("marac") / "templates"
    explained = (templates / "agencies.toml").read_text(encoding="utf-8")
    own = _profiles() / "agencies" / f"{profile}.toml"
    if not own.is_file():
        return explained
    told = explained.split("\n# [police]\n")[0]
    return f"{told}\n\n{own.read_text(encoding='utf-8')}"


def _text(area: str) -> str:
    if area not in areas():
        raise UsageError(f"There are no rules of {area!r} here. Known: {', '.join(areas())}.")
    return (_profiles() / f"{area}.toml").read_text(encoding="utf-8")


def _series(profile: str) -> str:
    """The profile's own series of meetings, as it stands there."""
    blocks = re.findall(r"^\[\[calendar\]\]\n(?:[a-z_]+ = .*\n?)+", profile, re.MULTILINE)
    return "\n".join(block.rstrip("\n") + "\n" for block in blocks)


def _profiles() -> Traversable:
    return files("marac") / "templates" / "areas"


def _set(config: str, table: str, key: str, value: str) -> str:
    """The text with the example of one setting made a setting; what explains it stays beside it."""
    before, heading, after = config.partition(f"\n[{table}]")
    section, following, rest = after.partition("\n[")
    explained = re.compile(rf"^(?:# )?{key} = .*?(?:[ \t]+(#.*))?$", re.MULTILINE)
    section = explained.sub(lambda found: f"{key} = {value}  {found[1] or ''}".rstrip(), section, count=1)
    return f"{before}{heading}{section}{following}{rest}"
