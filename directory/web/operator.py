"""The operator who is signed in in this browser, read from a sealed cookie once for each request. Without it nobody is looked up."""

from flask import Response, g, request

from directory.domain.accounts import SESSION_LASTS, Operator
from directory.services.accounts.operator_session import read_operator
from directory.web.here import parts

COOKIE = "operator"


def begin() -> None:
    """Know nobody yet, at the start of a request."""
    g.pop("operator", None)


def current_operator() -> Operator | None:
    """Who is signed in; None for everybody else."""
    if "operator" not in g:
        token = session_token()
        g.operator = read_operator(parts(), token) if token else None
    found: Operator | None = g.operator
    return found


def look_nobody_up() -> None:
    """Take everybody for a stranger while this request is answered: where the database cannot be asked."""
    g.operator = None


def signed_in_operator() -> Operator:
    """Who is signed in, on pages that nobody else reaches."""
    found = current_operator()
    if found is None:
        raise RuntimeError("A page of operators was reached without a policy that says so.")
    return found


def session_token() -> str:
    """What the cookie holds; "" without one."""
    return request.cookies.get(COOKIE, "")


def put_session(response: Response, token: str) -> Response:
    """Let this browser be signed in."""
    lasts, secure = int(SESSION_LASTS.total_seconds()), parts().settings.secure_cookies
    response.set_cookie(COOKIE, token, max_age=lasts, httponly=True, samesite="Lax", secure=secure)
    return response


def take_session(response: Response) -> Response:
    """Let this browser be signed in no longer."""
    response.delete_cookie(COOKIE, httponly=True, samesite="Lax", secure=parts().settings.secure_cookies)
    return response
