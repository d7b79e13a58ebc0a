"""Pages come into the application through one door, with who may open them written down beside (see `directory.services.policy`).

Each request is held against that before anything else of it is read: the policy, or the action that the page serves and the resource that
its address names. An address that nobody decided on is refused, and a test walks every address and asks for its policy.
"""

from flask import Blueprint, Flask, abort, g, make_response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.access import Action, may
from directory.domain.errors import NotFound
from directory.services.access import resource_at
from directory.services.parts import Parts
from directory.services.policy import Policy, lets_machine_in, policy_of, write_policy
from directory.web.visitor import begin, current_actor

_OPEN = (Policy.PUBLIC, Policy.LINK)
"""Who has a link is let in by what it opens: the page itself holds the link against what is stored."""


def register(app: Flask, blueprint: Blueprint, policy: Policy | Action) -> None:
    """Add the pages of a blueprint, open to those that the policy names, or who may do the action."""
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
        if policy in _OPEN or (policy == Policy.MACHINE and g.is_machine):
            return None
        if isinstance(policy, Action):
            # The JSON interface holds machines to their tokens itself, before anything of a request is read (`directory.api.access`).
            return None if request.path.startswith("/api/") else _hold_to_action(app, policy)
        return abort(403)


def _hold_to_action(app: Flask, action: Action) -> AnyResponse | None:
    actor = current_actor()
    if actor is None:
        return make_response(render_template("accounts/not_signed_in.html", to=request.path), 403)
    if not may(actor, action):
        return _not_theirs()
    parts: Parts = app.extensions["directory"]
    with parts.database.reading() as session:
        try:
            resource = resource_at(session, request.view_args or {})
        except NotFound:
            return abort(404)
    return None if resource is None or may(actor, action, resource) else _not_theirs()


def _not_theirs() -> AnyResponse:
    return make_response(render_template("accounts/not_yours.html"), 403)


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
