"""A dataset carries the chat templates it was written by: it is read back without their files."""

import shutil
from pathlib import Path

import orjson
import pytest

from domains.tree import Tree, exchange, export, message
from raise_finetune.dataset.export import export_dataset
from raise_finetune.dataset.exports.explanation import explain_row
from raise_finetune.dataset.exports.forgetting import forget, plan_forgetting
from raise_finetune.dataset.prompts.chat_template import copy_template, load_template_profile
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.verification import Verification, verify_dataset
from raise_finetune.dataset.verification.existing import open_dataset
from raise_finetune.dataset.writing.remembered import known_datasets
from raise_finetune.storage.engine import StorageEngine

TURN = "{{ m.role }}\n{{ m.content | trim }}<|im_end|>\n"
PROMPT = "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
TEMPLATES = {
    "chatml": "{% for m in messages %}<|im_start|>" + TURN + "{% endfor %}" + PROMPT,
    # As Qwen2.5's: a system prompt of its own where there is none.
    "default system": (
        "{% if messages[0].role != 'system' %}<|im_start|>system\nBe kind.<|im_end|>\n{% endif %}"
        "{% for m in messages %}<|im_start|>" + TURN + "{% endfor %}" + PROMPT
    ),
    # As Mistral's: the system prompt before the first question, the EOS after each answer.
    "inst": (
        "{{ bos_token }}{% for m in messages %}"
        "{% if m.role == 'system' %}{% set system.text = m.content + '\n\n' %}"
        "{% elif m.role == 'user' %}[INST] {{ system.text + m.content }}[/INST]"
        "{% set system.text = '' %}"
        "{% else %} {{ m.content }}{{ eos_token }}{% endif %}{% endfor %}"
    ).replace("{{ bos_token }}", "{{ bos_token }}{% set system = namespace(text='') %}"),
    "no system prompt": (
        "{% for m in messages %}"
        "{% if m.role == 'system' %}{{ raise_exception('no system prompt') }}{% endif %}"
        "<start_of_turn>{{ m.role }}\n{{ m.content }}<end_of_turn>\n{% endfor %}"
        "{% if add_generation_prompt %}<start_of_turn>assistant\n{% endif %}"
    ),
}


@pytest.fixture
def rated(tree: Tree) -> Tree:
    for number in range(6):
        tree.conversation(
            f"c{number}",
            *exchange(f"Question {number} ?", f" Réponse {number} </s> ", rating=5),
            *exchange(f"Et <|im_end|>\n\n{number} ?", f"Encore {number}.\n\nEt puis.", rating=4),
        )
        tree.conversation(
            f"s{number}",
            message("system", "Réponds\n\nen français."),
            *exchange(f"Quoi {number} ?", f"Ceci {number}.", rating=5),
        )
    return tree


def model_folder(folder: Path, template: str, **config: object) -> Path:
    folder.mkdir(parents=True)
    (folder / "tokenizer_config.json").write_bytes(
        orjson.dumps({"chat_template": template, "bos_token": "<s>", **config})
    )
    return folder


def statuses(verification: Verification) -> dict[str, str]:
    flaws = [flaw for check in verification.checks for flaw in check.flaws]
    assert verification.passed, flaws
    return {check.name: check.status for check in verification.checks}


@pytest.mark.parametrize("form", ["x", "x.jsonl"])
@pytest.mark.parametrize("name", TEMPLATES)
def test_each_row_is_read_back_where_the_template_is_no_more(
    rated: Tree, tmp_path: Path, name: str, form: str
):
    model = model_folder(tmp_path / "models/mine", TEMPLATES[name], eos_token={"content": "</s>"})
    values = {
        "output": {"profile": f"template:{model}", "val_fraction": 0.3},
        "examples": {"system_prompts": "drop" if name == "no system prompt" else "keep"},
    }
    report = export_dataset(ExportRecipe.model_validate(values), tmp_path / form, root=rated.root)
    shutil.rmtree(model)
    dataset = open_dataset(tmp_path / form)
    verification = verify_dataset(dataset, rebuild_from=rated.root)
    found = statuses(verification)
    assert (found["template"], found["control_tokens"], found["rebuild"]) == ("passed",) * 3
    checked = {check.name: check.checked for check in verification.checks}
    assert checked["template"] == checked["control_tokens"] == report.rows == 18
    messages = explain_row(dataset, "1").messages
    assert [each.role for each in messages][-2:] == ["user", "assistant"]


def test_a_changed_row_is_seen(rated: Tree, tmp_path: Path):
    model = model_folder(tmp_path / "m", TEMPLATES["chatml"])
    exported = export(rated.root, tmp_path / "x", output={"profile": f"template:{model}"})
    assert statuses(verify_dataset(open_dataset(exported.path)))["template"] == "passed"
    path = exported.path / "data/train.jsonl"
    path.write_bytes(path.read_bytes().replace(b"<|im_start|>user", b"<|im_start|>User", 1))
    flaws = [
        flaw.code
        for check in verify_dataset(open_dataset(exported.path)).checks
        for flaw in check.flaws
    ]
    assert flaws == ["file_changed", "not_a_rendering"]


def test_a_template_that_does_not_tell_contents_apart_is_said(rated: Tree, tmp_path: Path):
    twice = TEMPLATES["chatml"].replace("{{ m.content | trim }}", "{{ m.content }}{{ m.content }}")
    model = model_folder(tmp_path / "m", twice)
    export(rated.root, tmp_path / "x", output={"profile": f"template:{model}"})
    verification = verify_dataset(open_dataset(tmp_path / "x"), rebuild_from=rated.root)
    found = statuses(verification)
    assert (found["template"], found["control_tokens"]) == ("skipped", "skipped")
    assert {check.reason for check in verification.checks if check.name == "template"} == {
        "template_unreadable"
    }


def test_of_several_profiles_each_has_its_own(rated: Tree, tmp_path: Path):
    models = [model_folder(tmp_path / name, TEMPLATES[name]) for name in ("chatml", "inst")]
    output = {
        "profile": f"template:{models[0]}",
        "also_profiles": [f"template:{models[1]}", "inst"],
    }
    export(rated.root, tmp_path / "x", output=output)
    kept = sorted(
        path.relative_to(tmp_path / "x/.raise/templates").as_posix()
        for path in (tmp_path / "x/.raise/templates").rglob("*.jinja")
    )
    assert kept == ["0/chatml/chat_template.jinja", "1/inst/chat_template.jinja"]
    for model in models:
        shutil.rmtree(model)
    statuses(verify_dataset(open_dataset(tmp_path / "x"), rebuild_from=rated.root))


def test_a_record_is_forgotten_without_the_template_s_file(rated: Tree, tmp_path: Path):
    model = model_folder(tmp_path / "m", TEMPLATES["chatml"])
    exported = export(rated.root, tmp_path / "x", output={"profile": f"template:{model}"})
    shutil.rmtree(model)
    engine = StorageEngine(rated.root)
    plan = plan_forgetting(engine, "un2/default/conversations/c1#1", known_datasets())
    done = forget(engine, plan)
    assert (done.failed, [made.path for made in done.remade]) == ({}, [str(exported.path)])
    statuses(verify_dataset(open_dataset(tmp_path / "x"), rebuild_from=rated.root))


def test_a_copy_gives_the_same_profile(tmp_path: Path):
    model = model_folder(
        tmp_path / "m", TEMPLATES["inst"], eos_token={"content": "</s>"}, secret="not for a dataset"
    )
    added = [
        {"content": "[INST]", "special": True, "id": 3},
        {"content": "word", "special": False, "id": 4},
    ]
    (model / "tokenizer.json").write_bytes(orjson.dumps({"added_tokens": added, "model": {}}))
    copied = copy_template(str(model))
    assert b"not for a dataset" not in b"".join(copied.values())
    copy = tmp_path / "copy"
    copy.mkdir()
    for name, content in copied.items():
        (copy / name).write_bytes(content)
    one, other = (load_template_profile(str(folder)) for folder in (model, copy))
    assert one.special_tokens == other.special_tokens
    assert one.control_strings == other.control_strings == ("[INST]",)
    assert copy_template(str(copy)) == copied


def test_two_templates_of_one_name_would_share_a_folder():
    with pytest.raises(ValueError, match="named once each"):
        ExportRecipe.model_validate(
            {"output": {"profile": "template:a/x.jinja", "also_profiles": ["template:b/x.jinja"]}}
        )


@pytest.mark.parametrize(
    ("one", "other"), [("a_b.jinja", "a-b.jinja"), ("Model", "model"), ("模型", "数据")]
)
def test_so_would_two_whose_names_differ_in_marks_alone(one: str, other: str):
    named = [f"template:x/{one}", f"template:y/{other}"]
    with pytest.raises(ValueError, match=f"“{named[1]}” and “{named[0]}” would both be written"):
        ExportRecipe.model_validate({"output": {"also_profiles": named}})
    # The recipe's own profile has no folder of its name.
    ExportRecipe.model_validate({"output": {"profile": named[0], "also_profiles": named[1:]}})
