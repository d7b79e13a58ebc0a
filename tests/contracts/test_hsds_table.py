"""The program's own table of the standard says what the official schemas say."""

import json

from directory.services.exchange.hsds.standard import STANDARD
from tests.support.standard import schemas


def test_every_field_of_every_object_is_in_the_table_with_its_type_and_need() -> None:
    assert set(STANDARD) == set(schemas()) - {"meta_table_description"}
    for kind, schema in schemas().items():
        if kind == "meta_table_description":
            continue
        fields = STANDARD[kind].fields
        assert list(fields) == list(schema["properties"]), kind
        assert STANDARD[kind].file == schema["path"]
        for name, said in schema["properties"].items():
            field = fields[name]
            assert field.type == said.get("type", "object"), (kind, name)
            assert field.format == (said.get("datapackage_type") or said.get("format") or ""), (kind, name)
            assert list(field.choices) == said.get("enum", []), (kind, name)
            of = said.get("$ref") or said.get("items", {}).get("$ref", "")
            assert field.of == of.removesuffix(".json"), (kind, name)
            needed = "json" if name in (schema.get("required") or []) else "table" if name in (schema.get("tabular_required") or []) else ""
            assert field.needed == needed, (kind, name)


def test_columns_are_those_of_the_official_tables() -> None:
    from tests.support.standard import STANDARD as folder

    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    ours = {kind.file: set(kind.columns) for kind in STANDARD.values()}
    for resource in package["resources"]:
        if resource["path"] in ours:
            official = {field["name"] for field in resource["schema"]["fields"]}
            assert official <= ours[resource["path"]], resource["path"]
