"""What speaks against a document's leaving as it is: looked into again at each attempt, whoever released it and when."""

import datetime as dt
from collections.abc import Mapping

from marac.delivery.openpgp import Keyring
from marac.dispatch.letters import prepare_anew, sealed_bytes
from marac.errors import NotFoundError, SealingError, StoreError, TemplateError
from marac.files import sha256_of
from marac.idva_referrals import referrals_needed
from marac.meeting import meeting_on, place_of
from marac.meetings.withholding import agency_of
from marac.meetings.words_about_interests import held_words
from marac.office import Office
from marac.papers import Wanted, wanted, world_of
from marac.register.documents import BY_CASE, LEFT, Paper, every_paper
from marac.register.holdings import held_in
from marac.register.interests import every_interest
from marac.transferring import transfers_needed
from marac.triage.protocol import HOW_TO_SIGN, why_nothing_is_prepared

_NOT_AS_SHOWN = (
    "It was changed or moved away in the meetings folder after it was sealed, and what is changed there is not sent. Move "
    "your own copy out of that folder first."
)

_PERHAPS_THAT_ONE = (
    "{case} is held back from {other}, which is not in agencies.toml any more, and nothing was ever sent to {agency}. Is it the "
    "same agency under another id? Yes: marac case conflict {case} {agency} --reason ... --by ... No: the same with --clear"
)


class Doubts:
    """Doubts about the documents of one moment: what their meetings need by the register is worked out once."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._keyring = Keyring(office.settings.folders.keyring)
        self._wanted: dict[dt.date, Mapping[tuple[str, str, str], Wanted]] = {}
        self._of_cases: Mapping[tuple[str, str, str], Wanted] | None = None

    def about(self, paper: Paper) -> str | None:
        """Why a document may not leave as it is; None where nothing speaks against it."""
        try:
            row = self._row(paper) or self._renamed(paper)
            return row or self._seal(paper) or self._shown(paper) or self._register(paper)
        except (NotFoundError, SealingError, StoreError, TemplateError) as error:
            return str(error)

    def _row(self, paper: Paper) -> str | None:
        """The agency is not what it was, or has not signed."""
        agency = self._office.settings.readers.get(paper.agency)
        if agency is None:
            return f"There is no agency {paper.agency!r} in agencies.toml any more."
        if why := why_nothing_is_prepared(agency, self._office.today):
            return f"Nothing goes to {agency.name}. {why} {HOW_TO_SIGN}"
        if (agency.email, agency.fingerprint) != (paper.recipient, paper.fingerprint):
            return f"The address or the key of {agency.name} was changed since this was prepared. {prepare_anew(paper)}"
        return None

    def _renamed(self, paper: Paper) -> str | None:
        """Nothing was sent to its agency yet, and it shows a case held back from one that agencies.toml has no more: it may be that one."""
        agency = agency_of(paper.agency)
        with self._office.store.reading() as connection:
            interests = every_interest(connection)
            gone = {place for place in held_words(interests) if place[1] not in self._office.settings.agencies}
            if not gone or any(
                agency_of(each.agency) == agency and each.state in LEFT for each in every_paper(connection)
            ):
                return None
            shown = {each.case for each in held_in(connection, paper.id)}
        spoken_of = {(word.case, word.agency) for word in interests}
        for case, other in sorted(gone):
            if case in shown and (case, agency) not in spoken_of:
                return _PERHAPS_THAT_ONE.format(case=case, other=other, agency=agency)
        return None

    def _seal(self, paper: Paper) -> str | None:
        """The key cannot be used any more, or what is stored is not sealed for it alone."""
        state = self._keyring.state(paper.fingerprint or "", self._office.today)
        if not state.usable:
            return state.advice
        if not self._keyring.is_sealed_for(sealed_bytes(self._office, paper), paper.fingerprint or ""):
            name = self._office.settings.readers[paper.agency].name
            return f"What is stored is not sealed for the key of {name} alone. {prepare_anew(paper)}"
        return None

    def _shown(self, paper: Paper) -> str | None:
        """What lies in the meetings folder for people to read is not what was sealed."""
        shown = sha256_of(place_of(self._office, paper))
        return None if shown == paper.sha256 else f"{_NOT_AS_SHOWN} {prepare_anew(paper)}"

    def _register(self, paper: Paper) -> str | None:
        """The document would say something else if it were made now: a case, who may see it, an action, or a template."""
        want = self._wanted_now(paper)
        if want is None:
            return "It is not needed any more: the meeting is over, or nothing is left in it for this agency."
        if want.contents == paper.contents or want.made().sha256 == paper.sha256:
            return None
        return f"The register or a template was changed since this was prepared. {prepare_anew(paper)}"

    def _wanted_now(self, paper: Paper) -> Wanted | None:
        """The document as it is needed now; None where it is not."""
        if paper.kind not in BY_CASE:
            return self._wanted_on(paper.meeting).get(paper.place)
        if self._of_cases is None:
            referrals = [each.want for each in referrals_needed(self._office)]
            needed = (*referrals, *(each.want for each in transfers_needed(self._office)))
            self._of_cases = {want.place: want for want in needed}
        return self._of_cases.get(paper.place)

    def _wanted_on(self, date: dt.date) -> Mapping[tuple[str, str, str], Wanted]:
        """What the meeting needs now, by kind and reader."""
        if date not in self._wanted:
            with self._office.store.reading() as connection:
                world = world_of(self._office, meeting_on(self._office, date), connection)
            self._wanted[date] = {want.place: want for want in wanted(world)}
        return self._wanted[date]
