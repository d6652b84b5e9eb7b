"""The built page's files over HTTP: a table made at the start, so no path leads elsewhere."""

import mimetypes
from http import HTTPStatus
from pathlib import Path

from websockets.datastructures import Headers
from websockets.http11 import Response

_SECURITY_HEADERS = {
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class StaticPage:
    """The files under one folder, by their path in the address."""

    def __init__(self, folder: Path) -> None:
        self._files = {
            f"/{path.relative_to(folder).as_posix()}": path
            for path in folder.rglob("*")
            if path.is_file()
        }
        self._files["/"] = folder / "index.html"

    def respond(self, path: str) -> Response:
        """Return the file at ``path``, or a 404."""
        file = self._files.get(path)
        if file is None:
            return plain(HTTPStatus.NOT_FOUND)
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        # The names under assets/ change with their content.
        cache = "max-age=31536000, immutable" if path.startswith("/assets/") else "no-store"
        return _response(HTTPStatus.OK, kind, file.read_bytes(), cache)


def plain(status: HTTPStatus) -> Response:
    """Return a response that only says its status."""
    return _response(status, "text/plain", f"{status.phrase}\n".encode(), "no-store")


def _response(status: HTTPStatus, kind: str, body: bytes, cache: str) -> Response:
    content_type = f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
    headers = Headers(
        {
            "Content-Type": content_type,
            "Content-Length": str(len(body)),
            "Cache-Control": cache,
            "Connection": "close",
            **_SECURITY_HEADERS,
        }
    )
    return Response(status.value, status.phrase, headers, body)
