"""Pages come into the application through one door, with who may open them written down beside (see `directory.services.policy`).

Each request is held against that before anything else of it is read. An address that nobody decided on is refused, and a test walks every
address and asks for its policy: such a page is a fault, not an open door.
"""

from flask import Blueprint, Flask, abort, g, make_response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from directory.services.parts import Parts
from directory.services.policy import Policy, lets_machine_in, policy_of, write_policy
from directory.web.operator import begin, current_operator

_OPEN = (Policy.PUBLIC, Policy.LINK)
"""Who has a link is let in by what it opens: the page itself holds the link against what is stored."""


def register(app: Flask, blueprint: Blueprint, policy: Policy) -> None:
    """Add the pages of a blueprint, open to those that the policy names."""
    app.register_blueprint(blueprint)
    write_policy(app.extensions, blueprint.name, policy)


def set_up(app: Flask) -> None:
    """Let nobody further than the policy of an address says, whatever the method."""

    @app.before_request
    def hold_to_policy() -> AnyResponse | None:
        begin()
        if request.endpoint is None:  # no such address; the answer to that is the same for everybody
            return None
        policy = policy_of(app.extensions, request.endpoint)
        g.is_machine = _is_machine(app)  # what tells more to programs that watch asks this
        if policy in _OPEN or (policy == Policy.OPERATOR and current_operator() is not None):
            return None
        if policy == Policy.MACHINE and g.is_machine:
            return None
        if policy == Policy.OPERATOR:
            return _how_to_sign_in()
        return abort(403)


FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via")
"""Headers by which a proxy says that it asks for somebody else."""


def _is_machine(app: Flask) -> bool:
    parts: Parts = app.extensions["directory"]
    return lets_machine_in(
        parts.settings.metrics_token,
        address=request.remote_addr or "",
        was_forwarded=any(name in request.headers for name in FORWARDED),
        authorization=request.headers.get("Authorization", ""),
    )


def _how_to_sign_in() -> AnyResponse:
    return make_response(render_template("accounts/not_signed_in.html", to=request.path), 403)
