"""``raise-finetune rate``."""

from pathlib import Path

import orjson

from raise_finetune.cli.console import print_json, print_text
from raise_finetune.cli.domain import open_domain
from raise_finetune.dataset.sources import feedback
from raise_finetune.dataset.sources.feedback import Judgement
from raise_finetune.errors import BadInputError
from raise_finetune.messages import text


def target_of(chat: str | None, document: str | None) -> str:
    """Return the record that the options name; raises ``BadInputError`` unless it is just one."""
    if (chat is None) == (document is None):
        raise BadInputError("target_not_named")
    return document or f"chats/{Path(chat or '').name.removesuffix('.json')}"


def store_rating(
    root: Path | None,
    target: str,
    index: int,
    judgement: tuple[float | None, str, tuple[str, ...], str],
    *,
    as_json: bool,
) -> None:
    """Store a rating and say so."""
    rating, correction, tags, note = judgement
    if rating is None:
        raise BadInputError("rating_not_given")
    judged = Judgement(rating, correction, tags, note)
    stored = feedback.rate(open_domain(root), target, index, judged)
    if as_json:
        print_json(orjson.dumps(stored.model_dump(mode="json", exclude={"conversation"})))
    else:
        print_text(text("cli.rate.done", target=target, index=index, rating=f"{rating:g}"))


def remove_rating(root: Path | None, target: str, index: int, *, as_json: bool) -> None:
    """Remove a rating given here and say whether there was one."""
    removed = feedback.remove_rating(open_domain(root), target, index)
    if as_json:
        print_json(orjson.dumps({"target": target, "message_index": index, "removed": removed}))
    else:
        key = "cli.rate.removed" if removed else "cli.rate.nothing_to_remove"
        print_text(text(key, target=target, index=index))
