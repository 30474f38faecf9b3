"""What the help says of the calendar, of meetings and of what agencies answer."""

MEETINGS: dict[str, tuple[str, str]] = {
    "meeting": ("prepare a meeting, or show it", "The agenda, research packs and letters of one meeting."),
    "meeting prepare": (
        "make the agenda, research packs and letters",
        """\
Make the agenda, a research pack for each agency, and a letter for each agency that has actions, and seal what is for
agencies. What has not changed is not made again; what has changed becomes a new version. Nothing is sent.""",
    ),
    "meeting show": (
        "show the cases, actions and documents of a meeting",
        "Show the meeting's cases in the order of hearing, its actions, and its documents with what became of each.",
    ),
    "meeting chase": (
        "show whose research is not back, and release reminders",
        """\
Show which agency has not answered which of the cases that it was sent. Reminders are written on the days that [research]
chase_days in config.toml names, with numbers of cases and nobody's name; they wait for you, and --by NAME releases them,
unless released_by gives a standing release. They leave with the next pass. Nobody is reminded twice a day, or once the
meeting has begun.""",
    ),
    "meeting call": (
        "call a meeting that the calendar does not have",
        """\
Call a meeting for DATE. An ordinary one takes referrals until its cut-off like any other; an --urgent one hears only what you
put on it: `marac case decide CASE list --meeting DATE`. To move a meeting, cancel it and call the new day.""",
    ),
    "meeting cancel": (
        "cancel a meeting",
        """\
Take the meeting of DATE out of the calendar. Its cases go to the next meeting that they are in time for, and papers that
wait for release are withdrawn; it says which. Whoever has papers already must be told by you.""",
    ),
    "calendar": (
        "show the meetings ahead with their deadlines",
        """\
Show the meetings ahead, each with its cut-off and every other deadline, which were moved and why, and the closed days
between. The rhythm, the deadlines and the closed days stand in config.toml, under [[calendar]], [deadlines] and [closed].""",
    ),
    "release": (
        "send what was prepared for a meeting, or for one case",
        """\
Send every prepared document of the meeting, one by one, each to one agency, sealed; with --case instead of a date, the
referral of one case to the IDVA service, or its transfer to another MARAC. The key and the address are checked once more first. It stops at the first
doubt. Run it with --rehearse first: that shows who would get what, and sends nothing. What may have left is never sent again by itself: ask the agency, then say --arrived AGENCY or --resend AGENCY.""",
    ),
    "transfer": (
        "hand a case over to another MARAC, or take one in",
        "A victim moves: the referral, minutes and action plan go to the MARAC there, sealed, and it says that it has them.",
    ),
    "transfer send": (
        "hand a case over to another MARAC",
        """\
Decide that another MARAC hears the case now, and make a letter and a part that a program reads, in one file, sealed for that
MARAC alone: the forms, the minutes and the action plan. It waits for `marac release --case CASE`, and is made anew as long as
it waits and the case changes. The other MARAC must stand in config.toml under [other_maracs], with its key:
marac keys import marac.NAME FILE. If no receipt comes within three working days, the first sheet says so.""",
    ),
    "transfer receive": (
        "take in a transfer that did not come by mail",
        """\
Take a case over from the zip file that was in the sealed one, or from its JSON file. What comes by mail is taken in by
`marac run`. The same file twice is entered once.""",
    ),
    "transfer arrived": (
        "note that the other MARAC has a case",
        "Note what the other MARAC told you on the telephone. A receipt that comes by mail is noted by itself.",
    ),
    "transfer list": (
        "list the transfers, with what became of each",
        "List the cases that went to another MARAC, with the day on which each left and its receipt, and those that came from one.",
    ),
    "figures": (
        "the SafeLives return, and how long things take",
        """\
For each meeting and for all of them together: cases heard, repeats, children, who referred, and whom it concerns, as the
quarterly return asks. What no form says is "not recorded" and never counted as no; the cases that cause each gap are named,
so that you can ask. Below stand the days from the incident to the referral, the meeting and the letters. With --public no
meeting stands alone, and what is below 5 ([figures] small), or would give such a number away, is kept back.""",
    ),
    "action": ("enter actions, and what became of them", "What agencies undertook for a case."),
    "action add": (
        "enter an action for an agency",
        """\
Enter what an agency will do for a case, and by when. Its letter is made by `marac meeting prepare`. Write no address
into the text: it goes to the agency in a letter.""",
    ),
    "action outcome": (
        "note what became of an action",
        """\
done               it is done, and is closed
could-not-be-done  circumstances changed, so that it could not be; it is closed, and counted apart
not-done           the agency did not do it; it stays open, and comes back at the next meeting""",
    ),
    "action reports": (
        "list what agencies reported of their actions in replies",
        "List what agencies said of their actions in reply to a letter, those that wait for you first. It changes nothing.",
    ),
    "action decide-report": (
        "decide about a report that waits",
        """\
take        what was reported is so: done and could not be done close the action, not done leaves it open
set-aside   it does not count; it is kept

Its message is closed once nothing else in it waits.""",
    ),
    "returns": (
        "see what agencies answered, and decide about answers",
        """\
What agencies answered to research, from replies that were read, and from what you were told. For a meeting:

  marac returns 2026-12-03""",
    ),
    "returns list": (
        "show what is back for a meeting, and what is not",
        "Show for each agency what it was asked, answered and has not sent back, and for each case who has answered.",
    ),
    "returns show": (
        "show every answer about a case",
        "Show every answer about a case with the words, those that wait for you, and why. That you looked is noted.",
    ),
    "returns enter": (
        "enter an answer that an agency told you",
        """\
Enter what an agency said on the telephone, under the headings of the research pack, or that it knows nothing. An earlier
answer of the agency about the case is kept, and does not count any more.""",
    ),
    "returns decide": (
        "take answers that wait, or set answers aside",
        """\
take        the answer counts; an earlier one of the agency about the case does not any more
set-aside   it does not count; it is kept

Name the returns by their numbers, or all that wait in a message with --message. The message is closed once nothing else
in it waits.""",
    ),
    "minutes": ("take filled-in minutes into the register", "The minutes of a meeting, once they are filled in."),
    "minutes read": (
        "show what filled-in minutes say, and take it once you confirm",
        """\
Show everything that was understood of the filled-in minutes: who was there, what became of earlier actions, what was
noted of each case and what it came to, new actions with agency, owner and date; and everything that is in doubt. Nothing
is taken. Then, if it is right, the same command with --confirm --by NAME: what is in doubt is left out, all else goes into
the register, and the file is kept. After that a corrected file shows only what differs.""",
    ),
}
