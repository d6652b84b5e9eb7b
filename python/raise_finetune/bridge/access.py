"""Who may come in: this machine's browsers, on the page served here, with the token."""

import hmac
import secrets
from dataclasses import dataclass, field
from http import HTTPStatus

from websockets.datastructures import Headers

ADDRESS = "127.0.0.1"
SUBPROTOCOL = "raise-finetune"
_TOKEN_PREFIX = "token."  # noqa: S105 (a subprotocol's prefix, not a secret)


@dataclass(frozen=True, slots=True)
class Access:
    """The rules of one running bridge; ``check_*`` return the refusal, or ``None``."""

    port: int
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)

    @property
    def link(self) -> str:
        """The address to open; the token stands in the fragment, which is never sent."""
        return f"http://{ADDRESS}:{self.port}/#token={self.token}"

    def check_host(self, headers: Headers) -> HTTPStatus | None:
        """Refuse other host names: a name that someone else made to point at this machine."""
        if headers.get_all("Host") in ([f"{ADDRESS}:{self.port}"], [f"localhost:{self.port}"]):
            return None
        return HTTPStatus.MISDIRECTED_REQUEST

    def check_websocket(self, headers: Headers) -> HTTPStatus | None:
        """Refuse other pages than the one served here, and whoever lacks the token."""
        if headers.get_all("Origin") != [f"http://{headers['Host']}"]:
            return HTTPStatus.FORBIDDEN
        offered = ",".join(headers.get_all("Sec-WebSocket-Protocol")).split(",")
        expected = f"{_TOKEN_PREFIX}{self.token}"
        if any(hmac.compare_digest(one.strip().encode(), expected.encode()) for one in offered):
            return None
        return HTTPStatus.UNAUTHORIZED
