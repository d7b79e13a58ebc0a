"""The rules that programs can check: layers, style, types, dependencies, sizes, docstrings."""

import ast
import subprocess
import sys
from pathlib import Path

from tests.support.tree import ROOT, written_python_files

PROGRAMS = Path(sys.executable).parent
LONGEST_FILE = 400
LONGEST_FUNCTION = 50
UNFINISHED = ("TO" + "DO", "FIX" + "ME", "X" * 3, "raise NotImplemented" + "Error")


def run(*command: str) -> None:
    """Run a program of the environment over the project; what it finds is what the test says."""
    result = subprocess.run([str(PROGRAMS / command[0]), *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, (result.stdout + result.stderr)[-6000:]


def test_imports_point_inward() -> None:
    run("lint-imports", "--no-cache")


def test_the_style_is_kept() -> None:
    run("ruff", "check", ".")


def test_the_format_is_kept() -> None:
    run("ruff", "format", "--check", ".")


def test_types_hold() -> None:
    run("mypy")


def test_what_is_imported_is_declared_and_what_is_declared_is_imported() -> None:
    run("deptry", ".")


def long_functions(path: Path) -> list[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    sizes = {f"{path}:{node.lineno} {node.name}": (node.end_lineno or 0) - node.lineno + 1 for node in functions}
    return [f"{name}: {size} lines" for name, size in sizes.items() if size > LONGEST_FUNCTION]


def test_no_function_is_long() -> None:
    assert [found for path in written_python_files() for found in long_functions(path)] == []


def test_no_file_is_long() -> None:
    sizes = {str(path): (ROOT / path).read_text(encoding="utf-8").count("\n") for path in written_python_files()}
    assert {path: size for path, size in sizes.items() if size > LONGEST_FILE} == {}


def test_every_module_says_what_it_is_for() -> None:
    sources = {path: (ROOT / path).read_text(encoding="utf-8") for path in written_python_files()}
    assert [str(path) for path, source in sources.items() if source.strip() and not ast.get_docstring(ast.parse(source))] == []


def test_nothing_is_left_open() -> None:
    sources = {path: (ROOT / path).read_text(encoding="utf-8") for path in written_python_files()}
    assert [(str(path), word) for path, source in sources.items() for word in UNFINISHED if word in source] == []
