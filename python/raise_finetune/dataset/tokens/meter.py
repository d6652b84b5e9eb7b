"""The token check of an export: watches its rows on their way to the files."""

from collections.abc import Iterable, Iterator

from raise_finetune.dataset.notice import Notice
from raise_finetune.dataset.prompts import get_text_profile
from raise_finetune.dataset.prompts.chat_template import load_template_profile
from raise_finetune.dataset.prompts.profile import PromptProfile
from raise_finetune.dataset.prompts.text import TextProfile
from raise_finetune.dataset.recipe import TokensSection
from raise_finetune.dataset.records import Row
from raise_finetune.dataset.split import Split
from raise_finetune.dataset.tokens.check import TokenChecker
from raise_finetune.dataset.tokens.counts import TokenCounter
from raise_finetune.dataset.tokens.load import (
    TokensNotInstalledError,
    load_tokenizer,
    tokenizer_name,
    tokenizer_sha256,
)
from raise_finetune.dataset.tokens.report import TokenReport
from raise_finetune.dataset.tokens.tokenizer import Tokenizer
from raise_finetune.errors import BadInputError
from raise_finetune.paths import expand_home

# More would show nothing new, and each costs four times as much as counting it.
_CHECKED_ROWS = 500


class TokenMeter:
    """Counts the tokens of rows, and checks the profile on the sample that it counts exactly."""

    def __init__(
        self, profile: PromptProfile, tokenizer: Tokenizer, options: TokensSection
    ) -> None:
        self._options = options
        line_profile = line_profile_of(profile, tokenizer, options.tokenizer)
        self._counted_as = line_profile.name
        self._counter = TokenCounter(
            line_profile,
            tokenizer,
            options.max_length,
            all_exactly=options.counting == "all",
        )
        is_text = isinstance(profile, TextProfile)
        self._checker = TokenChecker(profile, tokenizer) if is_text else None
        self._checked = 0

    def add(self, row: Row) -> None:
        """Count one row, which carries its messages."""
        in_sample = self._counter.add(row.record, row.messages)
        if in_sample and self._checker is not None and self._checked < _CHECKED_ROWS:
            self._checked += 1
            self._checker.add(row.record, row.messages)

    def report(self) -> TokenReport:
        """Return what was found so far."""
        name = tokenizer_name(self._options.tokenizer)
        check = self._checker.check() if self._checker is not None else None
        return TokenReport(
            tokenizer=name,
            sha256=tokenizer_sha256(self._options.tokenizer),
            counting=self._options.counting,
            counted_as=self._counted_as,
            check=None if check is None else check.model_copy(update={"tokenizer": name}),
            counts=self._counter.counts(),
        )


def open_meter(
    profile: PromptProfile, options: TokensSection
) -> tuple[TokenMeter | None, list[Notice]]:
    """Return the meter that the recipe asks for, None where it names no tokenizer.

    Where the packages of the extra ``tokens`` are missing there is none either, and a notice.
    Raises ``BadInputError`` for a tokenizer that cannot be loaded, and for a structured profile
    whose line nobody knows.
    """
    if not options.tokenizer:
        return None, []
    try:
        return TokenMeter(profile, load_tokenizer(options.tokenizer), options), []
    except TokensNotInstalledError:
        notice = Notice(code="tokens_not_installed", params={"tokenizer": options.tokenizer})
        return None, [notice]


def line_profile_of(profile: PromptProfile, tokenizer: Tokenizer, source: str) -> TextProfile:
    """Return the profile that writes the whole text which a model is trained on.

    A structured profile leaves that to the trainer, which takes the template of the model: the
    tokenizer's profile, or the chat template beside the tokenizer's file.
    """
    if isinstance(profile, TextProfile):
        return profile
    if tokenizer.profile:
        return get_text_profile(tokenizer.profile)
    path = expand_home(source)
    try:
        return load_template_profile(str(path if path.is_dir() else path.parent))
    except BadInputError as error:
        raise BadInputError(
            "tokens_without_template", profile=profile.name, tokenizer=source
        ) from error


def watch(
    batches: Iterable[list[tuple[Split, Row]]], meter: TokenMeter | None
) -> Iterator[list[tuple[Split, Row]]]:
    """Yield the batches as they are; the meter sees each row."""
    for batch in batches:
        if meter is not None:
            for _, row in batch:
                meter.add(row)
        yield batch
