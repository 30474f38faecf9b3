"""The words of `--help`: for each command one line for the list, and what a new coordinator wants to know."""

PROGRAM = """\
From a secure mailbox of MARAC referral forms to a register, an agenda, research packs and sealed action letters.

A first look, with invented cases:      marac demo
Your own folder, and a first pass:      marac init FOLDER, then in that folder: marac run

marac sends nothing that no person has released: letters leave with `marac release`. It is not an alarm: in immediate
danger the police are called on 999."""

HELP: dict[str, tuple[str, str]] = {
    "init": (
        "make a working folder with its settings",
        """\
Make FOLDER with config.toml, agencies.toml and an inbox. Both files explain themselves; fill them in, then put
messages (.eml) or form files into the inbox, or name your mailbox in config.toml, and run `marac run` in the folder.""",
    ),
    "demo": (
        "show a whole fortnight on invented cases",
        """\
Make FOLDER with a mailbox of invented referrals, run the coordinator's fortnight on it with the same commands that you
would use, and say what came of it and where it lies. Nothing is opened on the network. FOLDER must not exist yet.""",
    ),
    "doctor": (
        "say what is missing, and what that stops",
        """\
Look at the settings, the store, the mailbox, GnuPG, the keys and the templates, and say what is missing and what that
stops. It changes nothing. The exit code is 0 when nothing is stopped, 1 otherwise.""",
    ),
    "mailbox": ("sign in to the mailbox", "The account that messages arrive in."),
    "mailbox sign-in": (
        "sign in to the mailbox with a browser",
        """\
Show a short code and an address. Open the address in a browser, on this computer or another, type the code, and sign in
as the mailbox's account; marac waits for it. It is needed once, where config.toml says device_code = true, and again when
the organisation asks for it. The sign-in is kept in the store's folder, where only you can read it, and sealed with a
key in this computer's keyring where it has one that works.""",
    ),
    "template": (
        "check and preview Word templates",
        "The wording and the look of what marac makes: templates of your own.",
    ),
    "template check": (
        "find the mistakes in templates, and say where they are",
        """\
Read a template and say in words what is wrong in it and where: an unknown or misspelt field, a loop that is never closed, a
field that must be there and is not, tracked changes, macros, what would fetch or run something. Then fill it with invented
cases to see that no text is lost. With --annotate a copy is made that has a Word comment at each fault. A template with a
fault is never used: the last good copy of it is, or marac's own. The exit code is 0 when all are sound, 7 otherwise.""",
    ),
    "template preview": (
        "fill a template with invented cases, to look at",
        """\
Fill a template with the fullest invented case (long names, six children and none, unknown dates of birth) and the emptiest,
and say where the two files are; as PDF too, where LibreOffice is on this computer.""",
    ),
    "template fields": (
        "list the fields that a template can print",
        "List the fields of one kind of document, or of all, in words; with --word as a Word document to lie beside them.",
    ),
    "template copy": (
        "bring one of marac's own templates into your folder",
        "Put a copy of marac's own template into your templates folder, to change it. Nothing is overwritten.",
    ),
    "keys": (
        "the agencies' OpenPGP keys, and the MARAC's own",
        "The keys that letters are sealed with, and the one that opens mail which was sealed for the MARAC.",
    ),
    "keys import": (
        "pin an agency's key",
        """\
Show the fingerprint, owner and dates of the key in FILE, and ask for the fingerprint. Ring the agency on a number that
you knew before, have it read its fingerprint out, and type what you hear: a key that came by mail can be anybody's.
Only then is the key taken into the keyring and its fingerprint pinned in agencies.toml.""",
    ),
    "keys own": (
        "take in the MARAC's own key",
        """\
Take the MARAC's own OpenPGP key from FILE, with its secret half, into the keyring folder, so that mail which agencies
sealed for it can be opened. It says which fingerprint to write into config.toml under [decryption]. A key that came by
mail is not the MARAC's own: this file comes from IT, by hand.""",
    ),
    "import": (
        "take over the spreadsheet kept until now",
        """\
Without the cases of last year no repeat can be found in the first year. Show how the columns of the spreadsheet are
understood and what would become of each row, and write the columns into import-FILE.toml for you to correct; nothing is
taken yet. With --columns import-FILE.toml --confirm --by NAME the cases are entered: what was heard as heard, and what is
not over as a draft for you. Rows that cannot be read are listed in import-FILE unreadable.csv. The spreadsheet is kept in
the store as it is. The same file again changes nothing; a longer copy of it brings its new rows.""",
    ),
    "parse": (
        "read forms and show what they say",
        """\
Read referral forms and show what was found, what is unclear, and what is missing. Nothing is registered. With --json,
one JSON object a file on standard output, one a line; everything else is said on standard error. A file that cannot be
read is named there, and the exit code is 0 all the same. With --evidence, each value comes with a picture of its place on
the form, in a folder for each file; files that are no PDF and no picture need LibreOffice for that.""",
    ),
    "layout": (
        "the labels of your area's forms",
        "What the labels of a form mean, and what you can tell marac about them.",
    ),
    "layout learn": (
        "say what the labels mean that were not understood",
        """\
Read a form, show each label that was not understood, and ask which field it is. Then every stored form with the same
labels is read again, and you see what would change before anything is written. Your answers go into wordings.toml
beside config.toml: labels only, never what somebody wrote. What is registered already stays as it is.""",
    ),
    "layout show": (
        "show what each label of a form was understood as",
        "Read a form, and show what each of its labels was understood as and which were not. It changes nothing.",
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
    "schedule": ("let the computer itself run marac", "When the computer itself runs `marac run`."),
    "schedule install": (
        "run marac each half hour of a working day",
        """\
Write what Task Scheduler (Windows) or systemd (Linux) needs to run `marac run` in this folder, each half hour from Monday to
Friday, and say how it is started. A run that was missed is made up for as soon as the computer is on; two never run at
once; no password is stored. With --folder only the files are written.""",
    ),
    "schedule show": ("show what was written", "Show the files, and where the system can be asked, when it runs next."),
    "schedule remove": ("stop it, and remove the files", "Stop the task or the timer, and remove its files."),
    "release": (
        "send what was prepared for a meeting, or for one case",
        """\
Send every prepared document of the meeting, one by one, each to one agency, sealed; with --case instead of a date, the
referral of one case to the IDVA service, or its transfer to another MARAC. The key and the address are checked once more first. It stops at the first
doubt. Run it with --rehearse first: that shows who would get what, and sends nothing. What may have left is never sent again by itself: ask the agency, then say --arrived AGENCY or --resend AGENCY.""",
    ),
    "case": ("decide about cases", "What a person decides about a case."),
    "case decide": (
        "keep a decision about a case",
        """\
hear           the case is to be heard, whatever its score
not-heard      the case is not to be heard; the reason is kept, and it can be decided anew
list           the meeting that you name with --meeting hears it: after its cut-off too, and an urgent one
defer          it was not heard, or will not be: it goes to the meeting after
accept         a draft, from the workbook or an old register, is a referral like any other
transfer       another MARAC hears it now: name it with --to
withdraw       the referrer took it back
close          nothing more is to be done; a later referral still finds it
reopen         what was not heard, transferred, withdrawn or closed is open again
same-as        it is of the same couple as OTHER; where both are still to be heard they become one item on the agenda, with
               both referrers named. Where the forms name other people it asks back
not-same-as    it is not the same case as OTHER; you are not asked again, and what was joined stands by itself again""",
    ),
    "case correct": (
        "put right what the register holds of a case",
        """\
Put right one field of a case, when the referrer rang or the form was read wrongly. What stood there stays in the form,
which is kept; who corrected it, when and why is kept with the case, and its flags are worked out anew.""",
    ),
    "case presenter": (
        "name who presents a case instead of its referrer",
        """\
The referrer presents the case, or somebody fully briefed whom you name here for one meeting; the last word counts. Where the
form names no referrer and nobody is named, the agenda says NOBODY PRESENTS IT YET in red. --agency says of which agency they
are: its own agenda then names the case at the top.""",
    ),
    "case conflict": (
        "hold a case back from an agency, or clear it",
        """\
An employee of the agency, or a relative of one, is a party: the case goes to the agency's senior contact (senior in
agencies.toml) alone, at every stage, and where none is named, or it is they, to nobody there. Nothing that the others there
get says that it exists. You are told what went there before. --clear says that there is no conflict: with --person for that
person, without it for the agency for good, whoever reads there later. The last word counts.""",
    ),
    "case bar": (
        "name somebody who must not receive anything about a case",
        """\
Beside the perpetrators on its forms. Whoever receives an agency's documents is held against the name, now and whenever
agencies.toml changes: the very name holds the case back there, and you are asked about a name that is near.""",
    ),
    "case unbar": (
        "lift a barred name",
        "NUMBER is as marac case barred shows it. That it was barred stays on the books.",
    ),
    "case barred": (
        "list who is barred from a case, and where it is held back",
        "Show who must not receive anything about the case, and from which agencies it is held back, with the reasons.",
    ),
    "case holders": (
        "say who holds what of a case",
        """\
List the documents that were sent and show the case, with what has changed since. Those who hold an address or a telephone
number that is not the present one stand first.""",
    ),
    "case told": (
        "note that a victim was told what the meeting came to",
        """\
Note who told the victim, on which day and how, as the referrer or the IDVA reports it after an outcome note. Where the area
owes it to the victim (owed under [outcome] in config.toml), a case asks on the first sheet until this is noted.""",
    ),
    "case evidence": (
        "make a letter of evidence for legal aid, for the chair to sign",
        """\
Make a Word letter that says that the victim was referred as being at risk from one named person, and when the MARAC discussed
it; nothing of what was shared, no address and no reference. It is for the chair to sign, and for the victim's solicitor. A
case that is a draft, withdrawn, not heard or undecided gets none.""",
    ),
    "case story": (
        "show what happened to a case, on one page",
        """\
Show how a case stands, what cannot wait, what people decided and why, what was changed, when, by whom and from where, and
who looked at it. That you looked is noted too.""",
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
    "case person": (
        "say whether two people in two cases are one",
        """Keep that somebody in one case is, or is not, somebody in another, such as:

  marac case person M26-0007 perpetrator same-as M26-0003 victim --reason "Police know him." --by "A. Coordinator"
  marac case person M26-0007 perpetrator 2 not-same-as M26-0003 perpetrator --reason "Cousins." --by "A. Coordinator"

A ROLE is victim, perpetrator or child; the NUMBER is needed where the form names several. What you say outranks what
the forms look like, for ever; say the opposite to take it back.""",
    ),
    "conflict": (
        "settle what the workbook and the register say differently",
        "Cells that somebody changed in the workbook and that changed in the register at once.",
    ),
    "conflict show": (
        "show the conflicts that wait for a person",
        "Show each cell with what stood there, what was typed, and what the register holds. It changes nothing.",
    ),
    "conflict settle": (
        "say which side of a conflict is right",
        """\
typed       what was typed into the workbook is right, and goes into the register
register    what the register holds is right, and stays""",
    ),
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
    "match": (
        "compare lists of people or couples",
        """\
Find who stands in both of two lists, or twice in one, best first, with how likely it is and why in words. The lists are
CSV files with headings: id, case, role, first, last, dob, postcode and whatever else there is (alias, maiden, phone,
address, street, NHS number ...); every one may be missing. Rows with the same case are one couple, with the roles victim
and perpetrator. Nothing is stored or changed: a person looks and decides.""",
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
