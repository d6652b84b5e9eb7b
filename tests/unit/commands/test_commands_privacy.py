"""The commands of the privacy screen: what would be masked, and the user's own list."""

from pathlib import Path

import pytest

from domains.asking import ask, error_of
from domains.tree import Tree, exchange
from raise_finetune.dataset.sanitize import review


@pytest.fixture(autouse=True)
def domain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tree:
    tree = Tree(tmp_path / "domain")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("RAISE_LANG", "en")
    monkeypatch.setenv("RAISE_FINETUNE_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("PATH_RAISE_DOMAIN", str(tree.root))
    return tree


def test_values_are_shown_once_in_their_context(domain: Tree):
    domain.conversation("c", *exchange("Écris à a@x.fr et b@x.fr", "Fait : a@x.fr.", rating=5))
    scanned = ask("privacy_scan", recipe={})
    assert (scanned["examples"], scanned["types"]) == (
        1,
        [{"type": "email", "count": 3, "values": 2, "unlisted": 0, "rules": {"email": 3}}],
    )
    page = ask("privacy_values", scan=scanned["scan"], type="email", limit=1)
    assert page == {
        "values": [
            {
                "type": "email",
                "value": "a@x.fr",
                "count": 2,
                "record": "un2/default/conversations/c#1",
                "rule": "email",
                "before": "Écris à a@x.fr et b@x.fr",
                "start": 8,
                "end": 14,
                "after": "Écris à <EMAIL_1> et <EMAIL_2>",
            }
        ],
        "total": 2,
    }
    rest = ask("privacy_values", scan=scanned["scan"], type="email", offset=1)
    assert [each["value"] for each in rest["values"]] == ["b@x.fr"]


def test_more_values_than_are_kept_are_counted_and_said_to_be_more(
    domain: Tree, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(review, "_KEPT", 2)
    domain.conversation("c", *exchange("a@x.fr b@x.fr c@x.fr", "c@x.fr, a@x.fr", rating=5))
    scanned = ask("privacy_scan", recipe={})
    assert scanned["types"] == [
        {"type": "email", "count": 5, "values": 2, "unlisted": 2, "rules": {"email": 5}}
    ]
    page = ask("privacy_values", scan=scanned["scan"], type="email")
    assert [(each["value"], each["count"]) for each in page["values"]] == [
        ("a@x.fr", 2),
        ("b@x.fr", 1),
    ]


def test_only_what_an_export_would_take_is_looked_at(domain: Tree):
    domain.conversation("c", *exchange("a@x.fr", "Non.", rating=1))
    assert ask("privacy_scan", recipe={})["types"] == []


def test_what_the_recipe_allows_or_leaves_is_no_finding(domain: Tree):
    domain.conversation("c", *exchange("a@x.fr, 06 12 34 56 78, 82.64.12.9", "Oui.", rating=5))
    recipe = {"sanitize": {"allow": ["A@X.fr"], "actions": {"ip": "leave"}}}
    assert [each["type"] for each in ask("privacy_scan", recipe=recipe)["types"]] == ["phone"]


def test_long_contexts_are_cut_around_the_value(domain: Tree):
    domain.conversation("c", *exchange(f"{'x ' * 100}a@x.fr{' y' * 100}", "Oui.", rating=5))
    scanned = ask("privacy_scan", recipe={})
    (value,) = ask("privacy_values", scan=scanned["scan"], type="email")["values"]
    assert value["before"] == f"{'x ' * 30}a@x.fr{' y' * 30}"
    assert value["before"][value["start"] : value["end"]] == "a@x.fr"
    assert value["after"] == f"{'x ' * 30}<EMAIL_1>{' y' * 30}"


def test_a_scan_gives_way_to_the_next(domain: Tree):
    domain.conversation("c", *exchange("a@x.fr", "Oui.", rating=5))
    first = ask("privacy_scan", recipe={})
    ask("privacy_scan", recipe={})
    assert error_of("privacy_values", scan=first["scan"], type="email")["code"] == "scan_gone"


def test_the_own_list_is_kept_and_used(domain: Tree, tmp_path: Path):
    assert ask("privacy_known_values_read") == {"lines": []}
    lines = ["# clients", "Projet Éclipse", ""]
    assert ask("privacy_known_values_write", lines=lines) == {"lines": lines}
    assert ask("privacy_known_values_read") == {"lines": lines}
    path = tmp_path / "config/known_values.txt"
    assert path.stat().st_mode & 0o777 == 0o600
    domain.conversation("c", *exchange("Le projet eclipse ?", "Oui.", rating=5))
    assert [each["type"] for each in ask("privacy_scan", recipe={})["types"]] == ["private"]


def test_an_own_list_that_cannot_be_read_is_no_reason_to_leave_it_out(domain: Tree, tmp_path: Path):
    domain.conversation("c", *exchange("q", "a", rating=5))
    (tmp_path / "config").mkdir()
    (tmp_path / "config/known_values.txt").write_bytes(b"\xff\xfe\x00")
    error = error_of("privacy_scan", recipe={})
    assert error["code"] == "known_values_unreadable"
    assert "known_values.txt" in error["message"]


def test_a_context_begins_and_ends_with_whole_words(domain: Tree):
    text = f"{'abcdefghij ' * 20}a@x.fr{' klmnopqrst' * 20}"
    domain.conversation("c", *exchange(text, "Oui.", rating=5))
    scanned = ask("privacy_scan", recipe={})
    (value,) = ask("privacy_values", scan=scanned["scan"], type="email")["values"]
    assert value["before"] == f"{'abcdefghij ' * 5}a@x.fr{' klmnopqrst' * 5}"
    assert value["before"][value["start"] : value["end"]] == "a@x.fr"
    assert value["after"] == f"{'abcdefghij ' * 5}<EMAIL_1>{' klmnopqrst' * 5}"


def test_a_context_cuts_no_other_value_in_two(domain: Tree):
    text = f"06 12 34 56 78 {'ab ' * 16}a@x.fr {'ab ' * 16}07 12 34 56 78"
    domain.conversation("c", *exchange(text, "Oui.", rating=5))
    scanned = ask("privacy_scan", recipe={})
    (value,) = ask("privacy_values", scan=scanned["scan"], type="email")["values"]
    assert value["before"] == f"{'ab ' * 16}a@x.fr{' ab' * 16}"
    assert value["after"] == f"{'ab ' * 16}<EMAIL_1>{' ab' * 16}"


def test_a_word_longer_than_a_context_is_cut(domain: Tree):
    domain.conversation("c", *exchange(f"{'x' * 90}/<a@x.fr>{'/y' * 90}", "Oui.", rating=5))
    scanned = ask("privacy_scan", recipe={})
    (value,) = ask("privacy_values", scan=scanned["scan"], type="email")["values"]
    assert value["before"] == f"{'x' * 58}/<a@x.fr>{'/y' * 29}/"


def test_decisions_that_were_kept_are_what_an_export_starts_from():
    decided = {"allow": ["a@x.fr"], "actions": {"ip": "leave"}, "nerModel": "/models/ner"}
    ask(
        "app_settings_write",
        settings={"exportDefaults": {"sanitize": {**decided, "enabled": False}}},
    )
    sanitize = ask("recipe_default")["recipe"]["sanitize"]
    assert {key: sanitize[key] for key in decided} == decided
    assert sanitize["enabled"] is True
