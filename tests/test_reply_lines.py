"""Lines of a reply: what each says of a case or an action, what is in doubt, and that none which names one is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marac.document import HTML, TEXT, Document
from marac.parsers.answers.courtesies import is_courtesy
from marac.parsers.answers.replies import reply_in_mail
from marac.reply import Reply


def said(text: str, kind: str = TEXT) -> Reply:
    return reply_in_mail(Document("body", kind, text.encode())) or Reply("mail")


def cases(text: str, kind: str = TEXT) -> list[tuple[str, bool, str]]:
    """Each answer without a doubt."""
    return [(each.case, each.nothing_known, each.factors) for each in said(text, kind).cases if not each.doubts]


def doubtful(text: str) -> list[str]:
    """The cases of the answers in doubt."""
    return [each.case for each in said(text).cases if each.doubts]


@pytest.mark.parametrize(
    "text",
    [
        "M26-0004: nothing known",
        "M26-0004 - nil return",
        "m26\u20130004 \u2013 No trace.",
        "Case M26-0004 not known to us",
        "\u2022 M26-0004 = we hold nothing on him",
        "Nothing known on M26-0004",
        "M26-0004:\nNothing known",
        "1. M26-0004, unknown to this service.",
    ],
)
def test_nothing_known_is_understood_in_the_usual_ways(text: str) -> None:
    assert cases(text) == [("M26-0004", True, "")]


def test_words_after_a_reference_are_what_is_known_even_over_two_lines() -> None:
    text = "Hi Sue,\n\nM26-0004 \u2013 he was arrested on Tuesday for\nbreach of bail.\nM26-0007: nothing known\n\nMany thanks\nAnn"
    assert cases(text) == [
        ("M26-0004", False, "he was arrested on Tuesday for breach of bail."),
        ("M26-0007", True, ""),
    ]
    assert said(text).rest == ()


@pytest.mark.parametrize(
    "text",
    [
        "M26-0004/M26-0007: known to us",
        "M26-0004 and M26-0007 \u2013 both arrested in May",
    ],
)
def test_words_about_two_cases_at_once_are_a_doubt_for_both(text: str) -> None:
    assert doubtful(text) == ["M26-0004", "M26-0007"]


def test_nothing_known_on_several_named_cases_is_clear() -> None:
    assert cases("M26-0004, M26-0007 and M26-0009: nothing known") == [
        (each, True, "") for each in ("M26-0004", "M26-0007", "M26-0009")
    ]


@pytest.mark.parametrize(
    "text", ["M26-004: nothing known", "26-0004: nothing known", "M26-O004 nothing known", "M26-0004/7: nothing known"]
)
def test_a_reference_that_cannot_be_right_is_never_guessed(text: str) -> None:
    assert cases(text) == []
    assert said(text).cases[0].words == text


@pytest.mark.parametrize(
    "text",
    [
        "M26-0004: who is the referrer?",
        "M26-0004: return to follow",
        "M26-0004 see attached",
        "M26-0004: none",
        "M26-0004: nothing known but ask the nurse",
        "We have nothing on M26-0004. For M26-0005 see attached.",
        "M26-0004",
        "M26-0004: nothing known\nM26-0004: arrested in May",
    ],
)
def test_what_may_be_no_answer_is_a_doubt(text: str) -> None:
    assert cases(text) == []
    assert doubtful(text)


@pytest.mark.parametrize(
    "text",
    [
        "Nothing known on any of these",
        "Nil return",
        "Nil return for all cases.",
        "No trace on any of the people listed",
    ],
)
def test_nothing_on_any_is_understood(text: str) -> None:
    assert said(f"Dear all,\n\n{text}\n\nRegards\nAnn").nothing_on_any == text


def test_an_answer_below_or_between_quoted_lines_is_found_and_the_quote_is_not_read() -> None:
    below = "On Mon, 3 Nov 2026 Sue wrote:\n> M26-0001: nothing known\n> Please answer\n\nM26-0004: nothing known\n"
    assert cases(below) == [("M26-0004", True, "")]
    between = "> M26-0004\nnothing known\n> M26-0007\narrested in May\n"
    assert said(between).rest == ("nothing known", "arrested in May")
    outlook = "M26-0004: nothing known\n\nFrom: MARAC\nSent: Monday\nTo: police\nSubject: x\n\nM26-0009: text"
    assert cases(outlook) == [("M26-0004", True, "")]


def test_a_footer_is_not_read_but_a_case_named_below_the_signature_waits() -> None:
    text = "M26-0004: nothing known\n\nKind regards\nAnn Other\nDI, Carrowdale\nPS M26-0007 is urgent\nThis e-mail is confidential."
    assert cases(text) == [("M26-0004", True, "")]
    assert said(text).rest == ("PS M26-0007 is urgent",)


def test_html_is_read_as_plain_text_is() -> None:
    page = "<p>M26-0004: nothing known</p><table><tr><td>M26-0005</td><td>Arrested in May 2025</td></tr></table><p>Regards</p>"
    assert cases(page, HTML) == [("M26-0004", True, ""), ("M26-0005", False, "Arrested in May 2025")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Action 17: done 3/12", (17, "done", "3/12", "")),
        ("17 done", (17, "done", "", "")),
        ("17 could not be done: she has moved", (17, "could not be done", "", "she has moved")),
        ("17 not done: staff sick", (17, "not done", "", "staff sick")),
        ("Action 17 (M26-0004) \u2013 completed 12 Dec, alarm fitted", (17, "done", "12 Dec", "alarm fitted")),
        ("M26-0004 action 17: has been completed on 3 December 2026", (17, "done", "3 December 2026", "")),
        ("Action no. 17: unable to complete, no reply from her", (17, "could not be done", "", "no reply from her")),
    ],
)
def test_a_report_on_an_action_is_understood(text: str, expected: tuple[int, str, str, str]) -> None:
    (found,) = said(text).actions
    assert (found.action, found.outcome, found.day, found.note) == expected
    assert found.doubts == ()


@pytest.mark.parametrize(
    "text",
    [
        "Action 17 will be done tomorrow",
        "Action 17: partly done",
        "Action 17: done but not the marker",
        "Action 17: done / could not be done, because … / not done, because …",
        "We have looked at action 17",
        "Actions 17 and 18 done, the alarm is fitted",
        "Action 17: done\nAction 17: not done",
    ],
)
def test_what_may_not_close_an_action_is_a_doubt(text: str) -> None:
    found = said(text).actions
    assert found
    assert all(each.doubts for each in found)


def test_a_line_that_mixes_an_action_and_a_case_closes_nothing() -> None:
    text = "Action 17 done. M26-0004 nothing known, by the way"
    assert said(text).actions == ()
    assert doubtful(text) == ["M26-0004"]


def test_several_actions_done_are_each_done_and_all_done_is_all() -> None:
    assert [(each.action, each.outcome) for each in said("Actions 17, 18 and 19 done").actions] == [
        (n, "done") for n in (17, 18, 19)
    ]
    assert said("All done.").all_done == "All done."
    assert said("All actions have been completed").all_done


@pytest.mark.parametrize(
    "text",
    [
        "M26-0004: NK",
        "M26-0004 N/K",
        "M26-0004: not known to the Trust",
        "M26-0004 - nothing known on our systems",
        "M26-0004:\nVictim: nothing known\nPerpetrator: no trace\nChildren: not known",
    ],
)
def test_nothing_known_is_understood_in_the_words_of_each_service(text: str) -> None:
    assert cases(text) == [("M26-0004", True, "")]


@pytest.mark.parametrize(
    "text",
    ["M26-0004 NFA", "M26-0004\nVictim: not known\nPerp: arrested", "M26-0004: victim not known, child not known"],
)
def test_what_may_be_known_of_one_of_them_is_never_nothing_known(text: str) -> None:
    assert cases(text) == []
    assert doubtful(text) == ["M26-0004"]


def test_that_a_case_is_closed_to_a_service_is_an_answer_and_not_nothing_known() -> None:
    assert cases("M26-0008: not open to our service, closed 2024.") == [
        ("M26-0008", False, "not open to our service, closed 2024")
    ]


def test_paragraphs_after_a_reference_belong_to_it_until_the_next_one() -> None:
    text = "M26-0004\n\nReferred by the GP in March.\n\nHis sister pays the rent.\n\nM26-0007\n\nNothing known."
    assert cases(text) == [
        ("M26-0004", False, "Referred by the GP in March. His sister pays the rent."),
        ("M26-0007", True, ""),
    ]
    assert said("M26-0004: in arrears.\n\nThe other cases come from Bob later.").rest


@pytest.mark.parametrize(
    "text",
    ["Please find attached our completed return.", "Hi Sue,", "Dear Ms Platt", "As requested, our return for the meeting on 26 November.",
     "Please let me know if you need anything else."],
)  # fmt: skip
def test_courtesies_say_nothing(text: str) -> None:
    assert is_courtesy(text)


@pytest.mark.parametrize(
    "text",
    [
        "Also, please note she has moved.",
        "Please call me.",
        "Nothing attached.",
        "Please send the pack again.",
        "He is here.",
        "Hi, not known",
    ],
)
def test_anything_else_waits(text: str) -> None:
    assert not is_courtesy(text)


WORDS = st.sampled_from(
    ["M26-0004", "M26-0007", "M26-004", "m26/0009", "Action 17", "17", "nothing known", "done", "known", "to us", ":", "-", "/", "and",
     "3/12", "not", "on any", "Regards", "\n", "\n\n", "> ", "he was arrested", "Nil return", ",", "(", ")", "On Monday Ann wrote:", "?"]
)  # fmt: skip


@given(st.lists(WORDS, max_size=14).map(" ".join))
def test_no_line_that_names_a_case_or_an_action_is_lost(text: str) -> None:
    found = said(text)
    kept = " ".join(
        [
            *(each.words for each in found.cases),
            *(each.words for each in found.actions),
            *found.rest,
            found.nothing_on_any,
            found.all_done,
        ]
    )
    kept = "".join(kept.split())
    for line in own(text):
        if any(name in line.upper() for name in ("M26-0004", "M26-0007", "M26-004", "M26/0009", "ACTION 17")):
            assert "".join(line.split()).strip("-:,").removesuffix("and") in kept


def own(text: str) -> list[str]:
    """The lines that are surely no quote: those before the first mark of one."""
    lines = []
    for line in text.splitlines():
        if line.strip().startswith(">") or "wrote:" in line or line.strip().casefold() == "on monday ann":
            break
        lines.append(line.strip())
    return lines
