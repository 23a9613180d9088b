"""The generator on toy models, against golden files. UPDATE_GOLDEN=1 rewrites them."""

import json
import os
import shutil
import tomllib
from pathlib import Path

import pytest

import cpp
import generate
import model
from regex_dialect import UnsupportedPattern, to_re2

HERE = Path(__file__).parent / "testdata"
GOLDEN = HERE / "golden"


def generated():
    return generate.outputs(generate.read_services(HERE / "models", HERE / "served.toml", HERE / "patches"))


def toy(shapes, operations=None, patch=None):
    """A service made of those shapes, with one operation that takes `Input`."""
    document = {
        "metadata": {"protocol": "json", "endpointPrefix": "toy", "apiVersion": "1"},
        "operations": operations or {"Do": {"http": {"method": "POST", "requestUri": "/"}, "input": {"shape": "Input"}}},
        "shapes": shapes,
        "skippedPatterns": set(),
    }
    model.merge(document, patch or {})
    return model.Service("toy", document, ["Do"])


def test_output_equals_golden_files():
    files = generated()
    if os.environ.get("UPDATE_GOLDEN"):
        shutil.rmtree(GOLDEN, ignore_errors=True)
        generate.write(GOLDEN, files)
    assert sorted(files) == sorted(p.name for p in GOLDEN.iterdir())
    for name, text in files.items():
        assert text == (GOLDEN / name).read_text(), f"{name} differs; UPDATE_GOLDEN=1 if that is meant"


def test_output_is_the_same_every_time():
    assert generated() == generated()


def test_unreached_shapes_are_left_out():
    service = toy({"Input": {"type": "structure", "members": {}}, "Other": {"type": "structure", "members": {}}})
    assert list(service.shapes) == ["Input"]


def test_an_operation_the_model_lacks_is_refused():
    with pytest.raises(model.ModelFault, match="no operation Fly"):
        served = tomllib.loads((HERE / "served.toml").read_text())["zoo"]
        model.Service("zoo", model.load(HERE / "models", served["model"], HERE / "patches", "zoo"), ["Fly"])


def test_a_pattern_re2_cannot_read_must_be_listed():
    shapes = {
        "Input": {"type": "structure", "members": {"A": {"shape": "Ahead"}}},
        "Ahead": {"type": "string", "pattern": "(?!x).*"},
    }
    with pytest.raises(model.ModelFault, match="Ahead"):
        toy(shapes).pattern("Ahead")


def test_a_patch_may_only_remove_what_is_there():
    with pytest.raises(model.ModelFault, match="no longer has"):
        model.merge({"a": 1}, {"b": None})


def test_only_direct_recursion_is_boxed():
    service = toy({
        "Input": {"type": "structure", "members": {"Node": {"shape": "Node"}}},
        "Node": {"type": "structure", "members": {"Next": {"shape": "Node"}, "Children": {"shape": "Nodes"}}},
        "Nodes": {"type": "list", "member": {"shape": "Node"}},
    })
    assert cpp.slot_type(service, "Node", "Node") == "std::optional<wire::Box<toy::Node>>"
    assert cpp.slot_type(service, "Node", "Nodes") == "wire::List<toy::Node>"
    assert cpp.slot_type(service, "Input", "Node") == "std::optional<toy::Node>"


@pytest.mark.parametrize(
    ("published", "engine"),
    [
        (r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*", r"[\x{0020}-\x{D7FF}\x{E000}-\x{FFFD}\x{10000}-\x{10FFFF}\t]*"),
        (r"[\u00A0-\uFFFD\u10000-\u10FFFF]+", r"[\x{00A0}-\x{FFFD}\x{10000}-\x{10FFFF}]+"),
        (r"[\w+=,.@-]+", r"[\w+=,.@-]+"),
    ],
)
def test_patterns_are_respelt_for_the_engine(published, engine):
    assert to_re2(published) == engine


@pytest.mark.parametrize("pattern", ["(?=a)", "(?!a)", "(?<=a)", "(?<!a)", r"(a)\1"])
def test_look_around_and_back_references_are_refused(pattern):
    with pytest.raises(UnsupportedPattern):
        to_re2(pattern)


def test_literals_survive_quotes_and_other_alphabets():
    assert cpp.literal('a"b\\c\né') == '"a\\"b\\\\c\\012\\303\\251"'


def test_toy_models_are_json():
    for path in (HERE / "models").rglob("*.json"):
        json.loads(path.read_text())
