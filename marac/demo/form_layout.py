"""What Carrowdale's referral form asks and in which order; each file format draws the same parts in its own way."""

from collections.abc import Iterator

from marac.demo.checklist_questions import QUESTIONS
from marac.demo.form_parts import (
    CHECKLIST,
    NOTHING,
    Answer,
    Choice,
    Entry,
    Grid,
    Part,
    Rows,
    address_as_written,
    phone_as_written,
    yes_no,
)
from marac.referral import Child, Perpetrator, Referral, Victim


def standard_form(referral: Referral) -> tuple[Part, ...]:
    """The parts of the form with one block for each person."""
    return (
        _referrer(referral),
        _victim(referral.victim),
        *_perpetrators(referral.perpetrators or (Perpetrator(),)),
        children(referral.children),
        _reason(referral),
        _criteria(referral),
        _consent(referral),
        *([checklist(referral)] if referral.checklist.answers else []),
    )


def side_by_side_form(referral: Referral) -> tuple[Part, ...]:
    """The parts of the form with victim and first perpetrator next to each other."""
    return (
        _referrer(referral),
        _couple(referral.victim, referral.perpetrators[0] if referral.perpetrators else Perpetrator()),
        _contact(referral.victim),
        *_perpetrators(referral.perpetrators[1:], first=2),
        children(referral.children),
        _reason(referral),
        _criteria(referral),
        _consent(referral),
        *([checklist(referral)] if referral.checklist.answers else []),
    )


def checklist_alone(referral: Referral) -> tuple[Part, ...]:
    """The risk checklist as a file of its own."""
    heading = (Entry("Victim name", referral.victim.name), Entry("Date completed", referral.date))
    return Rows("About this checklist", (heading,)), checklist(referral)


def _referrer(referral: Referral) -> Rows:
    referrer = referral.referrer
    return Rows(
        "Referrer",
        (
            (Entry("Referring agency", referrer.agency), Entry("Date of referral", referral.date)),
            (Entry("Contact name", referrer.name), Entry("Position", referrer.role)),
            (Entry("Telephone number", phone_as_written(referrer.phone), wide=True),),
            (Entry("Email address", referrer.email, wide=True),),
        ),
    )


def _victim(victim: Victim) -> Rows:
    gender = Choice(("Female", "Male", "Other"), (victim.gender.capitalize(),) if victim.gender else ())
    return Rows(
        "Victim",
        (
            (Entry("Victim name", victim.name), Entry("Victim DOB", victim.date_of_birth)),
            (Entry("Alias", "; ".join(victim.aliases) or None), Entry("Gender", gender)),
            (Entry("Address", address_as_written(victim), wide=True),),
            *_reaching(victim),
            (Entry("Ethnic origin", victim.ethnicity), Entry("First language", victim.language)),
            (
                Entry("Does the victim require an interpreter?", yes_no(victim.interpreter)),
                Entry("Is the victim pregnant?", yes_no(victim.pregnant)),
            ),
            (Entry("GP details", victim.gp), Entry("Occupation", victim.occupation)),
            (Entry("Housing status", victim.housing), Entry("Disability (please state)", victim.disability)),
            (Entry("Diversity data (if known)", _diversity(victim), wide=True),),
        ),
    )


def _reaching(victim: Victim) -> Iterator[tuple[Entry, ...]]:
    yield (
        Entry("Telephone number", phone_as_written(victim.phone)),
        Entry("Is this number safe to call?", yes_no(victim.safe_to_call)),
    )
    notes = "Please insert any relevant contact information, e.g. times to call"
    yield (Entry(notes, victim.contact_notes, wide=True),)


def _diversity(victim: Victim) -> Choice:
    ticks = {"B&ME": victim.bme, "Disabled": victim.disabled, "LGBT": victim.lgbt}
    return Choice(tuple(ticks), tuple(name for name, ticked in ticks.items() if ticked), many=True)


def _perpetrators(people: tuple[Perpetrator, ...], first: int = 1) -> Iterator[Rows]:
    for number, person in enumerate(people, start=first):
        yield Rows(
            f"Perpetrator {number}" if len(people) > 1 or first > 1 else "Perpetrator",
            (
                (Entry("Perpetrator name", person.name), Entry("Perpetrator DOB", person.date_of_birth)),
                (
                    Entry("Alias", "; ".join(person.aliases) or None),
                    Entry("Relationship to victim", person.relationship),
                ),
                (Entry("Perpetrator address", address_as_written(person), wide=True),),
                (Entry("Ethnic origin", person.ethnicity), Entry("Occupation", person.occupation)),
            ),
        )


def _couple(victim: Victim, perpetrator: Perpetrator) -> Grid:
    pairs: tuple[tuple[str, Answer, Answer], ...] = (
        ("Name", victim.name, perpetrator.name),
        ("Alias", "; ".join(victim.aliases) or None, "; ".join(perpetrator.aliases) or None),
        ("Date of birth", victim.date_of_birth, perpetrator.date_of_birth),
        ("Address", address_as_written(victim), address_as_written(perpetrator)),
        ("Ethnic origin", victim.ethnicity, perpetrator.ethnicity),
        ("Occupation", victim.occupation, perpetrator.occupation),
        ("Relationship to victim", NOTHING, perpetrator.relationship),
    )
    return Grid("People", ("", "Victim", "Alleged perpetrator"), pairs, (26, 37, 37), labelled=True)


def _contact(victim: Victim) -> Rows:
    gender = Choice(("Female", "Male", "Other"), (victim.gender.capitalize(),) if victim.gender else ())
    return Rows(
        "About the victim",
        (
            *_reaching(victim),
            (Entry("Gender", gender), Entry("Is the victim pregnant?", yes_no(victim.pregnant))),
            (
                Entry("First language", victim.language),
                Entry("Does the victim require an interpreter?", yes_no(victim.interpreter)),
            ),
            (Entry("GP details", victim.gp), Entry("Housing status", victim.housing)),
            (Entry("Disability (please state)", victim.disability, wide=True),),
            (Entry("Diversity data (if known)", _diversity(victim), wide=True),),
        ),
    )


def children(people: tuple[Child, ...]) -> Grid:
    """The table of children, with an empty row or two at its end as on paper."""
    filled = tuple(
        (
            child.name,
            child.date_of_birth,
            child.relationship_to_victim,
            child.relationship_to_perpetrator,
            child.address,
            child.school,
        )
        for child in people
    )
    empty: tuple[tuple[Answer, ...], ...] = ((None,) * 6,) * max(1, 2 - len(filled))
    header = ("Name", "DOB", "Relationship to victim", "Relationship to perpetrator", "Address", "School (if known)")
    return Grid("Children (please add extra rows if necessary)", header, filled + empty, (19, 13, 17, 17, 16, 18))


def _reason(referral: Referral) -> Rows:
    entry = Entry("Reason for referral / additional information", referral.reason, wide=True, long=True)
    return Rows("Reason for referral", ((entry,),))


def _criteria(referral: Referral) -> Rows:
    said = referral.criteria
    listed = ", ".join(
        part for part in (said.previous_date and f"{said.previous_date:%d/%m/%Y}", said.previous_reference) if part
    )
    elsewhere = None if referral.date is None else said.other_marac is not None
    return Rows(
        "Criteria for referral",
        (
            (
                Entry("Professional judgement", yes_no(said.professional_judgement)),
                Entry("Visible high risk (14 ticks or more on the Dash checklist)", yes_no(said.visible_high_risk)),
            ),
            (
                Entry("Potential escalation (3 or more incidents in the past 12 months)", yes_no(said.escalation)),
                Entry(
                    "MARAC repeat (further incident within 12 months of the last referral)",
                    yes_no(said.repeat),
                ),
            ),
            (
                Entry("Dash score", said.score),
                Entry("If yes, please provide the date listed / case number (if known)", listed or None),
            ),
            (
                Entry("Has the victim been referred to any other MARAC previously?", yes_no(elsewhere)),
                Entry("If yes, where / when?", said.other_marac),
            ),
            (
                Entry("Crime reference number", referral.police.reference),
                Entry("Officer in charge (OIC)", referral.police.officer),
            ),
        ),
    )


def _consent(referral: Referral) -> Rows:
    consent, safety = referral.consent, referral.safety
    return Rows(
        "Consent and safety",
        (
            (
                Entry("Is the victim aware of the MARAC referral?", yes_no(consent.aware)),
                Entry("Has consent been given?", yes_no(consent.given)),
            ),
            (Entry("If no, why not?", consent.reason, wide=True),),
            (Entry("Who is the victim afraid of?", safety.afraid_of, wide=True),),
            (Entry("Who does the victim believe it safe to talk to?", safety.safe_to_talk_to, wide=True),),
            (Entry("Who does the victim believe it not safe to talk to?", safety.unsafe_to_talk_to, wide=True),),
        ),
    )


def checklist(referral: Referral) -> Grid:
    """The 24 questions with a box for each answer, and the total that the referrer wrote below them."""
    answers = referral.checklist.answers
    rows: list[tuple[Answer, ...]] = []
    for number, question in enumerate(QUESTIONS, start=1):
        given = answers.get(str(number))
        boxes = (_box(given == "yes"), _box(given == "no"), _box(given == "unknown"))
        rows.append((f"{number}. {question}", *boxes))
    rows.append(("Total number of 'yes' answers", referral.criteria.score, NOTHING, NOTHING))
    header = ("Please tick the box if the factor is present", "Yes", "No", "Don't know")
    return Grid(CHECKLIST, header, tuple(rows), (70, 9, 9, 12), labelled=True)


def _box(ticked: bool) -> Choice:
    return Choice(("",), ("",) if ticked else (), many=True)
