"""Which records become examples: by rating, tag, date, language and what is left after mending."""

from collections.abc import Iterable, Iterator, Sequence

from raise_finetune.dataset.dates import normal_date
from raise_finetune.dataset.exchanges import Exchange, Exchanges, read_exchanges
from raise_finetune.dataset.language import detect_language
from raise_finetune.dataset.ledger import Fate, Ledger
from raise_finetune.dataset.recipe import ExportRecipe, FilterSection, RatingSection
from raise_finetune.dataset.records import Conversation, Documentation, Example, Message
from raise_finetune.dataset.templates import choose_question, fill


def select(
    batches: Iterable[list[Conversation | Documentation]], recipe: ExportRecipe, ledger: Ledger
) -> Iterator[list[Example]]:
    """Yield the examples that the recipe wants; every other record gets its fate."""
    select_conversation = _select_answers if recipe.examples.unit == "answer" else _select_whole
    for batch in batches:
        examples: list[Example] = []
        for item in batch:
            if isinstance(item, Conversation):
                select_conversation(item, recipe, ledger, examples)
            else:
                _select_documentation(item, recipe, ledger, examples)
        yield examples


def _select_answers(
    conversation: Conversation, recipe: ExportRecipe, ledger: Ledger, examples: list[Example]
) -> None:
    """Add an example for each answer that is wanted, with the exchanges before it."""
    found = read_exchanges(conversation, recipe.examples)
    if not found.exchanges and not found.rejected:
        ledger.mark(conversation.record, Fate.NO_EXCHANGE)
        return
    name = conversation.record
    counted = conversation.turns[-1].index if conversation.copy else None
    for index, fate in found.rejected:
        if counted is None or index == counted:
            ledger.mark(name if conversation.copy else f"{name}#{index}", fate)
    fate_of_all = _fate_by_filter(conversation, found, recipe.filter)
    for position, exchange in enumerate(found.exchanges):
        turn = exchange.turn
        if counted is not None and turn.index != counted:
            continue
        record = name if conversation.copy else f"{name}#{turn.index}"
        if turn.feedback:
            ledger.mark(record, Fate.SUPERSEDED, turn.feedback)
            continue
        rating = conversation.rating if turn.rating is None else turn.rating
        invalid = turn.invalid_rating or (conversation.invalid_rating if rating is None else "")
        date = normal_date(turn.date or conversation.date)
        fate = (
            fate_of_all
            or _fate_by_rating(rating, invalid, recipe.rating)
            or _fate_by_date(date, recipe.filter)
        )
        if fate is not None:
            ledger.mark(record, fate, invalid if fate is Fate.INVALID_RATING else "")
            continue
        context = _context(found.exchanges[:position], recipe)
        examples.append(
            Example(
                record=record,
                group=conversation.group,
                kind="conversation",
                messages=_messages(found.system, [*context, exchange]),
                rating=rating or 0.0,
                date=date,
                language=conversation.language,
                repairs=exchange.repairs,
            )
        )


def _select_whole(
    conversation: Conversation, recipe: ExportRecipe, ledger: Ledger, examples: list[Example]
) -> None:
    """Add one example that holds all exchanges; its rating is its worst answer's."""
    found = read_exchanges(conversation, recipe.examples)
    if not found.exchanges:
        fate = found.rejected[0][1] if found.rejected else Fate.NO_EXCHANGE
        ledger.mark(conversation.record, fate)
        return
    turns = [exchange.turn for exchange in found.exchanges]
    ratings = [turn.rating for turn in turns if turn.rating is not None]
    rating = min(ratings) if ratings else conversation.rating
    invalid = next((turn.invalid_rating for turn in turns if turn.invalid_rating), "")
    invalid = invalid or (conversation.invalid_rating if rating is None else "")
    date = normal_date(turns[-1].date or conversation.date)
    fate = (
        _fate_by_filter(conversation, found, recipe.filter)
        or _fate_by_rating(rating, invalid, recipe.rating)
        or _fate_by_date(date, recipe.filter)
    )
    if fate is not None:
        ledger.mark(conversation.record, fate, invalid if fate is Fate.INVALID_RATING else "")
        return
    repairs = [repair for exchange in found.exchanges for repair in exchange.repairs]
    repairs += [f"left_out_{fate}" for _, fate in found.rejected]
    examples.append(
        Example(
            record=conversation.record,
            group=conversation.group,
            kind="conversation",
            messages=_messages(found.system, found.exchanges),
            rating=rating or 0.0,
            date=date,
            language=conversation.language,
            repairs=repairs,
        )
    )


def _select_documentation(
    item: Documentation, recipe: ExportRecipe, ledger: Ledger, examples: list[Example]
) -> None:
    date = normal_date(item.date)
    wanted = recipe.filter.languages or tuple(item.fields)
    language = next((language for language in item.fields if language in wanted), "")
    fate = _fate_of_documentation(item, recipe, date)
    if fate is None and not language:
        fate = Fate.OTHER_LANGUAGE
    if fate is not None:
        ledger.mark(item.record, fate, item.invalid_rating if fate is Fate.INVALID_RATING else "")
        return
    templates = getattr(recipe.templates, item.kind)[language]
    question = fill(choose_question(item.record, templates.questions), item.fields[language])
    answer = fill(templates.answer, item.fields[language])
    examples.append(
        Example(
            record=item.record,
            group=item.record,
            kind=item.kind,
            messages=[Message("user", question), Message("assistant", answer)],
            rating=item.rating or 0.0,
            date=date,
            language=language,
        )
    )


def _fate_of_documentation(item: Documentation, recipe: ExportRecipe, date: str) -> Fate | None:
    """Documentation needs no rating; one that is too low still keeps it out."""
    if not recipe.source.documentation:
        return Fate.DOCUMENTATION_OUT
    if not item.fields:
        return Fate.EMPTY_ANSWER
    if item.kind == "article" and item.status and not _is_wanted(item.status, recipe):
        return Fate.NOT_PUBLISHED
    if not _has_wanted_tags(item.tags, recipe.filter):
        return Fate.TAG_FILTERED
    if item.invalid_rating:
        return Fate.INVALID_RATING
    if item.rating is not None and item.rating < recipe.rating.minimum:
        return Fate.RATED_TOO_LOW
    return _fate_by_date(date, recipe.filter)


def _is_wanted(status: str, recipe: ExportRecipe) -> bool:
    wanted = recipe.source.article_statuses
    return not wanted or status in wanted


def _fate_by_filter(
    conversation: Conversation, found: Exchanges, filters: FilterSection
) -> Fate | None:
    if not _has_wanted_tags(conversation.tags, filters):
        return Fate.TAG_FILTERED
    if filters.languages and found.exchanges:
        if not conversation.language:
            texts = (f"{exchange.question} {exchange.answer}" for exchange in found.exchanges)
            conversation.language = detect_language(" ".join(texts)) or ""
        if conversation.language not in filters.languages:
            return Fate.OTHER_LANGUAGE
    return None


def _has_wanted_tags(tags: Sequence[str], filters: FilterSection) -> bool:
    if filters.tags and not any(tag in filters.tags for tag in tags):
        return False
    return not any(tag in filters.exclude_tags for tag in tags)


def _fate_by_rating(rating: float | None, invalid: str, options: RatingSection) -> Fate | None:
    if invalid:
        return Fate.INVALID_RATING
    if rating is None:
        return None if options.include_unrated else Fate.UNRATED
    return Fate.RATED_TOO_LOW if rating < options.minimum else None


def _fate_by_date(date: str, filters: FilterSection) -> Fate | None:
    """Both days count; a record without a date is out as soon as dates are asked for."""
    if filters.since and date[:10] < filters.since:
        return Fate.OUTSIDE_DATES
    if filters.until and not "" < date[:10] <= filters.until:
        return Fate.OUTSIDE_DATES
    return None


def _context(earlier: list[Exchange], recipe: ExportRecipe) -> list[Exchange]:
    """Return the exchanges before an answer that go with it.

    An answer that a person rated too low never stands in a context: a trainer that learns from
    the whole text would learn it too. The context begins after the last such answer.
    """
    limit = recipe.examples.context_exchanges
    start = len(earlier)
    while start > 0 and len(earlier) - start < limit:
        rating = earlier[start - 1].turn.rating
        if rating is not None and rating < recipe.rating.minimum:
            break
        start -= 1
    return earlier[start:]


def _messages(system: str, exchanges: Sequence[Exchange]) -> list[Message]:
    messages = [Message("system", system)] if system else []
    for exchange in exchanges:
        messages.append(Message("user", exchange.question))
        messages.append(Message("assistant", exchange.answer))
    return messages
