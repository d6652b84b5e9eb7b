"""Which conversations become examples: by rating, tag, language and date, the cheap tests first."""

from collections.abc import Iterable, Iterator
from typing import Any

from raise_finetune.dataset.dates import normal_date
from raise_finetune.dataset.documents import select_documentation
from raise_finetune.dataset.exchanges import Exchanges, read_exchanges
from raise_finetune.dataset.fields import declared_language, newest_date, tags
from raise_finetune.dataset.filters import fate_by_date, fate_by_rating, fate_by_tags
from raise_finetune.dataset.language import detect_language
from raise_finetune.dataset.ledger import Fate, Ledger
from raise_finetune.dataset.ratings import RatingReader, rating_or_invalid
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.records import Conversation, Documentation, Example, Message


def select(
    batches: Iterable[list[Conversation | Documentation]],
    read_rating: RatingReader,
    recipe: ExportRecipe,
    ledger: Ledger,
) -> Iterator[list[Example]]:
    """Yield the examples that the recipe wants; every other record gets its fate."""
    select_conversation = _select_answers if recipe.examples.unit == "answer" else _select_whole
    for batch in batches:
        examples: list[Example] = []
        for item in batch:
            if isinstance(item, Conversation):
                select_conversation(item, read_rating, recipe, ledger, examples)
            else:
                select_documentation(item, recipe, ledger, examples)
        yield examples


def _select_answers(
    conversation: Conversation,
    read_rating: RatingReader,
    recipe: ExportRecipe,
    ledger: Ledger,
    examples: list[Example],
) -> None:
    """Add an example for each answer that is wanted, with the exchanges before it."""
    wanted = _wanted_answers(conversation, read_rating, recipe, ledger)
    if not wanted:
        return
    found = read_exchanges(conversation.messages[: max(wanted) + 1], recipe.examples)
    for place, fate in found.rejected:
        if place in wanted:
            ledger.mark(_answer_record(conversation, place), fate)
    language, out_of_language = _language(conversation, found, recipe)
    too_low = _rated_too_low(conversation, recipe)
    system = _system_message(found)
    context: list[Message] = []
    for place, question, answer, repairs in found.exchanges:
        if place in wanted:
            record = _answer_record(conversation, place)
            date = _date(conversation, place)
            fate = out_of_language or fate_by_date(date, recipe.filter)
            if fate is not None:
                ledger.mark(record, fate)
            else:
                examples.append(
                    Example(
                        record=record,
                        group=conversation.group,
                        kind="conversation",
                        messages=[*system, *context, question, answer],
                        rating=wanted[place] or 0.0,
                        date=date,
                        language=language,
                        repairs=repairs,
                    )
                )
        # A trainer that learns from the whole text would learn a bad answer from the context
        # too, so the context begins after the last one that a person rated too low.
        if place in too_low:
            context.clear()
        else:
            context += (question, answer)
            del context[: max(0, len(context) - 2 * recipe.examples.context_exchanges)]


def _wanted_answers(
    conversation: Conversation, read_rating: RatingReader, recipe: ExportRecipe, ledger: Ledger
) -> dict[int, float | None]:
    """Return the rating of each answer that passes the cheap tests; the others get their fate.

    Most answers are unrated, so this comes before anything looks at a text.
    """
    answers = conversation.answers[-1:] if conversation.copy else conversation.answers
    if not answers:
        ledger.mark(conversation.record, "no_exchange")
        return {}
    of_all = rating_or_invalid(conversation.document, read_rating)
    out_of_tags = _fate_by_tags(conversation, recipe)
    wanted: dict[int, float | None] = {}
    unrated: list[int] = []
    for answer in answers:
        rating, invalid = answer.rating, answer.invalid_rating
        if rating is None and not invalid:
            rating, invalid = of_all
        if answer.feedback:
            fate, detail = "superseded", answer.feedback
        else:
            fate = out_of_tags or fate_by_rating(rating, invalid, recipe.rating)
            detail = invalid
        if fate is None:
            wanted[answer.index] = rating
        elif fate == "unrated" and not conversation.copy:
            unrated.append(answer.index)
        else:
            ledger.mark(_answer_record(conversation, answer.index), fate, detail)
    if unrated:
        ledger.mark_answers(conversation.record, unrated, "unrated")
    return wanted


def _answer_record(conversation: Conversation, place: int) -> str:
    return conversation.record if conversation.copy else f"{conversation.record}#{place}"


def _rated_too_low(conversation: Conversation, recipe: ExportRecipe) -> set[int]:
    minimum = recipe.rating.minimum
    return {
        answer.index
        for answer in conversation.answers
        if answer.rating is not None and answer.rating < minimum
    }


def _select_whole(
    conversation: Conversation,
    read_rating: RatingReader,
    recipe: ExportRecipe,
    ledger: Ledger,
    examples: list[Example],
) -> None:
    """Add one example that holds all exchanges; its rating is its worst answer's."""
    rating, invalid = _rating_of_whole(conversation, read_rating)
    found = read_exchanges(conversation.messages, recipe.examples)
    language, out_of_language = _language(conversation, found, recipe)
    date = _date(conversation, conversation.answers[-1].index) if conversation.answers else ""
    fate = (
        _fate_by_tags(conversation, recipe)
        or fate_by_rating(rating, invalid, recipe.rating)
        or _fate_without_exchange(found)
        or out_of_language
        or fate_by_date(date, recipe.filter)
    )
    if fate is not None:
        ledger.mark(conversation.record, fate, invalid)
        return
    repairs = [repair for exchange in found.exchanges for repair in exchange.repairs]
    repairs += [f"left_out_{fate}" for _, fate in found.rejected]
    examples.append(
        Example(
            record=conversation.record,
            group=conversation.group,
            kind="conversation",
            messages=[*_system_message(found), *_all_messages(found)],
            rating=rating or 0.0,
            date=date,
            language=language,
            repairs=repairs,
        )
    )


def _rating_of_whole(
    conversation: Conversation, read_rating: RatingReader
) -> tuple[float | None, str]:
    ratings = [answer.rating for answer in conversation.answers if answer.rating is not None]
    invalid = [answer.invalid_rating for answer in conversation.answers if answer.invalid_rating]
    if ratings or invalid:
        return min(ratings, default=None), next(iter(invalid), "")
    return rating_or_invalid(conversation.document, read_rating)


def _fate_without_exchange(found: Exchanges) -> Fate | None:
    if found.exchanges:
        return None
    return found.rejected[0][1] if found.rejected else "no_exchange"


def _fate_by_tags(conversation: Conversation, recipe: ExportRecipe) -> Fate | None:
    if not recipe.filter.tags and not recipe.filter.exclude_tags:
        return None
    return fate_by_tags(tags(conversation.document), recipe.filter)


def _language(
    conversation: Conversation, found: Exchanges, recipe: ExportRecipe
) -> tuple[str, Fate | None]:
    """Return the language, found out only where it is asked for, and the fate if unwanted."""
    language = declared_language(conversation.document)
    if not recipe.filter.languages:
        return language, None
    if not language:
        texts = " ".join(message.content for message in _all_messages(found))
        language = detect_language(texts) or ""
    return language, None if language in recipe.filter.languages else "other_language"


def _date(conversation: Conversation, place: int) -> str:
    message: dict[str, Any] = conversation.messages[place]
    written = message.get("createdAt") or message.get("timestamp")
    return normal_date(written) or normal_date(newest_date(conversation.document))


def _system_message(found: Exchanges) -> list[Message]:
    return [Message("system", found.system)] if found.system else []


def _all_messages(found: Exchanges) -> list[Message]:
    return [
        message for exchange in found.exchanges for message in (exchange.question, exchange.answer)
    ]
