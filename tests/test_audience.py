"""Who is shown what of a case."""

import dataclasses
import datetime as dt
from typing import get_args

import pytest

from marac.action import Action
from marac.case import Case, Flag
from marac.fortnight import CaseMinutes, ResearchReturn, Transfer
from marac.meetings.audience import TABLE, AudienceRules, CaseNotes, CaseView, Field, Stage, case_view, shown
from marac.meetings.audience_table import ADDRESS_STAGES
from marac.meetings.hearing import Hearing
from marac.referral import Child, Criteria, Reading, Safety
from tests.made_up_couples import PERPETRATOR, VICTIM, couple

NO_ADDRESSES, ADDRESSES = AudienceRules(), AudienceRules(addresses=True)
LINKED = Flag("role swap", "The roles are reversed. For the coordinator and the chair only.", other_case="M26-0001")
REPEAT = Flag("repeat", "A repeat of M26-0002.", other_case="M26-0002")
ACTIONS = [
    Action(1, "M26-0010", "housing", dt.date(2026, 9, 20), "Change the locks"),
    Action(2, "M26-0010", "police", dt.date(2026, 9, 20), "Flag the address"),
    Action(3, "M26-0077", "housing", dt.date(2026, 9, 20), "Another case"),
]
SECRETS = (
    "07700900096",
    "07700900777",
    "Farm Hill",
    "ZZ99 6TB",
    "ZZ99 5DE",
    "Elm Primary",
    "refuge",
    "her mother",
    "LINKED",
)


def case(reference: str = "M26-0010", **changes: object) -> Case:
    complete = couple(
        reference,
        victim=dataclasses.replace(VICTIM, aliases=("Shabnam Malik",), contact_notes="Ring the refuge, not her mother"),
        perpetrators=[dataclasses.replace(PERPETRATOR, phone="07700900777")],
        children=(Child("Usman Hussain", dt.date(2014, 1, 7), school="Elm Primary", address="201c Farm Hill Road"),),
        safety=Safety(unsafe_to_talk_to="her mother"),
        agency="Northbridge Homes",
    )
    return dataclasses.replace(complete, flags=(REPEAT, LINKED), **changes)  # type: ignore[arg-type]


def view(stage: Stage, rules: AudienceRules = NO_ADDRESSES, agency: str | None = "housing") -> CaseView:
    return case_view(Hearing(case()), stage, rules, ACTIONS, agency)


def everything(seen: CaseView) -> str:
    """All that a template could print of a view."""

    def words(value: object) -> str:
        if dataclasses.is_dataclass(value):
            return " ".join(words(getattr(value, each.name)) for each in dataclasses.fields(value))
        return " ".join(map(words, value)) if isinstance(value, tuple) else str(value)

    return " ".join(words(getattr(seen, each.name)) for each in dataclasses.fields(seen) if each.name != "shown_fields")


def test_every_field_has_a_verdict_for_every_document() -> None:
    assert set(TABLE) == set(get_args(Field))
    assert all(set(row) == set(get_args(Stage)) for row in TABLE.values())
    assert {verdict for row in TABLE.values() for verdict in row.values()} == {"yes", "no", "area", "child"}


NUMBERS: tuple[Field, ...] = ("victim.phone", "perpetrator.phone", "child.school", "child.address")
WHERE: tuple[Field, ...] = ("victim.address", "perpetrator.address")


def stages_showing(field: Field, rules: AudienceRules) -> set[Stage]:
    return {stage for stage in get_args(Stage) if shown(stage, field, rules)}


@pytest.mark.parametrize("rules", [NO_ADDRESSES, ADDRESSES])
def test_telephone_numbers_schools_and_where_children_live_go_to_the_idva_service_or_another_marac_alone(
    rules: AudienceRules,
) -> None:
    assert stages_showing("victim.phone", rules) == {"idva-referral", "transfer"}
    for field in NUMBERS[1:]:
        assert stages_showing(field, rules) == {"transfer"}


def test_addresses_are_in_requests_only_where_the_area_says_so_and_otherwise_where_they_are_needed() -> None:
    for field in WHERE:
        assert stages_showing(field, NO_ADDRESSES) == {"idva-referral", "transfer"}
        assert stages_showing(field, ADDRESSES) == {"list", "research", "idva-referral", "transfer"}


def test_the_kinds_that_may_print_an_address_are_those_of_the_table() -> None:
    assert {"list", "research", "idva-referral", "transfer"} == ADDRESS_STAGES


def test_after_a_meeting_children_are_named_to_agencies_that_keep_files_on_children_alone() -> None:
    with_files = AudienceRules(child_files=True)
    for stage in ("letter", "flags", "flags-ending"):
        assert not shown(stage, "child.name", NO_ADDRESSES)
        assert shown(stage, "child.name", with_files)
    seen = view("letter", with_files)
    assert seen.children is not None
    assert [each.name for each in seen.children] == ["Usman Hussain"]


def test_the_victims_solicitor_learns_no_address_no_alias_and_nothing_of_other_agencies() -> None:
    seen = view("evidence", ADDRESSES)
    assert (seen.victim.name, seen.victim.date_of_birth) == ("Shabnam Hussain", VICTIM.date_of_birth)
    assert (seen.referring_agencies, seen.actions, seen.children, seen.reasons) == (None, None, None, None)
    assert not [secret for secret in (*SECRETS, "Malik", "Usman") if secret in everything(seen)]


def test_whoever_has_an_action_is_warned_that_contact_may_not_be_safe() -> None:
    assert view("letter").contact_warning
    assert view("reminder").contact_warning
    assert view("letter").contact_notes is None


def test_the_senior_contact_is_shown_the_actions_of_the_agency() -> None:
    assert view("letter", agency="housing.senior").actions == (ACTIONS[0],)


def test_what_agencies_answered_is_for_the_chair_and_the_minutes_go_to_another_marac_alone() -> None:
    assert stages_showing("returns", ADDRESSES) == {"returns"}
    assert stages_showing("minutes", ADDRESSES) == {"transfer"}
    answer = ResearchReturn(
        1, dt.date(2026, 9, 3), "M26-0010", "housing", dt.date(2026, 9, 1), factors="Two evictions."
    )
    other = dataclasses.replace(answer, case="M26-0077")
    noted = CaseMinutes(dt.date(2026, 9, 3), "M26-0010", risks="He has her keys.")
    notes = CaseNotes(returns=(answer, other), minutes=(noted,))
    returns, transfer = (
        case_view(Hearing(case()), stage, NO_ADDRESSES, notes=notes) for stage in ("returns", "transfer")
    )
    assert (returns.returns, returns.minutes) == ((answer,), None)
    assert (transfer.returns, transfer.minutes) == (None, (noted,))


def test_an_agenda_says_which_marac_a_case_came_from() -> None:
    handed_over = CaseNotes(
        transfers=(Transfer(1, "M26-0010", "in", "Northtown", "ab", dt.date(2026, 9, 1), "J. Marsh"),)
    )
    from_form = case(
        reading=Reading("referral", dataclasses.replace(case().referral, criteria=Criteria(other_marac="Southtown.")))
    )
    flagged = dataclasses.replace(case(), flags=(Flag("transferred in", "The couple is known elsewhere."),))
    for stage in ("agenda", "agency-agenda", "minutes", "transfer", "idva-referral"):
        assert case_view(Hearing(case()), stage, NO_ADDRESSES, notes=handed_over).origin == ("Northtown",)
    assert case_view(Hearing(from_form), "agency-agenda", NO_ADDRESSES).origin == ("Southtown",)
    assert case_view(Hearing(flagged), "agency-agenda", NO_ADDRESSES).origin == ()
    assert case_view(Hearing(case()), "agenda", NO_ADDRESSES).origin == ()
    assert case_view(Hearing(from_form), "research", NO_ADDRESSES).origin is None


def test_only_the_chairs_agenda_shows_flags_and_linked_people() -> None:
    assert {stage for stage in get_args(Stage) if shown(stage, "linked", ADDRESSES)} == {"agenda"}
    assert {stage for stage in get_args(Stage) if shown(stage, "flags", ADDRESSES)} == {"agenda"}
    assert view("agenda").flags == (REPEAT, LINKED)
    assert view("research").flags is None
    assert view("letter").flags is None


def test_a_research_request_shows_who_to_look_for_and_nothing_more() -> None:
    seen = view("research")
    assert (seen.victim.name, seen.victim.also_known_as) == ("Shabnam Hussain", ("Shabnam Malik",))
    assert seen.victim.date_of_birth == VICTIM.date_of_birth
    assert seen.perpetrators is not None
    assert [(each.name, each.relationship) for each in seen.perpetrators] == [("Zeeshan Iqbal", "ex-husband")]
    assert seen.children is not None
    assert [(each.name, each.date_of_birth) for each in seen.children] == [("Usman Hussain", dt.date(2014, 1, 7))]
    assert seen.contact_warning
    assert seen.repeat
    assert seen.actions is None
    assert not [secret for secret in (*SECRETS, "roles are reversed") if secret in everything(seen)]


def test_a_research_request_with_addresses_still_hides_everything_else() -> None:
    seen = view("research", ADDRESSES)
    assert seen.victim.address is not None
    assert seen.victim.address.revealed() == "201c Farm Hill Road, Northbridge, ZZ99 6TB"
    assert not [secret for secret in ("07700", "Elm Primary", "refuge", "her mother") if secret in everything(seen)]


def test_an_action_letter_shows_the_reference_the_victims_name_and_the_agencys_own_actions() -> None:
    seen = view("letter", ADDRESSES)
    assert (seen.reference, seen.victim.name) == ("M26-0010", "Shabnam Hussain")
    assert seen.actions == (ACTIONS[0],)
    assert seen.perpetrators is None
    assert seen.children is None
    assert seen.contact_notes is None
    hidden = (*SECRETS, "Malik", "Zeeshan", "Usman", "1985", "Northbridge", "Sally-Anne", "Flag the address")
    assert not [secret for secret in hidden if secret in everything(seen)]


def test_a_letter_to_no_agency_shows_no_action() -> None:
    assert view("letter", agency=None).actions == ()


def test_the_chairs_agenda_shows_everybodys_actions_and_the_warnings_but_no_address() -> None:
    seen = view("agenda", ADDRESSES, agency=None)
    assert seen.actions == tuple(ACTIONS[:2])
    assert seen.contact_notes == ("Ring the refuge, not her mother", "her mother")
    assert seen.presenters == ("Sally-Anne Holroyd, Tenancy officer (Northbridge Homes)",)
    assert not [secret for secret in ("07700", "Farm Hill", "ZZ99") if secret in everything(seen)]


def test_what_is_not_shown_is_told_apart_from_what_is_not_known() -> None:
    unknown = dataclasses.replace(VICTIM, date_of_birth=None)
    hearing = Hearing(couple(victim=unknown))
    research, letter = (case_view(hearing, stage, NO_ADDRESSES) for stage in ("research", "letter"))
    assert research.victim.date_of_birth is None
    assert "victim.date_of_birth" in research.shown_fields
    assert letter.victim.date_of_birth is None
    assert "victim.date_of_birth" not in letter.shown_fields


def test_forms_that_were_joined_give_their_names_and_dates_to_look_under() -> None:
    second = couple(
        "M26-0011",
        agency="Northbridge Police",
        victim=dataclasses.replace(VICTIM, name="Shabnam Husain", date_of_birth=dt.date(1985, 11, 13)),
        perpetrators=[PERPETRATOR, dataclasses.replace(PERPETRATOR, name="Adeel Iqbal", relationship="brother-in-law")],
        children=(Child("Usman Hussain", dt.date(2014, 1, 7)), Child("Hira Hussain")),
        state="joined",
        joined_to="M26-0010",
    )
    seen = case_view(Hearing(case(), (second,)), "research", NO_ADDRESSES)
    assert seen.victim.also_known_as == ("Shabnam Husain", "Shabnam Malik")
    assert seen.victim.other_dates_of_birth == (dt.date(1985, 11, 13),)
    assert seen.perpetrators is not None
    assert [each.name for each in seen.perpetrators] == ["Zeeshan Iqbal", "Adeel Iqbal"]
    assert seen.children is not None
    assert [each.name for each in seen.children] == ["Usman Hussain", "Hira Hussain"]
    assert seen.referring_agencies == ("Northbridge Homes", "Northbridge Police")


def test_actions_of_a_joined_case_are_in_the_letter_too() -> None:
    action = Action(4, "M26-0011", "housing", dt.date(2026, 9, 20), "Call her landlord")
    joined = couple("M26-0011", state="joined", joined_to="M26-0010")
    assert case_view(Hearing(case(), (joined,)), "letter", NO_ADDRESSES, [action], "housing").actions == (action,)


def test_a_view_shows_nobody_in_its_repr() -> None:
    assert "Shabnam" not in repr(view("agenda"))
