"""Pages come into the application through one door, with who may open them written down beside (see `directory.services.policy`).

A test walks every address and asks for its policy: a page that nobody decided on is a fault, not an open door.
"""

from flask import Blueprint, Flask

from directory.services.policy import Policy, write_policy


def register(app: Flask, blueprint: Blueprint, policy: Policy) -> None:
    """Add the pages of a blueprint, open to those that the policy names."""
    app.register_blueprint(blueprint)
    write_policy(app.extensions, blueprint.name, policy)
