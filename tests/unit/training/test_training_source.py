"""What a training reads of a dataset: the recipe's own rows, whatever their format and files."""

from collections.abc import Callable
from pathlib import Path

import orjson
import pytest

from domains.tree import Json, Tree, exchange
from models.tiny import Kind
from raise_finetune.dataset.export import export_dataset
from raise_finetune.dataset.output import MANIFEST_FILE
from raise_finetune.dataset.prompts import get_text_profile
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.records import Message
from raise_finetune.dataset.tokens import load_tokenizer
from raise_finetune.errors import BadInputError
from raise_finetune.training.config import DataSection
from raise_finetune.training.rows import EncodedRow, encode_rows, is_kept
from raise_finetune.training.source import open_dataset


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"formats": ["jsonl.zst"]},
        {"formats": ["parquet", "jsonl"]},
        {"also_profiles": ["messages", "chatml"]},
        {"shard_megabytes": 1},
    ],
)
def test_the_rows_are_those_of_the_recipes_profile(tmp_path: Path, options: Json):
    tree = Tree(tmp_path / "domain")
    for number in range(30):
        answer = f"{number:02} " + chr(97 + number % 26) * 100_000
        tree.conversation(f"c{number}", *exchange(f"q{number}", answer, rating=5))
    plain = {"output": {"val_fraction": 0.3}}
    export_dataset(ExportRecipe.model_validate(plain), tmp_path / "plain", root=tree.root)
    recipe = ExportRecipe.model_validate({"output": {"val_fraction": 0.3, **options}})
    export_dataset(recipe, tmp_path / "set", root=tree.root)
    data = open_dataset(DataSection(dataset=str(tmp_path / "set")))
    for split in ("train", "val"):
        lines = (tmp_path / f"plain/data/{split}.jsonl").read_bytes().splitlines()
        assert list(data.rows(split)) == [orjson.loads(line) for line in lines]
        assert data.place(split) is not None
    assert list(data.rows("test")) == []
    assert data.place("test") is None


@pytest.mark.parametrize(
    ("unit", "verify", "learned"),
    [
        ("answer", True, [[" b </s>"], [" d </s>"]]),
        ("conversation", True, [[" b </s>", " d </s>"]]),
        ("answer", False, [[" b </s>"], [" b </s>", " d </s>"]]),  # nothing tells the unit
    ],
)
def test_a_row_is_learned_from_for_the_answer_that_it_was_exported_for(
    tmp_path: Path, tiny_mistral: Path, unit: str, verify: bool, learned: list[list[str]]
):
    tree = Tree(tmp_path / "domain")
    tree.conversation("c", *exchange("a", "b", rating=5), *exchange("c", "d", rating=5))
    recipe = ExportRecipe.model_validate({"examples": {"unit": unit}})
    export_dataset(recipe, tmp_path / "set", root=tree.root)
    if not verify:
        (tmp_path / "set" / MANIFEST_FILE).unlink()
    section = DataSection(
        dataset=str(tmp_path / "set"), profile="" if verify else "inst", verify=verify
    )
    tokenizer = load_tokenizer(str(tiny_mistral))

    def said(row: EncodedRow, start: int, end: int) -> str:
        return "".join(map(tokenizer.piece, row.ids[start:end])).replace("▁", " ")

    rows = encode_rows(open_dataset(section), "train", tokenizer, section)
    assert [[said(row, *span) for span in row.answers] for row in rows] == learned


TEMPLATE = (
    "{% for message in messages %}"
    "{{ '<|im_start|>' + message.role + '\n' + message.content + '<|im_end|>\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)
LOUD = "{% for m in messages if m.content == 'LOUD' %}!{% endfor %}"


def _by_template(folder: Path, template: str, *questions: str) -> Path:
    """Export a conversation by a chat template of one's own, which is gone thereafter."""
    tree = Tree(folder / "domain")
    tree.conversation("c", *exchange("a", "b", rating=5), *exchange("c", "d", rating=5))
    for question in questions:
        tree.conversation(question, *exchange(question, "e", rating=5))
    (folder / "own.jinja").write_text(template, "utf-8")
    recipe = {"output": {"profile": f"template:{folder / 'own.jinja'}", "val_fraction": 0}}
    export_dataset(ExportRecipe.model_validate(recipe), folder / "set", root=tree.root)
    (folder / "own.jinja").unlink()
    return folder / "set"


def test_rows_of_ones_own_template_are_read_as_the_same_profile_writes_them(
    tmp_path: Path, tiny_model: Callable[[Kind], Path]
):
    tokenizer = load_tokenizer(str(tiny_model("qwen2")))
    rows: list[list[tuple[list[int], object]]] = []
    for chosen in ("", "chatml"):
        section = DataSection(
            dataset=str(_by_template(tmp_path / f"x{chosen}", TEMPLATE)), profile=chosen
        )
        data = open_dataset(section)
        assert data.profile is get_text_profile("chatml")
        encoded = encode_rows(data, "train", tokenizer, section)
        rows.append([(row.ids, row.answers) for row in encoded])
    tree = Tree(tmp_path / "domain")
    tree.conversation("c", *exchange("a", "b", rating=5), *exchange("c", "d", rating=5))
    recipe = {"output": {"profile": "chatml", "val_fraction": 0}}
    export_dataset(ExportRecipe.model_validate(recipe), tmp_path / "set", root=tree.root)
    section = DataSection(dataset=str(tmp_path / "set"))
    encoded = encode_rows(open_dataset(section), "train", tokenizer, section)
    assert rows == 2 * [[(row.ids, row.answers) for row in encoded]]


@pytest.mark.parametrize(
    ("template", "profile", "code"),
    [
        (f"Hi!{TEMPLATE}", "", "training_template_not_known"),
        (TEMPLATE, "llama3", "training_profile_differs"),
    ],
)
def test_a_template_that_writes_otherwise_is_refused(
    tmp_path: Path, template: str, profile: str, code: str
):
    section = DataSection(dataset=str(_by_template(tmp_path, template)), profile=profile)
    with pytest.raises(BadInputError) as error:
        open_dataset(section)
    assert error.value.code == code
    assert "template:own.jinja" in str(error.value)


def test_a_row_that_a_template_wrote_otherwise_is_named(
    tmp_path: Path, tiny_model: Callable[[Kind], Path]
):
    dataset = _by_template(tmp_path, LOUD + TEMPLATE, "LOUD")
    section = DataSection(dataset=str(dataset))
    data, tokenizer = open_dataset(section), load_tokenizer(str(tiny_model("qwen2")))
    with pytest.raises(BadInputError) as error:
        list(encode_rows(data, "train", tokenizer, section))
    assert error.value.code == "training_row_no_answer"


@pytest.mark.parametrize(
    ("profile", "kind", "system_stays"),
    [
        ("inst", "mistral", False),
        ("prompt-completion", "mistral", False),
        ("mistral-v3", "mistral-v3", True),
        ("llama3", "llama3", True),
    ],
)
def test_a_row_too_long_loses_the_oldest_of_its_context_and_no_more(
    tmp_path: Path,
    tiny_model: Callable[[Kind], Path],
    profile: str,
    kind: Kind,
    system_stays: bool,
):
    tree = Tree(tmp_path / "domain")
    turns: list[Json] = [{"role": "system", "content": "Be brief."}]
    for number in range(6):
        turns += exchange(f"{number}? " + "q " * 9, f"{number}. " + "a " * (9 + 40 * (number == 5)))
    turns[-1]["rating"] = 5
    tree.conversation("c", *turns)
    output = {"profile": profile, "val_fraction": 0}
    export_dataset(ExportRecipe.model_validate({"output": output}), tmp_path / "x", root=tree.root)
    tokenizer, text_profile = load_tokenizer(str(tiny_model(kind))), get_text_profile(profile)
    whole = [Message(turn["role"], turn["content"].strip()) for turn in turns]

    def encoded(max_length: int, overlong: str = "trim") -> EncodedRow:
        section = DataSection.model_validate(
            {"dataset": str(tmp_path / "x"), "max_length": max_length, "overlong": overlong}
        )
        (row,) = encode_rows(open_dataset(section), "train", tokenizer, section)
        return row

    everything = encoded(100_000)
    assert everything.ids == tokenizer.encode_line(text_profile.line(whole))
    assert not everything.is_trimmed
    ids: list[int] = []
    for left_out in range(1, 6):
        kept = [*(whole[:1] if system_stays else ()), *whole[1 + 2 * left_out :]]
        ids = tokenizer.encode_line(text_profile.line(kept))
        for most in (len(ids), len(ids) + 1):
            row = encoded(most)
            assert (row.ids, row.is_trimmed) == (ids, True)
            assert row.ids[slice(*row.answers[0])] == everything.ids[slice(*everything.answers[0])]
            assert row.prompt == text_profile.prompt(kept[:-1])
        assert encoded(len(ids) - 1).ids != ids
    alone = encoded(len(ids) - 1 - (kind == "llama3"))  # whose line ends behind the answer's EOS
    assert (alone, is_kept(alone, DataSection(max_length=len(ids) - 2))) == (everything, False)
    assert encoded(64, "drop") == encoded(64, "cut") == everything


def test_a_relative_name_is_sought_where_exports_put_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PATH_RAISE_DATASET", str(tmp_path / "datasets"))
    tree = Tree(tmp_path / "domain")
    tree.conversation("c", *exchange("q", "a", rating=5))
    export_dataset(ExportRecipe(), "set", root=tree.root)
    assert open_dataset(DataSection(dataset="set")).folder == tmp_path / "datasets/training/set"
    with pytest.raises(BadInputError) as caught:
        open_dataset(DataSection(dataset="sets"))
    assert (caught.value.code, caught.value.params["path"]) == ("training_dataset_missing", "sets")


@pytest.mark.parametrize("part", ["data", "data/train.jsonl"])
@pytest.mark.parametrize("verify", [True, False])
def test_for_a_part_of_a_dataset_the_whole_is_named(tmp_path: Path, part: str, verify: bool):
    tree = Tree(tmp_path / "domain")
    tree.conversation("c", *exchange("q", "a", rating=5))
    export_dataset(ExportRecipe(), tmp_path / "set", root=tree.root)
    with pytest.raises(BadInputError) as caught:
        open_dataset(DataSection(dataset=str(tmp_path / "set" / part), verify=verify))
    assert caught.value.code == "dataset_part"
    assert caught.value.hint("en") == f"Name the whole dataset: {tmp_path / 'set'}"
