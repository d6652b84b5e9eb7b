"""The token check and the lengths of examples, without an export."""

from collections.abc import Iterable

from raise_finetune.dataset.prompts.text import TextProfile
from raise_finetune.dataset.records import Example
from raise_finetune.dataset.tokens import TokenCheck, TokenCounts, Tokenizer
from raise_finetune.dataset.tokens.check import TokenChecker
from raise_finetune.dataset.tokens.counts import TokenCounter


def check_profile(
    profile: TextProfile, tokenizer: Tokenizer, examples: Iterable[Example]
) -> TokenCheck:
    """Compare the ids of each example's line with ids assembled role by role."""
    checker = TokenChecker(profile, tokenizer)
    for example in examples:
        checker.add(example.record, example.messages)
    return checker.check()


def count_tokens(
    profile: TextProfile, tokenizer: Tokenizer, examples: Iterable[Example], max_length: int
) -> TokenCounts:
    """Count the tokens of every example's line."""
    counter = TokenCounter(profile, tokenizer, max_length, all_exactly=True)
    for example in examples:
        counter.add(example.record, example.messages)
    return counter.counts()
