"""Referrals to the IDVA service on receipt: made and sealed in the pass that registers the case, whatever the calendar says."""

from marac.case import MeetingDate
from marac.delivery.openpgp import Keyring
from marac.meeting import brought_up_to_date, withdraw
from marac.office import Office
from marac.papers import world_of
from marac.papers.idva import IdvaReferral, idva_referrals
from marac.register.documents import REFERRALS, Paper, papers_of_kinds


def prepare_idva_referrals(office: Office) -> tuple[Paper, ...]:
    """Make the referrals that are needed and not there yet; those that are new, or new versions.

    Raises:
        TemplateError: the template cannot be used.
        StoreError: one cannot be written.
    """
    with office.store.reading() as connection:
        papers = papers_of_kinds(connection, REFERRALS)
    needed = referrals_needed(office)
    keyring = Keyring(office.settings.folders.keyring)
    made = (brought_up_to_date(office, keyring, each.received, each.want, papers) for each in needed)
    new = tuple(paper for paper in made if paper is not None)
    withdraw(office, [each.want for each in needed], papers)
    return new


def referrals_needed(office: Office) -> tuple[IdvaReferral, ...]:
    """The referrals that the register needs as it is now."""
    if not office.settings.idva.referral_on_receipt:
        return ()
    with office.store.reading() as connection:
        return tuple(idva_referrals(world_of(office, MeetingDate(office.today, office.today), connection)))
