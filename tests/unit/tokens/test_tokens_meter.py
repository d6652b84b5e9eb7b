"""The token check as an export makes it: on its rows, in its report, by its recipe."""

import hashlib
import random
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import mistral_common
import pytest
from typer.testing import CliRunner

from domains.tree import Tree, exchange
from raise_finetune.cli.application import app
from raise_finetune.dataset.export import export_dataset
from raise_finetune.dataset.manifest import ManifestTokenizer, read_manifest
from raise_finetune.dataset.notice import Notice
from raise_finetune.dataset.prompts import get_text_profile
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.records import Message
from raise_finetune.dataset.report import ExportReport
from raise_finetune.dataset.tokens import Tokenizer
from raise_finetune.dataset.tokens.counts import TokenCounter, TokenCounts
from raise_finetune.dataset.tokens.report import TokenReport
from raise_finetune.errors import BadInputError
from raise_finetune.messages import text


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("RAISE_LANG", "en")


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    tree = Tree(tmp_path / "domain")
    tree.conversation("a", *exchange("a", "b", rating=5))
    tree.conversation("b", *exchange("a a a a a a a a", "b b b b", rating=5))
    return tree


def export(tree: Tree, profile: str, **tokens: object) -> ExportReport:
    recipe = ExportRecipe.model_validate({"output": {"profile": profile}, "tokens": tokens})
    return export_dataset(recipe, tree.root.parent / "x.jsonl", root=tree.root)


def tokens_of(report: ExportReport) -> TokenReport:
    assert report.tokens is not None
    return report.tokens


def test_without_a_tokenizer_nothing_is_counted(tree: Tree):
    assert export(tree, "inst").tokens is None


def test_an_exact_profile(tree: Tree):
    found = tokens_of(export(tree, "mistral-v3", tokenizer="mistral-v3", max_length=12))
    assert found.check is not None
    assert (found.check.rows, found.check.exact, found.check.problems) == (2, True, {})
    assert (found.tokenizer, found.counted_as, found.counting) == (
        "mistral-v3",
        "mistral-v3",
        "sample",
    )
    counts = found.counts
    assert (counts.rows, counts.counted, counts.tokens, counts.longest) == (2, 2, 6 + 16, 16)
    assert counts.percentiles == {"50": 6, "90": 16, "95": 16, "99": 16}
    assert (counts.cut_rows, counts.cut_answers, counts.lost_answers) == (1, 1, 0)
    assert [row.record for row in counts.cut] == ["un2/default/conversations/b#1"]


def test_a_profile_that_is_not_exact_says_where(tree: Tree):
    check = tokens_of(export(tree, "inst", tokenizer="mistral-v3")).check
    assert check is not None
    assert (check.exact_rows, check.rows, check.reference) == (0, 2, "mistral-v3")
    first = check.differences[0]
    assert [piece.piece for piece in first.found] == ["▁"]
    assert first.expected == ()


def test_a_structured_profile_is_counted_as_the_model_will_read_it(tree: Tree):
    found = tokens_of(export(tree, "messages", tokenizer="mistral-v3"))
    assert (found.counted_as, found.check, found.counts.tokens) == ("mistral-v3", None, 22)


def test_a_structured_profile_needs_a_template_from_somewhere(
    tree: Tree, built: Callable[[str], Tokenizer], tmp_path: Path
):
    folder = Path(built("chatml").name)
    folder = folder if folder.is_dir() else folder.parent
    with pytest.raises(BadInputError) as caught:
        export(tree, "messages", tokenizer=str(folder))
    assert caught.value.code == "tokens_without_template"
    copy = tmp_path / "model"
    copy.mkdir()
    (copy / "tokenizer.json").write_bytes((folder / "tokenizer.json").read_bytes())
    (copy / "chat_template.jinja").write_text(
        "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}"
        "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
    )
    own, file = (
        export(tree, "messages", tokenizer=str(copy / name)) for name in ("", "tokenizer.json")
    )
    plain = export(tree, "chatml", tokenizer=str(folder))
    assert tokens_of(own).counts == tokens_of(file).counts == tokens_of(plain).counts


@pytest.mark.parametrize("tokenizer", ["nope", "/nope/tokenizer.json", " "])
def test_an_unknown_tokenizer_stops_before_anything_is_written(tree: Tree, tokenizer: str):
    with pytest.raises(BadInputError) as caught:
        export(tree, "inst", tokenizer=tokenizer)
    assert caught.value.code == "tokenizer_unknown"
    assert not (tree.root.parent / "x.jsonl").exists()


def test_the_dataset_names_the_tokenizer_and_no_folder(tree: Tree, tmp_path: Path):
    folder = Path(mistral_common.__file__).parent / "data"
    file = tmp_path / "secret folder" / "tokenizer.model"
    file.parent.mkdir()
    file.write_bytes((folder / "tokenizer.model.v1").read_bytes())
    recipe = ExportRecipe.model_validate(
        {"output": {"val_fraction": 0}, "tokens": {"tokenizer": str(file)}}
    )
    export_dataset(recipe, tmp_path / "set", root=tree.root)
    manifest = read_manifest(tmp_path / "set")
    assert manifest.tokenizer == ManifestTokenizer(
        name="tokenizer.model", sha256=hashlib.sha256(file.read_bytes()).hexdigest()
    )
    assert manifest.export_recipe().tokens.tokenizer == "tokenizer.model"
    written = [path for path in (tmp_path / "set").rglob("*") if path.is_file()]
    assert not any(b"secret folder" in path.read_bytes() for path in written)


def test_without_the_extra_the_export_goes_on_with_a_notice(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(sys.modules, "sentencepiece", None)
    monkeypatch.delitem(
        sys.modules, "raise_finetune.dataset.tokens.sentencepiece_model", raising=False
    )
    report = export(tree, "inst", tokenizer="mistral-v3")
    assert (report.rows, report.tokens) == (2, None)
    assert report.notices == (
        Notice(code="tokens_not_installed", params={"tokenizer": "mistral-v3"}),
    )


def test_the_base_install_loads_no_tokenizer_library():
    code = (
        "import sys, raise_finetune.dataset.export;"
        "print({'tokenizers', 'sentencepiece', 'mistral_common', 'jinja2'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.strip() == b"set()"


def count(
    rows: Sequence[Sequence[Message]], tokenizer: Tokenizer, limit: int, *, all_exactly: bool
) -> TokenCounts:
    counter = TokenCounter(
        get_text_profile("mistral-v3"), tokenizer, limit, all_exactly=all_exactly
    )
    for number, messages in enumerate(rows):
        counter.add(str(number), messages)
    return counter.counts()


def test_estimates_are_near_and_cuts_are_exact(bundled: Callable[[str], Tokenizer]):
    source = random.Random(7)  # noqa: S311 - test data
    words = ["the", "system", "answers", "a", "question", "about", "requirements", "tests"]

    def text() -> str:
        return " ".join(source.choices(words, k=source.choice([5, 20, 60, 200])))

    rows = [[Message("user", text()), Message("assistant", text())] for _ in range(3000)]
    guessed = count(rows, bundled("mistral-v3"), 300, all_exactly=False)
    exact = count(rows, bundled("mistral-v3"), 300, all_exactly=True)
    assert guessed.counted < guessed.rows == exact.counted == 3000
    assert guessed.tokens == pytest.approx(exact.tokens, rel=0.01)
    for name in ("cut_rows", "cut_answers", "lost_answers", "cut", "longest"):
        assert getattr(guessed, name) == getattr(exact, name), name
    assert guessed == count(rows, bundled("mistral-v3"), 300, all_exactly=False)


def test_the_command_line_says_it_in_words(tree: Tree):
    done = CliRunner().invoke(
        app,
        [
            *["export", str(tree.root.parent / "x.jsonl"), "--root", str(tree.root)],
            *["--tokenizer", "mistral-v3", "--max-length", "14", "--count-all-tokens"],
        ],
    )
    assert done.exit_code == 0
    said = done.output.splitlines()
    start = said.index(
        "Tokens (mistral-v3): 26 in 2 rows, 2 of them counted; half have up to 8, 95 % up to 18, "
        "the longest 18"
    )
    assert said[start + 1 : start + 4] == [
        "  not exact: 2 of 2 rows differ from mistral-v3, for example '▁' instead of —",
        "  the rows begin with their BOS token, and “mistral-v3” adds one to every text: train "
        "with add_special_tokens=False, as this application does.",
        "  1 row is longer than 14 tokens: 1 answer loses its end, 0 of them all they say",
    ]


@pytest.mark.parametrize(("rows", "verb"), [(1, "differs"), (2, "differ")])
def test_one_row_differs_and_two_differ(rows: int, verb: str):
    params = {"rows": rows, "checked": 3, "profile": "p", "found": "'a'", "expected": "'b'"}
    said = text("cli.export.tokens_differ", "en", **params)
    assert said == f"  not exact: {rows} of 3 rows {verb} from p, for example 'a' instead of 'b'"
