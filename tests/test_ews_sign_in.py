"""How the program signs in to Exchange: passwords, NTLM, tokens, delegates, impersonation; and whom it trusts."""

import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from marac.errors import MailboxError, SettingsError
from marac.mailbox import open_inbox, open_outbox
from marac.settings import MailboxSending
from tests.ews_places import EwsPlace
from tests.ews_server import TOKEN, EwsServer
from tests.ews_server_faults import status
from tests.mailbox_contract import message


@pytest.fixture
def place(tmp_path: Path) -> Iterator[EwsPlace]:
    with EwsServer() as server:
        yield EwsPlace(server, tmp_path)


class Tokens:
    """Gives one token after the other, and the last one again and again."""

    def __init__(self, *tokens: str) -> None:
        self._tokens = list(tokens)
        self.asked = 0

    def __call__(self) -> str:
        self.asked += 1
        return self._tokens.pop(0) if len(self._tokens) > 1 else self._tokens[0]


def refusal(place: EwsPlace, tokens: Tokens | None = None, **changed: Any) -> str:
    with pytest.raises(MailboxError) as caught, place.inbox(tokens, **changed):
        pass
    return str(caught.value)


def test_a_wrong_password_is_said_at_once_told_once_and_not_repeated(place: EwsPlace) -> None:
    told = refusal(place, password="guess")
    assert "did not accept the user and the password" in told
    assert "guess" not in told
    assert place.server.refusals == 1


def test_a_password_that_is_refused_later_is_not_told_again_and_again(place: EwsPlace) -> None:
    place.put(message())
    with place.inbox() as inbox:
        place.server.fault("SyncFolderItems", status(401), times=99)
        with pytest.raises(MailboxError, match="did not accept"):
            inbox.waiting()
    assert place.server.asked.count("SyncFolderItems") == 1


def test_ntlm_shows_the_password_without_telling_it(place: EwsPlace) -> None:
    place.server.doors = {"ntlm"}
    place.put(message())
    with place.inbox(authentication="ntlm") as inbox:
        assert [inbox.raw(item) for item in inbox.waiting()] == [message()]


def test_a_wrong_password_by_ntlm_is_said(place: EwsPlace) -> None:
    place.server.doors = {"ntlm"}
    assert "did not accept the user and the password" in refusal(place, authentication="ntlm", password="guess")


def test_a_server_that_takes_another_kind_of_authentication_is_said(place: EwsPlace) -> None:
    place.server.doors = {"ntlm"}
    assert "this kind of authentication" in refusal(place)


def test_a_token_opens_the_mailbox(place: EwsPlace) -> None:
    place.server.doors = {"bearer"}
    place.put(message())
    with place.inbox(Tokens(TOKEN), authentication="oauth") as inbox:
        assert [inbox.raw(item) for item in inbox.waiting()] == [message()]


def test_a_token_that_expires_meanwhile_is_asked_for_anew(place: EwsPlace) -> None:
    place.put(message())
    tokens = Tokens(TOKEN, "token-2")
    with place.inbox(tokens, authentication="oauth") as inbox:
        item = next(inbox.waiting())
        place.server.tokens = {"token-2"}
        assert inbox.raw(item) == message()
        inbox.file(item, "processed")
    assert place.filed("processed") == [message()]
    assert tokens.asked == 2


def test_a_token_that_is_never_accepted_is_said_after_two_attempts(place: EwsPlace) -> None:
    tokens = Tokens("stale")
    told = refusal(place, tokens, authentication="oauth")
    assert "did not accept the access token" in told
    assert "stale" not in told
    assert (tokens.asked, place.server.refusals) == (2, 2)


def test_each_visit_asks_for_a_token(place: EwsPlace) -> None:
    tokens = Tokens(TOKEN)
    inbox = place.inbox(tokens, authentication="oauth")
    for _ in range(3):
        with inbox:
            pass
    assert tokens.asked == 3


def test_the_shared_mailbox_is_opened_as_itself_where_the_user_may_impersonate_it(place: EwsPlace) -> None:
    place.server.may_enter.clear()
    assert "right of impersonation" in refusal(place, access="impersonation")
    place.server.may_impersonate = {"svc-marac@council.example"}
    place.put(message())
    with place.inbox(access="impersonation") as inbox:
        assert [inbox.raw(item) for item in inbox.waiting()] == [message()]


def test_two_mailboxes_with_the_same_password_share_no_connection(place: EwsPlace) -> None:
    with place.inbox() as one, place.inbox() as other:
        assert one._exchange._account.protocol is not other._exchange._account.protocol
        assert one._exchange._account.protocol.credentials != other._exchange._account.protocol.credentials


def test_what_the_library_shares_between_connections_stays_as_it_was(place: EwsPlace) -> None:
    from exchangelib.protocol import BaseProtocol, CachingProtocol

    before = {name: value for name, value in vars(BaseProtocol).items() if name.isupper()}
    with place.inbox():
        pass
    assert {name: value for name, value in vars(BaseProtocol).items() if name.isupper()} == before
    assert CachingProtocol._protocol_cache == {}


def test_the_server_is_asked_for_its_version_once(place: EwsPlace) -> None:
    inbox = place.inbox()
    for _ in range(3):
        with inbox:
            list(inbox.waiting())
    assert place.server.asked.count("ConvertId") == 1


def test_a_password_that_is_not_there_is_a_mistake_in_the_settings(place: EwsPlace, tmp_path: Path) -> None:
    inbox = place.inbox()
    (tmp_path / "password").unlink()
    with pytest.raises(SettingsError), inbox:
        pass


def test_a_server_signed_by_a_stranger_is_refused_whatever_the_environment_says(
    place: EwsPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    with EwsServer("Stranger") as stranger:
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(stranger.files.authority))
        told = refusal(place, url=stranger.url)
        assert "not signed by anybody this computer trusts" in told
        assert "certificate_authority" in told
        assert stranger.heard == []


def test_without_an_authority_of_its_own_the_program_trusts_what_the_computer_trusts(place: EwsPlace) -> None:
    assert "not signed by anybody this computer trusts" in refusal(place, certificate_authority=None)


def test_only_the_authority_that_is_named_is_trusted(place: EwsPlace) -> None:
    with place.inbox() as inbox:
        adapter = inbox._exchange._account.protocol.get_session().get_adapter(place.server.url)
        pool = adapter.get_connection_with_tls_context(_request(place.server.url), verify=True)
        assert pool.ca_certs is None
        trusted = pool.conn_kw["ssl_context"]
        assert trusted.verify_mode == ssl.CERT_REQUIRED
        assert [dict(part[0] for part in one["subject"])["commonName"] for one in trusted.get_ca_certs()] == [
            "Example Authority"
        ]


def _request(url: str) -> object:
    import requests

    return requests.Request("POST", url).prepare()


def test_the_certificate_of_another_server_is_refused(place: EwsPlace) -> None:
    with EwsServer(host="mail.else.example") as other:
        assert "shows the certificate of another server" in refusal(place, url=other.url)


def test_a_server_that_is_not_there_is_said(place: EwsPlace) -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    assert "takes no connections" in refusal(place, url=f"https://localhost:{port}/EWS/Exchange.asmx")
    assert "was not found" in refusal(place, url="https://mail.invalid/EWS/Exchange.asmx")


def test_a_server_that_does_not_answer_is_given_up(place: EwsPlace) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"https://localhost:{silent.getsockname()[1]}/EWS/Exchange.asmx"
        assert "did not answer in time" in refusal(place, url=url, timeout_seconds=0.3)


def test_the_settings_choose_exchange(place: EwsPlace, tmp_path: Path) -> None:
    settings = place.settings()
    assert type(open_inbox(settings, tmp_path)).__name__ == "EwsInbox"
    assert open_inbox(settings, tmp_path).name == "ews marac@council.example/INBOX"
    assert type(open_outbox(MailboxSending(kind="mailbox"), settings, tmp_path)).__name__ == "EwsOutbox"


def test_naming_the_mailbox_loads_no_library_of_exchange() -> None:
    code = "import marac.mailbox, marac.mailbox.ews, sys; print({'exchangelib', 'requests', 'lxml'} & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told.strip() == "set()"


def test_loading_the_library_of_exchange_warns_of_nothing_and_leaves_no_file(tmp_path: Path) -> None:
    code = "import marac.mailbox.ews.inbox, marac.mailbox.ews.outbox, marac.mailbox.ews.bell"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        capture_output=True, text=True, check=True, env={"TMPDIR": str(tmp_path), "PYTHONPATH": str(Path.cwd())},
    )  # fmt: skip
    assert (done.stdout, done.stderr) == ("", "")
    assert list(tmp_path.iterdir()) == []
