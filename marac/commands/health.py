"""`marac doctor`: what is missing, and what that stops. It changes nothing."""

import tempfile
from argparse import Namespace
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from marac.agency import Agency
from marac.audit import broken_link
from marac.commands.working import office_for, reader_for
from marac.delivery.gnupg_program import opened
from marac.delivery.openpgp import Keyring
from marac.document import TEXT
from marac.errors import MaracError, SettingsError
from marac.generators.fields import RECORDS
from marac.generators.template_check import kind_of
from marac.generators.text_templates import text_kinds
from marac.intake.opening.sealed import own_key_file, smime
from marac.intake.opening.sealed.own_keys import StaysSealedError, mailbox_keys
from marac.intake.reading.libreoffice import found_program
from marac.mailbox import open_inbox, open_outbox
from marac.meetings.asked import still_sent_about
from marac.office import Office
from marac.papers.templates import template_in_use
from marac.parsers.scans.models import models_found
from marac.register.cases import every_case
from marac.register.trail import trail
from marac.register.who_sees_what import reader_in_words, withheld_now

_STOPPED_WITHOUT_KEY = {
    "senior": "cases that are held back from the rest of that agency: nobody there gets them",
    "manager": "reminders of actions that are long overdue",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: what stands against it, and what that stops; empty where nothing does."""

    what: str
    wrong: str = ""
    stops: str = ""


def doctor(arguments: Namespace) -> int:
    """Look at everything, and say what is wrong."""
    try:
        with office_for(arguments) as office:
            findings = [Finding("settings and store"), *_looked_at(office)]
    except SettingsError as error:
        findings = [Finding("settings", str(error), "everything")]
    except MaracError as error:
        findings = [Finding("store", str(error), "everything")]
    for finding in findings:
        if not finding.wrong:
            print(f"  ok      {finding.what}")
        else:
            print(f"  WRONG   {finding.what}: {finding.wrong}")
            print(f"          This stops {finding.stops}.")
    return 1 if any(finding.wrong for finding in findings) else 0


def _looked_at(office: Office) -> Iterator[Finding]:
    yield _tried(f"database: {office.store.name}", lambda: _database(office), "everything")
    yield _tried("audit trail", lambda: _trail(office), "trust in the history: somebody changed it by hand")
    yield _tried("reading of forms", lambda: _reader(office), "the reading of every form")
    yield _tried("LibreOffice", lambda: _libreoffice(office), "old Word files (.doc, .rtf, .odt): each waits for you")
    yield _tried("scans", lambda: _scans(office), "scanned forms: each waits for you")
    yield _tried("mailbox", lambda: _inbox(office), "new referrals from being seen")
    yield _tried("sending", lambda: _outbox(office), "letters from leaving")
    yield _tried("GnuPG", _gpg, "every letter: none can be sealed")
    yield from _own_keys(office)
    if not office.settings.agencies:
        yield Finding("agencies", "agencies.toml names none yet", "research packs and letters")
    for reader in office.settings.readers.values():
        yield _tried(
            f"key of {reader_in_words(reader.id, office.settings)}",
            partial(_key, office, reader),
            _STOPPED_WITHOUT_KEY.get(reader.id.rpartition(".")[2], "everything that is to go there"),
        )
    yield _tried("conflicts of interest", partial(_holds, office), "the cases named from reaching those agencies")
    if not any(meeting.date >= office.today for meeting in office.meetings):
        yield Finding("meetings", "the calendar has no meeting to come", "cases from being listed")
    yield from _templates(office)


def _tried(what: str, look: Callable[[], str], stops: str) -> Finding:
    try:
        wrong = look()
    except MaracError as error:
        wrong = str(error)
    return Finding(what, wrong, stops if wrong else "")


def _database(office: Office) -> str:
    """Ask the database something; it answers, or says in words why it does not."""
    with office.store.reading() as connection:
        office.store.revision(connection)
    return ""


def _trail(office: Office) -> str:
    with office.store.reading() as connection:
        place = broken_link(trail(connection))
    return f"entry {place} does not fit the one before it" if place else ""


def _reader(office: Office) -> str:
    return _tried_out(office, "letter.txt", b"Dear all, please see below.")


def _libreoffice(office: Office) -> str:
    named = office.settings.reading.libreoffice
    if found_program(named) is not None:
        return _tried_out(office, "letter.rtf", rb"{\rtf1\ansi Dear all, please see below.}")
    if named is not None:
        return "it is not where config.toml says under [reading]; mend the path, or take the line away"
    return (
        "it is not on this computer. Ask IT to install it (it is free: libreoffice.org; on Debian and Ubuntu the package "
        "libreoffice-writer), or name its program in config.toml under [reading], as libreoffice"
    )


def _scans(office: Office) -> str:
    named = office.settings.reading.tessdata
    if find_spec("tesserocr") is None:
        return "the program that reads scans, tesserocr, is not installed; ask IT to install marac once more"
    if models_found(named) is not None:
        return ""
    if named is not None:
        return "eng.traineddata is not in the folder that config.toml names under [reading], as tessdata"
    return (
        "Tesseract's English model is not on this computer. Ask IT to install it (on Debian and Ubuntu the package "
        "tesseract-ocr-eng), or to put eng.traineddata into a folder that config.toml names under [reading], as tessdata"
    )


def _tried_out(office: Office, name: str, content: bytes) -> str:
    """Why a small file cannot be read here; empty where it can."""
    with tempfile.TemporaryDirectory(prefix="marac-") as folder, reader_for(office) as reader:
        path = Path(folder) / name
        path.write_bytes(content)
        reading = reader.read(path, name, TEXT if name.endswith(".txt") else "application/octet-stream")
    return reading.problems[0].message if reading.kind == "unreadable" and reading.problems else ""


def _inbox(office: Office) -> str:
    with open_inbox(office.settings.mailbox, office.settings.folders.store) as inbox:
        next(iter(inbox.waiting()), None)
        return " ".join(oddity.reason for oddity in inbox.oddities())


def _outbox(office: Office) -> str:
    with open_outbox(office.settings.sending, office.settings.mailbox, office.settings.folders.store):
        return ""


def _gpg() -> str:
    with tempfile.TemporaryDirectory(prefix="marac-") as passing:
        opened(Path(passing), program=None, timeout_seconds=20)
    return ""


def _key(office: Office, agency: Agency) -> str:
    if agency.fingerprint is None:
        return f"none is pinned; ask the agency for its public key, then: marac keys import {agency.id} FILE"
    state = Keyring(office.settings.folders.keyring).state(agency.fingerprint, office.today)
    return "" if state.usable else state.advice


def _holds(office: Office) -> str:
    """The holds that nobody has decided about, by case and agency; names stand in `marac status`."""
    with office.store.reading() as connection:
        cases = every_case(connection)
        held = withheld_now(connection, office.settings, cases)
    looked_at = {case.reference for case in still_sent_about(cases)}
    waiting = [f"{each.case} from {each.agency}" for each in held.undecided if each.case in looked_at]
    nobody = [f"{each.case} at {each.agency}" for each in held.to_nobody if each.case in looked_at]
    told = [f"held back until you decide: {', '.join(waiting)}; marac status says why" if waiting else ""]
    told.append(f"nobody gets it: {', '.join(nobody)}; name a senior contact in agencies.toml" if nobody else "")
    return ". ".join(filter(None, told))


def _own_keys(office: Office) -> Iterator[Finding]:
    """The MARAC's own keys, where config.toml names any."""
    keys = mailbox_keys(office.settings)
    if keys.key is not None:
        look = partial(own_key_file.refuse_unless_usable, keys, office.today)
        yield _tried("the MARAC's own key", partial(_unusable, look), "OpenPGP mail: each waits for you")
    if keys.certificate is not None:
        look = partial(smime.refuse_unless_usable, keys)
        yield _tried("the mailbox's certificate", partial(_unusable, look), "S/MIME mail: each waits for you")


def _unusable(look: Callable[[], None]) -> str:
    try:
        look()
    except StaysSealedError as error:
        return str(error)
    return ""


def _templates(office: Office) -> Iterator[Finding]:
    folder = office.settings.folders.templates
    for path in sorted((*folder.glob("*.docx"), *folder.glob("*.txt"))):
        if path.name in (*(f"{kind}.docx" for kind in RECORDS), *(f"{kind}.txt" for kind in text_kinds())):
            found = template_in_use(office, path.name)
            stops = f"your wording: until it is mended, documents are made from {found.instead}"
            yield Finding(f"your template {path.name}", " ".join(found.refused), stops if found.refused else "")
        elif (meant := kind_of(path.name)) and not path.stem.endswith("with comments") and path.name[0] != "~":
            wrong = f"no document is made from it; name it {meant}.docx, or move it out of the folder"
            yield Finding(f"your template {path.name}", wrong, "your wording in it from being used")
