"""The command that shows one row as its model reads it."""

from functools import lru_cache
from typing import Annotated

from pydantic import Field

from raise_finetune.commands.context import Context
from raise_finetune.commands.data_folder import open_data_folder
from raise_finetune.commands.progress import TaskProgress, reporting_pulse
from raise_finetune.commands.registry import command
from raise_finetune.commands.wire import LongRequest, Response
from raise_finetune.dataset.browsing.preview import find_example
from raise_finetune.dataset.prompts.resolve import resolve_profile
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.tokens import TokenView, load_tokenizer, preview_tokens
from raise_finetune.dataset.tokens.meter import line_profile_of


class TokensRequest(LongRequest):
    """Which row, by its record, of which export; the recipe names the tokenizer."""

    recipe: ExportRecipe
    record: Annotated[str, Field(min_length=1, max_length=4096)]


class TokensResponse(Response):
    """The row as tokens; ``profile`` is the one whose line was tokenized."""

    profile: str
    max_length: int
    tokens: tuple[TokenView, ...]


@command("dataset_preview_tokens", progress=TaskProgress, only_reads=True)
def dataset_preview_tokens(request: TokensRequest, context: Context) -> TokensResponse:
    """Show a row of the export as tokens: trained, masked or cut off."""
    engine = open_data_folder()
    options = request.recipe.tokens
    tokenizer = _loaded(options.tokenizer)
    chosen = resolve_profile(request.recipe.output.profile)
    profile = line_profile_of(chosen, tokenizer, options.tokenizer)
    example = find_example(engine, request.recipe, request.record, reporting_pulse(context))
    whole = request.recipe.examples.are_whole
    tokens = preview_tokens(profile, tokenizer, example.learned, options.max_length, whole=whole)
    return TokensResponse(profile=profile.name, max_length=options.max_length, tokens=tuple(tokens))


# Loading one takes up to a second, and people look at one row after another.
_loaded = lru_cache(maxsize=2)(load_tokenizer)
