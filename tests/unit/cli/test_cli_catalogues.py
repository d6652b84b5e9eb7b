"""Both languages say the same things, and everything the code says has its words."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

import raise_finetune
from raise_finetune.cli.commands import COMMANDS
from raise_finetune.dataset.ledger import Fate
from raise_finetune.dataset.progress import Stage
from raise_finetune.dataset.sanitize.detector import RULES
from raise_finetune.dataset.sanitize.findings import FindingType
from raise_finetune.dataset.sanitize.known import KnownValues
from raise_finetune.dataset.sanitize.ner.labels import EntityKind
from raise_finetune.errors import BadInputError, CancelledError
from raise_finetune.messages import LANGUAGES, Language, catalogue, system_language, text

PACKAGE = Path(raise_finetune.__file__).parent


def placeholders(entry: str) -> list[str]:
    return sorted({field for _, field, _, _ in Formatter().parse(entry) if field is not None})


def nodes() -> Iterator[ast.AST]:
    """Yield the syntax of the package."""
    for path in PACKAGE.rglob("*.py"):
        yield from ast.walk(ast.parse(path.read_text("utf-8")))


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Yield every call in the package with the name of what is called."""
    for node in nodes():
        if isinstance(node, ast.Call):
            function = node.func
            if isinstance(function, ast.Name):
                yield function.id, node
            elif isinstance(function, ast.Attribute):
                yield function.attr, node


def errors() -> set[str]:
    """Return the names of the classes of errors that have a code."""
    bases = {
        node.name: {base.id for base in node.bases if isinstance(base, ast.Name)}
        for node in nodes()
        if isinstance(node, ast.ClassDef)
    }
    found = {"RaiseError"}
    while more := {name for name in bases.keys() - found if bases[name] & found}:
        found |= more
    return found


def constant(node: ast.expr | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def used_errors() -> dict[str, set[str]]:
    """Return each error code with the parameters that every place of its raising gives."""
    codes: dict[str, set[str]] = {"cancelled": set()}
    raised = errors()
    for name, call in calls():
        code = constant(call.args[0]) if name in raised and call.args else None
        if code is not None:
            given = {keyword.arg for keyword in call.keywords if keyword.arg is not None}
            codes[code] = codes.get(code, given) & given
    return codes


def literals(pattern: str) -> set[str]:
    """Return the string constants of the package that a pattern matches as a whole."""
    return {
        node.value
        for node in nodes()
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(pattern, node.value)
    }


def test_both_catalogues_have_the_same_keys_and_placeholders():
    french, english = catalogue("fr"), catalogue("en")
    assert french.keys() == english.keys()
    for key, entry in french.items():
        assert placeholders(entry) == placeholders(english[key]), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogues_are_sorted_and_have_no_empty_entry(language: Language):
    entries = catalogue(language)
    assert list(entries) == sorted(entries)
    assert all(entry.strip() for entry in entries.values())


def test_every_error_has_its_sentence_and_its_remedy():
    codes = used_errors()
    assert len(codes) > 30
    for code, given in codes.items():
        for kind in ("message", "hint"):
            key = f"error.{code}.{kind}"
            assert key in catalogue("en"), key
            missing = set(placeholders(catalogue("en")[key])) - given
            assert not missing, f"{key} names {missing}, which the code does not always give"


@pytest.mark.parametrize("language", LANGUAGES)
def test_remedies_in_the_window_name_no_command_and_ask_for_nothing_more(language: Language):
    entries = catalogue(language)
    remedies = {
        key: entry for key, entry in entries.items() if re.match(r"error\..*\.window$", key)
    }
    assert len(remedies) > 10
    for key, entry in remedies.items():
        code = key.removesuffix(".window")
        assert re.search("--|raise-finetune|RAISE_", entry) is None, key
        given = {*placeholders(entries[f"{code}.message"]), *placeholders(entries[f"{code}.hint"])}
        assert set(placeholders(entry)) <= given, key


def test_no_error_has_words_that_nobody_says():
    said = {key.split(".")[1] for key in catalogue("en") if key.startswith("error.")}
    unused = said - used_errors().keys() - literals(r"[a-z_]+")
    assert unused == set()


def test_every_fate_has_words():
    for fate in get_args(Fate):
        assert f"fate.{fate}" in catalogue("en")
    assert {key for key in catalogue("en") if key.startswith("fate.")} == {
        f"fate.{fate}" for fate in get_args(Fate)
    }


def test_every_notice_has_words():
    codes = {
        constant(keyword.value): [
            key.value
            for parameter in call.keywords
            if parameter.arg == "params" and isinstance(parameter.value, ast.Dict)
            for key in parameter.value.keys
            if isinstance(key, ast.Constant)
        ]
        for name, call in calls()
        if name == "Notice"
        for keyword in call.keywords
        if keyword.arg == "code"
    }
    assert set(codes) == {
        key.removeprefix("notice.") for key in catalogue("en") if key.startswith("notice.")
    }
    for code, given in codes.items():
        assert placeholders(catalogue("en")[f"notice.{code}"]) == sorted(map(str, given))


def test_every_repair_has_words():
    repairs = {
        code
        for name, call in calls()
        if name == "append" and isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name) and call.func.value.id == "repairs"
        and (code := constant(call.args[0])) is not None
    }  # fmt: skip
    assert repairs >= {"prompt_leak_cut", "questions_joined", "earlier_questions_left_out"}
    rejected = {"no_question", "empty_question", "empty_answer", "system_feedback", "prompt_leak"}
    for repair in (*repairs, *(f"left_out_{fate}" for fate in rejected)):
        assert f"repair.{repair}" in catalogue("en"), repair


def test_every_rule_of_masking_has_a_name():
    own_list = KnownValues(((FindingType.PRIVATE, "Zephyr"),))
    rules = {rule.name for rule in (*RULES, *own_list.rules())}
    rules |= {f"model-{kind}" for kind in get_args(EntityKind)}
    named = {key for key in catalogue("en") if key.startswith("rule.")}
    assert {f"rule.{rule}" for rule in rules} - named == set(), "give them a name in locales/*.json"
    assert named - {f"rule.{rule}" for rule in rules} == set(), "no such rules: remove their names"


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_of_rules_are_short_and_each_its_own(language: Language):
    names = [entry for key, entry in catalogue(language).items() if key.startswith("rule.")]
    assert [name for name in names if len(name) > 60] == []
    assert [name for name, count in Counter(names).items() if count > 1] == []


def test_every_stage_of_a_long_task_has_words():
    assert {key for key in catalogue("en") if key.startswith("progress.")} == {
        f"progress.{stage}" for stage in get_args(Stage)
    }


def test_every_text_asked_for_by_name_is_there():
    for name, call in calls():
        key = constant(call.args[0]) if name == "text" and call.args else None
        if key is not None and "." in key:
            assert key in catalogue("en"), key
    for command in COMMANDS:
        assert f"cli.{command.replace(' ', '_')}.help" in catalogue("en")


def test_a_missing_text_is_a_defect():
    with pytest.raises(KeyError):
        text("nope", "en")
    with pytest.raises(KeyError):
        text("error.root_missing.message", "en")
    assert text("error.recipe_invalid.message", "en", path="p", key="k", reason="r") == (
        "“k” in p is not valid: r."
    )


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"RAISE_LANG": "fr", "LANG": "en_US.UTF-8"}, "fr"),
        ({"RAISE_LANG": "EN", "LANG": "fr_FR.UTF-8"}, "en"),
        ({"RAISE_LANG": "de", "LC_ALL": "fr_FR.UTF-8"}, "fr"),
        ({"LC_ALL": "en_GB", "LANG": "fr_FR"}, "en"),
        ({"LC_MESSAGES": "fr_CA.UTF-8", "LANG": "en_US"}, "fr"),
        ({"LC_ALL": "C", "LANG": "fr_FR.UTF-8"}, "en"),
        ({"LC_ALL": "", "LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr"}, "fr"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_the_users_language(
    environment: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
):
    for name in ("RAISE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("raise_finetune.messages.locale.getlocale", lambda: (None, None))
    assert system_language() == language


@pytest.mark.parametrize(
    ("language", "rows", "words"),
    [
        ("en", 0, "Wrote 0 rows to /x"),
        ("en", 1, "Wrote 1 row to /x"),
        ("en", 2, "Wrote 2 rows to /x"),
        ("fr", 0, "0 ligne écrite dans /x"),
        ("fr", 1, "1 ligne écrite dans /x"),
        ("fr", 2, "2 lignes écrites dans /x"),
    ],
)
def test_a_word_goes_with_its_number(language: Language, rows: int, words: str):
    assert text("cli.export.done", language, rows=rows, output="/x") == words


def test_errors_speak_both_languages():
    error = BadInputError("root_missing", path="/x")
    assert error.message("fr") == "Le dossier de données /x n’existe pas."
    assert error.hint("en") == (
        "Name the folder with --root or PATH_RAISE_DOMAIN, or choose it in the window."
    )
    assert (error.code, error.params) == ("root_missing", {"path": "/x"})
    assert CancelledError().message("en") == "Stopped at your request."


def test_french_follows_french_typography() -> None:
    wrong = re.compile(r"[^\u00a0][;?!»]|[^\u00a0\d/]:(?!//)|«[^\u00a0]|'")
    words = {key: re.sub(r"\{\w+:", "{", entry) for key, entry in catalogue("fr").items()}
    assert {key: entry for key, entry in words.items() if wrong.search(entry)} == {}
