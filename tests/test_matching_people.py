"""Whether two people are one, by the weight of what agrees, over names as agencies really write them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marac.matching.comparison import compare, compare_closely
from marac.matching.frequencies import CountedPeople
from marac.matching.people import KnownPerson, PersonFacts, known_person
from marac.matching.spelling import folded

BORN = dt.date(1985, 11, 23)
SWAPPED = dt.date(1985, 3, 12), dt.date(1985, 12, 3)
NOBODY_COUNTED = CountedPeople()


def of(
    name: str,
    born: dt.date | None = BORN,
    *aliases: str,
    postcode: str | None = None,
    phone: str | None = None,
    gender: str | None = None,
    address: str | None = None,
) -> KnownPerson:
    return known_person(
        PersonFacts(
            (name, *aliases),
            (born,) if born else (),
            (postcode,) if postcode else (),
            (phone,) if phone else (),
            gender,
            address,
        )
    )


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
    ("\u0410\u043d\u043d\u0430 \u041f\u0435\u0442\u0440\u043e\u0432\u0430", "Anna Petrova"),
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
    ("Sarah Jones formerly Patel", "Sarah Patel"),
    ("Sarah Jones aka Shaz Jones", "Shaz Jones"),
]


@pytest.mark.parametrize(("one", "other"), ONE_NAME)
def test_one_name_in_two_spellings_agrees_and_leaves_no_doubt_beside_a_date_of_birth(one: str, other: str) -> None:
    found = compare(of(one), of(other), NOBODY_COUNTED)
    assert found.bits > 17
    assert found.doubt == ""
    assert set(of(one).keys()) & set(of(other).keys())


@pytest.mark.parametrize(("one", "other"), ONE_NAME)
def test_a_name_alone_always_leaves_a_doubt(one: str, other: str) -> None:
    found = compare(of(one, None), of(other, None), NOBODY_COUNTED)
    assert (found.doubt, found.beyond_the_name) == ("name only", False)


BROTHERS_AND_SISTERS = [
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
    ("Sarah Jones", "Peter Jones"),
]


@pytest.mark.parametrize(("one", "other"), BROTHERS_AND_SISTERS)
def test_twins_are_always_in_doubt(one: str, other: str) -> None:
    first = of(one, postcode="ZZ99 1AA", phone="01632960123")
    second = of(other, postcode="ZZ99 1AA", phone="01632960123")
    assert compare(first, second, NOBODY_COUNTED).doubt in {"twins", "brother or sister", "initial only"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *BROTHERS_AND_SISTERS,
        ("Sarah Jones", "Katarzyna Nowak"),
        ("Karen Reid", "Corin Rudd"),
        ("Mark Hall", "Mary Hill"),
        ("Lee Young", "Lea Yates"),
        ("Amina Begum", "Yasmin Begum"),
        ("Piotr Nowak", "Pawel Nowak"),
        ("Ali Hussain", "Ali Hassan"),
        ("Gary Cook", "Barry Crook"),
        ("Imran Khan", "Kamran Khan"),
        ("Ewa Kaminska", "Iwona Kaminska"),
        ("Tom Barker", "Tim Parker"),
        ("Grace Obi", "Joy Obi"),
    ],
)
def test_different_names_with_different_dates_of_birth_weigh_next_to_nothing(one: str, other: str) -> None:
    assert compare(of(one), of(other, dt.date(1971, 2, 8)), NOBODY_COUNTED).bits < 6


def test_father_and_son_of_one_name_at_one_address_are_in_doubt() -> None:
    father, son = (of("Darren Whitlock", dt.date(year, 3, 30), postcode="ZZ99 1AA") for year in (1962, 1990))
    found = compare(father, son, NOBODY_COUNTED)
    assert found.doubt == "parent or child"
    assert "they may be parent and child" in found.reasons
    unsaid = of("Darren Whitlock", None, postcode="ZZ99 1AA")
    assert compare(father, unsaid, NOBODY_COUNTED).doubt == "parent or child"


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        (BORN, BORN, "same"),
        (*SWAPPED, "swapped"),
        (BORN, dt.date(1985, 11, 28), "one digit"),
        (BORN, dt.date(1958, 11, 23), "turned digits"),
        (BORN, dt.date(1985, 11, 30), "two digits"),
        (BORN, dt.date(1976, 11, 23), "two digits"),
        (BORN, dt.date(1962, 11, 23), "two parts"),
        (BORN, dt.date(1962, 11, 28), "differs"),
        (dt.date(1985, 9, 23), dt.date(1985, 10, 23), "two digits"),
        (BORN, dt.date(2004, 11, 23), "two parts"),
        (BORN, dt.date(1985, 6, 4), "year"),
        (BORN, dt.date(1988, 6, 4), "close"),
        (BORN, dt.date(1971, 2, 8), "differs"),
        (BORN, None, "unknown"),
    ],
)
def test_dates_of_birth_agree_in_many_ways(one: dt.date, other: dt.date | None, level: str) -> None:
    assert compare(of("Sarah Jones", one), of("Sarah Jones", other), NOBODY_COUNTED).born == level


def test_the_closer_the_dates_of_birth_the_more_they_weigh() -> None:
    others = (BORN, dt.date(1985, 11, 28), dt.date(1985, 11, 30), None, dt.date(1988, 6, 4), dt.date(1971, 2, 8))
    bits = [compare(of("Sarah Jones"), of("Sarah Jones", other), NOBODY_COUNTED).bits for other in others]
    assert bits[0] > bits[1] > bits[3] > bits[2] > bits[4] > bits[5]


@pytest.mark.parametrize("day", [dt.date(1985, 1, 1), dt.date(1900, 1, 1)])
def test_the_first_of_january_is_hardly_a_date_of_birth(day: dt.date) -> None:
    without = compare(of("Sarah Jones", None), of("Sarah Jones", None), NOBODY_COUNTED)
    found = compare(of("Sarah Jones", day), of("Sarah Jones", day), NOBODY_COUNTED)
    assert found.doubt == "name only"
    assert found.bits - without.bits < 2


@pytest.mark.parametrize("name", ["Unknown", "not known", "N/K", "unknown male", "-", "", "Not Known Not Known"])
def test_unknown_is_no_name(name: str) -> None:
    assert not of(name).named
    assert compare(of(name, None), of("Unknown", None), NOBODY_COUNTED).bits == 0


def test_a_rare_name_weighs_more_than_a_common_one() -> None:
    register = CountedPeople(
        of(f"{first} {'Smith' if number % 2 else 'Farthingale' if number == 4 else 'Other' + chr(97 + number % 26)}",
           dt.date(1950 + number % 50, 1 + number % 12, 2 + number % 26))
        for number in range(2_000) for first in ["Sarah" if number % 7 else "Xanthe"]
    )  # fmt: skip
    common, rare = (compare(of(name), of(name), register) for name in ("Sarah Smith", "Sarah Farthingale"))
    assert rare.bits > common.bits + 5
    assert common.reasons[0] == "same first name and surname, a common surname"
    assert rare.reasons[0] == "same first name and surname, a rare surname"


def test_the_full_name_weighs_less_where_its_halves_go_together() -> None:
    """Half of the Mohammeds are Khans: so the surname says little once the first name is known."""

    def people(together: bool) -> CountedPeople:
        names = [("Mohammed", "Khan") if number % 4 == 0 else ("Adam", f"Clay{number}") for number in range(400)]
        if not together:
            names = [("Mohammed" if number % 4 == 0 else "Adam", "Khan" if number % 4 == 1 else "Clay")
                     for number in range(400)]  # fmt: skip
        days = [dt.date(1960, 1, 2) + dt.timedelta(days=number * 11) for number in range(400)]
        return CountedPeople(of(" ".join(name), day) for name, day in zip(names, days, strict=True))

    one = of("Mohammed Khan")
    assert compare(one, one, people(together=True)).bits < compare(one, one, people(together=False)).bits - 1


def test_each_person_is_counted_once_however_often_they_were_referred() -> None:
    once = CountedPeople([of("Sarah Jones")])
    often = CountedPeople([of("Sarah Jones")] * 10)
    assert often.people == once.people == 1
    assert [often.count(term) for term in of("Sarah Jones").terms()] == [1] * len(of("Sarah Jones").terms())


def test_an_alias_and_a_second_date_of_birth_are_compared_too() -> None:
    known = known_person(PersonFacts(("Kevin Price", "Kev Dolan"), (BORN, dt.date(1984, 2, 9))))
    found = compare(known, of("Kevin Dolan", dt.date(1984, 2, 9)), NOBODY_COUNTED)
    assert (found.born, found.names.kind) == ("same", "a")
    assert "by another name that is known" in found.reasons
    assert set(known.keys()) & set(of("Kevin Dolan", dt.date(1984, 2, 9)).keys())


def test_a_woman_who_married_is_found_by_her_first_name_and_date_of_birth() -> None:
    one, other = (of(name, gender="female", postcode="ZZ99 1AA") for name in ("Sarah Jones", "Sarah Nowak"))
    man, namesake = (of(name, gender="male", postcode="ZZ99 1AA") for name in ("Sarah Jones", "Sarah Nowak"))
    assert compare(one, other, NOBODY_COUNTED).bits > compare(man, namesake, NOBODY_COUNTED).bits > 15


@pytest.mark.parametrize(
    ("one", "other", "place"),
    [
        ("ZZ99 1AA", "ZZ99 1AB", "one sign"),
        ("ZZ99 1AB", "ZZ99 1BA", "one sign"),
        ("ZZ98 1AA", "ZZ89 1AA", "one sign"),
        ("5046", "0546", "one sign"),
        ("ZZ98 1AB", "ZZ97 1AC", "differs"),
        ("ZZ98 1AB", "ZZ98 2CD", "district"),
    ],
)
def test_a_postcode_with_one_sign_wrong_or_two_changed_round_is_nearly_the_same(
    one: str, other: str, place: str
) -> None:
    here, there = (of("Sarah Jones", None, postcode=postcode) for postcode in (one, other))
    assert compare(here, there, NOBODY_COUNTED).place == place


def test_who_gives_no_gender_may_have_married() -> None:
    bits = []
    for gender in ("male", None, "female"):
        before, after = (of(name, gender=gender) for name in ("Sarah Jones", "Sarah Nowak"))
        bits.append(compare(before, after, NOBODY_COUNTED).names.bits)
    assert bits[0] < bits[1] < bits[2]


def test_an_address_is_compared_where_a_postcode_is_missing() -> None:
    one = of("Sarah Jones", None, address="Flat 2, 201c Farm Hill Road, Northbridge")
    other = of("Sarah Jones", None, address="2, 201C Farm Hill Rd", postcode="ZZ99 1AA")
    assert compare(one, other, NOBODY_COUNTED).place == "same address"
    assert set(one.keys()) & set(other.keys())


def test_reasons_are_words_that_can_be_read_aloud() -> None:
    one = of("Catherine Farooq", SWAPPED[0], postcode="ZZ99 1AA", phone="07700900123")
    other = of("Kate Faruk", SWAPPED[1], postcode="zz991aa", phone="+44 7700 900123")
    assert compare(one, other, NOBODY_COUNTED).reasons == (
        "first name is another form of the same name",
        "surname sounds alike",
        "date of birth has day and month swapped",
        "same postcode",
        "same telephone number",
    )


words = st.sampled_from(
    ["Mohammed", "Md", "Ali", "Khan", "Kahn", "Sean", "Shaun", "O'Connor", "Connor", "Anne-Marie", "Anne", "Maria", "de",
     "Silva", "\u0141ukasz", "Nowak", "Novak", "J", "Smith-Jones", "Smith", "al-Hassan", "Hassan", "Mrs", "Unknown",
     "n\u00e9e", "-", ",", "|", ";", "/"]
)  # fmt: skip
written = st.lists(words, max_size=4).map(" ".join) | st.text(max_size=12)
places = st.lists(st.sampled_from(["ZZ99 1AA", "ZZ98 2BB", "4223"]) | st.text(max_size=6), max_size=2).map(tuple)
facts = st.builds(
    PersonFacts,
    names=st.lists(written, max_size=3).map(tuple),
    born=st.lists(st.sampled_from([BORN, *SWAPPED, dt.date(1985, 1, 1)]) | st.dates(), max_size=2).map(tuple),
    postcodes=places,
    phones=st.lists(st.sampled_from(["07700900123", "01632960123"]) | st.text(max_size=14), max_size=2).map(tuple),
    gender=st.none() | st.sampled_from(["female", "male", "other"]),
    address=st.none() | st.sampled_from(["201c Farm Hill Road", "1 Mill Lane, Northbridge"]) | st.text(max_size=15),
    others=st.dictionaries(st.sampled_from(["suburb", "nhs number"]), st.text(max_size=12), max_size=2),
)
people = facts.map(known_person)


@given(people, people)
def test_two_people_are_as_alike_whichever_comes_first(one: KnownPerson, other: KnownPerson) -> None:
    register = CountedPeople([one, other])
    for compared in (compare, compare_closely):
        there, back = compared(one, other, register), compared(other, one, register)
        assert there.bits == pytest.approx(back.bits)
        assert there.reasons == back.reasons


@given(people)
def test_a_person_comes_back_from_the_text_unchanged(one: KnownPerson) -> None:
    again = KnownPerson.from_text(one.as_text())
    assert (again, again.keys(), again.terms()) == (one, one.keys(), one.terms())


@given(facts)
def test_what_a_person_looks_like_in_a_traceback_names_nobody(one: PersonFacts) -> None:
    assert repr(known_person(one)) == "KnownPerson()"
    assert repr(known_person(one).names).replace("KnownName()", "").strip("(), ") == ""
    assert "PersonFacts object" in repr(one)


@given(people)
def test_keys_and_terms_fit_into_any_database(one: KnownPerson) -> None:
    assert all(0 <= number < 2**63 for number in (*one.keys(), *one.terms()))


@given(people, people)
def test_reasons_hold_no_name_no_address_and_no_number(one: KnownPerson, other: KnownPerson) -> None:
    said = " ".join(compare(one, other, NOBODY_COUNTED).reasons)
    assert not any(sign.isdigit() for sign in said)
    for word in ("khan", "silva", "connor", "hassan", "farm", "mill lane"):
        assert word not in folded(said)


names = st.sampled_from(["Shabnam", "Christopher", "Oluwaseun", "Katarzyna"]), st.sampled_from(["Hussain", "Whitlock"])


@given(
    *names,
    st.dates(dt.date(1940, 1, 1), dt.date(2010, 12, 31)),
    st.integers(0, 30),
    st.sampled_from(["first", "last", "day"]),
)
def test_one_slip_of_the_pen_leaves_a_key_in_common(
    first: str, last: str, born: dt.date, place: int, wrong: str
) -> None:
    one = of(f"{first} {last}", born, postcode="ZZ99 1AA")
    again = {
        "first": lambda: of(f"{_slip(first, place)} {last}", born, postcode="ZZ99 1AA"),
        "last": lambda: of(f"{first} {_slip(last, place)}", born, postcode="ZZ99 1AA"),
    }.get(wrong, lambda: of(f"{first} {last}", born + dt.timedelta(days=1), postcode="ZZ99 1AA"))()
    assert set(one.keys()) & set(again.keys())


def _slip(word: str, place: int) -> str:
    place %= len(word)
    return word[:place] + "x" + word[place + 1 :]
