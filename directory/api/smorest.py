"""The thin typed door to flask-smorest, which is not typed: blueprints that refuse unknown parameters, and an `Api` that leaves the errors
of the rest of the application alone."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from flask import Flask, Response
from flask_smorest import Api, Blueprint
from marshmallow import RAISE, Schema
from webargs.flaskparser import FlaskParser

from directory.api.access import held_to
from directory.api.problem import PROBLEM_TYPE, answer_problems_everywhere, answer_problems_of
from directory.api.schemas.answering import Problem
from directory.domain.access import Action
from directory.services.policy import Policy, write_policy

View = TypeVar("View", bound=Callable[..., Response])


class StrictParser(FlaskParser):
    """A misspelt parameter would silently change what is found; it is an error, as is any value that a schema does not take."""

    DEFAULT_UNKNOWN_BY_LOCATION = {"query": RAISE, "json": RAISE}  # noqa: RUF012
    DEFAULT_VALIDATION_STATUS = 400


class ApiBlueprint(Blueprint):  # type: ignore[misc]
    """A blueprint of the JSON interface."""

    ARGUMENTS_PARSER = StrictParser()

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        answer_problems_of(self)

    def get(
        self,
        path: str,
        *,
        answers: Any,
        reads: type[Schema] | None = None,
        problems: Iterable[int] = (),
        unwell: Any = None,
        with_token: bool = False,
    ) -> Callable[[View], View]:
        """A view for GET: what it answers, the parameters it reads (its first argument), and the statuses at which it answers a problem.
        `unwell` is what it answers at 503 where that is no problem; `with_token`: the contract says that it needs one."""

        def decorate(view: View) -> View:
            documented: Any = view
            for status in problems:
                documented = self.alt_response(status, schema=Problem, content_type=PROBLEM_TYPE)(documented)
            if unwell is not None:
                documented = self.alt_response(503, schema=unwell)(documented)
            documented = self.response(200, answers)(documented)
            if reads is not None:
                documented = self.arguments(reads(), location="query")(documented)
            if with_token:
                documented = self.doc(security=[{"token": []}])(documented)
            self.route(path)(documented)
            return view

        return decorate

    def ask(self, path: str, *, answers: Any, reads: type[Schema], problems: Iterable[int] = ()) -> Callable[[View], View]:
        """A view that is asked by POST, since what it is asked must stand in no address; it changes nothing and needs no token."""

        def decorate(view: View) -> View:
            documented: Any = view
            for status in problems:
                documented = self.alt_response(status, schema=Problem, content_type=PROBLEM_TYPE)(documented)
            documented = self.response(200, answers)(documented)
            documented = self.arguments(reads(), location="json")(documented)
            self.route(path, methods=["POST"])(documented)
            return view

        return decorate

    def change(
        self, path: str, method: str, *, answers: Any, reads: type[Schema] | None = None, problems: Iterable[int] = ()
    ) -> Callable[[View], View]:
        """A view that changes something, for machines with a token: `reads` is the JSON that it takes, its first argument."""

        def decorate(view: View) -> View:
            documented: Any = view
            for status in problems:
                documented = self.alt_response(status, schema=Problem, content_type=PROBLEM_TYPE)(documented)
            documented = self.response(200, answers)(documented)
            if reads is not None:
                documented = self.arguments(reads(), location="json")(documented)
            documented = self.doc(security=[{"token": []}])(documented)
            self.route(path, methods=[method])(documented)
            return view

        return decorate


class DirectoryApi(Api):  # type: ignore[misc]
    """Documents blueprints. Its own handler of errors drops the headers that an error brings (a 405 without `Allow`) and would answer for
    pages too, so it is not used; see `directory.api.problem`."""

    DEFAULT_ERROR_RESPONSE_NAME = None

    def _register_error_handlers(self) -> None:
        """Each blueprint has its own; what is left are errors that belong to no blueprint."""
        answer_problems_everywhere(self._app)

    def add(self, app: Flask, blueprint: Any, policy: Policy | Action) -> None:
        """Register a blueprint with its documentation and its policy, or the action that it was held to: the only way in."""
        if isinstance(policy, Action) and held_to(blueprint) is not policy:
            raise RuntimeError(f"{blueprint.name} is open to everybody: hold it to {policy.name} first.")
        self.register_blueprint(blueprint)
        write_policy(app.extensions, blueprint.name, policy)
