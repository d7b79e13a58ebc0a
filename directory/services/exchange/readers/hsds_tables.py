"""The tables of HSDS in CSV form, versions 1.0 to 3.1: what their files have been called, which columns were renamed since, and which
record each row hangs on."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Table:
    """`owners`: column -> (kind of the owner, name of the list in it), for tables of parts. `renamed`: old column -> column of 3.1.
    `constants`: fields that the name of the file says. `form`: which conversion the row needs, if any (see tabular_old_forms)."""

    kind: str
    names: tuple[str, ...]
    owners: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    form: str = ""


def _owners(names: str, column_list: str) -> dict[str, tuple[str, str]]:
    return {f"{owner}_id": (owner, column_list) for owner in names.split()}


_EVERYWHERE = "organization service service_at_location location"

ROOTS = (
    Table("taxonomy", ("taxonomies", "taxonomy")),
    Table(
        "taxonomy_term", ("taxonomy_terms", "taxonomy_term"), renamed={"vocabulary": "taxonomy", "parent_name": "", "taxonomy_facet": ""}
    ),
    Table("organization", ("organizations", "organization", "organisations"), renamed={"url": "website"}),
    Table("program", ("programs", "program")),
    Table("location", ("locations", "location")),
    Table("service", ("services", "service")),
    Table(
        "service_at_location",
        ("service_at_location", "service_at_locations", "services_at_location", "services_at_locations"),
    ),
)
"""Tables of records with an identity of their own, in the order in which they are given out."""

_ADDRESS_OWNERS = _owners("location", "addresses") | _owners("organization", "locations")

PARTS = (
    Table(
        "phone", ("phones", "phone"), _owners(f"{_EVERYWHERE} contact", "phones"), {"department": "description", "language": "languages"}
    ),
    Table("contact", ("contacts", "contact"), _owners(_EVERYWHERE, "contacts")),
    Table("address", ("addresses", "address"), _ADDRESS_OWNERS),
    Table("address", ("physical_addresses", "physical_address"), _ADDRESS_OWNERS, constants={"address_type": "physical"}),
    Table("address", ("postal_addresses", "postal_address", "mail_addresses"), _ADDRESS_OWNERS, constants={"address_type": "postal"}),
    Table("schedule", ("schedules", "schedule"), _owners("service service_at_location location", "schedules")),
    Table(
        "schedule", ("regular_schedules", "regular_schedule"), _owners("service service_at_location location", "schedules"), form="regular"
    ),
    Table(
        "schedule", ("holiday_schedules", "holiday_schedule"), _owners("service service_at_location location", "schedules"), form="holiday"
    ),
    Table("language", ("languages", "language"), _owners("service location phone", "languages"), {"language": "name"}),
    Table(
        "accessibility",
        ("accessibility", "accessibility_for_disabilities"),
        _owners("location", "accessibility"),
        {"accessibility": "description"},
    ),
    Table(
        "service_area",
        ("service_areas", "service_area"),
        _owners("service service_at_location", "service_areas"),
        {"service_area": "name"},
    ),
    Table("cost_option", ("cost_options", "cost_option", "costs"), _owners("service", "cost_options")),
    Table("funding", ("funding", "fundings"), _owners("organization service", "funding")),
    Table("required_document", ("required_documents", "required_document"), _owners("service", "required_documents")),
    Table("service_capacity", ("service_capacity", "service_capacities"), _owners("service", "capacities")),
    Table(
        "organization_identifier",
        ("organization_identifiers", "organization_identifier"),
        _owners("organization", "organization_identifiers"),
    ),
    Table(
        "url",
        ("url", "urls"),
        _owners("organization", "additional_websites") | _owners("service", "additional_urls"),
    ),
    Table("eligibility", ("eligibility", "eligibilities"), _owners("service", "_eligibility")),
    Table("payment", ("payment_accepted", "payments_accepted"), _owners("service", "_payments")),
    Table(
        "attribute",
        ("service_taxonomy", "services_taxonomy", "service_taxonomies", "service_attributes", "service_attribute"),
        _owners("service", "attributes"),
        {"taxonomy_id": "taxonomy_term_id", "taxonomy_detail": "value"},
        {"link_entity": "service"},
    ),
    Table("attribute", ("attributes", "attribute", "other_attributes", "other_attribute"), {"link_id": ("", "attributes")}),
    Table("metadata", ("metadata",), {"resource_id": ("", "metadata")}),
)
"""Tables of parts. An owner kind "" means that the id may be that of any record."""

LOOKED_UP = (Table("unit", ("units", "unit")),)
"""Tables whose rows are put into parts that name them."""

LEFT_OUT = {
    "meta_table_descriptions": "It describes the publisher's own tables, not services.",
    "meta_table_description": "It describes the publisher's own tables, not services.",
}

RENAMED_FIELDS: Mapping[str, Mapping[str, str]] = {"address": {"address_3": "address_2", "address_4": "address_2"}}
"""Columns of old versions that are put behind the text of another."""


def table_of(file_name: str, header: tuple[str, ...]) -> Table | None:
    """The table that a file holds, by its name without folder and ending; None for no table of HSDS.

    A file called taxonomy holds terms in versions 1 and 2, taxonomies in version 3: the columns tell.
    """
    name = file_name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0].casefold().replace("-", "_").replace(" ", "_")
    if name in ("taxonomy", "taxonomies") and {"parent_id", "parent_name", "vocabulary"} & set(header):
        return ROOTS[1]
    return next((table for table in (*ROOTS, *PARTS, *LOOKED_UP) if name in table.names), None)
