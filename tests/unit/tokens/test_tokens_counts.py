"""Lengths in tokens, what a limit cuts, and the preview of a row."""

from collections.abc import Callable

import pytest

from domains.token_checks import count_tokens
from raise_finetune.dataset.prompts import get_text_profile
from raise_finetune.dataset.records import Example, Message
from raise_finetune.dataset.tokens import Tokenizer, preview_tokens
from raise_finetune.dataset.tokens.counts import CutRow


def example(record: str, question: str, answer: str) -> Example:
    return Example(
        record=record,
        group="g",
        kind="conversation",
        messages=[Message("user", question), Message("assistant", answer)],
        rating=0.0,
        date="",
        language="en",
        repairs=[],
    )


def words(count: int) -> str:
    """Return a text of so many tokens, with the space before it counted in."""
    return " ".join(["a"] * count)


def test_counts_and_cuts(bundled: Callable[[str], Tokenizer]):
    # <s> [INST] question [/INST] answer </s>
    rows = [
        example("short", words(1), words(1)),  # 6 tokens
        example("just", words(50), words(46)),  # 100: all of it is kept
        example("eos", words(50), words(47)),  # 101: the EOS is cut
        example("lost", words(200), words(10)),  # the answer begins at 203
    ]
    counts = count_tokens(get_text_profile("mistral-v3"), bundled("mistral-v3"), rows, 100)
    assert (counts.rows, counts.tokens, counts.longest) == (4, 6 + 100 + 101 + 214, 214)
    assert {bar.at_least: bar.rows for bar in counts.bars if bar.rows} == {0: 1, 64: 2, 128: 1}
    assert (counts.cut_rows, counts.cut_answers, counts.lost_answers) == (2, 2, 1)
    assert counts.cut == (
        CutRow(record="eos", tokens=101, lost=False),
        CutRow(record="lost", tokens=214, lost=True),
    )


@pytest.mark.parametrize(("question", "lost"), [(96, 0), (97, 1)])
def test_an_answer_that_would_begin_where_the_row_is_cut_is_lost(
    bundled: Callable[[str], Tokenizer], question: int, lost: int
):
    row = example("r", words(question), words(5))  # the answer begins three tokens later
    counts = count_tokens(get_text_profile("mistral-v3"), bundled("mistral-v3"), [row], 100)
    assert (counts.cut_answers, counts.lost_answers) == (1, lost)


def test_a_cut_after_the_eos_costs_no_answer(built: Callable[[str], Tokenizer]):
    """ChatML ends in a line feed that nothing is learned from."""
    profile, tokenizer = get_text_profile("chatml"), built("chatml")
    row = example("r", "a", "b")
    tokens = len(tokenizer.encode_line(profile.line(row.messages)))
    counts = count_tokens(profile, tokenizer, [row], tokens - 1)
    assert (counts.cut_rows, counts.cut_answers) == (1, 0)
    counts = count_tokens(profile, tokenizer, [row], tokens - 2)
    assert (counts.cut_rows, counts.cut_answers, counts.lost_answers) == (1, 1, 0)


def test_no_rows(bundled: Callable[[str], Tokenizer]):
    counts = count_tokens(get_text_profile("inst"), bundled("mistral-v3"), [], 1024)
    assert (counts.rows, counts.tokens, counts.longest, counts.cut) == (0, 0, 0, ())


def test_the_preview_of_a_row(bundled: Callable[[str], Tokenizer]):
    messages = [
        Message("user", "a"),
        Message("assistant", "b"),
        Message("user", "c"),
        Message("assistant", "d"),
    ]
    inst, tokenizer = get_text_profile("inst"), bundled("mistral-v3")
    tokens = preview_tokens(inst, tokenizer, messages, 13, whole=True)
    assert [(token.piece, token.state) for token in tokens] == [
        ("<s>", "masked"),
        ("[INST]", "masked"),
        ("▁a", "masked"),
        ("▁", "masked"),
        ("[/INST]", "masked"),
        ("▁b", "trained"),
        ("▁", "trained"),
        ("</s>", "trained"),
        ("[INST]", "masked"),
        ("▁c", "masked"),
        ("▁", "masked"),
        ("[/INST]", "masked"),
        ("▁d", "trained"),
        ("▁", "truncated"),
        ("</s>", "truncated"),
    ]
    assert [token.id for token in tokens if token.control] == [1, 3, 4, 2, 3, 4, 2]
    states = [token.state for token in preview_tokens(inst, tokenizer, messages, 13)]
    assert states == [*["masked"] * 12, "trained", "truncated", "truncated"]


@pytest.mark.parametrize("name", ["llama3", "chatml", "gemma"])
def test_what_is_trained_in_other_families(name: str, built: Callable[[str], Tokenizer]):
    messages = [Message("user", "a"), Message("assistant", "b")]
    profile = get_text_profile(name)
    tokens = preview_tokens(profile, built(name), messages, 1024)
    trained = [token.piece for token in tokens if token.state == "trained"]
    assert trained == ["b", profile.special_tokens.eos]
