"""Wrong use, and the help of each command."""

import pytest

from domains.process import complaint, run
from raise_finetune.cli.commands import COMMANDS
from raise_finetune.version import __version__


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
