"""What the help says of setting up, of templates and of keys."""

SETUP: dict[str, tuple[str, str]] = {
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
}
