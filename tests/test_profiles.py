"""Each profile through a whole fortnight with the real commands: who got what, and who did not get what must not be seen."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from marac.commands.profiles import team
from tests.area_fortnights import SENIOR, shows
from tests.area_scripts import AREAS, CONSIDERED, ELSEWHERE, HERSELF
from tests.played_fortnights import FACT, Played, kinds_to, words_to
from tests.sent_papers import Keys, keys_of_readers

EVERYWHERE = pytest.mark.parametrize("played", list(AREAS), indirect=True)
ROLES = ("police", "idva", "housing", "childrens")


@pytest.fixture(scope="module")
def keys() -> Iterator[Keys]:
    with keys_of_readers() as found:
        yield found


@pytest.fixture(scope="module")
def played(request: pytest.FixtureRequest, keys: Keys, tmp_path_factory: pytest.TempPathFactory) -> Played:
    name: str = request.param
    return AREAS[name](tmp_path_factory.mktemp("area"), keys)


def in_area(name: str) -> pytest.MarkDecorator:
    """A test of one profile alone."""
    return pytest.mark.parametrize("played", [name], indirect=True)


def figures(played: Played) -> dict[str, Any]:
    """The numbers of each MARAC for the whole year."""
    told = json.loads(played.marac.said["figures"])["returns"]
    return {name: {what: each["number"] for what, each in rows[-1]["counts"].items()} for name, rows in told.items()}


# Who got what


@EVERYWHERE
def test_every_message_is_accounted_for(played: Played) -> None:
    told = json.loads(played.marac.said["status"])
    assert told["arrived"] == told["accounted_for"] == len(told["messages"])
    assert {each["state"] for each in told["messages"]} == {"done"}


@EVERYWHERE
def test_each_agency_has_its_agenda_pack_letter_and_flags_once_and_those_overdue_a_reminder(played: Played) -> None:
    kinds = {
        role: [kind for kind in kinds_to(played.marac, role) if kind not in {"outcome", "idva-referral"}]
        for role in ROLES
    }
    usual = ["agency-agenda", "flags", "letter", "research"]
    overdue = sorted([*usual, "reminder"])
    assert kinds == {"police": usual, "childrens": usual, "idva": overdue, "housing": overdue}


@EVERYWHERE
def test_nothing_goes_to_anybody_but_those_who_signed_and_those_who_referred(played: Played) -> None:
    marac = played.marac
    workers = {str(marac.worker(role).email) for role in ROLES}
    signed = {marac.address(role) for role in ROLES}
    assert {each.to for each in marac.sent()} <= signed | workers | {SENIOR}
    assert all(
        each.kind for each in marac.sent() if any(shows(each.words, couple) for couple in played.people.values())
    )


@EVERYWHERE
def test_every_referrer_is_told_the_reference_and_nothing_about_anybody(played: Played) -> None:
    told = "\n".join(
        each.words for role in ROLES for each in played.marac.sent() if each.to == played.marac.worker(role).email
    )
    for name in ("family", "couple", "below", "again"):
        assert played.cases[name] in told
        assert not shows(told, played.people[name])


@EVERYWHERE
def test_what_is_held_back_from_an_agency_leaves_no_trace_in_anything_that_it_was_sent(played: Played) -> None:
    told = words_to(played.marac, "housing")
    assert not shows(told, played.people["couple"])
    assert played.cases["couple"] not in told
    assert "Dana Whitty" not in told
    assert "held back" not in told
    assert all(name in words_to(played.marac, "idva") for name in played.people["couple"].names[:2])


@EVERYWHERE
def test_a_case_that_is_not_to_be_heard_is_in_no_paper_of_the_meeting(played: Played) -> None:
    papers = [each for each in played.marac.sent() if each.kind not in {"", "idva-referral"}]
    assert not any(shows(each.words, played.people["below"]) for each in papers)
    assert not shows(played.marac.chairs_words("agenda"), played.people["below"])


@EVERYWHERE
def test_where_people_live_and_their_numbers_stand_only_in_a_referral_to_the_idva_service(played: Played) -> None:
    for each in played.marac.sent():
        if each.kind != "idva-referral":
            for couple in played.people.values():
                assert couple.phone not in each.words
                assert couple.address.partition(",")[0] not in each.words


@EVERYWHERE
def test_each_letter_holds_the_agencys_own_actions_and_no_others(played: Played) -> None:
    own = {"police": "Place a marker.", "idva": "Ring her in safe hours.", "housing": "Fit new locks.", "childrens": "Speak to each child alone."}  # fmt: skip
    for role in ROLES:
        words = played.marac.only(role, "letter").words
        assert [text for text in own.values() if text in words] == [own[role]]


@EVERYWHERE
def test_the_children_are_named_to_the_agency_that_keeps_files_on_them_in_its_letter(played: Played) -> None:
    child = played.people["family"].children[0]
    assert child in played.marac.only("childrens", "letter").words
    assert child not in played.marac.only("police", "letter").words


# From the agenda to the figures


@EVERYWHERE
def test_the_chair_hears_cases_with_children_first_and_the_repeat_as_one(played: Played) -> None:
    agenda, cases = played.marac.chairs_words("agenda"), played.cases
    places = [agenda.index(cases[name]) for name in ("family", "couple", "again")]
    assert places[0] == min(places)
    assert "Heard before" in agenda
    assert any(flag.code == "repeat" for flag in played.marac.case(played.people["again"]).flags)
    assert played.marac.settings.calendar[0].venue in agenda


@EVERYWHERE
def test_answers_are_collated_for_the_chair_and_only_the_silent_are_reminded(played: Played) -> None:
    collated = played.marac.chairs_words("research returned")
    assert FACT in collated
    assert "in arrears since May" in collated
    reminded = {each.to for each in played.marac.sent() if "not back yet" in each.subject}
    assert reminded - {SENIOR} == {played.marac.address("idva"), played.marac.address("childrens")}
    assert not any(FACT in each.words or "in arrears" in each.words for each in played.marac.sent())


@EVERYWHERE
def test_the_minutes_are_taken_as_they_were_shown(played: Played) -> None:
    said = played.marac.said
    shown, taken = (
        said[step].split("\nNothing was taken")[0].split("\nTaken into")[0]
        for step in ("minutes shown", "minutes taken")
    )
    assert shown == taken
    assert said["minutes shown"].count("In doubt, and NOT taken (1)") == 1
    assert {played.marac.case(played.people[name]).state for name in ("family", "couple", "again")} == {"heard"}


@EVERYWHERE
def test_a_report_by_reply_closes_an_action_and_what_is_overdue_is_reminded_of(played: Played) -> None:
    found = {each.agency: each.outcome for each in played.marac.actions()}
    ids = played.marac.ids
    assert {role: found[ids[role]] for role in ROLES} == {
        "police": "done", "childrens": "could not be done", "idva": None, "housing": None,
    }  # fmt: skip
    assert "Fit new locks." in played.marac.only("housing", "reminder").words


@EVERYWHERE
def test_the_figures_count_what_was_heard(played: Played) -> None:
    told = figures(played)
    mine = told[played.marac.settings.marac.id]
    earlier = 0 if played.others else 1
    assert (mine["Cases"], mine["Repeats"]) == (3 + earlier, 1)
    assert mine["Children"] == len(played.people["family"].children)


# What is the area's own


@in_area("safelives")
def test_what_is_held_back_goes_to_the_named_senior_alone_and_holds_nothing_else(played: Played) -> None:
    assert {"agency-agenda", "flags", "research"} <= set(kinds_to(played.marac, "senior"))
    told = words_to(played.marac, "senior")
    assert shows(told, played.people["couple"])
    assert not any(shows(told, played.people[name]) for name in ("family", "again", "below"))


@in_area("knowsley")
def test_72_on_merit_or_escalation_meets_the_threshold_and_71_is_for_a_person(played: Played) -> None:
    met = {
        name: [f.reason for f in played.marac.case(couple).flags if f.code == "threshold met"]
        for name, couple in played.people.items()
    }
    assert "stated score 72, taken as a MeRIT total (threshold 72)" in met["family"][0]
    assert "escalation ticked by the referrer" in met["again"][0]
    assert met["below"] == []
    assert any(flag.code == "below threshold" for flag in played.marac.case(played.people["below"]).flags)


@in_area("knowsley")
def test_every_referral_goes_to_the_idsva_service_on_receipt_with_what_safe_contact_needs(played: Played) -> None:
    referred = [each for each in played.marac.sent("idva") if each.kind == "idva-referral"]
    for name, couple in played.people.items():
        first = [each for each in referred if couple.victim in each.words and couple.phone in each.words]
        assert len(first) >= 1, name
    assert not any("idva-referral" in kinds_to(played.marac, role) for role in ("police", "housing", "childrens"))


@in_area("knowsley")
def test_the_outcome_reaches_the_victim_through_the_referrer_or_the_idsva_and_each_knows_of_the_other(
    played: Played,
) -> None:
    note = played.marac.sent("police", "outcome")[0].words
    assert "IDSVA Service has this note too" in note
    assert played.cases["couple"] not in note
    assert all(
        played.cases[name] in played.marac.sent("idva", "outcome")[0].words for name in ("family", "couple", "again")
    )
    assert kinds_to(played.marac, "housing").count("outcome") == 0


@in_area("knowsley")
def test_the_meeting_is_at_the_first_step_and_the_vpu_detective_inspector_chairs_it(played: Played) -> None:
    assert "The First Step Centre, Peatwood Avenue, Kirkby" in played.marac.only("housing", "agency-agenda").words
    assert "the VPU Detective Inspector" in played.marac.chairs_words("minutes")


@in_area("sunderland")
def test_the_minutes_ask_of_each_case_what_is_considered_and_the_register_keeps_the_answer(played: Played) -> None:
    asked = played.marac.chairs_words("minutes")
    considered = played.marac.settings.minutes.consider
    assert {"safeguarding children procedures", "safeguarding adults procedures", "MAPPA", CONSIDERED} <= set(
        considered
    )
    assert "significant risk to a particular individual" in considered
    assert all(asked.count(what) == len(("family", "couple", "again")) for what in considered)
    told = played.marac.marac("story", "case", "story", played.cases["family"], on=played.marac.overdue_on)
    assert "Considered, MAPPA: yes: level 2" in told
    assert "Considered, safeguarding children procedures: yes: strategy meeting" in told
    told = played.marac.marac("story", "case", "story", played.cases["couple"], on=played.marac.overdue_on)
    assert f"Considered, {CONSIDERED}: yes: former partners" in told


@in_area("kent")
def test_a_self_referral_is_seen_by_a_person_and_is_on_no_list_before_one_decides(played: Played) -> None:
    herself, marac = played.people["herself"], played.marac
    case = marac.case(herself)
    assert (case.state, case.meeting, case.undecided) == ("received", None, True)
    assert "The victim seems to refer herself." in marac.waiting(marac.overdue_on)[f"Case {case.reference}"]
    assert not any(shows(each.words, herself) or HERSELF in each.to for each in marac.sent())
    assert not shows(marac.chairs_words("agenda"), herself)
    assert not shows(marac.chairs_words("minutes"), herself)


@in_area("kent")
def test_where_consent_is_refused_the_referrer_is_asked_for_the_lawful_basis_and_the_case_is_heard(
    played: Played,
) -> None:
    couple, marac = played.people["couple"], played.marac
    assert any(flag.code == "lawful basis missing" for flag in marac.case(couple).flags)
    (told,) = [each.text for each in marac.sent() if each.to == marac.worker("idva").email]
    assert "- on which lawful basis you share the information" in told
    assert marac.case(couple).state == "heard"


@in_area("kent")
def test_the_update_is_owed_to_each_victim_until_somebody_notes_that_she_had_it(played: Played) -> None:
    marac, cases = played.marac, played.cases
    waiting = marac.waiting(marac.overdue_on)
    assert "the victim was told what the meeting of 29 September 2026 came to" in waiting[f"Case {cases['couple']}"]
    assert "the victim was told" in waiting[f"Case {cases['again']}"]
    assert "the victim was told" not in waiting.get(f"Case {cases['family']}", "")


@in_area("london-team")
def test_somebody_who_moved_between_boroughs_is_found_again_and_no_agency_is_told_from_where(played: Played) -> None:
    moved, first = played.people["again"], played.others["hammersmith-and-fulham"]
    before = first.case(moved)
    case = played.marac.case(moved)
    assert case.reference != before.reference
    assert any(flag.code == "repeat" and flag.other_case == before.reference for flag in case.flags)
    told = "\n".join(each.words for each in played.marac.sent())
    assert "Old Ferry Steps" not in told


@in_area("london-team")
def test_each_borough_keeps_its_own_mail_cases_and_register(played: Played) -> None:
    elsewhere = {"kensington-and-chelsea": ELSEWHERE[0], "haringey": ELSEWHERE[1]}
    for name, couple in elsewhere.items():
        other = played.others[name]
        assert (other.case(couple).marac, other.settings.marac.id) == (name, name)
        assert (other.folder.path / "register.xlsx").is_file()
        assert not any(shows(each.words, couple) for each in played.marac.sent())
    stores = {each.settings.folders.store for each in (played.marac, *played.others.values())}
    assert len(stores) == 1


@in_area("london-team")
def test_the_figures_stand_side_by_side_for_the_boroughs_and_together(played: Played) -> None:
    told = figures(played)
    assert set(told) == {*team("london-team"), "All together"}
    assert told["All together"]["Cases"] == sum(told[name]["Cases"] for name in team("london-team"))
    for what in ("Repeats", "Black, Asian or racially minoritised", "LGBT+", "Disabled", "Male"):
        assert told["All together"][what] == sum(told[name][what] for name in team("london-team")), what
