"""The recipe: what may be chosen, and a file that explains itself."""

import re
import tomllib
from contextlib import suppress
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from raise_finetune.dataset.prompts import profile_names
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.recipe_file import (
    format_recipe,
    parse_recipe,
    read_recipe,
    recipe_from,
)
from raise_finetune.dataset.templates import TEMPLATE_FIELDS, default_templates
from raise_finetune.errors import BadInputError
from raise_finetune.messages import LANGUAGES, Language

BRACE_ALONE = (
    "a brace stands alone in it; fields are written {text}, and a brace that is meant as text is "
    "doubled: {{"
)
UNKNOWN = "unknown placeholder {%s}; known: " + ", ".join(sorted(TEMPLATE_FIELDS))
NAME_ALONE = "a placeholder is a name alone: {text}"
ARTICLE = "[templates.article.fr]\n"
ANSWER = "templates.article.fr.answer"


def refusal(content: str) -> BadInputError:
    with pytest.raises(BadInputError) as caught:
        parse_recipe(content, "r.toml")
    return caught.value


def test_the_defaults():
    assert parse_recipe("", "r") == ExportRecipe()
    values = ExportRecipe().model_dump(mode="json", by_alias=False)
    assert values.pop("templates") == default_templates()
    leak_markers = values["examples"].pop("leak_markers")
    assert all(marker.startswith("### ") for marker in leak_markers)
    assert values == {
        "version": 1,
        "source": {
            "spaces": [],
            "databases": [],
            "collections": [],
            "chats": True,
            "documentation": True,
            "article_statuses": ["published"],
        },
        "rating": {
            "minimum": 4.0,
            "bad_maximum": 2.0,
            "include_unrated": False,
            "paths": ["x_rating", "rating", "metadata.rating", "meta.rating"],
            "thumbs_paths": ["x_thumbs", "thumbs", "metadata.thumbs", "meta.thumbs"],
        },
        "filter": {"tags": [], "exclude_tags": [], "since": "", "until": "", "languages": []},
        "examples": {
            "unit": "answer",
            "context_exchanges": 32,
            "system_prompts": "keep",
            "doubled_questions": "last",
            "prompt_leaks": "cut",
        },
        "quality": {
            "length_unit": "words",
            "min_question": 0,
            "max_question": 0,
            "min_answer": 0,
            "max_answer": 0,
            "repeated_questions": "drop",
            "refusals": "keep",
            "mixed_languages": "keep",
            "max_repetition": 1.0,
        },
        "sanitize": {
            "enabled": True,
            "actions": {},
            "allow": [],
            "numbering": "conversation",
            "surrogates": False,
            "ner_model": "",
            "ner_kinds": ["person"],
        },
        "dedup": {"near": "drop", "threshold": 0.7},
        "output": {
            "task": "sft",
            "profile": "inst",
            "control_tokens": "neutralise",
            "val_fraction": 0.1,
            "test_fraction": 0.0,
            "split_by": "conversation",
            "stratify": [],
            "seed": 42,
            "also_profiles": [],
            "formats": ["jsonl"],
            "shard_megabytes": 0,
        },
        "tokens": {"tokenizer": "", "max_length": 1024, "counting": "sample"},
    }


@pytest.mark.parametrize(
    ("content", "key", "reason"),
    [
        ("nope = 1", "nope", "there is no such key"),
        ("version = 2", "version", "it must be 1"),
        ("[rating]\nminimum = 0", "rating.minimum", "it must be at least 1"),
        ("[rating]\nminimum = 6", "rating.minimum", "it must be at most 5"),
        ("[rating]\nminimum = nan", "rating.minimum", "it must be at most 5"),
        (
            "[rating]\nminimum = 'x'",
            "rating.minimum",
            "it must be a number",
        ),
        ("[rating]\nstars = 3", "rating.stars", "there is no such key"),
        (
            "[rating]\nminimun = 3",
            "rating.minimun",
            "there is no such key; the most similar one is “minimum”",
        ),
        ("[ratings]", "ratings", "there is no such key; the most similar one is “rating”"),
        (
            "[templates.artikle.fr]\nanswer = 'x'",
            "templates.artikle",
            "there is no such key; the most similar one is “article”",
        ),
        ("[rating]\npaths = 'rating'", "rating.paths", "it must be a list"),
        ("[rating]\npaths = [1]", "rating.paths.0", "it must be text"),
        (
            "[filter]\nsince = '2026-02-30'",
            "filter.since",
            "“2026-02-30” is no day; write it like 2026-01-31",
        ),
        ("[filter]\nuntil = 'soon'", "filter.until", "“soon” is no day; write it like 2026-01-31"),
        ("[filter]\nlanguages = ['de']", "filter.languages.0", "it must be 'fr' or 'en'"),
        (
            "[examples]\nunit = 'turn'",
            "examples.unit",
            "it must be 'answer' or 'conversation'",
        ),
        (
            "[examples]\ncontext_exchanges = -1",
            "examples.context_exchanges",
            "it must be at least 0",
        ),
        (
            "[output]\nprofile = 'x'",
            "output.profile",
            f"there is no profile “x”; known: {', '.join([*profile_names(), 'template:PATH'])}",
        ),
        ("[output]\nval_fraction = 1.0", "output.val_fraction", "it must be less than 1"),
        (
            "[output]\nval_fraction = -0.1",
            "output.val_fraction",
            "it must be at least 0",
        ),
        (
            "[output]\nval_fraction = 0.5\ntest_fraction = 0.5",
            "output",
            "val_fraction and test_fraction must add up to less than 1",
        ),
        ("[output]\nseed = -1", "output.seed", "it must be at least 0"),
        (
            "[output]\nseed = 9223372036854775808",
            "output.seed",
            "it must be less than 9223372036854775808",
        ),
        (
            "[output]\nseed = 1.5",
            "output.seed",
            "it must be a whole number",
        ),
        ("source = 1", "source", "it must be a table of keys and values"),
        (
            "[templates.article.de]\nanswer = 'x'",
            "templates.article.de",
            "the key must be 'fr' or 'en'",
        ),
        (
            "[sanitize.actions]\nnames = 'mask'",
            "sanitize.actions.names",
            "the key must be 'secret', 'credentials', 'password', 'email', 'iban', 'card', 'nir', "
            "'siret', 'siren', 'id_document', 'plate', 'phone', 'ip', 'mac', 'user', 'address', "
            "'birth_date', 'private', 'host' or 'person'",
        ),
        (
            ARTICLE + "questions = []",
            "templates.article.fr.questions",
            "it must hold at least 1 value",
        ),
        ("[templates.poem.fr]\nanswer = 'x'", "templates.poem", "there is no such key"),
        (ARTICLE + "answer = '{nope}'", ANSWER, UNKNOWN % "nope"),
        (ARTICLE + "answer = '{}'", ANSWER, UNKNOWN % ""),
        (ARTICLE + "answer = '{text.x}'", ANSWER, UNKNOWN % "text.x"),
        (ARTICLE + "answer = '{text:>9}'", ANSWER, NAME_ALONE),
        (ARTICLE + "answer = '{text!r}'", ANSWER, NAME_ALONE),
        (ARTICLE + "answer = '{text'", ANSWER, BRACE_ALONE),
        (ARTICLE + "answer = 'a } b'", ANSWER, BRACE_ALONE),
        (
            "[quality]\nmin_answer = 99999999999999999999",
            "quality.min_answer",
            "it must be at most 1000000000",
        ),
        (
            "[filter]\nsince = '2026-05-01'\nuntil = 2026-04-30",
            "filter",
            "since (2026-05-01) is beyond until (2026-04-30): nothing lies between them",
        ),
        (
            "[quality]\nmin_question = 9\nmax_question = 8",
            "quality",
            "min_question (9) is beyond max_question (8): nothing lies between them",
        ),
        (
            "[quality]\nmin_answer = 9\nmax_answer = 8",
            "quality",
            "min_answer (9) is beyond max_answer (8): nothing lies between them",
        ),
        ("[templates]\narticle = 5", "templates.article", "it must be a table of keys and values"),
        (
            "templates = 5",
            "templates",
            "it must be a table of keys and values",
        ),
    ],
)
def test_a_wrong_value_is_refused_by_its_key(content: str, key: str, reason: str):
    error = refusal(content)
    assert (error.code, error.params["key"]) == ("recipe_invalid", key)
    assert str(error.params["reason"]) == reason
    assert error.message("en") == (f"“{key}” in r.toml is not valid: {error.params['reason']}.")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("nope = 1", "cette clé n’existe pas"),
        ("[rating]\nminimum = 6", "la valeur doit valoir au plus 5"),
        ("[rating]\nminimum = 'x'", "ce doit être un nombre, avec un point pour les décimales"),
        ("[dedup]\nnear = 'x'", "la valeur doit être 'drop', 'keep' ou 'off'"),
        ("[output]\nformats = []", "il y faut au moins 1 valeur"),
        ("[filter]\nuntil = 'soon'", "« soon » n’est pas un jour ; écrivez-le comme 2026-01-31"),
        (
            "[output]\ntask = 'kto'\nprofile = 'alpaca'",
            "le profil alpaca n’a pas de forme pour kto",
        ),
    ],
)
def test_a_refusal_is_in_the_users_language_to_its_last_word(content: str, reason: str):
    said = refusal(content).message("fr").replace("\u00a0", " ")
    assert said.partition(" : ")[2] == f"{reason}."


@pytest.mark.parametrize(
    "content",
    ["[", "a", "a = ", "a = 1\na = 2", "a = '\x01'", "a = " + "[" * 10_000, "a = " + "9" * 10_000],
)
def test_what_is_no_toml(content: str):
    error = refusal(content)
    assert error.code == "recipe_not_toml"
    assert error.message("fr").startswith("La recette r.toml ")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("a = 1\nb c = 2", "ligne 2, colonne 3"),
        ("a = ", "il s’arrête au milieu d’une valeur"),
        ("a = 1\na = 2", "ligne 2, colonne 6 : cette clé ou cette section y est déjà"),
        ("[a]\n[a]", "ligne 2, colonne 3 : cette clé ou cette section y est déjà"),
        ("a = " + "[" * 10_000, "il est imbriqué trop profondément"),
    ],
)
def test_where_toml_is_wrong_is_said_in_the_users_language(content: str, reason: str):
    said = refusal(content).message("fr").replace("\u00a0", " ")
    assert said == f"La recette r.toml n’est pas du TOML valide : {reason}."


@given(st.text(max_size=60))
def test_any_text_is_a_recipe_or_a_clear_refusal(content: str):
    with suppress(BadInputError):
        assert isinstance(parse_recipe(content, "r"), ExportRecipe)


def test_toml_has_dates_of_its_own():
    filters = parse_recipe("[filter]\nsince = 2026-01-02\nuntil = '20260103'", "r").filter
    assert (filters.since, filters.until) == ("2026-01-02", "2026-01-03")
    assert ExportRecipe.model_validate({"filter": {"since": date(2026, 1, 2)}}).filter.since == (
        "2026-01-02"
    )
    with pytest.raises(ValidationError):
        ExportRecipe.model_validate({"filter": {"since": datetime(2026, 1, 2)}})


@pytest.mark.parametrize(
    ("section", "key"), [("source", "spaces"), ("rating", "paths"), ("sanitize", "allow")]
)
def test_no_recipe_holds_what_no_file_can(section: str, key: str):
    with pytest.raises(ValidationError) as caught:
        ExportRecipe.model_validate({section: {key: ["\ud800"]}})
    (error,) = caught.value.errors()
    assert (error["loc"], error["type"]) == ((section, key, 0), "string_unicode")


def test_a_recipe_names_only_what_it_changes():
    recipe = parse_recipe('[templates.article.fr]\nanswer = "Voici : {text}"', "r")
    defaults = ExportRecipe().templates
    assert recipe.templates.article["fr"].answer == "Voici : {text}"
    assert recipe.templates.article["fr"].questions == defaults.article["fr"].questions
    assert recipe.templates.article["en"] == defaults.article["en"]
    assert recipe.templates.chunk == defaults.chunk


def test_wrong_values_from_the_command_line_are_named_too():
    with pytest.raises(BadInputError) as caught:
        recipe_from({"output": {"seed": "x"}}, "command line")
    assert caught.value.params["path"] == "command line"
    assert caught.value.params["key"] == "output.seed"
    with pytest.raises(BadInputError) as caught:
        recipe_from([], "r")
    assert caught.value.params["key"] == "recipe"


def test_recipe_files(tmp_path: Path):
    path = tmp_path / "r.toml"
    path.write_text("﻿[output]\r\nseed = 7\r\n", "utf-8")
    assert read_recipe(path).output.seed == 7
    path.write_bytes(b"\xff")
    for unreadable in (path, tmp_path, tmp_path / "none.toml", path / "x.toml"):
        with pytest.raises(BadInputError) as caught:
            read_recipe(unreadable)
        assert caught.value.code == "recipe_unreadable"
        assert str(unreadable) in caught.value.message("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_of_the_file_is_explained(language: Language):
    lines = format_recipe(ExportRecipe(), language).splitlines()
    plain = "\n".join(lines).partition("\n[templates")[0].splitlines()
    for before, line in pairwise(plain):
        if re.match(r"\w+ =", line):
            assert before.startswith("# "), line


def test_the_file_speaks_the_users_language(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("RAISE_LANG", "fr")
    french = format_recipe(ExportRecipe())
    assert french.startswith("# Recette d’export")
    assert format_recipe(ExportRecipe(), "en").startswith("# Export recipe")
    assert parse_recipe(french, "r") == ExportRecipe()


words = st.text(max_size=8)
lists = st.lists(words, max_size=3).map(tuple)
fractions = st.floats(0, 0.49)
templates = st.one_of(
    st.text(st.characters(exclude_characters="{}"), max_size=8), st.just("{{x}} {text}")
)
days = st.one_of(st.just(""), st.dates().map(date.isoformat))
recipes: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {},
    optional={
        "source": st.fixed_dictionaries(
            {}, optional={"spaces": lists, "collections": lists, "chats": st.booleans()}
        ),
        "rating": st.fixed_dictionaries(
            {}, optional={"minimum": st.floats(1, 5), "paths": lists, "thumbs_paths": lists}
        ),
        "filter": st.fixed_dictionaries(
            {}, optional={"tags": lists, "since": days, "languages": st.just(("fr",))}
        ),
        "examples": st.fixed_dictionaries(
            {}, optional={"leak_markers": lists, "context_exchanges": st.integers(0, 1000)}
        ),
        "output": st.fixed_dictionaries(
            {},
            optional={
                "val_fraction": fractions,
                "test_fraction": fractions,
                "seed": st.integers(0, 2**63 - 1),
            },
        ),
        "templates": st.fixed_dictionaries(
            {},
            optional={
                "chunk": st.fixed_dictionaries(
                    {},
                    optional={
                        "en": st.fixed_dictionaries(
                            {
                                "questions": st.lists(templates, min_size=1, max_size=3),
                                "answer": templates,
                            }
                        )
                    },
                )
            },
        ),
    },
)


@given(recipes, st.sampled_from(LANGUAGES))
def test_a_recipe_survives_its_file(values: dict[str, Any], language: Language):
    recipe = ExportRecipe.model_validate(values)
    written = format_recipe(recipe, language)
    assert parse_recipe(written, "r") == recipe
    assert ExportRecipe.model_validate(tomllib.loads(written)) == recipe


def test_a_recipe_survives_ipc():
    recipe = ExportRecipe.model_validate({"rating": {"includeUnrated": True}})
    assert recipe.rating.include_unrated is True
    assert ExportRecipe.model_validate_json(recipe.model_dump_json()) == recipe
    assert "includeUnrated" in recipe.model_dump_json()
