"""What every answer tells the browser about safety: run only our own files, tell nobody where you came from, keep no search on the disk.

Pages carry no inline script and no inline style, so the policy needs no nonce. When the operator names a map tile server, pictures may come
from that one host and from nowhere else.
"""

from urllib.parse import urlsplit

from flask import Flask, Response

from directory.settings import Settings

_PERMISSIONS = ", ".join(
    f"{feature}=()" for feature in ("camera", "microphone", "payment", "usb", "browsing-topics", "interest-cohort", "display-capture")
)


def set_up(app: Flask, settings: Settings) -> None:
    """Put the headers on every answer of the application that has none of its own."""
    policy = content_policy(settings.map_tiles_url)

    def add_headers(response: Response) -> Response:
        fixed = {
            "Content-Security-Policy": policy,
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Permissions-Policy": _PERMISSIONS,
            "Cache-Control": "no-store",
        }
        if "Content-Security-Policy" in response.headers:
            del fixed["X-Frame-Options"]  # an older word for frame-ancestors, which such an answer says for itself
        for name, value in fixed.items():
            response.headers.setdefault(name, value)
        return response

    app.after_request(add_headers)


def keep_out_of_searches(response: Response) -> Response:
    """For the answers of a blueprint that no search engine is to keep; browsers keep none of any page."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def content_policy(tiles_url: str, framed_by: tuple[str, ...] = ("'none'",)) -> str:
    """The Content-Security-Policy; pictures also come from the host of `tiles_url` when it is set. `framed_by`: who may show it inside."""
    pictures = "'self'"
    if tiles_url:
        pictures += f" data: {tile_host(tiles_url)}"
    rules = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": pictures,
        "connect-src": "'self'",
        "worker-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": " ".join(framed_by),
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def tile_host(tiles_url: str) -> str:
    """Scheme and host of a tile address; `{s}` at its front stands for any subdomain."""
    parts = urlsplit(tiles_url.replace("{s}", "*"))
    return f"{parts.scheme}://{parts.netloc}"
