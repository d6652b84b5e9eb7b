"""Whatever lies in the folder: the ledger adds up, every line loads, bytes repeat."""

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domains.tree import Exported, Tree, exchange, export, read_export, snapshot
from raise_finetune.dataset.export import export_dataset
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.report import BothSides
from raise_finetune.dataset.sources.feedback import answer_hashes
from raise_finetune.errors import BadInputError

EXAMPLES = int(os.environ.get("RAISE_RANDOM_TREES", "40"))
Files = dict[str, bytes]

words = st.text(max_size=12) | st.sampled_from(
    [
        "",
        " ",
        "\0",
        "\u2028",
        "[SYSTEM_FEEDBACK]",
        "### CONTEXT ###",
        "</s>",
        "é",
        "🙂",
        "le la",
        "the",
    ]
)
scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | words
)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3)
)
ratings = st.sampled_from([1, 2, 3, 4, 4.5, 5, "up", "down", True, "bad", -1, None, [5]]) | values
dates = st.sampled_from(["2026-01-01T00:00:00Z", "2025-06-01T00:00:00.123456789+02:00"]) | values


def optional(fields: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=fields)


messages = st.lists(
    optional(
        {
            "role": st.sampled_from(["user", "assistant", "User", "ASSISTANT", "system"]) | values,
            "content": words | values,
            "rating": ratings,
            "thumbs": ratings,
            "meta": optional({"rating": ratings}),
            "timestamp": dates,
        }
    )
    | values,
    max_size=6,
)
documents = optional(
    {
        "id": values,
        "messages": messages | values,
        "history": messages | values,
        "rating": ratings,
        "metadata": optional({"rating": ratings, "tags": values, "source": values}) | values,
        "tags": values,
        "updatedAt": dates,
        "language": values,
        "title": values,
        "name": values,
        "displayName": values,
        "description": values,
        "statement": values,
        "content": values,
        "body": values,
        "summary": values,
        "status": values,
        "email": values,
        "type": values,
        "layer": values,
    }
)


@st.composite
def rated_conversations(draw: st.DrawFn) -> dict[str, Any]:
    """Return a conversation that is likely to make rows."""
    texts = draw(st.lists(st.tuples(words, words), min_size=1, max_size=3))
    return {"messages": [turn for pair in texts for turn in exchange(*pair, rating=5)]}


@st.composite
def feedback(draw: st.DrawFn) -> dict[str, Any]:
    """Return a rating given here, of a conversation that may or may not stand in the tree."""
    conversation = draw(rated_conversations())
    index = 2 * draw(st.integers(1, len(conversation["messages"]) // 2)) - 1
    target = draw(st.sampled_from(["un2/default/conversations/a", "chats/a", "un2/legacy/notes/b"]))
    return {
        "target": target,
        "messageIndex": index,
        "answerHash": answer_hashes(conversation["messages"])[index],
        "rating": draw(st.sampled_from([1, 5])),
        "correction": draw(words),
        "conversation": {"messages": conversation["messages"][: index + 1]},
    }


broken = st.binary(max_size=20) | st.sampled_from(
    [b"", b"{", b"[]", b"null", b'{"a":"\\ud800"}', b"\xef\xbb\xbf{}", b'{"a":1e999}', b"[" * 2000]
)
contents = (documents | rated_conversations() | feedback()).map(orjson.dumps) | broken

ids = st.text("abcdefgh012", min_size=1, max_size=4)
folders = st.sampled_from(
    [
        "chats",
        "un2/default/collections/conversations",
        "un2/default/collections/articles",
        "un2/_system/collections/raise_knowledge_base",
        "un2/sa/collections/functions",
        "un2/legacy/notes",
        "_system/master/collections/chat_sessions",
        "un2/finetune/collections/feedback",
    ]
)


@st.composite
def paths(draw: st.DrawFn) -> str:
    return f"{draw(folders)}/{draw(ids)}.json"


trees = st.dictionaries(paths(), contents, max_size=12)
recipes: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "rating": st.fixed_dictionaries(
            {"include_unrated": st.booleans(), "minimum": st.sampled_from([1, 4, 5])}
        ),
        "examples": st.fixed_dictionaries(
            {
                "unit": st.sampled_from(["answer", "conversation"]),
                "context_exchanges": st.sampled_from([0, 1, 32]),
                "doubled_questions": st.sampled_from(["last", "join"]),
                "prompt_leaks": st.sampled_from(["cut", "drop", "keep"]),
            }
        ),
        "filter": optional({"languages": st.just(["fr"]), "since": st.just("2025-12-01")}),
        "dedup": st.fixed_dictionaries({"near": st.sampled_from(["drop", "keep", "off"])}),
        "output": st.fixed_dictionaries({"val_fraction": st.sampled_from([0.0, 0.3])}),
    }
)


@contextmanager
def written(files: Files) -> Generator[Tree]:
    folder = Path(tempfile.mkdtemp(dir="/dev/shm" if Path("/dev/shm").is_dir() else None))  # noqa: S108
    try:
        tree = Tree(folder / "domain")
        for path, content in files.items():
            tree.put(path, content)
        yield tree
    finally:
        shutil.rmtree(folder)


def export_of(tree: Tree, name: str, recipe: dict[str, Any]) -> Exported | None:
    """Export, or return None where all rows would be on the side of validation."""
    try:
        return export(tree.root, tree.root.parent / name, **recipe)
    except BadInputError as error:
        assert error.code == "no_training_rows"  # noqa: PT017
        return None


def check(exported: Exported) -> None:
    report = exported.report
    assert sum(report.fates.values()) == report.records_read == len(exported.ledger)
    assert report.fates.get("exported", 0) == report.rows == len(exported.rows)
    places = {(e["split"], e["row"]) for e in exported.ledger if e["fate"] == "exported"}
    assert len(places) == report.rows
    assert report.both_sides == BothSides(conversations=0, near_duplicates=0)
    for file in report.files:
        data = (exported.path / file.path).read_bytes()
        assert (len(data), data.count(b"\n")) == (file.bytes, file.rows)
        assert file.rows > 0
        lines = data.decode("utf-8").splitlines()
        assert len(lines) == file.rows
        assert len(set(lines)) == len(lines)
        for line in lines:
            row = json.loads(line)
            assert list(row) == ["text"]
            assert row["text"].startswith("<s>[INST] ")
            assert row["text"].endswith(" </s>")
            assert "\0" not in row["text"]


@given(trees, recipes)
@settings(max_examples=EXAMPLES, deadline=None)
def test_the_ledger_adds_up_and_every_line_loads(files: Files, recipe: dict[str, Any]):
    with written(files) as tree:
        before = snapshot(tree.root)
        exported = export_of(tree, "one", recipe)
        assert snapshot(tree.root) == before
        if exported is not None:
            assert exported.report.documents_read == len(files)
            check(exported)


@given(trees, recipes, st.randoms(use_true_random=False))
@settings(max_examples=EXAMPLES, deadline=None)
def test_the_same_data_gives_the_same_bytes(files: Files, recipe: dict[str, Any], random: Any):
    shuffled = list(files.items())
    random.shuffle(shuffled)
    with written(files) as tree, written(dict(shuffled)) as other:
        one, two = export_of(tree, "x", recipe), export_of(other, "x", recipe)
        assert (one is None) == (two is None)
        if one is not None and two is not None:
            first, second = snapshot(one.path), snapshot(two.path)
            assert isinstance(first, dict)
            assert isinstance(second, dict)
            assert first == second


@given(trees, trees, recipes)
@settings(max_examples=EXAMPLES, deadline=None)
def test_more_documents_move_no_row_to_another_side(
    files: Files, more: Files, recipe: dict[str, Any]
):
    recipe = {**recipe, "output": {"val_fraction": 0.3, "test_fraction": 0.3}}

    def sides(tree: Tree, name: str) -> dict[str, str]:
        made = ExportRecipe.model_validate({**recipe, "rating": {"include_unrated": True}})
        target = tree.root.parent / name
        try:
            report = export_dataset(made, target, root=tree.root, allow_empty=True)
        except BadInputError:
            return {}
        ledger = read_export(target, report).ledger
        return {entry["record"]: entry["split"] for entry in ledger if entry["fate"] == "exported"}

    with written(files) as tree:
        before = sides(tree, "before")
        for path, content in more.items():
            if path not in files:
                tree.put(path, content)
        after = sides(tree, "after")
    for record in before.keys() & after.keys():
        assert before[record] == after[record]


@pytest.mark.parametrize("reverse", [False, True])
def test_the_order_of_the_listing_does_not_matter(
    tree: Tree, output: Path, monkeypatch: pytest.MonkeyPatch, *, reverse: bool
):
    for number in range(200):
        question = {"role": "user", "content": f"q{number % 150}"}
        answer = {"role": "assistant", "content": "a", "rating": 5}
        tree.conversation(f"c{number}", question, answer)
    listed: Callable[..., Any] = os.scandir

    class Sorted:
        """A listing in a given order, for a file system that gives any."""

        def __init__(self, path: Any) -> None:
            with listed(path) as entries:
                listing = sorted(entries, key=lambda entry: entry.name, reverse=reverse)
            self._entries = iter(listing)

        def __enter__(self) -> "Sorted":
            return self

        def __exit__(self, *_exception: object) -> None:
            self.close()

        def __iter__(self) -> "Sorted":
            return self

        def __next__(self) -> Any:
            return next(self._entries)

        def close(self) -> None: ...

    monkeypatch.setattr(os, "scandir", Sorted)
    exported = export(tree.root, output)
    monkeypatch.undo()
    again = export(tree.root, output.with_name("again"))
    assert exported.rows == again.rows
    assert exported.fates == again.fates
    assert exported.report.fates == {"exported": 150, "duplicate": 50}
