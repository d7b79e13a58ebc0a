"""Send pages small: a worker may have one bar of signal, and words shrink to a fifth.

Compressing secrets beside words that a stranger chose lets the stranger guess them (BREACH); pages carry no tokens, so nothing is at risk.
"""

import gzip

from flask import Flask, Response, request

SMALLEST_BYTES = 600
_TEXTUAL = ("text/", "application/json", "application/geo+json", "image/svg+xml")


def set_up(app: Flask) -> None:
    """Compress what is worth it, for browsers that read gzip."""
    app.after_request(compress)


def compress(response: Response) -> Response:
    """The same answer, gzipped where the browser takes it and it helps."""
    if not (response.mimetype or "").startswith(_TEXTUAL):
        return response
    response.vary.add("Accept-Encoding")
    takes_gzip = request.accept_encodings.quality("gzip") > 0
    if not takes_gzip or response.is_streamed or response.direct_passthrough or "Content-Encoding" in response.headers:
        return response
    body = response.get_data()
    if len(body) >= SMALLEST_BYTES:
        response.set_data(gzip.compress(body, compresslevel=6, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
        tag, _is_weak = response.get_etag()
        if tag:
            response.set_etag(tag, weak=True)
    return response
