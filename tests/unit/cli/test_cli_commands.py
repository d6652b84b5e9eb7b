"""Each command as a process: what it prints, where, and with which exit code."""

import os
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import orjson
import pytest
from typer.testing import CliRunner

from domains.process import COMMAND, complaint, run
from domains.tree import Tree, exchange, snapshot
from raise_finetune.cli.application import app
from raise_finetune.cli.commands import COMMANDS
from raise_finetune.cli.rate import Said, store_rating
from raise_finetune.commands.settings import AppSettings, write_settings
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.recipe_file import parse_recipe, read_recipe
from raise_finetune.dataset.report import ExportReport
from raise_finetune.dataset.sources.judgements import Judgement, feedback_on, rate
from raise_finetune.storage.engine import StorageEngine
from raise_finetune.storage.locking import writing_lock
from raise_finetune.version import __version__

LINE = b'{"text":"<s>[INST] q [/INST] a </s>"}\n'


@pytest.fixture
def root(tree: Tree) -> Path:
    tree.conversation("c", *exchange("q", "a", rating=5), updatedAt="2026-01-01T00:00:00Z")
    return tree.root


# Wrong use


@pytest.mark.parametrize(
    "arguments",
    [
        ["nope"],
        ["export"],
        ["export", "x", "y"],
        ["export", "x", "--nope"],
        ["export", "x", "--seed", "many"],
        ["demo"],
        ["demo", "x", "--conversations", "-1"],
        ["serve", "--port", "65536"],
        ["rate"],
        ["recipe", "--write"],
    ],
)
def test_wrong_use_is_2(arguments: list[str]):
    done = run(*arguments)
    assert done.returncode == 2
    assert complaint(done)


def test_the_version():
    done = run("--version")
    assert (done.returncode, done.stdout) == (0, f"raise-finetune {__version__}\n")


def test_the_list_of_commands_cuts_no_sentence_off():
    done = run("-h")
    assert done.returncode == 0
    assert "..." not in done.stdout.replace("[ARGS]...", "")
    assert all(f"\n  {name.split()[0]} " in done.stdout for name in COMMANDS)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str, language: str):
    done = run(*name.split(), "--help", environment={"RAISE_LANG": language})
    assert (done.returncode, done.stderr) == (0, "")
    usage, shown = {
        "en": ("Usage:", "Show this message and exit."),
        "fr": ("Usage\u00a0:", "Afficher cette aide et quitter."),
    }[language]
    assert done.stdout.startswith(f"{usage} raise-finetune {name} ")
    assert done.stdout.rpartition("--help")[2].strip() == shown


def test_the_help_in_french_holds_no_word_of_the_parsers_english():
    done = run("demo", "-h", environment={"RAISE_LANG": "fr", "COLUMNS": "80"})
    assert done.stdout == (
        "Usage\u00a0: raise-finetune demo [OPTIONS] {DIR}\n"
        "\n"
        "  Écrire un dossier de données de démonstration pour tout essayer.\n"
        "\n"
        "Arguments\u00a0:\n"
        "  DIR <Path>  Dossier à écrire\u00a0; nouveau, vide, ou une démonstration\n"
        "              précédente.  [obligatoire]\n"
        "\n"
        "Options\u00a0:\n"
        "  --conversations N  Nombre de conversations à écrire.  [par défaut\u00a0: 200;\n"
        "                     x>=0]\n"
        "  --seed N           La même graine donne les mêmes octets.  [par défaut\u00a0: 0;\n"
        "                     x>=0]\n"
        "  --json             Afficher le résultat en JSON et rien d’autre.\n"
        "  -h, --help         Afficher cette aide et quitter.\n"
    )
    for words in ([], ["adapter"], ["runs"]):
        done = run(*words, environment={"RAISE_LANG": "fr"})
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith(f"Usage\u00a0: {' '.join(['raise-finetune', *words])} ")
        assert "\nCommandes\u00a0:\n" in done.stderr


def test_the_help_speaks_the_users_language():
    french = run("--help", environment={"RAISE_LANG": "fr"}).stdout
    english = run("--help", environment={"RAISE_LANG": "en"}).stdout
    assert french != english
    for name in COMMANDS:
        first = name.split()[0]
        assert f"  {first} " in french
        assert f"  {first} " in english
    system = {"RAISE_LANG": "", "LC_ALL": "fr_FR.UTF-8"}
    assert run("--help", environment=system).stdout == french
    other = {"RAISE_LANG": "de", "LC_ALL": "C", "LC_MESSAGES": "", "LANG": ""}
    assert run("--help", environment=other).stdout == english


def test_without_a_command_the_help():
    assert run().returncode == 2


# Export


def test_export_prints_what_happened(root: Path, tmp_path: Path):
    done = run("export", tmp_path / "x.jsonl", "--root", root)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "x.jsonl").read_bytes() == LINE
    assert done.stdout.splitlines() == [
        "Read 1 documents holding 1 records:",
        " Exported  1 ",
        f"Wrote 1 row to {tmp_path}/x.jsonl",
        f"  {tmp_path}/x.jsonl: 1 row, 38 bytes",
        f'Load it with: load_dataset("json", data_files="{tmp_path}/x.jsonl")',
    ]


def test_export_in_french(root: Path, tmp_path: Path):
    done = run("export", tmp_path / "x", "--root", root, "--val-fraction", "0",
               environment={"RAISE_LANG": "fr"})  # fmt: skip
    assert done.stdout.splitlines() == [
        "Documents lus\u00a0: 1\u00a0; enregistrements\u00a0: 1",
        " Exportés  1 ",
        f"1 ligne écrite dans {tmp_path}/x",
        "  data/train.jsonl\u00a0: 1 ligne, 38 octets",
        f'Pour le charger\u00a0: load_dataset("{tmp_path}/x")',
    ]


@pytest.mark.parametrize("name", ["x.jsonl", "x"])
def test_json_is_the_report_and_nothing_else(root: Path, tmp_path: Path, name: str):
    sides = [] if name.endswith(".jsonl") else ["--val-fraction", "0.001"]
    done = run("export", tmp_path / name, "--root", root, "--json", *sides)
    assert (done.returncode, done.stderr) == (0, "")
    report = ExportReport.model_validate_json(done.stdout)
    assert report.rows == 1
    assert report.output == str(tmp_path / name)
    if name == "x":
        written = (tmp_path / "x/.raise/report.json").read_bytes()
        assert written == report.model_copy(update={"output": "x"}).to_json()


def test_json_says_nothing_when_it_fails(root: Path, tmp_path: Path):
    done = run("export", tmp_path / "x", "--root", root, "--json", "--min-rating", "9")
    assert done.returncode == 2
    assert complaint(done) == "The value of --min-rating cannot be used: it must be at most 5."
    assert not (tmp_path / "x").exists()


def test_options_without_effect_are_told(root: Path, tmp_path: Path):
    done = run("export", tmp_path / "x.jsonl", "--root", root, "--max-length", "64",
               "--count-all-tokens", "--val-fraction", "0.2", "--test-fraction", "0")  # fmt: skip
    assert (done.returncode, done.stderr.splitlines()) == (
        0,
        [
            "Warning: --max-length does nothing without --tokenizer.",
            "Warning: --count-all-tokens does nothing without --tokenizer.",
            "Warning: --val-fraction does nothing here: one file has no splits. "
            "Name a dataset folder instead.",
        ],
    )
    done = run("export", tmp_path / "x", "--root", root, "--max-length", "64", "--tokenizer",
               "mistral-v3", "--count-all-tokens", "--val-fraction", "0.2")  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


def test_a_relative_output_lies_under_the_training_folder(root: Path):
    done = run("export", "x.jsonl", "--root", root, "--json")
    home = Path(os.environ["PATH_RAISE_DATASET"])
    assert ExportReport.model_validate_json(done.stdout).output == str(home / "training/x.jsonl")


def test_the_root_comes_from_the_environment(root: Path, tmp_path: Path):
    done = run("export", tmp_path / "x.jsonl", environment={"PATH_RAISE_DOMAIN": str(root)})
    assert done.returncode == 0
    home = Path(os.environ["HOME"])
    done = run("export", tmp_path / "y.jsonl", environment={"PATH_RAISE_DOMAIN": ""})
    assert complaint(done) == f"The data folder {home}/raise_domain does not exist."


OPTIONS = {
    "--min-rating 5": {"rating": {"minimum": 5.0}},
    "--include-unrated": {"rating": {"include_unrated": True}},
    "--rated-only": {"rating": {"include_unrated": False}},
    "--documentation": {"source": {"documentation": True}},
    "--no-documentation": {"source": {"documentation": False}},
    "--val-fraction 0.25": {"output": {"val_fraction": 0.25}},
    "--test-fraction 0.3": {"output": {"test_fraction": 0.3}},
    "--profile inst": {"output": {"profile": "inst"}},
    "--seed 9": {"output": {"seed": 9}},
    "--space un2": {"source": {"spaces": ["un2"], "chats": False}},
    "--db default": {"source": {"databases": ["default"], "chats": False}},
    "--space un2 --space un3": {"source": {"spaces": ["un2", "un3"], "chats": False}},
}
RECIPE = """\
[source]
documentation = false
[rating]
minimum = 2.0
include_unrated = true
[output]
val_fraction = 0.0
seed = 5
[examples]
context_exchanges = 3
"""


@pytest.mark.parametrize("with_recipe", [False, True])
@pytest.mark.parametrize("option", OPTIONS)
def test_options_override_the_recipe(tree: Tree, tmp_path: Path, option: str, *, with_recipe: bool):
    for number in range(30):
        tree.conversation(f"c{number}", *exchange(f"q{number}", "a", rating=5))
    tree.document("un3/default/c/c", messages=exchange("other", "a", rating=5))
    recipe = tmp_path / "r.toml"
    recipe.write_text(RECIPE if with_recipe else "")
    arguments = ["--root", str(tree.root), "--recipe", str(recipe), *option.split(" ")]
    done = CliRunner().invoke(app, ["export", str(tmp_path / "x"), *arguments])
    assert done.exit_code == 0, done.output
    expected = read_recipe(recipe).model_dump(by_alias=False)
    for section, keys in OPTIONS[option].items():
        expected[section].update(keys)
    written = read_recipe(tmp_path / "x/.raise/recipe.toml")
    assert written == ExportRecipe.model_validate(expected)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("[output]\nsed = 1", "“output.sed” in {path} is not valid: "),
        ("[", "The recipe {path} is not valid TOML: it ends in the middle of a value."),
        (None, "The recipe {path} cannot be read: "),
    ],
)  # fmt: skip
def test_a_wrong_recipe(root: Path, tmp_path: Path, content: str | None, sentence: str):
    path = tmp_path / "r.toml"
    if content is not None:
        path.write_text(content)
    done = run("export", tmp_path / "x", "--root", root, "--recipe", path)
    assert done.returncode == 2
    assert complaint(done).startswith(sentence.format(path=path))


def test_unknown_spaces_are_named_with_the_known_ones(root: Path, tmp_path: Path):
    done = run("export", tmp_path / "x", "--root", root, "--space", "nope",
               environment={"RAISE_LANG": "fr"})  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "Erreur\u00a0: Il n’y a pas d’espace «\u00a0nope\u00a0» dans le dossier de données.",
        "Espaces présents\u00a0: un2.",
    ]


def test_the_line_that_loads_it_is_python_whatever_the_name(root: Path, tmp_path: Path):
    target = tmp_path / 'a "b"\\new\nline'
    done = run("export", target, "--root", root, "--val-fraction", "0")
    line = done.stdout.splitlines()[-1].removeprefix("Load it with: ")
    assert eval(line, {"load_dataset": Path}) == target  # noqa: S307


def test_tables_break_no_name_where_no_terminal_is(tree: Tree):
    name = "un2/default/" + "a-very-long-name-" * 10
    tree.document(f"{name}/c", messages=exchange("q", "a"))
    narrow = run("inspect", "--root", tree.root)
    assert name not in narrow.stdout
    piped = run("inspect", "--root", tree.root, environment={"COLUMNS": ""})
    assert f"│ {name} │" in piped.stdout
    assert max(map(len, piped.stdout.splitlines())) < 300


def test_names_never_reach_the_terminal_as_commands(tree: Tree, tmp_path: Path):
    """Neither Rich markup nor control characters in a name are more than a name."""
    for name in ("[red]x", "[b]", ":smile:", "esc\x1b[31m", "new\nline"):
        tree.put(f"un2/default/collections/{name}/{name}.json", "{")
    for command in (["inspect"], ["export", tmp_path / "x", "--allow-empty"]):
        done = run(*command, "--root", tree.root)
        assert (done.returncode, done.stderr) == (0, "")
        assert "\x1b" not in done.stdout
        for shown in ("[red]x", "[b]", ":smile:", "esc\\x1b[31m", "new\\nline"):
            assert f"un2/default/{shown}/{shown}" in done.stdout


# Standard output


def test_a_reader_that_has_had_enough():
    with subprocess.Popen(
        [COMMAND, "recipe"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


@pytest.mark.parametrize("arguments", [["recipe"], ["inspect"], ["inspect", "--json"]])
def test_standard_output_on_a_full_disk(root: Path, arguments: list[str]):
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [COMMAND, *arguments],
            stdout=full,
            stderr=subprocess.PIPE,
            env={**os.environ, "PATH_RAISE_DOMAIN": str(root)},
            check=False,
        )
    assert done.returncode == 1
    assert (
        done.stderr.decode().splitlines()[0] == "Error: The disk is full: stdout was not written."
    )


def test_a_terminal_without_accents(tree: Tree):
    tree.document("un2/default/données/é", name="É", description="é")
    poor = {"PYTHONIOENCODING": "ascii", "RAISE_LANG": "fr"}
    done = run("inspect", "--root", tree.root, environment=poor)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Dossier de donn?es ")
    done = run("inspect", "--root", tree.root, "--json", environment=poor)
    assert orjson.loads(done.stdout)["folders"][0]["name"] == "un2/default/données"


# Inspect, rate, recipe, demo


def test_the_option_goes_before_the_environment_and_that_before_what_the_window_chose(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    home = tmp_path / "home"
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("RAISE_FINETUNE_CONFIG", str(tmp_path / "config"))
    monkeypatch.delenv("PATH_RAISE_DOMAIN", raising=False)
    for name in ("option", "environment", "chosen", "home/raise_domain"):
        Tree(tmp_path / name).conversation("c", *exchange(name, "a", rating=5))

    def read(*options: str | Path) -> list[str]:
        done = run("inspect", "--json", *options)
        assert done.returncode == 0, done.stderr
        output = tmp_path / "rows.jsonl"
        assert run("export", output, *options).returncode == 0
        question = output.read_text().split("[INST] ")[1].split(" [/INST]")[0]
        return [orjson.loads(done.stdout)["root"], question]

    standard = str(home / "raise_domain")
    assert read() == [standard, "home/raise_domain"]
    write_settings(AppSettings(data_folder=str(tmp_path / "chosen")))
    assert read() == [str(tmp_path / "chosen"), "chosen"]
    monkeypatch.setenv("PATH_RAISE_DOMAIN", str(tmp_path / "environment"))
    assert read() == [str(tmp_path / "environment"), "environment"]
    named = read("--root", tmp_path / "option")
    assert named == [str(tmp_path / "option"), "option"]
    # Settings that cannot be read are no reason to take another folder in silence.
    (tmp_path / "config/settings.json").unlink()
    (tmp_path / "config/settings.json").mkdir()
    assert read() == [str(tmp_path / "environment"), "environment"]
    monkeypatch.delenv("PATH_RAISE_DOMAIN")
    refused = run("inspect")
    assert refused.returncode == 1
    assert complaint(refused).startswith(f"The settings in “{tmp_path}/config/settings.json")
    assert read("--root", tmp_path / "option") == named


def test_inspect(tree: Tree, root: Path):
    tree.put("un2/default/collections/conversations/broken.json", "{")
    tree.put("un2/default/wal/1.json", {"operations": []})
    done = run("inspect", "--root", root)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-3:] == [
        "Ratings in the data: 5★ 1; given in this application: 0",
        "Unfinished transaction of the application: un2/default/wal/1.json",
        "  un2/default/conversations/broken: Damaged JSON (line 1, column 2)",
    ]
    os.mkfifo(tree.root / "un2/default/collections/conversations/pipe.json")
    with (tree.root / "un2/default/collections/conversations/huge.json").open("wb") as huge:
        huge.truncate(100_000_000)
    french = run("inspect", "--root", root, environment={"RAISE_LANG": "fr"}).stdout
    assert french.splitlines()[-3:] == [
        "  un2/default/conversations/broken\u00a0: JSON endommagé (ligne 1, colonne 2)",
        "  un2/default/conversations/huge\u00a0: Trop volumineux (100\u202f000\u202f000 octets)",
        "  un2/default/conversations/pipe\u00a0: Illisibles (ce n’est pas un fichier ordinaire)",
    ]
    for name in ("pipe", "huge"):
        (tree.root / f"un2/default/collections/conversations/{name}.json").unlink()
    summary = orjson.loads(run("inspect", "--root", root, "--json").stdout)
    assert summary["root"] == str(root)
    assert summary["folders"] == [
        {
            "name": "un2/default/conversations",
            "documents": 2,
            "answers": 1,
            "rated_answers": 1,
            "kinds": {"conversation": 1, "problem": 1},
        }
    ]


def test_a_folder_without_data_is_told(tmp_path: Path):
    root = tmp_path / "empty"
    root.mkdir()
    done = run("inspect", "--root", root)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        f"There is no RAISE data in {root}. The data folder is the one that holds spaces, such as "
        "un2, and the folder chats.\n"
    )
    done = run("export", tmp_path / "x", "--root", root)
    assert complaint(done) == f"There is no record in {root}, so nothing was written."


def test_inspect_changes_nothing(root: Path):
    before = snapshot(root)
    run("inspect", "--root", root)
    assert snapshot(root) == before


def test_rate_and_take_it_away(tree: Tree, tmp_path: Path):
    tree.put("chats/main_session.json", {"history": exchange("q", "a")})
    here = ["--root", tree.root, "--chat", "main_session", "--message", "1"]
    done = run("rate", *here, "--rating", "2", "--correction", "better", "--note", "n")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "Rated message 1 of chats/main_session: 2\n"
    done = run("export", tmp_path / "x.jsonl", "--root", tree.root, "--json")
    assert (tmp_path / "x.jsonl").read_bytes() == LINE.replace(b"] a", b"] better")
    done = run("rate", *here, "--remove")
    assert done.stdout == "Removed the rating of message 1 of chats/main_session\n"
    done = run("rate", *here, "--remove", "--json")
    assert orjson.loads(done.stdout) == {
        "target": "chats/main_session",
        "message_index": 1,
        "removed": False,
    }
    assert run("rate", *here, "--remove").stdout == (
        "Message 1 of chats/main_session had no rating given here\n"
    )


def test_rate_as_json(root: Path):
    target = "un2/default/conversations/c"
    here = ["--root", root, "--document", target, "--message", "1", "--json"]
    done = run("rate", *here, "--rating", "4.5", "--tag", "a", "--tag", "b")
    stored = orjson.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(stored.pop("answer_hash")) == 32
    assert stored == {
        "target": target,
        "message_index": 1,
        "rating": 4.5,
        "correction": "",
        "tags": ["a", "b"],
        "note": "",
    }


def test_another_rating_leaves_what_else_was_said_of_the_answer(root: Path):
    here = ("--root", root, "--document", "un2/default/conversations/c", "--message", "1")

    def say(*said: str) -> tuple[float, str, list[str], str]:
        done = run("rate", *here, *said, "--json")
        assert done.returncode == 0, done.stderr
        stored = orjson.loads(done.stdout)
        return stored["rating"], stored["correction"], stored["tags"], stored["note"]

    refused = run("rate", *here, "--correction", "better")
    assert (refused.returncode, complaint(refused)) == (2, "No rating was given.")
    said = ("--rating", "2", "--correction", "better", "--tag", "a", "--tag", "b", "--note", "n")
    assert say(*said) == (2.0, "better", ["a", "b"], "n")
    assert say("--rating", "4") == (4.0, "better", ["a", "b"], "n")
    assert say("--correction", "best") == (4.0, "best", ["a", "b"], "n")
    assert say("--tag", "c", "--note", "") == (4.0, "best", ["c"], "")
    assert say("--tag", "", "--correction", "") == (4.0, "", [], "")


def test_two_who_speak_of_an_answer_at_once_are_both_heard(root: Path):
    record = "un2/default/conversations/c"
    engine = StorageEngine(root)
    rate(engine, record, 1, Judgement(2))

    def say(said: Said) -> None:
        store_rating(root, record, 1, said, as_json=True)

    with ThreadPoolExecutor() as pool, writing_lock(root / "un2/finetune"):
        waiting = [
            pool.submit(say, Said(None, "better", None, None)),
            pool.submit(say, Said(None, None, None, "n")),
        ]
        time.sleep(0.5)  # until both would have read what had been said
    for each in waiting:
        each.result()
    found = feedback_on(engine, record, 1)
    assert found is not None
    assert (found.rating, found.correction, found.note) == (2.0, "better", "n")


@pytest.mark.parametrize("chat", ["main_session", "main_session.json", "chats/main_session.json"])
def test_a_chat_is_named_as_a_file_or_by_its_stem(tree: Tree, chat: str):
    tree.put("chats/main_session.json", {"history": exchange("q", "a")})
    done = run("rate", "--root", tree.root, "--chat", chat, "--message", "1", "--rating", "5")
    assert done.stdout == "Rated message 1 of chats/main_session: 5\n"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ("--message 1 --rating 5", "Name the conversation to rate, just one."),
        ("--message 1 --chat a --document b/c/d/e", "Name the conversation to rate, just one."),
        ("--message 1 --chat none --rating 5", "There is no conversation “chats/none”."),
        ("--message 1 --document x --rating 5", "“x” does not name a conversation."),
        ("--message 1 --document= --rating 5", "“” does not name a conversation."),
        ("--message 1 --document un2/default/conversations/c --rating 5 --remove",
         "A rating cannot be given and taken away at once."),
        ("--message 1 --document un2/default/conversations/c --note= --remove",
         "A rating cannot be given and taken away at once."),
        ("--message 1 --document un2/default/conversations/c", "No rating was given."),
        ("--message 1 --document un2/default/conversations/c --rating 6", "6 is not a rating."),
        ("--message 0 --document un2/default/conversations/c --rating 5",
         "Message 0 of “un2/default/conversations/c” is not an answer of the assistant."),
        ("--message 1 --document un2/default/conversations/../c --rating 5",
         "“un2/default/conversations/../c” does not name a conversation."),
    ],
)  # fmt: skip
def test_what_cannot_be_rated(root: Path, arguments: str, sentence: str):
    before = snapshot(root)
    done = run("rate", "--root", root, *arguments.split(" "))
    assert (done.returncode, complaint(done)) == (2, sentence)
    assert snapshot(root) == before


def test_recipe(tmp_path: Path):
    done = run("recipe")
    assert (done.returncode, done.stderr) == (0, "")
    assert parse_recipe(done.stdout, "r") == ExportRecipe()
    done = run("recipe", "--write", tmp_path / "r.toml", environment={"RAISE_LANG": "fr"})
    assert done.stdout == f"Recette écrite dans {tmp_path}/r.toml\n"
    assert read_recipe(tmp_path / "r.toml") == ExportRecipe()
    assert [path.name for path in tmp_path.iterdir()] == ["r.toml"]
    (tmp_path / "r.toml").write_text("mine")
    done = run("recipe", "--write", tmp_path / "r.toml")
    assert (done.returncode, complaint(done)) == (2, f"{tmp_path}/r.toml exists already.")
    assert (tmp_path / "r.toml").read_text() == "mine"
    done = run("recipe", "--write", tmp_path / "none/r.toml")
    assert done.returncode == 2
    assert complaint(done).startswith(f"The folder {tmp_path}/none does not exist")


def test_demo(tmp_path: Path):
    done = run("demo", tmp_path / "d", "--conversations", "5", "--seed", "1", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert orjson.loads(done.stdout)["conversations"] == 5
    first = snapshot(tmp_path / "d")
    done = run("demo", tmp_path / "e", "--conversations", "5", "--seed", "1")
    assert done.stdout.splitlines() == [
        f"Wrote a demo domain with 5 conversations to {tmp_path}/e",
        f"Next: raise-finetune export my_dataset --root {tmp_path}/e",
    ]
    assert snapshot(tmp_path / "e") == first
    rating = ("--chat", "main_session", "--message", "0", "--rating", "5")
    assert run("rate", *rating, "--root", tmp_path / "e").returncode == 0
    done = run("demo", tmp_path / "e", "--conversations", "6", environment={"RAISE_LANG": "fr"})
    assert done.stdout.splitlines() == [
        f"Domaine de démonstration de 6 conversations écrit dans {tmp_path}/e",
        "Conservé de la démonstration précédente\u00a0: 1 document (vos notes, ou votre liste "
        "de ce qui est à oublier).",
        f"Ensuite\u00a0: raise-finetune export mon_jeu --root {tmp_path}/e",
    ]
    done = run("demo", tmp_path / "my démo", "--conversations", "1")
    line = f"Next: raise-finetune export my_dataset --root '{tmp_path}/my démo'"
    assert done.stdout.splitlines()[1] == line
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/a.txt").touch()
    done = run("demo", tmp_path / "mine")
    assert done.returncode == 2
    assert complaint(done).startswith(f"The folder “{tmp_path}/mine” is not empty")
