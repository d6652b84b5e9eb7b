"""Finished datasets as the page asks about them: checked, compared, explained, forgotten."""

from pathlib import Path
from typing import cast

import pytest

from domains.asking import ask, error_of
from domains.tree import Tree, exchange
from raise_finetune.commands.registry import COMMANDS

C = "un2/default/conversations/c"


@pytest.fixture(autouse=True)
def tree(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Tree:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("RAISE_LANG", "fr")
    monkeypatch.setenv("RAISE_FINETUNE_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("PATH_RAISE_DOMAIN", str(tmp_path / "domain"))
    monkeypatch.setenv("PATH_RAISE_DATASET", str(tmp_path / "datasets"))
    tree = Tree(tmp_path / "domain")
    tree.conversation("c", *exchange("q1", "a1", rating=5), *exchange("q2", "a2", rating=4))
    return tree


def make(name: str, minimum: float = 4.0) -> str:
    recipe = ask("recipe_default")["recipe"]
    recipe["rating"]["minimum"] = minimum
    recipe["output"]["valFraction"] = 0.0
    return cast("str", ask("ai_export_dataset", outputPath=name, recipe=recipe)["when"])


def test_a_dataset_is_checked_and_made_again(tmp_path: Path):
    when = make("x")
    done = ask("exports_verify", when=when, rebuild=True)["verification"]
    assert (done["passed"], done["rows"]) == (True, 2)
    assert (done["checks"][-1]["name"], done["checks"][-1]["status"]) == ("rebuild", "passed")
    card = tmp_path / "datasets/training/x/README.md"
    card.write_bytes(card.read_bytes() + b"\n")
    done = ask("exports_verify", when=when)["verification"]
    assert not done["passed"]
    (failed,) = [check for check in done["checks"] if check["status"] == "failed"]
    assert failed["flaws"] == [
        {"code": "file_changed", "file": "README.md", "rowIndex": None, "detail": ""}
    ]


def test_two_datasets_are_compared():
    old, new = make("x"), make("y", minimum=5.0)
    done = ask("exports_compare", old=old, new=new)
    assert done["comparison"]["removed"]["count"] == 1
    assert done["why"]["removed"] == [
        {"why": "rated_too_low", "line": "Notes trop basses", "rows": 1}
    ]
    assert done["why"]["added"] == []


def test_a_row_is_explained():
    done = ask("exports_explain_row", when=make("x"), row="train:2")
    assert done["explanation"]["record"] == f"{C}#3"
    assert done["reasons"] == [
        "notée 4\u00a0: la recette demande au moins 4",
        f"dans la partie «\u00a0train\u00a0», tirée d’après le nom {C} et la graine",
    ]
    assert error_of("exports_explain_row", when=make("y"), row="train:3")["code"] == "row_missing"


def test_an_answer_is_forgotten_once_the_plan_is_agreed_to():
    make("x")
    plan = ask("record_forget_plan", record=f"{C}#1")["plan"]
    assert plan["records"] == [f"{C}#1"]
    assert [holder["rows"] for holder in plan["holders"]] == [1]
    assert error_of("record_forget", record=f"{C}#1", agreed=[])["code"] == "forget_plan_changed"
    done = ask("record_forget", record=f"{C}#1", agreed=plan["records"])["forgetting"]
    assert [(each["rowsBefore"], each["rows"]) for each in done["remade"]] == [(2, 1)]
    assert [each["past"]["report"]["rows"] for each in ask("exports_list")["exports"]] == [1, 2]
    assert COMMANDS["record_forget"].is_job
    (entry,) = ask("forgotten_list")["records"]
    assert entry["record"] == f"{C}#1"
    assert ask("record_take_back", record=f"{C}#1") == {"wasForgotten": True}
    assert ask("record_take_back", record=f"{C}#1") == {"wasForgotten": False}
    assert ask("forgotten_list") == {"records": []}


def test_why_a_dataset_still_holds_it_is_told_in_the_language_of_the_window(tmp_path: Path):
    make("x")
    dataset = tmp_path / "datasets/training/x"
    (dataset / "mine.txt").write_bytes(b"")
    ask("app_settings_write", settings={"language": "en"})
    plan = ask("record_forget_plan", record=f"{C}#1")["plan"]
    done = ask("record_forget", record=f"{C}#1", agreed=plan["records"])["forgetting"]
    why = f"The dataset folder {dataset} also holds “mine.txt”, which no export made."
    assert done["failed"] == {str(dataset): why}


def test_what_was_forgotten_is_listed_and_taken_back_also_where_it_is_gone(tmp_path: Path):
    for record in (f"{C}#1", C):
        ask("record_forget", record=record, agreed=[record])
    whole, answer = ask("forgotten_list")["records"]
    assert [whole["record"], answer["record"]] == [C, f"{C}#1"]
    (
        tmp_path / f"domain/un2/default/collections/conversations/{C.rpartition('/')[2]}.json"
    ).unlink()
    assert [each["record"] for each in ask("forgotten_list")["records"]] == [C, C]
    assert ask("forgotten_take_back", id=answer["id"]) == {"records": [whole]}
    assert ask("forgotten_take_back", id=answer["id"]) == {"records": [whole]}
    assert ask("forgotten_take_back", id=whole["id"]) == {"records": []}


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("exports_verify", {}),
        ("exports_explain_row", {"row": "1"}),
    ],
)
def test_an_export_that_is_gone(tmp_path: Path, name: str, body: dict[str, object]):
    when = make("x.jsonl")
    (tmp_path / "datasets/training/x.jsonl").unlink()
    assert error_of(name, when=when, **body)["code"] == "export_gone"
    never = "2026-01-01T00:00:00.000+00:00"
    assert error_of(name, when=never, **body)["code"] == "export_gone"
