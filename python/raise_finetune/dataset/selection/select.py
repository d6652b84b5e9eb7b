"""Which conversations become examples: by rating, tag, language and date, the cheap tests first."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from raise_finetune.dataset.ledger import Fate, Ledger
from raise_finetune.dataset.recipe import ExamplesSection, ExportRecipe
from raise_finetune.dataset.record_names import name_of_answer
from raise_finetune.dataset.records import Conversation, Documentation, Example, Message, Rating
from raise_finetune.dataset.selection.documents import select_documentation
from raise_finetune.dataset.selection.exchanges import Exchange, Exchanges, read_exchanges
from raise_finetune.dataset.selection.filters import Filters
from raise_finetune.dataset.sources.dates import normal_date
from raise_finetune.dataset.sources.fields import clean, declared_language, newest_date, tags
from raise_finetune.dataset.sources.language import detect_language
from raise_finetune.dataset.sources.ratings import RatingReader, rating_or_invalid


@dataclass(frozen=True, slots=True)
class _Choice:
    """What the choice of a conversation's answers depends on, besides the conversation."""

    options: ExamplesSection
    context_messages: int
    filters: Filters
    read_rating: RatingReader
    ledger: Ledger


class _Judged(NamedTuple):
    """What the cheap tests say of an answer: its fate, None where it is wanted."""

    rating: float | None
    detail: str
    fate: Fate | None


def select(
    batches: Iterable[list[Conversation | Documentation]],
    read_rating: RatingReader,
    recipe: ExportRecipe,
    ledger: Ledger,
) -> Iterator[list[Example]]:
    """Yield the examples that the recipe wants; every other record gets its fate."""
    options, filters = recipe.examples, Filters(recipe)
    choice = _Choice(options, 2 * options.context_exchanges, filters, read_rating, ledger)
    select_conversation = _select_whole if options.are_whole else _select_answers
    for batch in batches:
        examples: list[Example] = []
        for item in batch:
            if isinstance(item, Conversation):
                select_conversation(item, choice, examples)
            else:
                select_documentation(item, recipe, filters, ledger, examples)
        yield examples


def _select_answers(conversation: Conversation, choice: _Choice, examples: list[Example]) -> None:
    """Add an example for each answer that is wanted, with the exchanges before it."""
    wanted = _wanted_answers(conversation, choice)
    if not wanted:
        return
    found = read_exchanges(conversation.messages[: max(wanted) + 1], choice.options)
    for place, fate in found.rejected:
        if place in wanted:
            choice.ledger.mark(_answer_record(conversation, place), fate)
    language, out_of_language = _language(conversation, found, choice.filters)
    system = _system_message(found)
    is_pairs = choice.filters.task == "dpo"
    for exchange, context in _with_context(conversation, found.exchanges, choice):
        place = exchange.place
        if place not in wanted:
            continue
        record, date = _answer_record(conversation, place), _date(conversation, place)
        fate = out_of_language or choice.filters.fate_by_date(date)
        if fate is not None:
            choice.ledger.mark(record, fate)
            continue
        messages = [*system, *context, exchange.question, exchange.answer]
        original = _original(conversation, place, exchange) if is_pairs else None
        if original is not None:
            messages.insert(-1, original)
        # By position: with keywords an object costs three times as much.
        examples.append(
            Example(
                record,
                conversation.group,
                "conversation",
                messages,
                wanted[place] or 0.0,
                date,
                language,
                exchange.repairs,
                original is not None,
            )
        )


def _with_context(
    conversation: Conversation, exchanges: Iterable[Exchange], choice: _Choice
) -> Iterator[tuple[Exchange, list[Message]]]:
    """Yield each exchange with the messages before it that go into its prompt.

    They are one list, which changes with the next exchange. A trainer that learns from the whole
    text would learn a bad answer from the context too, so the context begins after the last one
    that a person rated too low; what is forgotten is so in a context, too.
    """
    too_low = _rated_too_low(conversation, choice.filters)
    context: list[Message] = []
    for exchange in exchanges:
        yield exchange, context
        if exchange.place in too_low or exchange.place in conversation.forgotten:
            context.clear()
            continue
        context += (exchange.question, exchange.answer)
        if len(context) > choice.context_messages:
            del context[: len(context) - choice.context_messages]


def _original(conversation: Conversation, place: int, exchange: Exchange) -> Message | None:
    """Return the answer in whose place a correction stands, if it said something else."""
    text = clean((conversation.originals or {}).get(place, ""))
    return Message("assistant", text) if text and text != exchange.answer.content else None


def _wanted_answers(conversation: Conversation, choice: _Choice) -> dict[int, float | None]:
    """Return the rating of each answer that passes the cheap tests; the others get their fate.

    Most answers are unrated, so this comes before anything looks at a text.
    """
    filters = choice.filters
    answers = conversation.answers[-1:] if conversation.copy else conversation.answers
    if not answers:
        choice.ledger.mark(conversation.record, "no_exchange")
        return {}
    out_of_tags = filters.fate_by_tags(tags(conversation.document)) if filters.by_tags else None
    rating, invalid = rating_or_invalid(conversation.document, choice.read_rating)
    fate = out_of_tags or filters.fate_by_rating(rating, invalid)
    if conversation.ratings or conversation.copy or invalid:
        of_all = _Judged(rating, invalid, fate)
        return _wanted_singly(conversation, answers, of_all, out_of_tags, choice)
    if fate is None:
        return dict.fromkeys(answers, rating)
    choice.ledger.mark_answers(conversation.record, answers, fate)
    return {}


def _wanted_singly(
    conversation: Conversation,
    answers: Sequence[int],
    of_all: _Judged,
    out_of_tags: Fate | None,
    choice: _Choice,
) -> dict[int, float | None]:
    """Tell the answers apart by their own ratings; ``of_all`` holds for those that have none."""
    wanted: dict[int, float | None] = {}
    unrated: list[int] = []
    for index in answers:
        own = conversation.ratings.get(index)
        judged = of_all if own is None else _judged(own, out_of_tags, choice.filters)
        if judged.fate is None:
            wanted[index] = judged.rating
        elif judged.fate == "unrated" and not conversation.copy:
            unrated.append(index)
        else:
            record = _answer_record(conversation, index)
            choice.ledger.mark(record, judged.fate, judged.detail)
    if unrated:
        choice.ledger.mark_answers(conversation.record, unrated, "unrated")
    return wanted


def _judged(own: Rating, out_of_tags: Fate | None, filters: Filters) -> _Judged:
    if own.feedback:  # exported from the copy that the rating keeps
        return _Judged(None, own.feedback, "superseded")
    fate = out_of_tags or filters.fate_by_rating(own.value, own.invalid)
    return _Judged(own.value, own.invalid, fate)


def _answer_record(conversation: Conversation, place: int) -> str:
    return conversation.record if conversation.copy else name_of_answer(conversation.record, place)


def _rated_too_low(conversation: Conversation, filters: Filters) -> list[int]:
    return [
        index
        for index, rating in conversation.ratings.items()
        if rating.value is not None and rating.value < filters.minimum
    ]


def _select_whole(conversation: Conversation, choice: _Choice, examples: list[Example]) -> None:
    """Add one example that holds all exchanges; its rating is its worst answer's."""
    filters = choice.filters
    rating, invalid = _rating_of_whole(conversation, choice.read_rating)
    found = read_exchanges(conversation.messages, choice.options)
    language, out_of_language = _language(conversation, found, filters)
    date = _date(conversation, conversation.answers[-1]) if conversation.answers else ""
    fate = (
        filters.fate_by_tags(tags(conversation.document))
        or filters.fate_by_rating(rating, invalid)
        or _fate_without_exchange(found)
        or out_of_language
        or filters.fate_by_date(date)
    )
    if fate is not None:
        choice.ledger.mark(conversation.record, fate, invalid)
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
    said = conversation.ratings.values()
    values = [rating.value for rating in said if rating.value is not None]
    invalid = [rating.invalid for rating in said if rating.invalid]
    if values or invalid:
        return min(values, default=None), next(iter(invalid), "")
    return rating_or_invalid(conversation.document, read_rating)


def _fate_without_exchange(found: Exchanges) -> Fate | None:
    if found.exchanges:
        return None
    return found.rejected[0][1] if found.rejected else "no_exchange"


def _language(
    conversation: Conversation, found: Exchanges, filters: Filters
) -> tuple[str, Fate | None]:
    """Return the language, found out only where it is asked for, and the fate if unwanted."""
    language = declared_language(conversation.document)
    if not filters.languages:
        return language, None
    if not language:
        texts = " ".join(message.content for message in _all_messages(found))
        language = detect_language(texts) or ""
    return language, None if language in filters.languages else "other_language"


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
