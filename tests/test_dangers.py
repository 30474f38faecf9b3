"""Dangers that a form tells of, and the same words where they say nothing: denied, only asked, printed on every form."""

import dataclasses

import pytest

from marac.case import Case, Flag, FlagCode
from marac.checklist import Checklist, ChecklistKind
from marac.referral import Consent, Evidence, Safety
from marac.triage.dangers import danger_flags
from tests.made_up_couples import couple


def told(reason: str = "", **form: object) -> Case:
    """A case whose form says this, with no checklist unless one is given."""
    return couple(**{"checklist": Checklist(), "reason": reason or None, **form})  # type: ignore[arg-type]


def answered(kind: ChecklistKind | None, *numbers: str) -> Checklist:
    return Checklist(kind, dict.fromkeys(numbers, "yes"))


def flagged(case: Case, code: FlagCode) -> Flag | None:
    return next((flag for flag in danger_flags(case) if flag.code == code), None)


SAID: list[tuple[FlagCode, str]] = [
    ("threats to kill", "Emyr has threatened to kill her and to take the children abroad."),
    ("threats to kill", "The victim's ex made threats to kill by text on 3 March."),
    ("threats to kill", "Wayne has told friends that if he cannot have her nobody will."),
    ("threats to kill", "He said he would kill her if she left."),
    ("threats to kill", "She says he'll kill her and the kids."),
    ("threats to kill", "He denies threatening to kill her."),
    ("threats to kill", "He has not stopped threatening to kill her."),
    ("threats to kill", "Not only did he hit her, he tried to kill her."),
    ("threats to kill", "Death threats over social media and an Osman warning was served."),
    ("threats to kill", "He is drinking every day and has said he will end it for both of them."),
    ("threats to kill", "If she goes to court he will kill her."),
    ("threats to kill", "He has no remorse and said he will kill her."),
    ("threats to kill", "She has not eaten and he threatened to kill the baby."),
    ("threats to kill", "He threatened to kill her - no charge was brought."),
    ("threats to kill", "The threat to kill her has never been reported to the police."),
    ("threats to kill", "Threats to kill: no charge was brought."),
    ("threats to kill", "Threats to kill not reported to the police."),
    ("forced marriage", "She is not allowed out and fears a forced marriage."),
    ("honour-based abuse", "Family members say she has brought shame on them."),
    ("honour-based abuse", "There are concerns about honour based violence from her uncles."),
    ("honour-based abuse", "Police have recorded this as HBA."),
    ("honour-based abuse", "He has said that the family would be shamed and that she would be sent back."),
    ("honour-based abuse", "Her brothers speak of izzat."),
    ("forced marriage", "She fears a forced marriage in the summer holidays."),
    ("forced marriage", "Her father is trying to force her into a marriage with a cousin."),
    ("forced marriage", "An FMPO was granted in May."),
    ("suicide or self-harm", "She has begun to speak of ending her life."),
    ("suicide or self-harm", "She took an overdose last winter."),
    ("suicide or self-harm", "He says he will kill himself if she leaves."),
    ("suicide or self-harm", "Recent self harm to both arms."),
    ("MAPPA", "He is managed under MAPPA level 2."),
    ("MAPPA", "MAPPA: Yes, level 1, Carrowdale."),
    ("MAPPA", "The perpetrator is subject to multi-agency public protection arrangements."),
]
NOT_SAID: list[tuple[FlagCode, str]] = [
    ("threats to kill", "He has never threatened to kill her."),
    ("threats to kill", "He did not threaten to kill her."),
    ("threats to kill", "There were no threats to kill."),
    ("threats to kill", "He threatened to kill the dog."),
    ("threats to kill", "He threatened to kill himself."),
    ("threats to kill", "Threats to kill: No"),
    ("threats to kill", "Have there been any threats to kill? Y / N"),
    ("threats to kill", "Time kills, she says, and the wait for housing is killing her hopes."),
    ("honour-based abuse", "No HBV."),
    ("honour-based abuse", "HBV: N/A"),
    ("honour-based abuse", "Is there a risk of honour based violence? Yes / No"),
    ("honour-based abuse", "Please consider extended family if HBV."),
    ("honour-based abuse", "Honour based abuse is not suspected."),
    ("honour-based abuse", "He did not honour his bail conditions, and Honour, her daughter, saw it."),
    ("forced marriage", "There is no indication of forced marriage."),
    ("forced marriage", "Forced marriage - none"),
    ("forced marriage", "Professional judgement, for example in cases of honour based violence or forced marriage"),
    ("forced marriage", "They married in 2014; he forced her to sign the tenancy over."),
    ("suicide or self-harm", "GP (Dr Stuart Pereira) has prescribed sertraline since 3 October. No self harm disclosed at present."),
    ("suicide or self-harm", "She denies any suicidal thoughts."),
    ("suicide or self-harm", "Suicide attempts? None"),
    ("suicide or self-harm", "She does not want to end her life."),
    ("MAPPA", "He is not MAPPA."),
    ("MAPPA", "MAPPA Y / N"),
    ("MAPPA", "MAPPA (Yes ☐ No ☐)"),
    ("MAPPA", "MAPPA status not known"),
    ("MAPPA", "Not known to MAPPA or IOM."),
]  # fmt: skip


@pytest.mark.parametrize(("code", "words"), SAID)
def test_what_the_form_asserts_is_flagged_with_the_sentence_as_evidence(code: FlagCode, words: str) -> None:
    story = f"They met in 2017. {words} She works at the library."
    case = told(story, evidence={"reason": Evidence(story, "table 4, row 2", 0.95)})
    flag = flagged(case, code)
    assert flag is not None
    assert "table 4, row 2" in flag.evidence
    assert words.rsplit(". ", maxsplit=1)[-1].rstrip(".") in flag.evidence.replace('."', '"')
    assert "library" not in flag.evidence
    assert words not in flag.reason  # the referrer's words are no part of what documents print


@pytest.mark.parametrize(("code", "words"), NOT_SAID)
def test_what_is_denied_only_asked_or_printed_on_the_form_is_not_flagged(code: FlagCode, words: str) -> None:
    assert flagged(told(f"They met in 2017. {words} She works at the library."), code) is None


@pytest.mark.parametrize(
    ("kind", "number", "code"),
    [
        ("dash", "14", "threats to kill"),
        ("dash-police", "17", "threats to kill"),
        ("dash", "22", "suicide or self-harm"),
        ("dash-police", "25", "suicide or self-harm"),
    ],
)
def test_a_question_is_known_by_its_number_on_its_own_list(kind: ChecklistKind, number: str, code: FlagCode) -> None:
    flag = flagged(told(checklist=answered(kind, number)), code)
    assert flag is not None
    assert f"question {number} of the checklist is answered yes" in flag.reason


@pytest.mark.parametrize("kind", ["dash", "dash-police", None])
def test_a_number_that_means_something_else_on_the_list_says_nothing(kind: ChecklistKind | None) -> None:
    theirs = {"dash": ("17", "25"), "dash-police": ("14", "22"), None: ("14", "17", "22", "25")}[kind]
    assert danger_flags(told(checklist=answered(kind, *theirs))) == ()


@pytest.mark.parametrize(
    ("afraid_of", "fires"),
    [
        ("His family both here and abroad", True),
        ("Her father and uncles", True),
        ("Him, and also his cousin who lives on the same street", True),
        ("The perpetrator only", False),
        ("His new girlfriend", False),
        (None, False),
    ],
)
def test_fear_of_relatives_with_question_17_is_perhaps_honour_based_and_asked(
    afraid_of: str | None, fires: bool
) -> None:
    case = told(checklist=answered("dash", "17"), safety=Safety(afraid_of=afraid_of))
    flag = flagged(case, "honour-based abuse")
    assert (flag is not None) == fires
    if flag:
        assert flag.reason.startswith("Perhaps honour-based abuse: question 17")
    without = dataclasses.replace(case.reading, referral=dataclasses.replace(case.referral, checklist=Checklist()))
    assert flagged(dataclasses.replace(case, reading=without), "honour-based abuse") is None


def test_the_reason_for_sharing_without_consent_is_read_too() -> None:
    case = told(consent=Consent(given=False, reason="He said that he will kill her if she talks to anybody"))
    assert flagged(case, "threats to kill") is not None
