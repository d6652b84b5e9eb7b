"""Which documentation becomes examples, and its question and answer by template."""

from raise_finetune.dataset.ledger import Fate, Ledger
from raise_finetune.dataset.recipe import ExportRecipe, KindTemplates
from raise_finetune.dataset.records import Documentation, Example, Message
from raise_finetune.dataset.selection.filters import Filters
from raise_finetune.dataset.sources.dates import normal_date
from raise_finetune.dataset.templates import choose_question, fill, says_of_what


def select_documentation(
    item: Documentation,
    recipe: ExportRecipe,
    filters: Filters,
    ledger: Ledger,
    examples: list[Example],
) -> None:
    """Add the example of a piece of documentation, or give it its fate."""
    date = normal_date(item.date)
    fate = _fate(item, date, recipe, filters)
    if fate is not None:
        ledger.mark(item.record, fate, item.invalid_rating)
        return
    language = _wanted_languages(item, recipe)[0]
    templates: KindTemplates = getattr(recipe.templates, item.kind)[language]
    chosen = choose_question(item.record, templates.questions)
    question = fill(chosen, item.fields[language])
    if not says_of_what(chosen, item.fields[language]):
        question = ""  # "What does the article say?" has as many answers as there are articles
    answer = fill(templates.answer, item.fields[language])
    if not question or not answer:
        ledger.mark(item.record, "empty_answer" if question else "empty_question")
        return
    examples.append(
        Example(
            record=item.record,
            group=item.record,
            kind=item.kind,
            messages=[Message("user", question), Message("assistant", answer)],
            rating=item.rating or 0.0,
            date=date,
            language=language,
            repairs=[],
        )
    )


def _fate(item: Documentation, date: str, recipe: ExportRecipe, filters: Filters) -> Fate | None:
    """Documentation needs no rating; one that is too low still keeps it out."""
    if not recipe.source.documentation or recipe.output.task != "sft":
        return "documentation_out"
    if not item.fields:
        return "empty_answer"
    statuses = recipe.source.article_statuses
    if item.kind == "article" and item.status and statuses and item.status not in statuses:
        return "not_published"
    if item.invalid_rating:
        return "invalid_rating"
    if item.rating is not None and item.rating < filters.minimum:
        return "rated_too_low"
    if not _wanted_languages(item, recipe):
        return "other_language"
    return filters.fate_by_tags(item.tags) or filters.fate_by_date(date)


def _wanted_languages(item: Documentation, recipe: ExportRecipe) -> list[str]:
    """Return the languages it exists in and that are wanted, in RAISE's order of preference."""
    wanted = recipe.filter.languages or tuple(item.fields)
    return [language for language in item.fields if language in wanted]
