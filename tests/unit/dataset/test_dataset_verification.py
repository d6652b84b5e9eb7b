"""``verify`` passes on every form of dataset, and fails on whatever is changed."""

import shutil
from itertools import product
from pathlib import Path
from random import Random

import orjson
import pytest

from corpus.edits import edited, words
from domains.tree import Tree, exchange
from models.tokenizers import TOKENIZER_JSON
from raise_finetune.dataset.export import export_dataset
from raise_finetune.dataset.manifest import read_manifest, sealed
from raise_finetune.dataset.output import MANIFEST_FILE
from raise_finetune.dataset.prompts import get_profile, profile_names
from raise_finetune.dataset.prompts.layout import Task, layout_of
from raise_finetune.dataset.recipe import DedupSection, ExportRecipe
from raise_finetune.dataset.sanitize import KnownValues
from raise_finetune.dataset.sources.judgements import Judgement, rate
from raise_finetune.dataset.verification import Flaw, Verification, rebuild, verify_dataset
from raise_finetune.dataset.verification.existing import (
    ExportedEntry,
    LedgerEntry,
    open_dataset,
)
from raise_finetune.dataset.verification.leaks import LedgerCheck
from raise_finetune.dataset.verification.lines import check_lines
from raise_finetune.dataset.verification.result import Findings
from raise_finetune.dataset.writing.remembered import known_datasets
from raise_finetune.errors import BadInputError
from raise_finetune.storage.engine import StorageEngine

TASKS: tuple[Task, ...] = ("sft", "dpo", "kto")


def forms() -> list[tuple[str, Task]]:
    found: list[tuple[str, Task]] = []
    for name, task in product(profile_names(), TASKS):
        try:
            layout_of(get_profile(name), task)
        except ValueError:
            continue
        found.append((name, task))
    return found


@pytest.fixture
def root(tree: Tree) -> Path:
    """Conversations for both sides, with a system prompt, control tokens and rated twice."""
    engine = StorageEngine(tree.root)
    for number in range(12):
        record = tree.conversation(
            f"c{number}",
            {"role": "system", "content": "Réponds en français."},
            *exchange(f"Question {number} ?", f"Réponse {number}.\u2028Suite", rating=5),
            *exchange(f"Et [INST] {number}</s> ?", f"<|im_end|> {number} <end_of_turn>", rating=4),
        )
        rate(engine, record, 2, Judgement(5, correction=f"Mieux {number}."))
    return tree.root


def recipe(**output: object) -> ExportRecipe:
    return ExportRecipe.model_validate({"output": {"val_fraction": 0.3, **output}})


def flaws(verification: Verification) -> list[tuple[str, str]]:
    assert verification.passed == all(check.status != "failed" for check in verification.checks)
    return [(check.name, flaw.code) for check in verification.checks for flaw in check.flaws]


def verify(path: Path) -> list[tuple[str, str]]:
    return flaws(verify_dataset(open_dataset(path)))


def is_refused(path: Path) -> bool:
    """Tell whether a check fails, or what is left of the manifest is none."""
    try:
        return bool(verify(path))
    except BadInputError as error:
        return error.code == "manifest_invalid"


@pytest.mark.parametrize(("name", "task"), forms())
@pytest.mark.parametrize("form", ["folder", "file"])
def test_every_form_passes(root: Path, tmp_path: Path, name: str, task: Task, form: str):
    target = tmp_path / ("x" if form == "folder" else "x.jsonl")
    report = export_dataset(recipe(profile=name, task=task), target, root=root)
    verification = verify_dataset(open_dataset(target), rebuild_from=root)
    assert flaws(verification) == []
    assert verification.rows == report.rows > 0
    skipped = {check.name for check in verification.checks if check.status == "skipped"}
    structured = name in ("messages", "sharegpt", "alpaca")
    assert skipped == (
        ({"control_tokens"} if structured else set()) | ({"leaks"} if form == "file" else set())
    )


def test_other_formats_profiles_and_shards_pass(root: Path, tmp_path: Path):
    output = {
        "formats": ["jsonl.zst", "parquet", "jsonl"],
        "also_profiles": ["messages", "chatml"],
        "shard_megabytes": 0,
    }
    export_dataset(recipe(**output), tmp_path / "x", root=root)
    dataset = open_dataset(tmp_path / "x")
    assert len(dataset.manifest.files) == 18
    verification = verify_dataset(dataset, rebuild_from=root)
    assert flaws(verification) == []
    assert verification.rows == sum(file.rows for file in dataset.manifest.own_files) > 0
    for file in dataset.manifest.files:
        path = dataset.path_of(file)
        content = path.read_bytes()
        path.write_bytes(content[:-30] + b"~" + content[-29:])
        assert ("files", "file_changed") in verify(tmp_path / "x")
        path.write_bytes(content)


@pytest.fixture
def dataset(root: Path, tmp_path: Path) -> Path:
    export_dataset(recipe(), tmp_path / "x", root=root)
    return tmp_path / "x"


def test_every_changed_byte_is_seen(dataset: Path, tmp_path: Path):
    """A byte flipped, left out or added, in each file of the dataset, at many places."""
    copy = tmp_path / "copy"
    for path in sorted(path for path in dataset.rglob("*") if path.is_file()):
        content = path.read_bytes()
        name = path.relative_to(dataset)
        places = {0, 1, len(content) // 2, len(content) - 2, len(content) - 1}
        for place in sorted(places):
            flipped = bytes([content[place] ^ 0x01])
            for changed in (flipped, b"", content[place : place + 1] * 2):
                shutil.rmtree(copy, ignore_errors=True)
                shutil.copytree(dataset, copy)
                (copy / name).write_bytes(content[:place] + changed + content[place + 1 :])
                assert is_refused(copy), (name, place, changed)


def test_each_byte_of_one_file_is_seen(root: Path, tmp_path: Path):
    target = tmp_path / "x.jsonl"
    export_dataset(recipe(), target, root=root)
    content = target.read_bytes()
    for place in (0, len(content) // 3, len(content) - 1):
        target.write_bytes(content[:place] + b"~" + content[place + 1 :])
        assert ("files", "file_changed") in verify(target)
    target.write_bytes(content[:-1])
    assert {("files", "file_changed"), ("lines", "no_final_newline")} <= set(verify(target))
    target.write_bytes(content)
    assert verify(target) == []


def test_a_file_is_known_wherever_it_goes_until_it_is_changed(root: Path, tmp_path: Path):
    export_dataset(recipe(), tmp_path / "x.jsonl", root=root)
    (tmp_path / "x.jsonl").rename(tmp_path / "moved.jsonl")
    assert verify(tmp_path / "moved.jsonl") == []
    with (tmp_path / "moved.jsonl").open("ab") as file:
        file.write(b"\n")
    with pytest.raises(BadInputError) as caught:
        open_dataset(tmp_path / "moved.jsonl")
    assert caught.value.code == "dataset_unknown"
    with pytest.raises(BadInputError) as caught:
        open_dataset(tmp_path / "none")
    assert caught.value.code == "dataset_missing"


def reseal(dataset: Path) -> None:
    """Make the manifest anew for changed files: only what is wrong with the rows is left to see."""
    from hashlib import sha256

    manifest = read_manifest(dataset)
    files = [
        file.model_copy(
            update={
                "sha256": sha256((dataset / file.path).read_bytes()).hexdigest(),
                "rows": len((dataset / file.path).read_bytes().splitlines()),
            }
        )
        for file in manifest.files
    ]
    side_files = [
        file.model_copy(update={"sha256": sha256((dataset / file.path).read_bytes()).hexdigest()})
        for file in manifest.side_files
    ]
    manifest = sealed(manifest.model_copy(update={"files": tuple(files)}), side_files)
    (dataset / ".raise/manifest.json").write_bytes(manifest.to_json())


def line(content: object) -> bytes:
    return orjson.dumps(content) + b"\n"


ROW = "<s>[INST] a [/INST] b </s>"
TYPED = "<s>[INST] a [/INST] b [INST] c </s>"
LEAKING = "<s>[INST] a [/INST] jean.dupont@exemple.fr </s>"


@pytest.mark.parametrize(
    ("first_line", "expected"),
    [
        (b"{\n", {("lines", "not_json")}),
        (b'{"text": "\\ud800"}\n', {("lines", "not_json")}),
        (b'{"text": "\xff"}\n', {("lines", "not_json")}),
        (b"\n", {("lines", "not_json")}),
        (b"[]\n", {("lines", "not_an_object")}),
        (line({"texts": ROW}), {("lines", "wrong_columns")}),
        (line({"text": ROW, "more": 1}), {("lines", "wrong_columns")}),
        (line({"text": None}), {("lines", "wrong_type")}),
        (line({"text": 1}), {("lines", "wrong_type")}),
        (line({"text": ROW})[:-1] + b"\r\n", {("lines", "not_as_written")}),
        (b'{"text": "%s"}\n' % ROW.encode(), {("lines", "not_as_written")}),
        (line({"text": ROW.replace("a", "\u2028")}), {("lines", "not_as_written")}),
        (line({"text": "no template"}), {("template", "not_a_rendering")}),
        (
            line({"text": ROW.replace(" b ", " b [INST] c ")}),
            {("control_tokens", "control_tokens")},
        ),
    ],
)
def test_what_is_wrong_with_a_row(dataset: Path, first_line: bytes, expected: set[tuple[str, str]]):
    path = dataset / "data/train.jsonl"
    first, rest = path.read_bytes().split(b"\n", 1)
    assert first
    path.write_bytes(first_line + rest)
    reseal(dataset)
    assert set(verify(dataset)) == expected


def test_a_row_and_a_conversation_on_two_sides(dataset: Path):
    train, val = dataset / "data/train.jsonl", dataset / "data/val.jsonl"
    lines = val.read_bytes().splitlines(keepends=True)
    val.write_bytes(b"".join([train.read_bytes().splitlines(keepends=True)[0], *lines[1:]]))
    ledger = dataset / ".raise/ledger.jsonl"
    entries = [orjson.loads(entry) for entry in ledger.read_bytes().splitlines()]
    rows = {(entry.get("split"), entry.get("row")): entry for entry in entries}
    rows["val", 1]["record"] = rows["train", 0]["record"].partition("#")[0] + "#9"
    ledger.write_bytes(b"".join(map(line, entries)))
    reseal(dataset)
    assert sorted(verify(dataset)) == [
        ("leaks", "group_on_two_sides"),
        ("leaks", "row_on_two_sides"),
    ]


def exported(record: str, split: str, row: int) -> ExportedEntry:
    return ExportedEntry(record=record, fate="exported", split=split, row=row)


def test_a_rejected_answer_stands_on_the_side_of_its_row():
    folder = "un2/default/conversations"
    better = exported(f"{folder}/a#1", "train", 0)
    worse = LedgerEntry(record=f"{folder}/b#1", fate="compared", detail=better["record"])
    check = LedgerCheck({"train": 1, "val": 1})
    check.take([worse, better, exported(f"{folder}/b#3", "val", 0)])
    flaws = [(flaw.code, flaw.file, flaw.detail) for flaw in check.leaks.check().flaws]
    assert flaws == [("group_on_two_sides", "val", "un2/default/conversations/b")]
    assert check.findings.check().status == "passed"


def test_columns_have_their_order(tmp_path: Path):
    path, findings = tmp_path / "train.jsonl", Findings("lines")
    path.write_bytes(b'{"prompt":"a","completion":"b"}\n{"completion":"b","prompt":"a"}\n')
    columns = get_profile("prompt-completion").columns
    rows = list(check_lines(path, "data/train.jsonl", columns, findings))
    assert [number for number, _, _ in rows] == [0]
    (flaw,) = findings.check().flaws
    assert (flaw.code, flaw.row_index, flaw.detail) == ("wrong_columns", 1, "completion, prompt")


def test_no_two_records_have_the_same_row():
    check = LedgerCheck({"train": 2})
    check.take(exported(f"un2/default/conversations/{name}#1", "train", 0) for name in "ab")
    flaws = [(flaw.code, flaw.row_index, flaw.detail) for flaw in check.findings.check().flaws]
    assert flaws == [
        ("row_not_there", None, "un2/default/conversations/b#1"),
        ("rows_without_record", 1, "1"),
    ]


@pytest.fixture(scope="module")
def long_rows() -> list[list[str]]:
    """Two texts of a hundred words, each with two copies edited in a few."""
    random = Random(3)  # noqa: S311
    texts = [words(random, 100) for _ in range(2)]
    return [[" ".join(edited(random, text, 0.02)) for _ in range(3)] for text in texts]


def with_rows(dataset: Path, name: str, texts: list[tuple[str, str]]) -> None:
    """Put rows in the place of a file's first ones."""
    path = dataset / name
    lines = path.read_bytes().splitlines(keepends=True)
    made = [
        line({"text": f"<s>[INST] {asked} [/INST] {answered} </s>"}) for asked, answered in texts
    ]
    path.write_bytes(b"".join([*made, *lines[len(made) :]]))


def leaks_of(dataset: Path) -> list[tuple[str, str, int | None, str]]:
    reseal(dataset)
    checks = verify_dataset(open_dataset(dataset)).checks
    assert [check.name for check in checks if check.status == "failed"] in ([], ["leaks"])
    return [
        (flaw.code, flaw.file, flaw.row_index, flaw.detail)
        for check in checks
        for flaw in check.flaws
    ]


def test_a_near_duplicate_on_two_sides_is_found_in_the_rows(
    dataset: Path, long_rows: list[list[str]]
):
    """Whatever the report says: the copy was put there afterwards, with all hashes made anew."""
    one, other = long_rows
    with_rows(dataset, "data/train.jsonl", [("short", "one"), (one[0], other[0])])
    with_rows(dataset, "data/val.jsonl", [(one[1], other[1])])
    assert leaks_of(dataset) == [
        ("near_duplicate_on_two_sides", "data/train.jsonl", 1, "data/val.jsonl:0")
    ]
    with_rows(dataset, "data/val.jsonl", [(one[1], one[2])])
    assert leaks_of(dataset) == []


def test_near_duplicates_on_one_side_are_no_leak(dataset: Path, long_rows: list[list[str]]):
    one, other = long_rows
    with_rows(dataset, "data/train.jsonl", [(one[0], other[0]), (one[1], other[1])])
    assert leaks_of(dataset) == []


def test_a_system_prompt_makes_no_row_a_copy(dataset: Path, long_rows: list[list[str]]):
    """Where it stands before the question: the export compared the questions without it."""
    one, other = long_rows
    system = f"{one[0]}\n\n{one[1]} {one[2]}\n\n"
    with_rows(dataset, "data/train.jsonl", [(f"{system}What is a valve?", other[0])])
    with_rows(dataset, "data/val.jsonl", [(f"{system}How much does a pump weigh?", one[0])])
    assert leaks_of(dataset) == []
    with_rows(dataset, "data/val.jsonl", [(f"{system}How much does a valve weigh?", other[1])])
    assert [code for code, *_ in leaks_of(dataset)] == ["near_duplicate_on_two_sides"]


def test_a_question_of_several_paragraphs_is_still_compared(
    dataset: Path, long_rows: list[list[str]]
):
    """What differs at its beginning is no system prompt, nor is what follows that."""
    one, _ = long_rows
    with_rows(dataset, "data/train.jsonl", [(f"Pump.\n\n{one[0]}\n\nWhy?", "So it is.")])
    with_rows(dataset, "data/val.jsonl", [(f"Valve!\n\n{one[1]}\n\nWhy?", "So it is.")])
    assert [code for code, *_ in leaks_of(dataset)] == ["near_duplicate_on_two_sides"]


def test_alpaca_rows_of_conversations_are_not_compared_by_their_last_exchange(
    tree: Tree, tmp_path: Path, long_rows: list[list[str]]
):
    random = Random(5)  # noqa: S311
    same, answers = long_rows
    for number in range(9):
        before = exchange(" ".join(words(random, 200)), " ".join(words(random, 200)), rating=5)
        last = exchange(same[number % 3], answers[number % 3], rating=5)
        tree.conversation(f"c{number}", *before, *last)
    made = ExportRecipe.model_validate(
        {
            "examples": {"unit": "conversation"},
            "output": {"profile": "alpaca", "val_fraction": 0.3},
        }
    )
    report = export_dataset(made, tmp_path / "set", root=tree.root)
    assert report.fates == {"exported": 9}
    assert len(report.splits) == 2
    assert verify(tmp_path / "set") == []


@pytest.mark.parametrize("ending", ["", " Projet numéro {}.", "\n\nProjet numéro {}."])
def test_a_system_prompt_makes_no_short_row_a_copy(tree: Tree, tmp_path: Path, ending: str):
    rules = " ".join(f"consigne{number}" for number in range(60))
    answer = "Elle vaut douze tonnes."
    for number in range(12):
        system = {"role": "system", "content": rules + ending.format(number)}
        question = f"Que vaut la masse du module de service numéro {number} ?"
        tree.conversation(f"c{number}", system, *exchange(question, answer, rating=5))
    report = export_dataset(recipe(), tmp_path / "set", root=tree.root)
    assert report.fates == {"exported": 12}
    assert min(report.splits["train"], report.splits["val"]) > 0
    assert verify(tmp_path / "set") == []


def test_near_duplicates_that_nobody_looked_for_are_no_flaw(
    root: Path, tmp_path: Path, long_rows: list[list[str]]
):
    chosen = recipe().model_copy(update={"dedup": DedupSection(near="off")})
    export_dataset(chosen, tmp_path / "x", root=root)
    for number, name in enumerate(["train", "val"]):
        with_rows(tmp_path / "x", f"data/{name}.jsonl", [("q", long_rows[0][number])])
    assert leaks_of(tmp_path / "x") == []


def test_near_duplicates_that_the_export_counted_on_two_sides(dataset: Path):
    report = dataset / ".raise/report.json"
    written = report.read_bytes()
    report.write_bytes(written.replace(b'"near_duplicates": 0', b'"near_duplicates": 2'))
    assert report.read_bytes() != written
    reseal(dataset)
    assert verify(dataset) == [("leaks", "near_duplicates_on_two_sides")]


def test_a_ledger_that_does_not_fit(dataset: Path):
    ledger = dataset / ".raise/ledger.jsonl"
    lines = ledger.read_bytes().splitlines(keepends=True)
    exported = next(entry for entry in lines if b'"exported"' in entry)
    ledger.write_bytes(b"".join([*(entry for entry in lines if entry != exported), lines[-1]]))
    reseal(dataset)
    assert {code for check, code in verify(dataset) if check == "ledger"} >= {"rows_without_record"}
    ledger.write_bytes(b"{}\n")
    reseal(dataset)
    assert ("ledger", "ledger_damaged") in verify(dataset)


@pytest.mark.parametrize(
    ("first_line", "column"),
    [
        (b"{\n", "2"),
        (b'{"text": "\\ud800"}\n', "11"),
        ('{"é": '.encode() + b'"\xff"}\n', "9"),
        (b"\n", "1"),
    ],
)
def test_where_a_line_is_damaged(dataset: Path, first_line: bytes, column: str):
    path = dataset / "data/train.jsonl"
    path.write_bytes(first_line + path.read_bytes().split(b"\n", 1)[1])
    reseal(dataset)
    found = next(
        check for check in verify_dataset(open_dataset(dataset)).checks if check.name == "lines"
    )
    assert found.flaws == (
        Flaw(code="not_json", file="data/train.jsonl", row_index=0, detail=column),
    )


@pytest.mark.parametrize("name", ["data/extra.jsonl", "dataset.jsonl", ".raise/x"])
def test_a_file_that_no_export_made(dataset: Path, name: str):
    (dataset / name).write_bytes(b"")
    assert verify(dataset) == [("files", "unknown_file")]


@pytest.mark.parametrize("name", ["data/val.jsonl", "README.md", ".raise/recipe.toml"])
def test_a_file_that_is_gone(dataset: Path, name: str):
    (dataset / name).unlink()
    assert verify(dataset) == [("files", "file_missing")]


def test_a_rebuild_sees_what_no_hash_can(dataset: Path, root: Path, tree: Tree):
    """Someone changed a row and made every hash anew: only the data can tell."""
    path = dataset / "data/train.jsonl"
    path.write_bytes(path.read_bytes().replace(b"Question", b"question", 1))
    reseal(dataset)
    assert verify(dataset) == []
    rebuilt = verify_dataset(open_dataset(dataset), rebuild_from=root)
    named = [(flaw.code, flaw.file) for flaw in rebuilt.checks[-1].flaws]
    assert named == [
        ("rebuilt_differs", ".raise/manifest.json"),
        ("rebuilt_differs", "data/train.jsonl"),
    ]
    tree.conversation("new", *exchange("q", "a", rating=5))
    again = verify_dataset(open_dataset(dataset), rebuild_from=root)
    assert ("rebuild", "data_changed") in flaws(again)


@pytest.mark.parametrize("name", ["other", "my.data", "rows.json", "rows.jsonl", "Élan"])
@pytest.mark.parametrize("form", ["folder", "file"])
def test_a_rebuild_takes_a_dataset_under_another_name(
    root: Path, tmp_path: Path, name: str, form: str
):
    exported = tmp_path / ("exported" if form == "folder" else "exported.jsonl")
    export_dataset(recipe(), exported, root=root)
    renamed = exported.rename(tmp_path / name)
    assert flaws(verify_dataset(open_dataset(renamed), rebuild_from=root)) == []


@pytest.mark.parametrize("told", ["../../out", "/etc/x", "..", "a\0b", "", 5, None, "x.jsonl"])
def test_a_rebuild_goes_where_no_report_sends_it(dataset: Path, root: Path, told: object):
    path = dataset / ".raise/report.json"
    path.write_bytes(orjson.dumps({**orjson.loads(path.read_bytes()), "output": told}))
    reseal(dataset)
    rebuilt = verify_dataset(open_dataset(dataset), rebuild_from=root)
    assert {flaw.code for flaw in rebuilt.checks[-1].flaws} == {"rebuilt_differs"}


@pytest.mark.parametrize("block", [1, 1 << 20])
def test_a_rebuild_sees_a_file_that_ends_too_early(
    dataset: Path, root: Path, monkeypatch: pytest.MonkeyPatch, block: int
):
    monkeypatch.setattr(rebuild, "_BLOCK", block)
    path = dataset / "README.md"
    path.write_bytes(path.read_bytes()[:-1])
    reseal(dataset)
    rebuilt = verify_dataset(open_dataset(dataset), rebuild_from=root)
    named = [(flaw.code, flaw.file) for flaw in rebuilt.checks[-1].flaws]
    assert named == [("rebuilt_differs", ".raise/manifest.json"), ("rebuilt_differs", "README.md")]


def test_a_rebuild_sees_a_file_too_many_and_one_that_is_gone(dataset: Path, root: Path):
    (dataset / "data/val.jsonl").rename(dataset / "data/extra.jsonl")
    rebuilt = verify_dataset(open_dataset(dataset), rebuild_from=root)
    named = [(flaw.code, flaw.file) for flaw in rebuilt.checks[-1].flaws]
    assert named == [
        ("rebuilt_differs", "data/extra.jsonl"),
        ("rebuilt_differs", "data/val.jsonl"),
    ]


def test_a_rebuild_of_data_that_is_gone(dataset: Path, root: Path):
    shutil.rmtree(root / "un2")
    rebuilt = verify_dataset(open_dataset(dataset), rebuild_from=root)
    assert ("rebuild", "data_changed") in flaws(rebuilt)


def test_a_rebuild_names_the_version_that_made_the_dataset(dataset: Path, root: Path):
    manifest = read_manifest(dataset)
    older = sealed(manifest.model_copy(update={"tool_version": "0.0.7"}), manifest.side_files)
    (dataset / MANIFEST_FILE).write_bytes(older.to_json())
    rebuilt = verify_dataset(open_dataset(dataset), rebuild_from=root)
    assert rebuilt.checks[-1].flaws == (
        Flaw(code="tool_changed", file=MANIFEST_FILE, detail="0.0.7"),
        Flaw(code="rebuilt_differs", file=MANIFEST_FILE),
    )


def test_a_rebuild_masks_what_the_export_masked(root: Path, tmp_path: Path):
    known = KnownValues().with_list(["Mieux 3"])
    export_dataset(recipe(), tmp_path / "set", root=root, known=known)
    dataset = open_dataset(tmp_path / "set")
    assert flaws(verify_dataset(dataset, rebuild_from=root, known=known)) == []
    assert ("rebuild", "rebuilt_differs") in flaws(
        verify_dataset(dataset, rebuild_from=root, known=KnownValues())
    )


def test_a_rebuild_does_without_a_tokenizer_of_the_users(root: Path, tmp_path: Path):
    """Where its file lay no dataset tells; what speaks of it cannot come out the same."""
    tokenizer = tmp_path / "mine" / "tokenizer.json"
    tokenizer.parent.mkdir()
    tokenizer.write_bytes(orjson.dumps(TOKENIZER_JSON))
    chosen = ExportRecipe.model_validate({"tokens": {"tokenizer": str(tokenizer)}})
    report = export_dataset(chosen, tmp_path / "set", root=root)
    assert report.tokens is not None
    shutil.rmtree(tokenizer.parent)
    assert flaws(verify_dataset(open_dataset(tmp_path / "set"), rebuild_from=root)) == []


def test_a_rebuild_leaves_no_trace(dataset: Path, root: Path):
    before = list(known_datasets())
    verify_dataset(open_dataset(dataset), rebuild_from=root)
    assert list(known_datasets()) == before
