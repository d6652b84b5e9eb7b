"""The manifest: every key, the hash of the input, and what is no manifest."""

import hashlib
from pathlib import Path

import orjson
import pytest

from domains.tree import Tree, exchange, export, snapshot
from raise_finetune.dataset.input_hash import InputHash
from raise_finetune.dataset.manifest import Manifest, read_manifest
from raise_finetune.dataset.prompts import get_profile, profile_names
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.records import Message
from raise_finetune.errors import BadInputError
from raise_finetune.version import __version__

SYSTEM_AND_TWO_TURNS = (
    Message("system", "the system"),
    Message("user", "first question"),
    Message("assistant", "a"),
    Message("user", "last question"),
    Message("assistant", "b"),
)


def small(tree: Tree) -> Tree:
    tree.conversation("a", *exchange("q", "a", rating=5))
    tree.conversation("b", *exchange("q", "b"))
    return tree


def test_every_key(tree: Tree, output: Path):
    exported = export(small(tree).root, output)
    written = (output / ".raise/manifest.json").read_bytes()
    data = (output / "data/train.jsonl").read_bytes()
    manifest = orjson.loads(written)
    recipe = ExportRecipe.model_validate({"output": {"val_fraction": 0.0}})
    assert manifest == {
        "format": 1,
        "made_by": "raise-finetune",
        "tool_version": __version__,
        "seed": 42,
        "input_hash": manifest["input_hash"],
        "recipe": recipe.model_dump(mode="json", by_alias=False),
        "profile": {
            "name": "inst",
            "family": "llama2, mistral",
            "columns": ["text"],
            "bos": "<s>",
            "eos": "</s>",
            "special_tokens_written_by": "export",
            "system_placement": "first_question",
            "llama_cpp_template": "llama2",
        },
        "tokenizer": None,
        "files": [
            {
                "path": "data/train.jsonl",
                "split": "train",
                "rows": 1,
                "bytes": len(data),
                "sha256": hashlib.sha256(data).hexdigest(),
                "config": "default",
                "format": "jsonl",
            }
        ],
        "fates": {"exported": 1, "unrated": 1},
        "sanitize": {**manifest["sanitize"], "enabled": True, "counts": {}},
        "side_files": manifest["side_files"],
        "checksum": manifest["checksum"],
    }
    read = read_manifest(output)
    assert read.to_json() == written
    assert read.export_recipe() == recipe
    assert read.files == exported.report.files


def test_nothing_tells_the_machine(tree: Tree, output: Path):
    export(small(tree).root, output)
    files = snapshot(output)
    assert isinstance(files, dict)
    for name, content in files.items():
        assert str(output.parent).encode() not in content, name


@pytest.mark.parametrize("name", profile_names())
def test_each_profile_says_where_a_system_prompt_goes(name: str):
    profile = get_profile(name)
    line = orjson.dumps(dict(profile.row(SYSTEM_AND_TWO_TURNS))).decode()
    before = {
        "first_question": "the system\\n\\nfirst question",
        "first_question_in_sys_tags": "<<SYS>>\\nthe system\\n<</SYS>>\\n\\nfirst question",
        "last_question": "the system\\n\\nlast question",
        "own_tokens": "[SYSTEM_PROMPT] the system[/SYSTEM_PROMPT]",
        "own_turn": "the system<|",
        "template": "the system",
    }
    assert before[profile.system_placement] in line
    assert "system" in line.partition("first question")[0] or profile.system_placement == (
        "last_question"
    )


def hash_of(tree: Tree, output: Path) -> str:
    export(tree.root, output)
    return read_manifest(output).input_hash


def test_the_input_hash_sees_every_change(tmp_path: Path, tree: Tree):
    hashes = [hash_of(small(tree), tmp_path / "0")]
    tree.conversation("b", *exchange("q", "B"))
    hashes.append(hash_of(tree, tmp_path / "1"))
    tree.conversation("c", *exchange("q", "B"))
    hashes.append(hash_of(tree, tmp_path / "2"))
    tree.put("un2/default/collections/conversations/c.json", b"{")
    hashes.append(hash_of(tree, tmp_path / "3"))
    tree.put("un2/finetune/collections/feedback/f.json", b"{}")
    hashes.append(hash_of(tree, tmp_path / "4"))
    assert len(set(hashes)) == 5
    small(tree)
    (tree.root / "un2/default/collections/conversations/c.json").unlink()
    (tree.root / "un2/finetune/collections/feedback/f.json").unlink()
    assert hash_of(tree, tmp_path / "5") == hashes[0]


def test_the_input_hash_has_no_order_but_counts():
    one, other, twice = InputHash(), InputHash(), InputHash()
    for record, digest in (("a", 1), ("b", 2)):
        one.add(record, digest)
    for record, digest in (("b", 2), ("a", 1)):
        other.add(record, digest)
    for _ in range(3):
        twice.add("a", 1)
    assert one.text() == other.text() == "xxh3-128-sum:72f9aec3aaf4cf5b30e12396d719de31"
    assert twice.text() not in (one.text(), InputHash().text())
    assert InputHash().text() == f"xxh3-128-sum:{'0' * 32}"


def test_a_later_version_may_add_keys(tree: Tree, output: Path):
    export(small(tree).root, output)
    path = output / ".raise/manifest.json"
    manifest = orjson.loads(path.read_bytes())
    manifest["profile"]["later"] = manifest["later"] = 1
    manifest["recipe"]["later"] = {}
    path.write_bytes(orjson.dumps(manifest))
    read = read_manifest(output)
    assert read.profile.name == "inst"
    with pytest.raises(BadInputError, match="later"):
        read.export_recipe()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"{", "it is no valid JSON"),
        (b"[]", "it must be a table of keys and values"),
        (b"{}", "tool_version: it is missing"),
        (b'{"format": 2}', "format: it must be 1"),
    ],
)
def test_what_is_no_manifest_is_named(output: Path, content: bytes, reason: str):
    path = output / ".raise/manifest.json"
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    with pytest.raises(BadInputError) as caught:
        read_manifest(output)
    assert caught.value.code == "manifest_invalid"
    assert caught.value.params["path"] == path
    assert reason in str(caught.value.params["reason"])


def test_a_folder_without_one_is_named(output: Path):
    with pytest.raises(BadInputError) as caught:
        read_manifest(output)
    assert (caught.value.code, caught.value.params) == ("manifest_missing", {"path": output})


def test_the_model_has_no_camel_case_on_disk():
    assert all(name == name.lower() for name in Manifest.model_fields)


@pytest.mark.parametrize("path", ["", "/etc/passwd", "../x", "data/../../x", "data/\0"])
@pytest.mark.parametrize("part", ["files", "side_files"])
def test_a_path_that_leads_out_of_the_dataset_is_refused(
    tree: Tree, output: Path, part: str, path: str
):
    export(small(tree).root, output)
    file = output / ".raise/manifest.json"
    values = orjson.loads(file.read_bytes())
    values[part][0]["path"] = path
    file.write_bytes(orjson.dumps(values))
    with pytest.raises(BadInputError) as caught:
        read_manifest(output)
    assert caught.value.code == "manifest_invalid"


@pytest.mark.parametrize(
    ("examples", "are_whole"),
    [
        ({"unit": "conversation"}, True),
        ({"unit": "answer"}, False),
        ({"unit": "conversation", "a_later_key": 3}, True),
        ({"unit": "paragraph"}, False),
        ({}, False),
        ("conversation", False),
        (None, False),
    ],
)
def test_whole_conversations_are_known_whatever_else_a_recipe_holds(
    tree: Tree, output: Path, examples: object, are_whole: bool
):
    export(small(tree).root, output)
    manifest = read_manifest(output)
    recipe = {**manifest.recipe, "examples": examples}
    assert manifest.model_copy(update={"recipe": recipe}).holds_whole_conversations is are_whole
