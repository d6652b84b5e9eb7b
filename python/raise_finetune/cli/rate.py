"""``raise-finetune rate``."""

from functools import partial
from pathlib import Path
from typing import NamedTuple

import orjson

from raise_finetune.cli.console import print_json, print_text
from raise_finetune.cli.data_folder import open_data_folder
from raise_finetune.dataset.sources import judgements
from raise_finetune.dataset.sources.feedback import Feedback
from raise_finetune.dataset.sources.judgements import Judgement
from raise_finetune.errors import BadInputError
from raise_finetune.messages import text


class Said(NamedTuple):
    """What the options say of an answer; None for what they do not speak of."""

    rating: float | None
    correction: str | None
    tags: list[str] | None
    note: str | None


def target_of(chat: str | None, document: str | None) -> str:
    """Return the record that the options name; raises ``BadInputError`` unless it is just one."""
    if (chat is None) == (document is None):
        raise BadInputError("target_not_named")
    if document is not None:
        return document
    return f"chats/{Path(chat or '').name.removesuffix('.json')}"


def store_rating(
    root: Path | None,
    target: str,
    index: int,
    said: Said,
    *,
    as_json: bool,
) -> None:
    """Store a rating and say so; what is not said now stays as it was said before."""
    domain = open_data_folder(root)
    _, stored = judgements.revise_rating(domain, target, index, partial(_with_what_was_said, said))
    if as_json:
        print_json(orjson.dumps(stored.model_dump(mode="json", exclude={"conversation", "origin"})))
    else:
        print_text(text("cli.rate.done", target=target, index=index, rating=f"{stored.rating:g}"))


def _with_what_was_said(said: Said, before: Feedback | None) -> Judgement:
    """Return the judgement as a whole; raises ``BadInputError`` where no rating was ever given.

    A correction that somebody wrote must not go because somebody changes the stars.
    """
    rating, correction, tags, note = said
    if before is not None:
        rating = before.rating if rating is None else rating
        correction = before.correction if correction is None else correction
        tags = tags or list(before.tags)
        note = before.note if note is None else note
    if rating is None:
        raise BadInputError("rating_not_given")
    return Judgement(rating, correction or "", tuple(filter(None, tags or ())), note or "")


def remove_rating(root: Path | None, target: str, index: int, *, as_json: bool) -> None:
    """Remove a rating given here and say whether there was one."""
    removed = judgements.remove_rating(open_data_folder(root), target, index)
    if as_json:
        print_json(orjson.dumps({"target": target, "message_index": index, "removed": removed}))
    else:
        key = "cli.rate.removed" if removed else "cli.rate.nothing_to_remove"
        print_text(text(key, target=target, index=index))
