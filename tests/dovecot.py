"""A real Dovecot with TLS on this computer, for as long as a test needs it."""

import contextlib
import getpass
import grp
import os
import pwd
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from imapclient import IMAPClient

from marac.mailbox.connection import verified_tls
from tests.certificates import ServerFiles, server_files
from tests.token_desk import TokenDesk

USER = "marac@council.example"
PASSWORD = "two pounds £2"  # a pound sign, which the plain LOGIN command cannot carry
TOKEN = "good.token-1"

_CONFIGURATION = """
base_dir = {home}/run
log_path = {home}/log
protocols = imap pop3
listen = 127.0.0.1
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:{home}/mail/%n
mail_fsync = never
ssl = required
ssl_cert = <{certificate}
ssl_key = <{key}
disable_plaintext_auth = yes
auth_failure_delay = 0
auth_mechanisms = {mechanisms}
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {home}/tokens
}}
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {home}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={home}/mail/%n
}}
namespace inbox {{
  inbox = yes
  separator = {separator}
  prefix = {prefix}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
  }}
}}
service pop3-login {{
  chroot =
  inet_listener pop3 {{
    port = 0
  }}
  inet_listener pop3s {{
    port = {pop3_port}
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
{more}
"""

_TOKENS = """
introspection_url = {desk}
introspection_mode = post
username_attribute = username
active_attribute = active
active_value = true
"""


class Dovecot:
    """An IMAP and POP3 server with one account, empty at the start; entered with `with`, gone at its end."""

    def __init__(
        self,
        capability: str | None = None,
        prefix: str = "",
        authority: str = "Example Authority",
        mechanisms: str = "plain xoauth2 oauthbearer",
        more: str = "",
    ) -> None:
        """A server that is not running yet.

        Args:
            capability: what it says that it can do, instead of all that it can.
            prefix: where it keeps the user's own folders, such as `INBOX.`.
            authority: who signed its certificate.
            mechanisms: how it lets somebody log in.
            more: further lines of its configuration.
        """
        self._more = "\n".join([f"imap_capability = {capability}" if capability else "", more])
        self._mechanisms = mechanisms
        self._prefix = prefix
        self._authority = authority
        self.port = self.pop3_port = 0
        self.desk = TokenDesk({TOKEN: USER})

    def __enter__(self) -> Self:
        program = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin:/usr/local/sbin:/sbin")
        assert program, "Dovecot is missing; these tests need it (on Debian: apt install dovecot-imapd dovecot-pop3d)."
        self.home = Path(tempfile.mkdtemp(prefix="dv", dir="/tmp"))  # sockets must have short paths
        self.files: ServerFiles = server_files(self.home, authority=self._authority)
        self.port, self.pop3_port = free_port(), free_port()
        self.desk.__enter__()
        owner = self._owner()
        self._write_configuration(owner)
        for path in (self.home, *self.home.iterdir()):
            os.chown(path, owner.pw_uid, owner.pw_gid)
        self._process = subprocess.Popen(
            [program, "-F", "-c", str(self.home / "configuration")],
            stderr=subprocess.DEVNULL,
            user=owner.pw_uid if os.getuid() == 0 else None,
            group=owner.pw_gid if os.getuid() == 0 else None,
            extra_groups=[] if os.getuid() == 0 else None,
            start_new_session=True,
        )
        self._wait_until_it_answers()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.killpg(self._process.pid, signal.SIGKILL)  # asked politely, it takes a second; there is nothing to save
        self._process.wait(timeout=10)
        self.desk.__exit__(None, None, None)
        shutil.rmtree(self.home, ignore_errors=True)

    def client(self) -> IMAPClient:
        """A second pair of hands in the account, to put messages in and to look."""
        client = IMAPClient("localhost", self.port, ssl_context=verified_tls(self.files.authority), timeout=20)
        client.plain_login(USER, PASSWORD)
        return client

    def number_anew(self, validity: int = 4242) -> None:
        """Lose the numbering of the folder, as a server does that was restored from a backup, and begin again at 1.

        Args:
            validity: the new UIDVALIDITY; a bad server may keep the old one.
        """
        mail = self.home / "mail" / USER.partition("@")[0]
        for path in mail.glob("dovecot*"):
            path.unlink()
        numbering = mail / "dovecot-uidlist"
        numbering.write_text(f"3 V{validity} N1\n", encoding="ascii")
        os.chown(numbering, mail.stat().st_uid, mail.stat().st_gid)

    def _owner(self) -> pwd.struct_passwd:
        """Who runs it: an unprivileged user, since Dovecot hands no mail to root."""
        return pwd.getpwnam("nobody" if os.getuid() == 0 else getpass.getuser())

    def _write_configuration(self, owner: pwd.struct_passwd) -> None:
        (self.home / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n", encoding="utf-8")
        (self.home / "tokens").write_text(_TOKENS.format(desk=self.desk.url), encoding="utf-8")
        text = _CONFIGURATION.format(
            mechanisms=self._mechanisms,
            pop3_port=self.pop3_port,
            home=self.home,
            user=owner.pw_name,
            group=grp.getgrgid(owner.pw_gid).gr_name,
            uid=owner.pw_uid,
            gid=owner.pw_gid,
            port=self.port,
            certificate=self.files.certificate,
            key=self.files.key,
            prefix=self._prefix,
            separator=self._prefix[-1:] or "/",
            more=self._more,
        )
        (self.home / "configuration").write_text(text, encoding="utf-8")

    def _wait_until_it_answers(self) -> None:
        for _ in range(200):
            try:
                self.client().logout()
            except OSError:
                assert self._process.poll() is None, self._log()
                time.sleep(0.05)
            else:
                return
        raise AssertionError(self._log())

    def _log(self) -> str:
        log = self.home / "log"
        return "Dovecot does not start: " + (log.read_text(encoding="utf-8") if log.exists() else "it left no log")


def free_port() -> int:
    """A port that nothing listens on just now: one of those that no system gives away unasked, by chance."""
    while True:
        port = random.randrange(10_000, 32_000)  # noqa: S311 - no secret is made of it
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
