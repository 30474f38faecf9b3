"""What the help says of the daily pass, of messages and of the register itself."""

REGISTER: dict[str, tuple[str, str]] = {
    "import": (
        "take over the spreadsheet kept until now",
        """\
Without the cases of last year no repeat can be found in the first year. Show how the columns of the spreadsheet are
understood and what would become of each row, and write the columns into import-FILE.toml for you to correct; nothing is
taken yet. With --columns import-FILE.toml --confirm --by NAME the cases are entered: what was heard as heard, and what is
not over as a draft for you. Rows that cannot be read are listed in import-FILE unreadable.csv. The spreadsheet is kept in
the store as it is. The same file again changes nothing; a longer copy of it brings its new rows.""",
    ),
    "run": (
        "take in the mail, bring the register up to date, prepare what is due",
        """\
One pass: every waiting message is stored, read and registered; register.xlsx is written; and once a meeting's cut-off
has passed, its agenda, research packs and letters are prepared. Running it twice changes nothing, and a pass that was
cut off is finished by the next one. Nothing is sent: see `marac release`.""",
    ),
    "watch": (
        "keep doing so, woken by the mailbox",
        "Make a pass whenever something arrives, and every --every seconds in any case. Stop it with Ctrl-C.",
    ),
    "status": (
        "show the books, what needs a person, and what comes next",
        """\
Show whether every message is accounted for, when the last pass was, which messages and cases need a person and why,
and which meeting comes next. It changes nothing.""",
    ),
    "not-heard": (
        "list the referrals of a month that were not heard",
        "List every referral that was not heard in a month, with who said so and why, and those that wait for a decision.",
    ),
    "member": ("say who may see this MARAC's cases", "Who may see this MARAC's cases, where people sign in."),
    "member add": (
        "let somebody see this MARAC's cases",
        "Name somebody who may see this MARAC's cases. It takes effect wherever people sign in.",
    ),
    "member remove": (
        "let somebody see them no more",
        "Name somebody who may see this MARAC's cases no more; that they once could stays on the books.",
    ),
    "member list": ("list who may see them", "List who may see this MARAC's cases, and who could before."),
    "message": ("look at messages and decide about them", "What came in, and what a person decides about it."),
    "message show": (
        "show what is known of a message",
        "Show who sent it, what was found in it, why it waits, and where its files are. That you looked is noted with it.",
    ),
    "message decide": (
        "keep a decision about a message",
        """\
release        it was kept from being read (a bounce, an automatic reply, a mailing list, the MARAC's own address, a
               message built in a way no real one is) and is to be taken in like any other
set-aside      there is nothing more to do about it
use-version    it brings another version of a form, and this one is right: the case is brought up to date
keep-earlier   it brings another version of a form, and the earlier one stays
own-case       what looks like another version is a referral of its own""",
    ),
    "message password": (
        "open a locked file in a message",
        """\
Ask for the password, which nobody sees as you type it, and try it on the locked files in the message. What opens is read
and registered. The password is not kept.""",
    ),
    "message acknowledge": (
        "release the acknowledgement of a message",
        """\
Let the acknowledgement that was written for the message leave with the next pass. It tells the sender the reference, the
meeting and what is missing, and nothing about anybody.""",
    ),
}
