"""The JSON interface as a whole: what it is made of, and who may reach it."""

from flask import Flask

from directory.api import contract, finding, health, listings, lists, metrics, own, partners, rules
from directory.api.fhir import interface as fhir
from directory.api.hsds import interface as hsds
from directory.api.smorest import DirectoryApi
from directory.domain.access import Action
from directory.services.policy import Policy, write_policy

DESCRIPTION = (
    "A community's shared directory of programs. Reading is open to all and needs no key; an organization's machines keep its own listings "
    "with a token. Errors are problems by RFC 9457. Answers carry an ETag: ask again with If-None-Match. Unknown is not no: what a listing "
    "is silent about never hides it unless you ask for `known_only`."
)


def register(app: Flask) -> None:
    """Add the interface to an application."""
    app.config.update(
        API_TITLE="Shared directory",
        API_VERSION="1",
        OPENAPI_VERSION="3.1.0",
        API_SPEC_OPTIONS={"info": {"description": DESCRIPTION, "license": {"name": "MIT", "identifier": "MIT"}}, "servers": [{"url": "/"}]},
    )
    api = DirectoryApi(app)
    app.extensions["directory_api"] = api
    api.spec.components.security_scheme("token", {"type": "http", "scheme": "bearer", "description": "A token of your organization."})
    for part in (finding, listings, partners, rules, contract, health):
        api.add(app, part.blueprint, Policy.PUBLIC)
    api.add(app, lists.blueprint, Policy.LINK)
    api.add(app, own.blueprint, Action.EDIT_LISTING)
    app.register_blueprint(metrics.blueprint)
    write_policy(app.extensions, metrics.blueprint.name, Policy.MACHINE)
    app.register_blueprint(hsds.blueprint)
    write_policy(app.extensions, hsds.blueprint.name, Policy.PUBLIC)
    app.register_blueprint(fhir.blueprint)
    write_policy(app.extensions, fhir.blueprint.name, Policy.PUBLIC)
    app.register_blueprint(fhir.own)
    write_policy(app.extensions, fhir.own.name, Action.ANSWER_REFERRALS)
