"""Reading HSDS JSON of any shape and any size; what cannot be read is named by file and line, and the rest goes on."""

import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.services.exchange.readers import json_stream
from directory.services.exchange.readers.hsds_json import HsdsJsonReader, kind_of_name, kind_of_shape
from directory.services.exchange.readers.json_stream import Malformed, lines_of, values_of
from directory.services.exchange.records import FeedFile, Problem, ReaderOptions, Record

SERVICE = {"id": "s", "name": "Pantry", "status": "active"}


def read(path: Path, content: bytes | str) -> tuple[list[Record], list[Problem]]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    file = FeedFile(path.name, str(path), path.stat().st_size)
    items = list(HsdsJsonReader().read([file], ReaderOptions()))
    return [item for item in items if isinstance(item, Record)], [item for item in items if isinstance(item, Problem)]


@pytest.mark.parametrize(
    "shape",
    [
        SERVICE,
        [SERVICE],
        {"total_items": 1, "contents": [SERVICE]},
        {"services": [SERVICE], "organizations": []},
    ],
    ids=["object", "array", "page", "object of arrays"],
)
def test_one_service_is_read_from_every_shape(tmp_path: Path, shape: Any) -> None:
    records, problems = read(tmp_path / "services.json", json.dumps(shape, indent=2))
    assert [(record.kind, record.data) for record in records] == [("service", SERVICE)]
    assert problems == []


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("services.ndjson", "service"), ("service_full.json", "service"), ("organization_list.json", "organization"),
        ("Organisations.json", "organization"),
        ("service_at_locations.json", "service_at_location"), ("taxonomy_terms.json", "taxonomy_term"),
        ("taxonomies.json", "taxonomy"), ("feed.json", ""),
    ],
)  # fmt: skip
def test_the_name_of_a_file_tells_its_kind(name: str, kind: str) -> None:
    assert kind_of_name(name) == kind


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ({"service_id": "a", "location_id": "b"}, "service_at_location"), ({"name": "x", "latitude": 1}, "location"),
        ({"name": "x", "status": "active"}, "service"), ({"name": "x", "website": "y"}, "organization"), ({"name": "x"}, ""),
    ],
)  # fmt: skip
def test_where_no_name_tells_the_shape_does(data: dict[str, Any], kind: str) -> None:
    assert kind_of_shape(data) == kind


def test_a_bad_line_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    lines = [json.dumps(SERVICE), '{"id": "t", ', "", "[1, 2]", '{"minimum_age": NaN}', json.dumps({**SERVICE, "id": "u"})]
    records, problems = read(tmp_path / "services.ndjson", "\n".join(lines))
    assert [(record.data["id"], record.where.line) for record in records] == [("s", 1), ("u", 6)]
    assert [(problem.where.line, problem.kind) for problem in problems] == [(2, "service"), (4, "service"), (5, "service")]
    assert "not JSON" in problems[0].message
    assert "must be an object" in problems[1].message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("suffix", ["ndjson", "json"])
def test_letters_come_through_whatever_the_encoding(tmp_path: Path, encoding: str, suffix: str) -> None:
    records, problems = read(
        tmp_path / f"services.{suffix}", json.dumps({**SERVICE, "name": "Café Montréal"}, ensure_ascii=False).encode(encoding)
    )
    assert records[0].data["name"] == "Café Montréal"
    assert len(problems) == (encoding == "cp1252")


def test_null_bytes_are_taken_out_and_told(tmp_path: Path) -> None:
    records, problems = read(tmp_path / "services.ndjson", b'{"id": "s", "na\x00me": "Pantry"}\n')
    assert records[0].data["name"] == "Pantry"
    assert problems


@pytest.mark.parametrize("suffix", ["ndjson", "json"])
@pytest.mark.parametrize("depth", [60, 100_000])
def test_nesting_without_end_is_refused(tmp_path: Path, suffix: str, depth: int) -> None:
    records, problems = read(tmp_path / f"services.{suffix}", '{"a":' * depth + "1" + "}" * depth)
    assert records == []
    assert "nested too deep" in problems[0].message


def test_a_line_without_end_is_refused_and_the_next_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_stream, "LONGEST", 1_000_000)
    long = json.dumps({**SERVICE, "description": "x" * 3_000_000})
    records, problems = read(tmp_path / "services.ndjson", f"{long}\n{json.dumps(SERVICE)}\n")
    assert [record.where.line for record in records] == [2]
    assert "longer than" in problems[0].message


@pytest.mark.parametrize(
    "content", ['[{"id": "s", "name": "Pantry"}, {"id":', '{"contents": [{"id": "s", "name": "Pantry"}', "[", "{", '"']
)
def test_a_file_that_was_cut_off_is_named(tmp_path: Path, content: str) -> None:
    _, problems = read(tmp_path / "services.json", content)
    assert len(problems) == 1


def test_an_empty_file_gives_nothing(tmp_path: Path) -> None:
    assert read(tmp_path / "services.json", "") == ([], [])


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**12), 10**12) | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(
    st.lists(st.dictionaries(st.text(min_size=1, max_size=8), VALUES, min_size=1, max_size=4), max_size=8),
    st.integers(1, 40),
    st.booleans(),
)
def test_a_stream_of_any_pieces_gives_what_the_whole_text_holds(rows: list[Any], size: int, pretty: bool) -> None:
    text = json.dumps(rows, ensure_ascii=False, indent=1 if pretty else None)
    pieces = [text[start : start + size] for start in range(0, len(text), size)]
    assert [found.value for found in values_of(pieces)] == rows
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    pieces = [part for line in lines.splitlines(keepends=True) for part in (line[:size], line[size:]) if part]
    assert [found.value for found in lines_of(pieces)] == rows


@given(st.text(max_size=60))
def test_any_text_is_read_or_named(text: str) -> None:
    for found in (*values_of([text]), *lines_of(text.splitlines(keepends=True))):
        assert isinstance(found.value, Malformed) or found.value is not Ellipsis


def test_a_large_array_is_read_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "services.json"
    row = json.dumps({**SERVICE, "description": "x" * 1000})
    path.write_text(f"[{','.join([row] * 20_000)}]")
    file = FeedFile(path.name, str(path), path.stat().st_size)
    tracemalloc.start()
    count = sum(1 for _ in HsdsJsonReader().read([file], ReaderOptions()))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 20_000
    assert peak < path.stat().st_size / 3
