"""The published rules of areas, as `marac init --profile` writes them, and what each makes of the same referral."""

import datetime as dt
import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest

from marac.case import Case
from marac.checklist import Checklist
from marac.commands.profiles import areas, team
from marac.commands.setup import made_folder
from marac.errors import UsageError
from marac.referral import Criteria
from marac.settings import settings_from
from marac.triage import Rules, flags
from marac.triage.rules import ThresholdRules
from marac.triage.threshold import threshold_flags
from tests.made_up_couples import checklist, couple, decision, same_couple_before

RECEIVED = dt.date(2026, 9, 1)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("areas")


@cache
def rules_of(area: str, folders: Path) -> Rules:
    return settings_from(made_folder(folders / area, area) / "config.toml").rules


def calling(ticks: int, reason: str = "He waits outside her work.", **criteria: object) -> Case:
    return couple(checklist=checklist(ticks), reason=reason, criteria=Criteria(**criteria))  # type: ignore[arg-type]


CALL_OUTS = "There have been 4 call-outs in the last twelve months, the majority verbal."
CRIMES = "There have been 3 crimes in the last year."
VARIANTS: list[tuple[str, Case, str, str]] = [
    ("safelives", calling(14), "threshold met", "14 ticks counted on the checklist (threshold 14)"),
    ("safelives", calling(13), "below threshold", "13 ticks"),
    ("safelives", calling(5, professional_judgement=True), "threshold met", "professional judgement"),
    ("safelives", calling(5, escalation=True), "threshold met", "escalation ticked by the referrer"),
    ("safelives", calling(5, CALL_OUTS), "below threshold", "the form speaks of 4 call-outs, and here 3 events in 12 months"),
    ("sunderland", calling(14), "threshold met", "threshold 14"),
    ("haringey", calling(14), "threshold met", "threshold 14"),
    ("hammersmith-and-fulham", calling(14), "threshold met", "threshold 14"),
    ("westminster", calling(14), "threshold met", "threshold 14"),
    ("kensington-and-chelsea", calling(13), "below threshold", "threshold 14"),
    ("cambridgeshire", calling(16), "below threshold", "16 ticks counted on the checklist (threshold 17)"),
    ("cambridgeshire", calling(17), "threshold met", "threshold 17"),
    ("knowsley", couple(checklist=Checklist(), criteria=Criteria(score=72)), "threshold met", "MeRIT total (threshold 72)"),
    ("knowsley", couple(checklist=Checklist(), criteria=Criteria(score=71)), "below threshold", "71"),
    ("knowsley", couple(checklist=Checklist("merit", grade="gold")), "threshold met", "graded gold by MeRIT"),
    ("manchester", calling(16, "On 12/08/2026 he kicked the door in."), "threshold met", "(12 August 2026)"),
    ("manchester", calling(16, "He kicked the door in two weeks ago."), "threshold met", "(18 August 2026)"),
    ("manchester", calling(16, "On 12/05/2026 he kicked the door in."), "unclear", "no incident is named in the last 3 months"),
    ("manchester", calling(16, "DOB for the lodger is 12/08/2026."), "unclear", "no incident is named"),
    ("manchester", calling(16, "He waits.", professional_judgement=True), "threshold met", "professional judgement"),
    ("manchester", calling(13, "On 12/08/2026 he kicked the door in."), "below threshold", "13 ticks"),
    ("kent", calling(6, "She has begun to speak of ending her life."), "threshold met", "suicide or self-harm, this area's own"),
    ("kent", calling(6, "No self harm disclosed at present."), "below threshold", "6 ticks"),
    ("kent", calling(6, CALL_OUTS), "below threshold", "3 events in 6 months is escalation"),
    ("kingston", calling(6, "HBV is recorded by the police."), "threshold met", "honour-based abuse, this area's own criterion"),
    ("kingston", calling(6, "She fears a forced marriage."), "threshold met", "forced marriage, this area's own criterion"),
    ("kingston", calling(6, CRIMES), "below threshold", "5 events or 3 crimes in 12 months, and increasing"),
    ("kingston", calling(6, CALL_OUTS), "below threshold", "6 ticks"),
    ("leeds", calling(6, CRIMES), "below threshold", "here 3 crimes in 12 months is escalation"),
    ("wolverhampton", calling(6, "There were five incidents this year."), "below threshold", "5 events in 12 months, and increasing"),
    ("bristol", calling(6, "Three reports to police since June."), "below threshold", "3 reports to the police in 12 months"),
    ("sussex", calling(9, "Graded medium, but the risk will rise when bail ends."), "threshold met", "medium risk that is about to rise"),
    ("sussex", calling(9, "Graded medium by the officer."), "below threshold", "9 ticks"),
    ("sussex", calling(6, "She fears a forced marriage."), "threshold met", "forced marriage"),
]  # fmt: skip


@pytest.mark.parametrize(("area", "case", "code", "words"), VARIANTS)
def test_each_area_judges_by_its_own_published_rules(
    area: str, case: Case, code: str, words: str, folders: Path
) -> None:
    flag = threshold_flags(case, rules_of(area, folders).thresholds)[0]
    assert flag.code == code
    assert words in flag.reason
    assert flag.needs_decision == (code != "threshold met")


def test_the_same_words_are_no_criterion_where_the_area_does_not_say_so(folders: Path) -> None:
    case = calling(6, "She has begun to speak of ending her life.")
    found = {flag.code for flag in flags(case, [], rules_of("safelives", folders))}
    assert {"below threshold", "suicide or self-harm"} <= found


def earlier(reference: str, day: dt.date) -> Case:
    return couple(reference, day, state="not heard", decisions=[decision(reference, "not-heard", on=day)])


@pytest.mark.parametrize(
    ("area", "months_ago", "met", "words"),
    [
        ("safelives", (8, 3), True, "the third referral of this couple in 12 months"),
        ("kent", (8, 3), False, "6 ticks"),
        ("kent", (5, 3), True, "the third referral of this couple in 6 months"),
        ("bristol", (8, 3), False, "whether they were reports to the police, a person says"),
        ("wolverhampton", (9, 7, 5, 3), False, "whether the abuse is increasing, a person says"),
        ("leeds", (9, 7, 5, 3), False, "6 ticks"),
    ],
)
def test_what_the_register_shows_is_escalation_where_referrals_are_what_is_counted(
    area: str, months_ago: tuple[int, ...], met: bool, words: str, folders: Path
) -> None:
    case = calling(6)
    before = [
        earlier(f"M26-000{9 - back}", dt.date(2026, 9 - back, 1) if back < 9 else dt.date(2025, 12, 1))
        for back in months_ago
    ]
    flag = threshold_flags(case, rules_of(area, folders).thresholds, same_couple_before(case, before))[0]
    assert (flag.code == "threshold met") == met
    assert words in flag.reason


def test_the_window_and_the_kind_of_repeat_are_the_areas(folders: Path) -> None:
    assert rules_of("kingston", folders).repeat.counted_from == "last meeting"
    assert rules_of("sussex", folders).repeat.counted_from == "last meeting"
    assert rules_of("wolverhampton", folders).repeat.counts == "criminal only"
    assert rules_of("safelives", folders).repeat.counted_from == "last referral"


def test_every_area_gives_a_valid_config_in_which_each_of_its_settings_stands_once(folders: Path) -> None:
    assert {"safelives", "knowsley", "sunderland", "kent", "cambridgeshire", "manchester"} <= set(areas())
    for area in (area for area in areas() if not team(area)):
        profile = (files("marac") / "templates" / "areas" / f"{area}.toml").read_text(encoding="utf-8")
        rules_of(area, folders)
        written = (folders / area / "config.toml").read_text(encoding="utf-8")
        found = tomllib.loads(written)
        for table, values in tomllib.loads(profile).items():
            same = found[table] == values if table == "calendar" else values.items() <= found[table].items()
            assert same, (area, table)
        assert profile.splitlines()[0] in written


def test_without_an_area_the_example_is_written_and_an_unknown_area_makes_nothing(tmp_path: Path) -> None:
    plain = made_folder(tmp_path / "plain")
    assert (plain / "config.toml").read_bytes() == (files("marac") / "templates" / "config.toml").read_bytes()
    assert settings_from(plain / "config.toml").rules.thresholds == ThresholdRules()
    with pytest.raises(UsageError, match="Known: bristol, cambridgeshire"):
        made_folder(tmp_path / "other", "atlantis")
    assert not (tmp_path / "other").exists()


def test_a_team_has_a_folder_for_each_of_its_maracs_and_one_store(folders: Path) -> None:
    folder = made_folder(folders / "team", "london-team")
    found = {area: settings_from(folder / area / "config.toml") for area in team("london-team")}
    assert {each.marac.id for each in found.values()} == set(team("london-team"))
    assert {each.folders.store for each in found.values()} == {folder / "store"}
    assert len({each.folders.register_workbook for each in found.values()}) == 4


def test_the_agencies_of_a_profile_have_neither_signed_nor_a_key_so_that_nothing_is_prepared_yet(folders: Path) -> None:
    settings = settings_from(made_folder(folders / "agencies", "knowsley") / "config.toml")
    assert len(settings.agencies) == 20
    assert not any(agency.signed or agency.fingerprint for agency in settings.agencies.values())
    assert settings.agencies["idsva"].kind == "idva"
    assert settings.agencies["school-attendance"].child_files


def test_knowsley_meets_twice_a_month_at_the_first_step_and_every_referral_is_one_to_the_idsva(folders: Path) -> None:
    settings = settings_from(made_folder(folders / "rhythm", "knowsley") / "config.toml")
    assert (settings.calendar[0].rhythm, settings.calendar[0].which) == ("monthly", (1, 3))
    assert "The First Step" in settings.calendar[0].venue
    assert (settings.idva.agency, settings.idva.referral_on_receipt) == ("idsva", True)
    assert settings.outcome.to == "referrer and idva"
