"""Our stand-in for Microsoft's sign-in service: token, device code and discovery, over HTTPS on this computer."""

from __future__ import annotations

import hashlib
import json
import ssl
import threading
from base64 import urlsafe_b64encode
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import parse_qs

import jwt
from cryptography.hazmat.primitives import serialization

from tests.certificates import server_files

if TYPE_CHECKING:
    from cryptography import x509

TENANT = "council.example"
CLIENT = "6a2c0c1e-7b0f-4f5e-9a55-0d6f5a3a1b10"
SECRET = "made-up~secret"
PERSON = "marac@council.example"
ADDRESS, CODE = "https://microsoft.example/devicelogin", "B7KQ-4TZM"

_DEVICE = "urn:ietf:params:oauth:grant-type:device_code"


class TokenServer:
    """One tenant with one app. Each token that is given is another."""

    def __init__(self, authority: str = "Example Authority") -> None:
        self.given: list[str] = []
        self.scopes: list[str] = []
        self.good_for = 3600
        self.certificate: x509.Certificate | None = None
        self.answers: list[tuple[int, dict[str, Any]]] = []
        """What is answered to the next requests for a token, instead."""
        self.refresh_token = "refresh-1"
        self._authority = authority
        self._folder = TemporaryDirectory(prefix="marac-tokens-")

    def __enter__(self) -> Self:
        self.files = server_files(Path(self._folder.name), authority=self._authority)
        tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        tls.load_cert_chain(self.files.certificate, self.files.key)
        self._http = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"service": self}))
        self._http.socket = tls.wrap_socket(self._http.socket, server_side=True)
        self.url = f"https://localhost:{self._http.server_address[1]}"
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()
        self._folder.cleanup()

    def answered(self, path: str, asked: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """Status and fields of the answer to one request."""
        _, tenant, *rest = path.split("/")
        if tenant != TENANT:
            return _refused("invalid_tenant", "AADSTS90002: Tenant not found. user@council.example")
        if rest == ["v2.0", ".well-known", "openid-configuration"]:
            return 200, self._addresses()
        if rest[-1] == "devicecode":
            self.scopes.append(asked["scope"])
            return 200, {
                "user_code": CODE,
                "device_code": "device-1",
                "verification_uri": ADDRESS,
                "expires_in": 900,
                "interval": 0,
                "message": "in Microsoft's words",
            }
        if self.answers:
            return self.answers.pop(0)
        return self._token(asked)

    def _addresses(self) -> dict[str, str]:
        below = f"{self.url}/{TENANT}/oauth2/v2.0"
        return {
            "issuer": f"{self.url}/{TENANT}/v2.0",
            "authorization_endpoint": f"{below}/authorize",
            "token_endpoint": f"{below}/token",
            "device_authorization_endpoint": f"{below}/devicecode",
        }

    def _token(self, asked: dict[str, str]) -> tuple[int, dict[str, Any]]:
        if asked["client_id"] != CLIENT:
            return _refused("unauthorized_client", "AADSTS700016: Application not found. user@council.example")
        if asked["grant_type"] == "client_credentials":
            if not (asked.get("client_secret") == SECRET or self._proves_itself(asked.get("client_assertion", ""))):
                return _refused("invalid_client", "AADSTS7000215: Invalid client secret. user@council.example", 401)
            self.scopes.append(asked["scope"])
            return 200, self._given()
        known = {_DEVICE: asked.get("device_code") == "device-1"}
        if not known.get(asked["grant_type"], asked.get("refresh_token") == self.refresh_token):
            return _refused("invalid_grant", "AADSTS70043: The refresh token has expired. user@council.example")
        return 200, {**self._given(), **self._person()}

    def _given(self) -> dict[str, Any]:
        self.given.append(f"token-{len(self.given) + 1}")
        return {"token_type": "Bearer", "expires_in": self.good_for, "access_token": self.given[-1]}

    def _person(self) -> dict[str, Any]:
        claims = {"preferred_username": PERSON, "sub": "s", "oid": "o", "tid": "t", "aud": CLIENT, "exp": 4_000_000_000}
        claims |= {"iss": f"{self.url}/{TENANT}/v2.0", "iat": 1_700_000_000}
        info = urlsafe_b64encode(json.dumps({"uid": "o", "utid": "t"}).encode()).decode().rstrip("=")
        identity = jwt.encode(claims, "a key that nobody checks, since the line is trusted", algorithm="HS256")
        return {
            "refresh_token": self.refresh_token,
            "id_token": identity,
            "client_info": info,
            "scope": self.scopes[-1],
        }

    def _proves_itself(self, assertion: str) -> bool:
        """Whether it is signed with the key of the registered certificate, and names that by its thumbprint."""
        if self.certificate is None or not assertion:
            return False
        digest = hashlib.sha256(self.certificate.public_bytes(serialization.Encoding.DER)).digest()
        thumbprint = urlsafe_b64encode(digest).decode().rstrip("=")
        named = jwt.get_unverified_header(assertion).get("x5t#S256", "").rstrip("=")
        claims = jwt.decode(
            assertion,
            self.certificate.public_key(),  # type: ignore[arg-type]
            algorithms=["PS256"],
            audience=self._addresses()["token_endpoint"],
        )
        return bool(named == thumbprint and claims["iss"] == CLIENT)


def _refused(word: str, description: str, status: int = 400) -> tuple[int, dict[str, Any]]:
    return status, {"error": word, "error_description": description}


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients hang up: nothing to tell."""


class _Handler(BaseHTTPRequestHandler):
    service: TokenServer
    protocol_version = "HTTP/1.1"
    timeout = 20
    disable_nagle_algorithm = True
    wbufsize = -1

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        asked = {name: values[0] for name, values in parse_qs(body).items()}
        status, told = self.service.answered(self.path.partition("?")[0], asked)
        content = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_POST = do_GET  # noqa: N815 - as http.server wants it

    def log_message(self, *_: object) -> None:
        pass
