"""A command that was mistyped: one sentence and a remedy, in the user's language."""

import subprocess
import sys
from pathlib import Path

import pytest

from domains.process import run
from raise_finetune.messages import Language

NOT_UNICODE = b"\xff".decode("utf-8", "surrogateescape")


@pytest.mark.parametrize(
    ("words", "english", "french"),
    [
        (
            "inspect --roo x",
            "There is no option --roo.\n"
            "Did you mean --root? “raise-finetune inspect -h” lists the options.",
            "Il n’y a pas d’option --roo.\n"
            "Vouliez-vous dire --root\u00a0? "
            "«\u00a0raise-finetune inspect -h\u00a0» liste les options.",
        ),
        (
            "inspekt",
            "There is no command “inspekt”.\n"
            "Did you mean inspect? “raise-finetune -h” lists the commands.",
            "Il n’y a pas de commande «\u00a0inspekt\u00a0».\n"
            "Vouliez-vous dire inspect\u00a0? «\u00a0raise-finetune -h\u00a0» liste les commandes.",
        ),
        (
            "runs nope",
            "There is no command “nope”.\n“raise-finetune runs -h” lists the commands.",
            "Il n’y a pas de commande «\u00a0nope\u00a0».\n"
            "«\u00a0raise-finetune runs -h\u00a0» liste les commandes.",
        ),
        (
            "runs show x --json=1",
            "The option --json takes no value.\n"
            "Write the option alone; “raise-finetune runs show -h” explains it.",
            "L’option --json ne prend pas de valeur.\n"
            "Écrivez l’option seule\u00a0; «\u00a0raise-finetune runs show -h\u00a0» l’explique.",
        ),
        (
            "inspect --root",
            "The option --root needs a value.\n"
            "Write it after the option; “raise-finetune inspect -h” explains it.",
            "L’option --root demande une valeur.\n"
            "Écrivez-la après l’option\u00a0; «\u00a0raise-finetune inspect -h\u00a0» l’explique.",
        ),
        (
            "export",
            "OUTPUT is missing.\n“raise-finetune export -h” says what belongs there.",
            "Il manque OUTPUT.\n«\u00a0raise-finetune export -h\u00a0» dit ce qui va là.",
        ),
        (
            "compare x.gguf",
            "--base is missing.\n“raise-finetune compare -h” says what belongs there.",
            "Il manque --base.\n«\u00a0raise-finetune compare -h\u00a0» dit ce qui va là.",
        ),
        (
            "serve --port 65536",
            "The value of --port cannot be used: it must be at most 65535.\n"
            "“raise-finetune serve -h” says what belongs there.",
            "La valeur de --port n’est pas utilisable\u00a0: la valeur doit valoir au plus 65535.\n"
            "«\u00a0raise-finetune serve -h\u00a0» dit ce qui va là.",
        ),
        (
            "demo x --seed 1.5",
            "The value of --seed cannot be used: it must be a whole number.\n"
            "“raise-finetune demo -h” says what belongs there.",
            "La valeur de --seed n’est pas utilisable\u00a0: ce doit être un nombre entier.\n"
            "«\u00a0raise-finetune demo -h\u00a0» dit ce qui va là.",
        ),
        (
            "export a b c",
            "The command does not take this: b c.\n"
            "Put what holds blanks in quotation marks; "
            "“raise-finetune export -h” says what the command takes.",
            "La commande ne prend pas ceci\u00a0: b c.\n"
            "Mettez entre guillemets ce qui contient des espaces\u00a0; "
            "«\u00a0raise-finetune export -h\u00a0» dit ce que prend la commande.",
        ),
    ],
)
def test_a_mistyped_command(words: str, english: str, french: str):
    said: dict[Language, str] = {"en": f"Error: {english}\n", "fr": f"Erreur\u00a0: {french}\n"}
    for language, expected in said.items():
        done = run(*words.split(), environment={"RAISE_LANG": language})
        assert (done.returncode, done.stdout, done.stderr) == (2, "", expected)


def test_a_group_without_a_command_shows_its_help():
    done = run("runs")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Usage: raise-finetune runs [OPTIONS] COMMAND")


@pytest.mark.parametrize(
    "arguments",
    [
        ["export", "x", "--profile", NOT_UNICODE],
        ["export", "x", "--space", NOT_UNICODE],
        ["export", "x", "--tokenizer", NOT_UNICODE],
        ["export", NOT_UNICODE],
        ["forget", NOT_UNICODE, "--undo"],
        ["forget", "chats/a", "--dataset", NOT_UNICODE],
        ["explain", "x", NOT_UNICODE],
        ["rate", "--chat", "a", "--message", "1", "--rating", "5", "--note", NOT_UNICODE],
        ["train", "--device", NOT_UNICODE],
        ["runs", "show", NOT_UNICODE],
    ],
)
def test_words_in_another_encoding(arguments: list[str], tmp_path_factory: pytest.TempPathFactory):
    root = tmp_path_factory.mktemp("domain")
    done = run(*arguments, environment={"PATH_RAISE_DOMAIN": str(root)})
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "Error: “\\udcff” is not Unicode text.\n"
        "Type it anew; a terminal or a file in another encoding than UTF-8 gives such characters.\n"
    )


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("inspect --root=", "--root"),
        ("export OUTPUT --recipe=", "--recipe"),
        ("verify", "DATASET"),
        ("forget RECORD --dataset=", "--dataset"),
        ("train --base=", "--base"),
        ("adapter convert ADAPTER --base x -o", "--output / -o"),
    ],
)
def test_an_empty_path_is_not_the_current_folder(words: str, name: str):
    arguments = words.split()
    if "=" not in words:
        arguments.append("")
    done = run(*arguments, environment={"RAISE_LANG": "en"})
    assert (done.returncode, done.stderr.splitlines()[0]) == (
        2,
        f"Error: The value of {name} cannot be used: the path is empty; “.” is the current folder.",
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            "export x --min-rating 9",
            "The value of --min-rating cannot be used: it must be at most 5.",
        ),
        (
            "demo x --seed 9223372036854775808",
            "The value of --seed cannot be used: it must be less than 9223372036854775808.",
        ),
        ("export x --seed -1", "The value of --seed cannot be used: it must be at least 0."),
        (
            "export x --format jsonl --format csv",
            "The value of --format cannot be used: it must be 'jsonl', 'jsonl.zst' or 'parquet'.",
        ),
        (
            "export x --val-fraction 0.6 --test-fraction 0.5",
            "--val-fraction and --test-fraction do not go together: "
            "val_fraction and test_fraction must add up to less than 1.",
        ),
        (
            "export x --test-fraction 0.95",
            "The value of --test-fraction cannot be used: "
            "val_fraction and test_fraction must add up to less than 1.",
        ),
        (
            "export x --task dpo --profile sharegpt",
            "--profile and --task do not go together: the profile sharegpt has no form for dpo.",
        ),
        (
            "export x --task dpo --also-profile sharegpt --profile messages",
            "--profile, --also-profile and --task do not go together: "
            "the profile sharegpt has no form for dpo.",
        ),
        (
            "export x --also-profile inst",
            "The value of --also-profile cannot be used: "
            "profiles and formats may be named once each.",
        ),
        (
            "export x --format jsonl --format jsonl",
            "The value of --format cannot be used: profiles and formats may be named once each.",
        ),
        (
            "train --max-steps 0",
            "The value of --max-steps cannot be used: "
            "max_steps is -1 (as many as num_train_epochs takes) or at least 1.",
        ),
        ("train --epochs 0", "The value of --epochs cannot be used: it must be more than 0."),
        (
            "train --device tpu",
            "The value of --device cannot be used: it must be 'auto', 'cpu' or 'cuda'.",
        ),
    ],
)
def test_a_value_that_no_recipe_may_have_is_refused_by_its_option(words: str, sentence: str):
    done = run(*words.split(), environment={"RAISE_LANG": "en"})
    assert (done.returncode, done.stderr.splitlines()[0]) == (2, f"Error: {sentence}")


def test_the_data_folder_is_named_by_its_whole_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    done = run("inspect", "--root", ".", environment={"RAISE_LANG": "en"})
    assert done.stdout.startswith(f"There is no RAISE data in {tmp_path}. ")


def test_an_option_that_the_recipe_does_not_allow_is_named(tmp_path: Path):
    recipe = tmp_path / "recipe.toml"
    recipe.write_text('[output]\nstratify = ["language"]\n', "utf-8")
    done = run("export", "x", "--recipe", str(recipe), "--task", "dpo")
    assert (done.returncode, done.stderr) == (
        2,
        "Error: The value of --task cannot be used: "
        "stratify moves single conversations: not a whole space (split_by), nor pairs (dpo).\n"
        "“raise-finetune export -h” says what belongs there.\n",
    )


def test_options_that_do_not_go_together_are_named_in_french_too():
    words = ["export", "x", "--val-fraction", "0.6", "--test-fraction", "0.5"]
    done = run(*words, environment={"RAISE_LANG": "fr"})
    assert (done.returncode, done.stderr) == (
        2,
        "Erreur\u00a0: --val-fraction et --test-fraction ne vont pas ensemble\u00a0: "
        "val_fraction et test_fraction doivent faire ensemble moins de 1.\n"
        "«\u00a0raise-finetune export -h\u00a0» dit ce qui va là.\n",
    )


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Error: There is nothing to ask the models.\nAdd --dataset DIR "),
        ("fr", "Erreur\u00a0: Il n’y a rien à demander aux modèles.\nAjoutez --dataset DIR "),
    ],
)
def test_a_comparison_that_asks_nothing_is_refused(language: str, said: str):
    done = run("compare", "a.gguf", "--base", "b.gguf", environment={"RAISE_LANG": language})
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(said)


def test_help_loads_nothing_that_it_does_not_need():
    """It is asked for often, and pydantic alone takes as long as all the rest."""
    code = (
        "import sys; sys.argv = ['raise-finetune', '--help']\n"
        "from raise_finetune.cli.app import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'pydantic', 'numpy', 'hyperscan', 'websockets'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert result.stderr == b"[]\n"


@pytest.mark.parametrize(
    "arguments",
    [[], ["-h"], ["--version"], ["runs"], ["runs", "show", "-h"], ["nope"], ["export"], ["recipe"]],
)
def test_python_runs_it_under_the_same_name(arguments: list[str], tmp_path: Path):
    ours = subprocess.run(
        [sys.executable, "-m", "raise_finetune", *arguments],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=120,
    )
    script = run(*arguments)
    assert (ours.returncode, ours.stdout, ours.stderr) == (
        script.returncode,
        script.stdout,
        script.stderr,
    )
