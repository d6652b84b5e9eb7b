"""``ExportRecipe``: all that a user can choose, as one model, one TOML file, one form.

What each key means to a person stands in the catalogues as ``recipe.<section>.<key>``; the file
that ``recipe_file`` writes carries those words as comments.
"""

from collections.abc import Mapping
from datetime import date
from string import Formatter
from typing import Annotated, Literal, Self, TypeVar, cast

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from raise_finetune.dataset.formats import Format
from raise_finetune.dataset.output import config_name
from raise_finetune.dataset.prompts import get_profile
from raise_finetune.dataset.prompts.control import ControlTokens
from raise_finetune.dataset.prompts.layout import Task, layout_of
from raise_finetune.dataset.prompts.resolve import check_name, is_template, name_without_folders
from raise_finetune.dataset.sanitize.options import SanitizeOptions
from raise_finetune.dataset.section import Section
from raise_finetune.dataset.templates import TEMPLATE_FIELDS, default_templates
from raise_finetune.messages import Language
from raise_finetune.problems import WrongValueError

Fraction = Annotated[float, Field(ge=0.0, lt=1.0)]


class SourceSection(Section):
    """Where records come from; an empty list means all."""

    spaces: tuple[str, ...] = ()
    databases: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    chats: bool = True
    documentation: bool = True
    article_statuses: tuple[str, ...] = ("published",)


class RatingSection(Section):
    """Which answers are good enough, and where their ratings stand."""

    minimum: Annotated[float, Field(ge=1.0, le=5.0)] = 4.0
    bad_maximum: Annotated[float, Field(ge=1.0, le=5.0)] = 2.0
    include_unrated: bool = False
    paths: tuple[str, ...] = ("x_rating", "rating", "metadata.rating", "meta.rating")
    thumbs_paths: tuple[str, ...] = ("x_thumbs", "thumbs", "metadata.thumbs", "meta.thumbs")


def _written_day(value: object) -> object:
    """Take TOML's own dates, too."""
    return value.isoformat() if isinstance(value, date) else value


def _check_day(value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat() if value else ""
    except ValueError as error:
        raise WrongValueError("no_day", value=value) from error


_Bound = TypeVar("_Bound", str, int)  # two days in ISO form, or two numbers
Day = Annotated[str, BeforeValidator(_written_day), AfterValidator(_check_day)]


def _check_order(lower_key: str, lower: _Bound, upper_key: str, upper: _Bound) -> None:
    """Refuse two bounds between which nothing lies."""
    if lower > upper:
        params = {"low": lower_key, "lower": lower, "high": upper_key, "upper": upper}
        raise WrongValueError("bounds_crossed", keys=(lower_key, upper_key), **params)


class FilterSection(Section):
    """Which records are wanted, whatever their rating."""

    tags: tuple[str, ...] = ()
    exclude_tags: tuple[str, ...] = ()
    since: Day = ""
    until: Day = ""
    languages: tuple[Literal["fr", "en"], ...] = ()

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.until:
            _check_order("since", self.since, "until", self.until)
        return self


class ExamplesSection(Section):
    """How conversations become examples."""

    unit: Literal["answer", "conversation"] = "answer"
    context_exchanges: Annotated[int, Field(ge=0, le=1000)] = 32
    system_prompts: Literal["keep", "drop"] = "keep"
    doubled_questions: Literal["last", "join"] = "last"
    prompt_leaks: Literal["cut", "drop", "keep"] = "cut"
    leak_markers: tuple[str, ...] = (
        "### NOUVELLE QUESTION ###",
        "### NEW QUESTION ###",
        "### QUESTION ###",
        "### CONTEXTE ###",
        "### CONTEXT ###",
        "### HISTORIQUE ###",
        "### HISTORY ###",
        "### INSTRUCTIONS ###",
        "### RÉPONSE ###",
        "### RESPONSE ###",
    )

    @property
    def are_whole(self) -> bool:
        """Whether an example is a whole conversation, and no answer with what led to it."""
        return self.unit == "conversation"


Length = Annotated[int, Field(ge=0, le=1_000_000_000)]


class QualitySection(Section):
    """Which examples are worth learning; a bound of 0 is none."""

    length_unit: Literal["words", "characters"] = "words"
    min_question: Length = 0
    max_question: Length = 0
    min_answer: Length = 0
    max_answer: Length = 0
    repeated_questions: Literal["drop", "keep"] = "drop"
    refusals: Literal["drop", "keep"] = "keep"
    mixed_languages: Literal["drop", "keep"] = "keep"
    max_repetition: Annotated[float, Field(ge=0.0, le=1.0)] = 1.0

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.max_question:
            _check_order("min_question", self.min_question, "max_question", self.max_question)
        if self.max_answer:
            _check_order("min_answer", self.min_answer, "max_answer", self.max_answer)
        return self


class DedupSection(Section):
    """What becomes of rows that are nearly the same; the very same are always written once."""

    near: Literal["drop", "keep", "off"] = "drop"
    threshold: Annotated[float, Field(ge=0.5, le=1.0)] = 0.7


def _check_placeholders(template: str) -> str:
    try:
        parts = list(Formatter().parse(template))
    except ValueError as error:  # in words of programmers
        raise WrongValueError("brace_alone") from error
    for _, field, form, conversion in parts:
        if field is not None and field not in TEMPLATE_FIELDS:
            known = ", ".join(sorted(TEMPLATE_FIELDS))
            raise WrongValueError("placeholder_unknown", name=f"{{{field}}}", known=known)
        if form or conversion:
            raise WrongValueError("placeholder_formatted", name=f"{{{field}}}")
    return template


Template = Annotated[str, AfterValidator(_check_placeholders)]


class KindTemplates(Section):
    """Questions (one is chosen for each record, always the same) and the answer."""

    questions: Annotated[tuple[Template, ...], Field(min_length=1)]
    answer: Template


class OutputSection(Section):
    """What is written."""

    task: Task = "sft"
    profile: Annotated[str, AfterValidator(check_name)] = "inst"
    control_tokens: ControlTokens = "neutralise"
    val_fraction: Fraction = 0.1
    test_fraction: Fraction = 0.0
    split_by: Literal["conversation", "space"] = "conversation"
    stratify: tuple[Literal["language", "source"], ...] = ()
    seed: Annotated[int, Field(ge=0, lt=2**63)] = 42

    also_profiles: tuple[Annotated[str, AfterValidator(check_name)], ...] = ()
    formats: Annotated[tuple[Format, ...], Field(min_length=1)] = ("jsonl",)
    shard_megabytes: Annotated[int, Field(ge=0, le=1_000_000)] = 0

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.val_fraction + self.test_fraction >= 1:
            raise WrongValueError("no_training_rows", keys=("val_fraction", "test_fraction"))
        if self.stratify and (self.split_by == "space" or self.task == "dpo"):
            keys = ("stratify", "task") if self.task == "dpo" else ("stratify", "split_by")
            raise WrongValueError("stratified_groups", keys=keys)
        profiles = (self.profile, *self.also_profiles)
        if len(set(map(name_without_folders, profiles))) < len(profiles):
            raise WrongValueError("named_twice", keys=("profile", "also_profiles"))
        if len(set(self.formats)) < len(self.formats):
            raise WrongValueError("named_twice", keys=("formats",))
        self._check_configs()
        for name in profiles:
            if not is_template(name):  # a template has every form; it is read when it is used
                layout_of(get_profile(name), self.task)
        return self

    def _check_configs(self) -> None:
        """Refuse further profiles whose rows would lie in one folder: names lose marks there."""
        configs: dict[str, str] = {}
        for name in self.also_profiles:
            config = config_name(name_without_folders(name))
            # Not every file system tells capitals from small letters.
            other = configs.setdefault(config.casefold(), name)
            if other != name:
                raise WrongValueError(
                    "configs_alike", keys=("also_profiles",), name=name, other=other, config=config
                )


class TokensSection(Section):
    """The token check: with which tokenizer, and how long a row may be."""

    tokenizer: str = ""
    max_length: Annotated[int, Field(ge=8, le=10_000_000)] = 1024
    counting: Literal["sample", "all"] = "sample"


class TemplatesSection(Section):
    """How documentation becomes question and answer, by kind and language."""

    article: dict[Language, KindTemplates]
    element: dict[Language, KindTemplates]
    requirement: dict[Language, KindTemplates]
    chunk: dict[Language, KindTemplates]

    @model_validator(mode="before")
    @classmethod
    def _fill_with_defaults(cls, value: object) -> object:
        """Let a recipe name only what it changes."""
        if not isinstance(value, dict):
            return value
        return _merged(default_templates(), cast("dict[str, object]", value))


def _merged(defaults: Mapping[str, object], given: Mapping[str, object]) -> dict[str, object]:
    """Return the defaults with what is given in their place, table by table."""
    merged = {**defaults, **given}
    for key in defaults.keys() & given.keys():
        default, own = defaults[key], given[key]
        if isinstance(default, dict) and isinstance(own, dict):
            merged[key] = _merged(
                cast("dict[str, object]", default), cast("dict[str, object]", own)
            )
    return merged


def _default_templates() -> TemplatesSection:
    return TemplatesSection.model_validate({})


class ExportRecipe(Section):
    """Everything that decides the bytes of an export, besides the data itself."""

    version: Literal[1] = 1
    source: SourceSection = SourceSection()
    rating: RatingSection = RatingSection()
    filter: FilterSection = FilterSection()
    examples: ExamplesSection = ExamplesSection()
    quality: QualitySection = QualitySection()
    sanitize: SanitizeOptions = SanitizeOptions()
    dedup: DedupSection = DedupSection()
    output: OutputSection = OutputSection()
    tokens: TokensSection = TokensSection()
    templates: TemplatesSection = Field(default_factory=_default_templates)

    @model_validator(mode="after")
    def _check_task(self) -> Self:
        if self.output.task != "sft" and self.examples.are_whole:
            raise WrongValueError(
                "task_without_answers", keys=("output.task",), task=self.output.task
            )
        return self
