"""Whether two people, or two couples, are the same, over names as agencies really write them."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marac.referral import Perpetrator, Victim
from marac.triage.matching import Likeness, Person, couple_likeness, likeness
from tests.made_up_couples import OTHER_PERPETRATOR, OTHER_VICTIM, PERPETRATOR, VICTIM, couple

BORN = dt.date(1985, 11, 23)
SWAPPED = dt.date(1985, 3, 12), dt.date(1985, 12, 3)
ONE_DIGIT = dt.date(1985, 11, 23), dt.date(1986, 11, 23)


def of(
    name: str, born: dt.date | None = BORN, *aliases: str, postcode: str | None = None, phone: str | None = None
) -> Person:
    return Person((name, *aliases), born, postcode, phone)


ONE_NAME = [
    ("Mohammed Khan", "Muhammad Khan"),
    ("Mohammed Khan", "Md Khan"),
    ("Mohammed Ali Khan", "Ali Khan"),
    ("Mohammed Khan", "Mohammed Ali Khan"),
    ("Syed Imran Shah", "Imran Shah"),
    ("Abdul-Rahman Miah", "Abdul Rahman Miah"),
    ("Abdulrahman Miah", "Abdul Rahman Mia"),
    ("Fatima al-Hassan", "Fatimah Hassan"),
    ("Shabnam Begum", "Shabnam Begom"),
    ("Nasreen Akhtar", "Nasrin Akhter"),
    ("Ahmed Rahman", "Ahmad Rehman"),
    ("Farooq Chaudhry", "Faruk Choudhury"),
    ("Harpreet Kaur Gill", "Harpreet Kaur"),
    ("Sukhwinder Singh", "Sukhvinder Singh"),
    ("Sean O'Connor", "Shaun O\u2019Connor"),
    ("Sean O'Connor", "SEAN O CONNOR"),
    ("Siobhan Byrne", "Shivaun Burns"),
    ("Padraig Mac Donald", "Patrick McDonald"),
    ("Si\u00e2n Llewellyn", "Sian Llewelyn"),
    ("Catherine Reid", "Kathryn Read"),
    ("Catherine Reid", "Kate Reid"),
    ("Stephen Phillips", "Steven Philips"),
    ("Geoffrey Thompson", "Jeff Tomson"),
    ("\u0141ukasz Wi\u015bniewski", "Lukasz Wisniewsky"),
    ("Ma\u0142gorzata Nowak", "Gosia Novak"),
    ("Katarzyna Kowalska", "Kasia Kowalski"),
    ("Oluwaseun Adeyemi", "Seun Adeyemi"),
    ("Ngozi Okonkwo", "Ngozi Okonkow"),
    ("Chukwuemeka Eze", "Emeka Eze"),
    ("Nguy\u1ec5n Thi Mai", "Mai Nguyen Thi"),
    ("Li Wei", "Wei Li"),
    ("Jo\u00e3o da Silva", "Joao Dasilva"),
    ("Bj\u00f8rn \u00d8stergaard", "Bjorn Ostergaard"),
    ("Anne-Marie Jones", "Annemarie Jones"),
    ("Sarah Smith-Jones", "Sarah Jones"),
    ("Sarah Smith Jones", "Sarah Smith-Jones"),
    ("Mrs Sarah Jones", "sarah  JONES"),
    ("JONES, Sarah", "Sarah Jones"),
    ("Jones Sarah", "Sarah Jones"),
    ("Jennifer Wright", "Jenifer Wrigth"),
    ("Elizabeth Green", "Liz Greene"),
    ("Sarah Jones (n\u00e9e Patel)", "Sarah Patel"),
    ("Sarah Jones aka Shaz Jones", "Shaz Jones"),
]


@pytest.mark.parametrize(("one", "other"), ONE_NAME)
def test_one_name_in_two_spellings_with_one_date_of_birth_is_one_person(one: str, other: str) -> None:
    assert likeness(of(one), of(other)).level == "same"


@pytest.mark.parametrize(("one", "other"), ONE_NAME)
def test_a_name_alone_is_never_enough(one: str, other: str) -> None:
    assert likeness(of(one, None), of(other, None)).level == "possible"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Molly Price", "Milly Price"),
        ("Maria Costa", "Marta Costa"),
        ("Harry Webb", "Barry Webb"),
        ("Amir Sheikh", "Amira Sheikh"),
        ("Simon Grant", "Simone Grant"),
        ("Daniel Cole", "Danielle Cole"),
        ("Mohammed Ali Khan", "Mohammed Imran Khan"),
        ("Abdul Karim Miah", "Abdul Rahim Miah"),
        ("Jean Baker", "Joan Baker"),
        ("Jane Baker", "J Baker"),
        ("Rajinder Singh", "Balwinder Singh"),
        ("Kehinde Balogun", "Taiwo Balogun"),
    ],
)
def test_twins_are_never_the_same_person(one: str, other: str) -> None:
    first = of(one, postcode="ZZ99 1AA", phone="01632960123")
    second = of(other, postcode="ZZ99 1AA", phone="01632960123")
    assert likeness(first, second).level == "possible"


def test_twins_are_said_to_be_possible() -> None:
    found = likeness(of("Kehinde Balogun"), of("Taiwo Balogun"))
    assert found.reasons == ("first names differ", "same surname", "same date of birth", "they may be twins")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (of("Sarah Jones"), of("Sarah Jones", dt.date(1971, 2, 8))),
        (of("Sarah Jones"), of("Katarzyna Nowak")),
        (of("Sarah Jones"), of("Sarah Nowak", None)),
        (of("Karen Reid", None), of("Corin Rudd", None)),
        (of("Sarah Jones", None, postcode="ZZ99 1AA"), of("Peter Jones", None, postcode="ZZ99 1AA")),
        (of("Sarah Jones", dt.date(1960, 5, 1), phone="01632960123"), of("Ella Jones", phone="01632960123")),
    ],
)
def test_different_people_stay_apart(one: Person, other: Person) -> None:
    assert likeness(one, other).level == "different"


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        (of("Sarah Jones", SWAPPED[0]), of("Sarah Jones", SWAPPED[1]), "possible"),
        (of("Sarah Jones", SWAPPED[0], postcode="ZZ991AA"), of("Sara Jones", SWAPPED[1], postcode="zz99 1aa"), "same"),
        (of("Sarah Jones", ONE_DIGIT[0]), of("Sarah Jones", ONE_DIGIT[1]), "possible"),
        (
            of("Sarah Jones", ONE_DIGIT[0], phone="07700900123"),
            of("Sarah Jones", ONE_DIGIT[1], phone="+44 7700 900123"),
            "same",
        ),
        (of("Sarah Jones", None, phone="07700900123"), of("Sarah Jones", phone="07700 900 123"), "same"),
        (of("Sarah Jones", None, postcode="ZZ99 1AA"), of("Sarah Jones", postcode="ZZ99 1AA"), "possible"),
        (of("Sarah Jones"), of("Sarah Nowak"), "possible"),
        (of("Sarah Jones", postcode="ZZ99 1AA"), of("Sarah Nowak", postcode="ZZ99 1AA"), "same"),
        (
            of("Sarah Jones", postcode="ZZ99 1AA"),
            of("Sarah Jones", dt.date(1971, 2, 8), postcode="ZZ99 1AA"),
            "possible",
        ),
        (of("Sarah Jones", dt.date(1985, 1, 1)), of("Sarah Jones", dt.date(1985, 1, 1)), "possible"),
        (of("S Jones"), of("Sarah Jones"), "possible"),
        (of("Kev", None), of("Kevin Price", None), "unknown"),
        (of("Kev"), of("Kevin Price"), "possible"),
        (of("Unknown"), of("Sarah Jones"), "unknown"),
        (Person(), Person(), "unknown"),
        (of("Sarah Jones", BORN, "Patel"), of("Sarah Patel"), "same"),
        (of("Sarah Jones", BORN, "Shaz"), of("Shaz Jones"), "same"),
    ],
)
def test_what_else_agrees_decides(one: Person, other: Person, level: str) -> None:
    assert likeness(one, other).level == level


def test_reasons_are_words_that_can_be_read_aloud() -> None:
    one = of("Catherine Farooq", SWAPPED[0], postcode="ZZ99 1AA", phone="07700900123")
    other = of("Kate Faruk", SWAPPED[1], postcode="ZZ99 1AA", phone="07700900123")
    assert likeness(one, other).reasons == (
        "first name is another form of the same name",
        "surname sounds alike",
        "date of birth has day and month swapped",
        "same postcode",
        "same telephone number",
    )


def test_reasons_hold_no_name_no_address_and_no_number() -> None:
    one = of("Shabnam Hussain", postcode="ZZ99 6TB", phone="07700900096")
    other = of("Shabana Husain", dt.date(1985, 11, 13), postcode="ZZ98 2XX", phone="07700900097")
    said = likeness(one, other).in_words.casefold()
    assert "address differs" in said
    for secret in ("shabnam", "husain", "hussain", "zz9", "07700", "1985"):
        assert secret not in said


words = st.sampled_from(
    ["Mohammed", "Md", "Ali", "Khan", "Kahn", "Sean", "Shaun", "O'Connor", "Connor", "Anne-Marie", "Anne", "Maria", "de",
     "Silva", "\u0141ukasz", "Nowak", "Novak", "J", "Smith-Jones", "Smith", "al-Hassan", "Hassan", "Mrs", "Unknown", "n\u00e9e", "-", ","]
)  # fmt: skip
written = st.lists(words, max_size=4).map(" ".join) | st.text(max_size=12)
people = st.builds(
    Person,
    names=st.lists(written, max_size=3).map(tuple),
    date_of_birth=st.none() | st.sampled_from([BORN, *SWAPPED, *ONE_DIGIT]) | st.dates(),
    postcode=st.none() | st.sampled_from(["ZZ99 1AA", "ZZ98 2BB"]),
    phone=st.none() | st.sampled_from(["07700900123", "01632960123"]),
)


@given(people, people)
def test_likeness_is_the_same_whichever_comes_first(one: Person, other: Person) -> None:
    assert likeness(one, other) == likeness(other, one)


@given(people, people)
def test_nobody_is_the_same_on_the_name_alone(one: Person, other: Person) -> None:
    name_only = Person(one.names), Person(other.names)
    assert likeness(*name_only).level != "same"


@given(people)
def test_nobody_is_a_stranger_to_themselves(somebody: Person) -> None:
    assert likeness(somebody, somebody).level != "different"


def test_a_couple_is_the_same_when_both_are() -> None:
    again = couple(
        "M26-0011",
        victim=dataclasses.replace(VICTIM, name="Shabnam Husain", phone=None),
        perpetrators=[dataclasses.replace(PERPETRATOR, name="IQBAL, Zeshan")],
    )
    found = couple_likeness(couple(), again)
    assert found.level == "same"
    assert found.in_words.startswith("victim: same first name, surname is another form of the same name")
    assert "; perpetrator: first name spelled differently, same surname" in found.in_words


@pytest.mark.parametrize(
    ("victim", "perpetrators", "level"),
    [
        (VICTIM, [dataclasses.replace(PERPETRATOR, date_of_birth=None, postcode=None)], "same"),
        (VICTIM, [OTHER_PERPETRATOR, PERPETRATOR], "same"),
        (dataclasses.replace(VICTIM, name="Shabnam Malik", postcode=None, phone=None), [PERPETRATOR], "same"),
        (dataclasses.replace(VICTIM, date_of_birth=None, phone=None), [PERPETRATOR], "same"),
        (VICTIM, [Perpetrator(name="Zee")], "possible"),
        (VICTIM, [dataclasses.replace(PERPETRATOR, date_of_birth=dt.date(1961, 4, 4), postcode=None)], "possible"),
        (VICTIM, [], "possible"),
        (VICTIM, [Perpetrator(name="not known")], "possible"),
        (
            Victim(name="Shabnam Hussain", date_of_birth=None),
            [Perpetrator(name="Zeeshan Iqbal", date_of_birth=None)],
            "possible",
        ),
        (VICTIM, [OTHER_PERPETRATOR], "different"),
        (OTHER_VICTIM, [PERPETRATOR], "different"),
        (OTHER_VICTIM, [], "different"),
        (
            dataclasses.replace(VICTIM, name="Sana Hussain", date_of_birth=dt.date(1990, 4, 4)),
            [PERPETRATOR],
            "different",
        ),
        (Victim(), [], "unknown"),
    ],
)
def test_the_other_half_of_the_couple_weighs_in(victim: Victim, perpetrators: list[Perpetrator], level: str) -> None:
    other = couple("M26-0011", victim=victim, perpetrators=perpetrators)
    assert couple_likeness(couple(), other).level == level
    assert couple_likeness(other, couple()).level == level


def test_a_perpetrator_on_one_form_only_is_said() -> None:
    assert couple_likeness(couple(), couple("M26-0011", perpetrators=())).reasons[-1] == "perpetrator not stated"


victims = st.builds(Victim, name=st.none() | written, aliases=st.just(()), date_of_birth=st.none() | st.just(BORN))
perpetrators = st.lists(
    st.builds(Perpetrator, name=st.none() | written, aliases=st.just(()), date_of_birth=st.none()), max_size=3
)


@given(victims, perpetrators, victims, perpetrators)
def test_couples_are_alike_whichever_comes_first(
    one: Victim, ones: list[Perpetrator], other: Victim, others: list[Perpetrator]
) -> None:
    a, b = couple(victim=one, perpetrators=ones), couple("M26-0011", victim=other, perpetrators=others)
    assert couple_likeness(a, b) == couple_likeness(b, a)


def test_a_likeness_reads_as_one_phrase() -> None:
    assert Likeness("same", ("same name", "same date of birth")).in_words == "same name; same date of birth"
