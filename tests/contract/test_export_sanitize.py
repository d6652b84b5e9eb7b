"""Masking in a whole export: nothing that was planted is left anywhere, and it is proved."""

from collections.abc import Callable, Iterator
from pathlib import Path

import orjson
import pytest

from domains.process import run
from domains.tree import Tree, exchange, export, message, snapshot
from raise_finetune.dataset.browsing.glance import estimate_export
from raise_finetune.dataset.browsing.near_preview import preview_near_duplicates
from raise_finetune.dataset.browsing.preview import find_example, preview_export
from raise_finetune.dataset.browsing.scan import scan_domain
from raise_finetune.dataset.export import export_dataset
from raise_finetune.dataset.progress import Pulse
from raise_finetune.dataset.prompts import profile_names
from raise_finetune.dataset.recipe import ExportRecipe, OutputSection
from raise_finetune.dataset.records import Example
from raise_finetune.dataset.sanitize import (
    FindingType,
    KnownValues,
    SanitizeOptions,
    Sanitizer,
)
from raise_finetune.dataset.sanitize.options import Numbering
from raise_finetune.dataset.sanitize.own_list import write_own_list
from raise_finetune.dataset.sources.sample import Sample
from raise_finetune.dataset.verification import verify_dataset
from raise_finetune.dataset.verification.existing import open_dataset
from raise_finetune.errors import FailedError
from raise_finetune.storage.engine import StorageEngine

EMAIL = "jean.dupont@acme-rail.fr"
PLANTED = {
    "email": EMAIL,
    "phone": "06 12 34 56 78",
    "iban": "FR76 3000 6000 0112 3456 7890 189",
    "card": "5500 0000 0000 0004",
    "secret": "ghp_" + "16C7e42F292c6912E7710c838347Ae178B4a",
    "password": "Azerty!2026x",
    "person": "Jean Dupont",
    "private": "Projet Éclipse",
}
SENTENCES = (
    f"Je m'appelle {PLANTED['person']}, mon adresse est {EMAIL}, mon numéro {PLANTED['phone']}.",
    f"Virement sur {PLANTED['iban']}, carte {PLANTED['card']}.",
    f"Le jeton est {PLANTED['secret']} et mon mot de passe est {PLANTED['password']}",
    f"C'est pour le {PLANTED['private']}.",
)


@pytest.fixture(autouse=True)
def own_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAISE_FINETUNE_CONFIG", str(tmp_path / "config"))
    write_own_list(["# customers", "", PLANTED["private"]])


@pytest.fixture
def planted(tree: Tree) -> Tree:
    """A domain with sensitive data in every place that an export reads."""
    everything = " ".join(SENTENCES)
    tree.conversation(
        "c1",
        message("system", f"Tu aides {everything}"),
        *exchange(f"Bonjour. {everything}", f"Noté : {everything}", rating=5),
        *exchange("Encore ?", f"Oui, {everything}", rating=4),
        title=everything,
        tags=[EMAIL],
        metadata={"owner": EMAIL},
    )
    tree.conversation("c2", *exchange("q", "a", rating=EMAIL))
    tree.conversation("c3", *exchange("q", f"a ### CONTEXT ### {everything}", rating=5))
    tool = {"name": "send", "arguments": orjson.dumps({"to": EMAIL, "text": everything}).decode()}
    tree.conversation(
        "c5",
        message("user", "Envoie-le."),
        message("assistant", "", tool_calls=[{"id": "call_1", "function": tool}]),
        message("tool", everything, tool_call_id="call_1"),
        message("assistant", f"Envoyé : {everything}", rating=5),
    )
    tree.document("un2/default/articles/a1", handle="h", title=f"Note de {EMAIL}", body=everything)
    tree.document("un2/transverse/requirements/r1", reqId="R1", statement=everything, category="x")
    tree.put(f"un2/default/collections/conversations/{'x' * 8}.json", f'{{"{EMAIL}')
    tree.put(
        f"chats/{EMAIL}.json", {"id": "x", "history": exchange("Bonjour", everything, rating=5)}
    )
    return tree


def _left(*contents: bytes) -> set[str]:
    """Return which planted values stand in the contents, in any JSON spelling."""
    everything = b"\n".join(contents)
    return {
        kind
        for kind, value in PLANTED.items()
        for spelling in (value.encode(), orjson.dumps(value)[1:-1], ascii(value)[1:-1].encode())
        if spelling in everything
    }


def _bytes_of(path: Path) -> list[bytes]:
    files = [path] if path.is_file() else [each for each in path.rglob("*") if each.is_file()]
    return [*(each.read_bytes() for each in files), *(str(each.name).encode() for each in files)]


@pytest.mark.parametrize(
    ("profile", "task"),
    [
        *((profile, "sft") for profile in profile_names()),
        ("inst", "kto"),
        ("messages", "kto"),
    ],
)
def test_nothing_planted_is_left(
    planted: Tree, output: Path, profile: str, task: str, caplog: pytest.LogCaptureFixture
):
    caplog.set_level("DEBUG")
    recipe = {"profile": profile, "task": task, "val_fraction": 0.0}
    report = export_dataset(
        ExportRecipe.model_validate({"output": recipe}), output, root=planted.root
    )
    assert report.rows >= 3
    assert report.sanitized
    assert report.masked.keys() >= set(PLANTED) - {"person"}
    assert _left(*_bytes_of(output), report.to_json(), caplog.text.encode()) == set()


def test_one_file_and_what_is_remembered_of_it(planted: Tree, tmp_path: Path):
    done = run(
        "export", str(tmp_path / "rows.jsonl"), "--root", str(planted.root), "--json",
        environment={"RAISE_FINETUNE_CONFIG": str(tmp_path / "config")},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert _left(*_bytes_of(tmp_path / "rows.jsonl")) == set()
    assert _left(done.stdout.encode(), done.stderr.encode()) == set()


def test_names_of_datasets_are_masked_beside_the_rows(planted: Tree, tmp_path: Path):
    output = tmp_path / f"jeu de {EMAIL}"
    export_dataset(ExportRecipe(), output, root=planted.root)
    assert _left(*[file.read_bytes() for file in output.rglob("*") if file.is_file()]) == set()
    assert "# jeu de <EMAIL_1>" in (output / "README.md").read_text("utf-8")


def test_the_ledger_says_what_was_masked_and_by_which_rules(tree: Tree, output: Path):
    tree.conversation("c", *exchange(f"Écris à {EMAIL}", "Fait.", rating=5))
    exported = export(tree.root, output)
    assert exported.rows == ["<s>[INST] Écris à <EMAIL_1> [/INST] Fait. </s>"]
    assert exported.ledger == [
        {
            "record": "un2/default/conversations/c#1",
            "fate": "exported",
            "split": "train",
            "row": 0,
            "rating": 5.0,
            "masked": {"email": 1},
            "rules": ["email"],
        }
    ]
    assert exported.report.masked == {"email": 1}


def test_one_person_has_one_placeholder_in_all_rows_of_a_conversation(tree: Tree, output: Path):
    tree.conversation(
        "c",
        *exchange("Écris à a@x.fr puis à b@x.fr", "Fait.", rating=5),
        *exchange("Et b@x.fr ?", "Aussi.", rating=5),
    )
    tree.conversation("d", *exchange("Qui est b@x.fr ?", "Personne.", rating=5))
    rows = export(tree.root, output, examples={"context_exchanges": 0}).rows
    assert sorted(rows) == [
        "<s>[INST] Et <EMAIL_2> ? [/INST] Aussi. </s>",
        "<s>[INST] Qui est <EMAIL_1> ? [/INST] Personne. </s>",
        "<s>[INST] Écris à <EMAIL_1> puis à <EMAIL_2> [/INST] Fait. </s>",
    ]


def test_rows_that_differ_in_a_masked_value_only_are_duplicates(tree: Tree, output: Path):
    for name in ("a", "b"):
        tree.conversation(name, *exchange(f"Écris à {name}@x.fr", "Fait.", rating=5))
    exported = export(tree.root, output)
    assert len(exported.rows) == 1
    assert sorted(exported.fates.values()) == ["duplicate", "exported"]


def test_a_type_can_drop_its_records_or_be_left(tree: Tree, output: Path):
    tree.conversation("c", *exchange(f"Paie {PLANTED['iban']} à {EMAIL}", "Fait.", rating=5))
    tree.conversation("d", *exchange(f"Écris à {EMAIL}", "Fait.", rating=5))
    exported = export(tree.root, output, sanitize={"actions": {"iban": "drop", "email": "leave"}})
    assert exported.rows == [f"<s>[INST] Écris à {EMAIL} [/INST] Fait. </s>"]
    assert exported.ledger[0] == {
        "record": "un2/default/conversations/c#1",
        "fate": "sensitive_data",
        "detail": "iban",
    }


def test_only_the_example_that_holds_a_type_is_dropped(tree: Tree, output: Path):
    tree.conversation(
        "c", *exchange("Bonjour", "Salut.", rating=5), *exchange(EMAIL, "Merci.", rating=5)
    )
    exported = export(tree.root, output, sanitize={"actions": {"email": "drop"}})
    assert exported.rows == ["<s>[INST] Bonjour [/INST] Salut. </s>"]


def test_placeholders_of_the_source_are_escaped(tree: Tree, output: Path):
    tree.conversation("c", *exchange("Que veut dire <EMAIL_1> ?", "Une marque.", rating=5))
    assert export(tree.root, output).rows == [
        "<s>[INST] Que veut dire <\\EMAIL_1> ? [/INST] Une marque. </s>"
    ]


def test_without_masking_the_report_and_the_manifest_say_so(tree: Tree, output: Path):
    tree.conversation("c", *exchange(f"Écris à {EMAIL}", "Fait.", rating=5))
    exported = export(tree.root, output, sanitize={"enabled": False})
    assert exported.rows == [f"<s>[INST] Écris à {EMAIL} [/INST] Fait. </s>"]
    assert not exported.report.sanitized
    assert "not_sanitized" in [notice.code for notice in exported.report.notices]
    manifest = orjson.loads((output / ".raise/manifest.json").read_bytes())
    assert manifest["sanitize"] == {"enabled": False, "rules_version": "", "counts": {}}


def test_known_values_are_masked_whatever_their_case_and_accents(tree: Tree, output: Path):
    tree.conversation("c", *exchange("Où en est le projet ECLIPSE ?", "Fini.", rating=5))
    known = KnownValues(((FindingType.PRIVATE, "Projet Éclipse"),))
    recipe = ExportRecipe.model_validate({"output": {"val_fraction": 0}})
    export_dataset(recipe, output, root=tree.root, known=known)
    assert (output / "data/train.jsonl").read_text("utf-8") == (
        '{"text":"<s>[INST] Où en est le <PRIVATE_1> ? [/INST] Fini. </s>"}\n'
    )


def test_a_list_that_cannot_be_read_is_no_reason_to_leave_it_out(
    tree: Tree, tmp_path: Path, output: Path
):
    tree.conversation("c", *exchange("Où en est le projet ECLIPSE ?", "Fini.", rating=5))
    engine, pulse = StorageEngine(tree.root), Pulse()
    recipe = ExportRecipe()
    export_dataset(recipe, output, root=tree.root)
    (tmp_path / "config/known_values.txt").write_bytes(b"\xff")
    sample = Sample(1, {}, frozenset())
    calls: list[Callable[[], object]] = [
        lambda: export_dataset(recipe, tmp_path / "again", root=tree.root),
        lambda: verify_dataset(open_dataset(output)),
        lambda: preview_export(engine, recipe, 1, pulse),
        lambda: preview_near_duplicates(engine, recipe, 1, pulse),
        lambda: estimate_export(engine, recipe, sample, 1, pulse),
        lambda: find_example(engine, recipe, "un2/default/conversations/c", pulse),
        lambda: scan_domain(engine, recipe, pulse),
    ]
    for call in calls:
        with pytest.raises(FailedError) as caught:
            call()
        assert caught.value.code == "known_values_unreadable"
    assert not (tmp_path / "again").exists()
    unmasked = ExportRecipe(sanitize=SanitizeOptions(enabled=False))
    assert export_dataset(unmasked, tmp_path / "again", root=tree.root).rows == 1


@pytest.mark.parametrize("name", ["dataset", "rows.jsonl"])
def test_a_finding_on_disk_fails_the_export_and_the_target_stays(
    tree: Tree, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
):
    """The stage is made to miss; what is written is then found."""
    tree.conversation("c", *exchange("Bonjour", "Salut.", rating=5))
    target = tmp_path / name
    recipe = ExportRecipe.model_validate({"output": {"val_fraction": 0}})
    export_dataset(recipe, target, root=tree.root)
    before = snapshot(target)
    tree.conversation("d", *exchange(f"Écris à {EMAIL}", "Fait.", rating=5))
    monkeypatch.setattr("raise_finetune.dataset.pipeline.sanitize", _pass)
    with pytest.raises(FailedError) as caught:
        export_dataset(recipe, target, root=tree.root)
    assert caught.value.code == "sensitive_data_left"
    assert caught.value.params == {
        "file": name if name.endswith("jsonl") else "data/train.jsonl",
        "row": 2,
        "types": "email",
    }
    assert EMAIL not in str(caught.value)
    assert snapshot(target) == before


@pytest.mark.parametrize("numbering", ["conversation", "dataset"])
@pytest.mark.parametrize("name", ["dataset", "rows.jsonl"])
def test_what_masking_uncovers_is_masked_by_a_second_export(
    tree: Tree, tmp_path: Path, name: str, numbering: Numbering
):
    """The second number comes within the cue's reach once the first, which is longer, is masked."""
    asked = 'n° sécu 154095950388853 pour le dossier "timestamp": 1779166870475'
    masked_once = 'n° sécu <NIR_1> pour le dossier "timestamp": 1779166870475'
    options = SanitizeOptions(numbering=numbering)
    (group,) = Sanitizer(options, KnownValues()).sanitize([[asked]])
    assert group.texts == [masked_once]
    tree.conversation("c", *exchange(f"Écris à {EMAIL}", "Fait.", rating=5))
    tree.conversation("d", *exchange(asked, "Bien noté.", rating=5))
    recipe = ExportRecipe(output=OutputSection(val_fraction=0), sanitize=options)
    target, state = tmp_path / name, tmp_path / "state"
    report = export_dataset(recipe, target, root=tree.root, known=KnownValues(), state=state)
    rows = target if report.kind == "file" else target / "data/train.jsonl"
    assert sorted(rows.read_text("utf-8").splitlines()) == [
        '{"text":"<s>[INST] n° sécu <NIR_1> pour le dossier '
        '\\"timestamp\\": <NIR_2> [/INST] Bien noté. </s>"}',
        '{"text":"<s>[INST] Écris à <EMAIL_1> [/INST] Fait. </s>"}',
    ]
    assert report.masked == {"nir": 2, "email": 1}
    assert [notice.code for notice in report.notices] == ["masked_twice"]
    verification = verify_dataset(open_dataset(target, state), rebuild_from=tree.root)
    assert [(check.name, check.flaws) for check in verification.checks if check.flaws] == []
    assert verification.checks[-1].status == "passed"


def _pass(batches: Iterator[list[Example]], *_: object) -> Iterator[list[Example]]:
    return batches


# The command line


def test_scan_reports_by_type_and_hides_the_values(planted: Tree, tmp_path: Path):
    environment = {"RAISE_FINETUNE_CONFIG": str(tmp_path / "config")}
    done = run("scan", "--root", str(planted.root), environment=environment)
    assert (done.returncode, done.stderr) == (0, "")
    for label in ("E-mail addresses", "Phone numbers", "IBAN", "Passwords", "Your own list"):
        assert label in done.stdout
    assert "anonym" not in done.stdout
    assert _left(done.stdout.encode()) == set()


def test_scan_for_machines(planted: Tree, tmp_path: Path):
    environment = {"RAISE_FINETUNE_CONFIG": str(tmp_path / "config")}
    hidden = run("scan", "--root", str(planted.root), "--json", environment=environment)
    assert _left(hidden.stdout.encode()) == set()
    shown = run("scan", "--root", str(planted.root), "--json", "--show", environment=environment)
    found = {each["type"]: each for each in orjson.loads(shown.stdout)["types"]}
    email = found["email"]["found"][0]
    assert (email["value"], email["before"][email["start"] : email["end"]]) == (EMAIL, EMAIL)
    assert "<EMAIL_1>" in email["after"]
    assert found["email"]["count"] >= 5
    (masked,) = (each for each in orjson.loads(hidden.stdout)["types"] if each["type"] == "email")
    assert masked["found"][0]["after"] == email["after"]


@pytest.mark.parametrize("profile", [*profile_names(), "vicuna"])
def test_a_role_above_a_message_makes_no_account_of_its_first_word(
    profile: str, tree: Tree, tmp_path: Path
):
    """As in "user", a new line and "q1": a template's words are none of the user's."""
    tree.conversation(
        "c",
        message("system", "jdupont2 answers."),
        *exchange("q1", "pgarrec42", rating=5),
        *exchange("mlefebvre3 password?", "bnguyen7", rating=5),
    )
    if profile == "vicuna":
        template = tmp_path / "vicuna.jinja"
        template.write_text(
            "{% for m in messages %}{% if m.role == 'assistant' %} ASSISTANT: {{ m.content }}</s>"
            "{% elif m.role == 'user' %}USER: {{ m.content }}{% else %}{{ m.content }}\n\n"
            "{% endif %}{% endfor %}"
        )
        profile = f"template:{template}"
    recipe = ExportRecipe.model_validate({"output": {"profile": profile}})
    report = export_dataset(recipe, tmp_path / "d", root=tree.root)
    assert report.masked == {}


def test_scan_counts_texts_and_an_export_counts_rows_and_both_say_so(tree: Tree, tmp_path: Path):
    tree.conversation(
        "c",
        *exchange("My card is 5555 5555 5555 4444.", "Noted.", rating=5),
        *exchange("And now?", "Still noted.", rating=5),
        *exchange("And then?", "Noted as before.", rating=5),
    )
    environment = {"RAISE_LANG": "en", "COLUMNS": "120"}
    scanned = run("scan", "--root", str(tree.root), environment=environment).stdout.splitlines()
    (cards,) = (line for line in scanned if "Payment cards" in line)
    assert [cell.strip() for cell in cards.split("│")[1:-1]] == [
        "Payment cards",
        "1",
        "1",
        "Card number with the right check digit",
    ]
    assert scanned[-2] == (
        "Each text counts once here. An export counts what it masks in every row, also where the "
        "rows of one conversation repeat the same question or answer as context."
    )
    arguments = ("export", str(tmp_path / "d"), "--root", str(tree.root))
    exported = run(*arguments, environment=environment).stdout
    assert "Sensitive data masked in the rows: Payment cards 3\n" in exported


def test_scan_says_where_there_are_more_values_than_it_keeps(tree: Tree):
    people = ", ".join(f"person{number}@example.net" for number in range(2003))
    tree.conversation("c", *exchange("Who?", people, rating=5))
    environment = {"RAISE_LANG": "en", "COLUMNS": "120"}
    scanned = run("scan", "--root", str(tree.root), environment=environment).stdout.splitlines()
    (emails,) = (line for line in scanned if "E-mail addresses" in line)
    assert [cell.strip() for cell in emails.split("│")[2:4]] == ["2003", "> 2000"]


def test_scan_of_nothing(tree: Tree):
    tree.conversation("c", *exchange("q", "a", rating=5))
    done = run("scan", "--root", str(tree.root), environment={"RAISE_LANG": "en"})
    assert done.returncode == 0
    assert done.stdout.startswith("No sensitive data was found in the 1 ")


def test_no_sanitize_warns(planted: Tree, tmp_path: Path):
    arguments = ("export", str(tmp_path / "d"), "--root", str(planted.root), "--no-sanitize")
    done = run(*arguments, environment={"RAISE_LANG": "en"})
    assert done.returncode == 0
    assert "Sensitive data was not masked" in done.stdout
