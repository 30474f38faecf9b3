"""Harm and danger to a child, which cannot wait; and the same words where they tell of neither."""

import dataclasses
import datetime as dt

import pytest

from marac.case import CANNOT_WAIT, Case
from marac.checklist import Checklist, ChecklistKind
from marac.referral import Child, Evidence
from marac.triage.child_harm import child_at_risk, somebody_else_hurt
from tests.made_up_couples import PERPETRATOR, couple

CHILDREN = (Child(name="Tyler Marsh", date_of_birth=dt.date(2016, 5, 1)), Child(name="Will Marsh"))

HARM = [
    "He hit the children with a belt.",
    "He slapped her and the baby when she tried to leave.",
    "He pushed her 8 year old daughter into a door.",
    "On 3 March he punched Tyler in the arm.",
    "He kicked her and her son.",
    "The youngest child was pushed against a wall.",
    "Tyler was left with bruising to his face.",
    "The toddler had an injury to the arm that nobody could explain.",
    "Bruises were seen on the children by school.",
    "Plates were thrown at the children.",
    "He threatened the children with a belt.",
    "Gary has threatened to kill her and to take the children abroad.",
    "He says he will kill her and the kids.",
    "He threatened to hurt Tyler if she called the police.",
    "He took the baby from her arms and drove off.",
    "He has taken the children out of the country before.",
    "He abducted the children in May.",
    "He has not returned the children after contact.",
    "He refuses to return the children.",
    "The baby is left alone with him while she works.",
    "He is left alone with the children at weekends.",
    "A section 47 enquiry has begun.",
    "The children are subject to child protection plans under neglect.",
    "There is an initial child protection conference on Friday.",
    "Her children are in fear of him.",
    "The eldest child is frightened of dad and wets the bed.",
    "The school fears for the children.",
    "The children are at risk of significant harm.",
    "Social worker believes that he poses a high risk to the children.",
    "He strangled her in front of the children.",
    "The children were in the room when he held a knife to her throat.",
    "School report that one of the children drew a picture of 'daddy with a knife'.",
    "He strangled her until she passed out. The children were in the next room.",
    "He choked her while she was holding the baby.",
    "The eldest child tried to stop him and got in between them.",
    "He kicked her in the stomach when she was seven months pregnant.",
    "She is 30 weeks pregnant and he punched her twice.",
    "He denies hitting the children.",
    "He has not stopped hitting the children.",
    "Not only did he hit the children, he laughed.",
    "He hit Tyler’s arm with a spoon.",
]  # fmt: skip
NO_HARM = [
    "He has never hurt the children.",
    "He did not hit the children.",
    "There is no evidence that he has harmed the children.",
    "The children are not at risk of harm.",
    "The school has no concerns for the children.",
    "He hit her while the children were at school.",
    "He hit her in front of the children.",
    "The children were upstairs and the eldest came down and saw blood on her face.",
    "The children saw her bruises.",
    "The children have no injuries.",
    "The children were not present when he strangled her.",
    "He strangled her. The children were not present.",
    "He strangled her in March. She works at the library, and the children are at Park Primary.",
    "Children's Services closed the case on 11.06.23 after a section 47 enquiry.",
    "The children were on a child protection plan until 2019.",
    "Her children were taken to school by him.",
    "He takes the children to football on Saturdays.",
    "There is a conflict over child contact.",
    "He hit the baby's father in the street.",
    "They met in 2014 and the abuse began when Kelly was first pregnant.",
    "He was violent before, and she is pregnant now.",
    "Has he ever hurt the children? Y / N",
    "Please consider whether a child protection conference is needed.",
    "There are no children, and he had a knife.",
    "She says he will kill her.",
    "He threatened to kill the dog, and later wept.",
    "Will hit rock bottom, she says of his drinking.",
    "The boyfriend punched her.",
    "A strategy meeting of the housing team found no risk to the tenancy.",
    "Drug debts are a risk to her.",
]  # fmt: skip


def told(reason: str | None = None, checklist: Checklist | None = None, **form: object) -> Case:
    values = {"children": CHILDREN, **form}
    return couple(checklist=checklist or Checklist(), reason=reason, **values)  # type: ignore[arg-type]


def yes(kind: ChecklistKind | None, *numbers: str) -> Checklist:
    return Checklist(kind, dict.fromkeys(numbers, "yes"))


@pytest.mark.parametrize("words", HARM)
def test_harm_and_danger_to_a_child_are_flagged_with_the_sentence(words: str) -> None:
    story = f"They met in 2017. {words} The tenancy is hers."
    [flag] = child_at_risk(told(story, evidence={"reason": Evidence(story, "table 4, row 2", 0.9)}))
    assert flag.code in CANNOT_WAIT
    assert "table 4, row 2" in flag.evidence
    assert words.rsplit(". ", maxsplit=1)[-1].rstrip(".") in flag.evidence
    assert "tenancy" not in flag.evidence
    assert words not in flag.reason  # the referrer's words are no part of what documents print


@pytest.mark.parametrize("words", NO_HARM)
def test_words_that_tell_of_no_harm_to_a_child_are_not_flagged(words: str) -> None:
    assert child_at_risk(told(f"They met in 2017. {words} The tenancy is hers.")) == ()


@pytest.mark.parametrize(("number", "words"), [("11", "children hurt"), ("12", "children threatened")])
def test_the_police_list_asks_for_children_and_its_answer_counts(number: str, words: str) -> None:
    [flag] = child_at_risk(told(checklist=yes("dash-police", number)))
    assert f"question {number} of the checklist ({words}) is answered yes" in flag.reason
    assert child_at_risk(told(checklist=yes("dash", number))) == ()
    assert child_at_risk(told(checklist=yes(None, number))) == ()
    assert child_at_risk(told(checklist=Checklist("dash-police", {number: "no"}))) == ()


def test_where_the_dash_says_that_somebody_else_was_hurt_a_person_looks_who_it_was() -> None:
    [flag] = somebody_else_hurt(told(checklist=yes("dash", "18")))
    assert flag.code == "unclear"
    assert "Look at the form: was it a child?" in flag.reason
    assert somebody_else_hurt(told(checklist=yes("dash", "18"), children=())) == ()
    assert somebody_else_hurt(told("He hit the children.", yes("dash", "18"))) == ()
    grown = (Child(name="Tyler Marsh", date_of_birth=dt.date(2000, 5, 1)),)
    assert somebody_else_hurt(told(checklist=yes("dash", "18"), children=grown)) == ()


@pytest.mark.parametrize("relationship", ["son", "Adult daughter"])
def test_a_son_or_daughter_who_is_the_perpetrator_is_no_child_at_risk(relationship: str) -> None:
    perpetrator = dataclasses.replace(PERPETRATOR, relationship=relationship)
    words = "Her son came in with a knife, and her daughter was there."
    assert child_at_risk(told(words, children=(), perpetrators=(perpetrator,))) == ()
    assert child_at_risk(told(words, children=()))


def test_a_child_with_the_perpetrators_first_name_is_not_taken_for_him() -> None:
    child = Child(name=f"{(PERPETRATOR.name or '').split()[0]} Hussain")
    words = f"She hit {(PERPETRATOR.name or '').split()[0]} back."
    assert child_at_risk(told(words, children=(child,))) == ()
    assert child_at_risk(told(words.replace("Zeeshan", "Amir"), children=(Child(name="Amir Hussain"),)))
