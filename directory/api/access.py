"""Machines with a token: who may do what, held before anything of a request is read. A cookie opens nothing here, so no page of another
site can misuse somebody's session."""

from flask import Response, current_app, g, request
from flask_smorest import Blueprint

from directory.api.problem import problem
from directory.domain.access import Action, may
from directory.domain.errors import NotFound
from directory.domain.people import Actor
from directory.domain.sentences import say
from directory.services.access import resource_at
from directory.services.accounts.api_tokens import read_machine
from directory.services.limits import Limit, count_once, sender_key, used_up
from directory.services.parts import Parts

GUESSES = Limit("token guess by sender", 60, 3600)
USES = Limit("uses of a token", 600, 60)


def hold_to_action(blueprint: Blueprint, action: Action) -> None:
    """Let only machines whose token may do the action reach a blueprint, and only for what is their organization's. Call it once, where the
    blueprint is made."""
    blueprint.held_to = action

    @blueprint.before_request  # type: ignore[untyped-decorator]
    def hold() -> Response | None:
        parts: Parts = current_app.extensions["directory"]
        machine = _machine(parts)
        if isinstance(machine, Response):
            return machine
        with parts.database.reading() as session:
            try:
                resource = resource_at(session, request.view_args or {})
            except NotFound:
                return problem(404, say("There is no such record."))
        if not may(machine, action, resource):
            return problem(403, say("This token is of another organization."))
        g.machine = machine
        return None


def held_to(blueprint: Blueprint) -> Action | None:
    """The action that a blueprint is held to; None where it is open."""
    found: Action | None = getattr(blueprint, "held_to", None)
    return found


def machine() -> Actor:
    """Who asks, inside a view of a blueprint that is held to an action."""
    found: Actor = g.machine
    return found


def _machine(parts: Parts) -> Actor | Response:
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    found = read_machine(parts, secret.strip()) if scheme.lower() == "bearer" else None
    if found is None:
        return _refused(parts, counted=bool(secret))
    now = parts.clock.now()
    with parts.database.writing() as session:
        if used_up(session, USES, found.token_id, now):
            return problem(429, say("This token was used very often in this minute. Wait a little."))
        count_once(session, USES, found.token_id, now)
        session.commit()
    return found


def _refused(parts: Parts, *, counted: bool) -> Response:
    """Guesses are counted against who guesses, and hold up nobody whose token is good, though they come from the same address."""
    now, sender = parts.clock.now(), sender_key(str(current_app.secret_key), request.remote_addr or "")
    with parts.database.writing() as session:
        if used_up(session, GUESSES, sender, now):
            return problem(429, say("Too many tokens that are none came from here. Try again in an hour."))
        if counted:
            count_once(session, GUESSES, sender, now)
            session.commit()
    refused = problem(401, say("Send a token of your organization: Authorization: Bearer sdt_…"))
    refused.headers["WWW-Authenticate"] = "Bearer"
    return refused
