"""Pairs and judged answers: which records they are made of, and how their rows look."""

from collections import Counter
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from domains.tree import Json, Tree, exchange, message
from raise_finetune.dataset.export import export_dataset
from raise_finetune.dataset.ledger import Ledger
from raise_finetune.dataset.manifest import read_manifest
from raise_finetune.dataset.prompts import get_profile, text_profile_names
from raise_finetune.dataset.prompts.layout import layout_of
from raise_finetune.dataset.prompts.reading import example_of
from raise_finetune.dataset.prompts.render import render
from raise_finetune.dataset.recipe import ExportRecipe, OutputSection
from raise_finetune.dataset.records import Example, Message
from raise_finetune.dataset.selection.preferences import prefer
from raise_finetune.dataset.sources.judgements import Judgement, rate
from raise_finetune.dataset.split import Split, split_of
from raise_finetune.errors import BadInputError
from raise_finetune.storage.engine import StorageEngine

PLACE = "un2/default/conversations"


def recipe(task: str, **sections: Json) -> ExportRecipe:
    output = {"task": task, "val_fraction": 0.0, **sections.pop("output", {})}
    return ExportRecipe.model_validate({"output": output, **sections})


def export(
    tree: Tree, output: Path, chosen: ExportRecipe
) -> tuple[list[Json], dict[str, tuple[str, str]]]:
    """Return the rows, and the fate and detail of each record."""
    report = export_dataset(chosen, output, root=tree.root, allow_empty=True)
    rows = [
        orjson.loads(line)
        for file in report.files
        for line in (output / file.path).read_bytes().splitlines()
    ]
    entries = [
        orjson.loads(line) for line in (output / ".raise/ledger.jsonl").read_bytes().splitlines()
    ]
    fates = {entry["record"]: (entry["fate"], entry.get("detail", "")) for entry in entries}
    assert len(fates) == len(entries) == report.records_read
    return rows, fates


def test_a_better_and_a_worse_answer_to_one_question(tree: Tree, output: Path):
    tree.conversation("a", *exchange("q", "good", rating=5))
    tree.conversation("b", *exchange("q", "bad", rating=2))
    tree.conversation("c", *exchange("other", "alone", rating=5))
    tree.conversation("d", *exchange("q", "unrated"))
    tree.document("un2/default/articles/e", title="T", body="x")
    rows, fates = export(tree, output, recipe("dpo"))
    assert rows == [
        {"prompt": "<s>[INST] q [/INST]", "chosen": " good </s>", "rejected": " bad </s>"}
    ]
    assert fates == {
        f"{PLACE}/a#1": ("exported", ""),
        f"{PLACE}/b#1": ("compared", f"{PLACE}/a#1"),
        f"{PLACE}/c#1": ("no_pair", ""),
        f"{PLACE}/d#1": ("unrated", ""),
        "un2/default/articles/e": ("documentation_out", ""),
    }
    assert read_manifest(output).profile.columns == ("prompt", "chosen", "rejected")


def test_a_correction_against_what_it_corrects(tree: Tree, output: Path):
    record = tree.conversation("a", *exchange("q", "wrong"))
    rate(StorageEngine(tree.root), record, 1, Judgement(2, correction="right"))
    rows, fates = export(tree, output, recipe("dpo", output={"profile": "messages"}))
    assert rows == [
        {
            "prompt": [{"role": "user", "content": "q"}],
            "chosen": [{"role": "assistant", "content": "right"}],
            "rejected": [{"role": "assistant", "content": "wrong"}],
        }
    ]
    assert sorted(fate for fate, _ in fates.values()) == ["exported", "superseded"]


def test_the_question_means_all_that_came_before(tree: Tree, output: Path):
    tree.conversation("a", *exchange("x", "y"), *exchange("q", "good", rating=5))
    tree.conversation("b", *exchange("x", "z"), *exchange("q", "bad", rating=1))
    tree.conversation("c", message("system", "S"), *exchange("q", "bad", rating=1))
    assert export(tree, output, recipe("dpo"))[0] == []
    alone = {"context_exchanges": 0, "system_prompts": "drop"}
    assert len(export(tree, output, recipe("dpo", examples=alone))[0]) == 1


def ratings_of(tree: Tree, output: Path, **ratings: float) -> dict[str, str]:
    """Return the pairs, better by worse, of answers to one question that say their names."""
    for name, rating in ratings.items():
        tree.conversation(name, *exchange("q", name, rating=rating))
    rows, _ = export(tree, output, recipe("dpo"))
    return {row["chosen"][1:-5]: row["rejected"][1:-5] for row in rows}


def test_each_answer_stands_in_one_pair(tree: Tree, output: Path):
    pairs = ratings_of(tree, output, a=5, b=4, c=3, d=1, e=4)
    assert pairs == {"a": "d", "b": "c"}


@pytest.mark.parametrize(
    ("better", "worse", "count"), [(5, 4, 1), (5, 5, 0), (4, 3.5, 0), (3, 1, 0), (4, 1, 1)]
)
def test_how_far_apart_they_have_to_be(
    tree: Tree, output: Path, better: float, worse: float, count: int
):
    assert len(ratings_of(tree, output, a=better, b=worse)) == count


def test_the_same_words_are_no_pair(tree: Tree, output: Path):
    tree.conversation("a", *exchange("q", "same", rating=5))
    tree.conversation("b", *exchange("q", "same", rating=1))
    rows, fates = export(tree, output, recipe("dpo"))
    assert (rows, {fate for fate, _ in fates.values()}) == ([], {"no_pair"})


def test_kto_judges_each_answer(tree: Tree, output: Path):
    tree.conversation("a", *exchange("p", "up", thumbs="up"), *exchange("q", "down", thumbs="down"))
    tree.conversation("b", *exchange("q", "so so", rating=3), *exchange("r", "none"))
    rows, fates = export(tree, output, recipe("kto"))
    assert rows == [
        {"prompt": "<s>[INST] p [/INST]", "completion": " up </s>", "label": True},
        {
            "prompt": "<s>[INST] p [/INST] up </s>[INST] q [/INST]",
            "completion": " down </s>",
            "label": False,
        },
    ]
    assert [fate for fate, _ in fates.values()] == [
        "rated_between",
        "unrated",
        "exported",
        "exported",
    ]


def test_kto_as_messages(tree: Tree, output: Path):
    tree.conversation("a", *exchange("q", "down", rating=1))
    rows, _ = export(tree, output, recipe("kto", output={"profile": "messages"}))
    assert rows == [
        {
            "prompt": [{"role": "user", "content": "q"}],
            "completion": [{"role": "assistant", "content": "down"}],
            "label": False,
        }
    ]


def test_nothing_to_compare_is_said_in_its_own_words(tree: Tree, output: Path):
    tree.conversation("a", *exchange("q", "alone", rating=5))
    with pytest.raises(BadInputError) as caught:
        export_dataset(recipe("dpo"), output, root=tree.root)
    assert (caught.value.code, caught.value.params) == ("nothing_to_compare", {"read": 1})


@pytest.mark.parametrize("name", text_profile_names())
def test_in_each_text_profile_prompt_and_answer_make_the_line(name: str):
    turns = [Message("system", "S"), Message("user", "q")]
    bad, good = Message("assistant", "bad"), Message("assistant", "good")
    profile = get_profile(name)
    pair = Example("r", "g", "conversation", [*turns, bad, good], 5.0, "", "en", [], paired=True)
    row: dict[str, Any] = dict(layout_of(profile, "dpo").row(pair))
    assert list(row) == ["prompt", "chosen", "rejected"]
    line = getattr(profile, "line")  # noqa: B009 - only text profiles have one
    assert row["prompt"] + row["chosen"] == line([*turns, good])
    assert row["prompt"] + row["rejected"] == line([*turns, bad])
    assert not row["prompt"].endswith(" ")


@pytest.mark.parametrize(
    ("sections", "said"),
    [
        ({"output": {"task": "dpo", "profile": "alpaca"}}, "has no form for dpo"),
        ({"output": {"task": "kto", "profile": "sharegpt"}}, "has no form for kto"),
        ({"output": {"task": "dpo"}, "examples": {"unit": "conversation"}}, "examples.unit"),
    ],
)
def test_what_does_not_go_together_is_refused(sections: Json, said: str):
    with pytest.raises(ValidationError, match=said):
        ExportRecipe.model_validate(sections)


ANSWERS = st.lists(
    st.tuples(
        st.sampled_from("pqr"),
        st.sampled_from("uvwxyz"),
        st.sampled_from([1, 2, 3, 4, 5]),
        st.integers(0, 20),
    ),
    max_size=24,
)
SIDES = OutputSection(val_fraction=0.3, test_fraction=0.3)


def paired(answers: list[tuple[str, str, int, int]]) -> tuple[list[Example], list[Json]]:
    """Return the pairs of answers (prompt, text, rating, conversation), and the ledger."""
    examples = [
        Example(
            f"c{conversation}#{number}",
            f"c{conversation}",
            "conversation",
            [Message("user", prompt), Message("assistant", text)],
            float(rating),
            "",
            "en",
            [],
        )
        for number, (prompt, text, rating, conversation) in enumerate(answers)
    ]
    written = BytesIO()
    ledger = Ledger(written)
    output = {"val_fraction": SIDES.val_fraction, "test_fraction": SIDES.test_fraction}
    with TemporaryDirectory() as folder:
        made = prefer([examples], recipe("dpo", output=output), Path(folder), ledger)
        pairs = [pair for batch in made for pair in batch]
    ledger.flush()
    return pairs, [orjson.loads(line) for line in written.getvalue().splitlines()]


def test_pairs_come_in_the_order_in_which_their_chosen_answers_were_read():
    pairs, _ = paired(
        [("p", "bad", 1, 0), ("q", "good", 5, 0), ("q", "bad", 1, 0), ("p", "x", 5, 0)]
    )
    assert [pair.record for pair in pairs] == ["c0#1", "c0#3"]


def test_of_answers_rated_the_same_the_name_decides_not_the_order():
    others = [(f"other {number}", "x", 5, 0) for number in range(8)]
    pairs, entries = paired(
        [("p", "bad", 1, 0), *others, ("p", "ninth", 5, 0), ("p", "tenth", 5, 0)]
    )
    assert [pair.record for pair in pairs] == ["c0#10"]
    assert {"record": "c0#9", "fate": "no_pair"} in entries


def test_kto_takes_answers_rated_low_enough_as_bad_ones(tree: Tree, output: Path):
    for name, rating in (("a", 4), ("b", 3.9), ("c", 2.1), ("d", 2)):
        tree.conversation(name, *exchange(f"q{name}", "x", rating=rating))
    rows, fates = export(tree, output, recipe("kto"))
    assert [row["label"] for row in rows] == [True, False]
    assert {record[-3]: fate for record, (fate, _) in fates.items()} == {
        "a": "exported",
        "b": "rated_between",
        "c": "rated_between",
        "d": "exported",
    }


@pytest.mark.parametrize(("rejected", "chosen"), [("longer", "short"), ("short", "longer")])
def test_of_a_pair_the_longer_answer_is_counted(rejected: str, chosen: str):
    example = example_of(
        [Message("user", "q"), Message("assistant", rejected), Message("assistant", chosen)],
        paired=True,
    )
    layout = layout_of(get_profile("inst"), "dpo")
    (row,) = render([example], [layout], keep_messages=True)
    assert row.messages == [Message("user", "q"), Message("assistant", "longer")]


def sides_of(pairs: list[Example], entries: list[Json]) -> dict[str, Split]:
    """Return the side of each record that stands in a row, as the better or the worse answer."""
    sides: dict[str, Split] = {pair.record: split_of(pair.group, SIDES) for pair in pairs}
    for entry in entries:
        if entry["fate"] == "compared":
            sides[entry["record"]] = sides[entry["detail"]]
    return sides


@given(ANSWERS)
def test_whatever_the_ratings_are(answers: list[tuple[str, str, int, int]]):
    """Each record has one fate; no conversation stands on two sides, in either answer."""
    pairs, entries = paired(answers)
    fates = Counter(entry["fate"] for entry in entries)
    assert fates.total() + len(pairs) == len(answers)
    assert fates["compared"] == len(pairs)
    assert all(pair.learned[-1] != pair.rejected[-1] for pair in pairs)
    for record, side in sides_of(pairs, entries).items():
        assert side == split_of(record.partition("#")[0], SIDES)


@given(ANSWERS, ANSWERS)
def test_more_answers_move_no_record(
    answers: list[tuple[str, str, int, int]], more: list[tuple[str, str, int, int]]
):
    """Partners may change, the side of a conversation never does."""
    before, after = (sides_of(*paired(each)) for each in (answers, answers + more))
    assert {record: after[record] for record in before if record in after} == {
        record: side for record, side in before.items() if record in after
    }
