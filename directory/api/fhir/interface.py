"""Referrals in FHIR R4. Its contract is its own `CapabilityStatement`, at `metadata`."""

from flask import Blueprint, Response, request

from directory.api.access import hold_to_action, machine
from directory.api.fhir.answering import FHIR_TYPE, PUBLIC, answer, answer_outcomes_of, community_name, here, wanted_version
from directory.api.fhir.asking import next_address, task_query
from directory.api.finding import parts
from directory.api.problem import problem
from directory.domain.access import Action
from directory.domain.errors import NotFound
from directory.domain.ids import is_id
from directory.domain.sentences import say
from directory.services.exchange.fhir import listed
from directory.services.exchange.fhir.bundle import entry, searchset
from directory.services.exchange.fhir.capability import capability_statement
from directory.services.exchange.fhir.code_systems import code_system
from directory.services.exchange.fhir.own_tasks import read_request, read_task, read_tasks
from directory.services.exchange.fhir.update_task import update_task

blueprint = Blueprint("api_fhir", __name__, url_prefix="/api/v1/fhir")
own = Blueprint("api_fhir_own", __name__, url_prefix="/api/v1/fhir")
"""What is public, and what needs a token of the organization that it is of."""

for _each in (blueprint, own):
    answer_outcomes_of(_each)
hold_to_action(own, Action.ANSWER_REFERRALS)

TAKEN = (FHIR_TYPE, "application/json")


@blueprint.get("/metadata")
def metadata() -> Response:
    """What this server can do."""
    return answer(capability_statement(here(), community_name()), policy=PUBLIC)


@blueprint.get("/CodeSystem/<name>")
def codes(name: str) -> Response:
    """One of our own lists of codes."""
    return answer(code_system(here(), name), policy=PUBLIC)


@blueprint.get("/<any(HealthcareService, Organization, Location):kind>/<object_id>")
def listed_record(kind: str, object_id: str) -> Response:
    """What is offered, by whom, where: as anybody may read it."""
    object_id = _id(object_id)
    if kind == "HealthcareService":
        return answer(listed.read_service(parts(), here(), object_id), policy=PUBLIC)
    found = listed.read_organization(parts(), object_id) if kind == "Organization" else listed.read_location(parts(), object_id)
    return answer(found, policy=PUBLIC)


@blueprint.get("/<path:_anything>")
def nothing_else(_anything: str) -> Response:
    """Whatever else the standard knows is not here."""
    raise NotFound(say("There is nothing of this kind here; metadata lists what there is."))


@own.get("/Task")
def search_tasks() -> Response:
    """The referrals that your organization received, a page at a time."""
    query = task_query(request.args)
    page = read_tasks(parts(), machine(), here(), query)
    address = here().base + "/Task"
    links = [("self", f"{address}?{request.query_string.decode()}" if request.query_string else address)]
    if page.last_id:
        links.append(("next", next_address(address, request.args, page.last_id)))
    matches = [entry(here(), each, "match") for each in page.tasks]
    included = [entry(here(), each, "include") for each in page.requests]
    return answer(searchset([*matches, *included], total=page.total, links=links))


@own.get("/Task/<task_id>")
def one_task(task_id: str) -> Response:
    """One of them."""
    return answer(read_task(parts(), machine(), here(), _id(task_id)))


@own.put("/Task/<task_id>")
def change_task(task_id: str) -> Response:
    """Say where it stands."""
    if request.mimetype not in TAKEN:
        return problem(415, say("Send application/fhir+json."))
    sent = request.get_json(force=True)
    return answer(update_task(parts(), machine(), here(), _id(task_id), sent, wanted_version()))


@own.get("/ServiceRequest/<request_id>")
def one_request(request_id: str) -> Response:
    """What a referral asks for."""
    return answer(read_request(parts(), machine(), here(), _id(request_id)))


def _id(text: str) -> str:
    """Raise `NotFound` for what is no id."""
    if not is_id(text):
        raise NotFound(say("There is no such record."))
    return text
