"""``training.toml``: a configuration that explains itself, read with errors that name the key."""

from pathlib import Path

import tomlkit
from pydantic import ValidationError

from raise_finetune.dataset.section import Changes, changed_values
from raise_finetune.errors import BadInputError
from raise_finetune.explained_toml import parse_toml, section_table
from raise_finetune.messages import Language, text
from raise_finetune.problems import WrongValueError, first_problem, reason_of
from raise_finetune.text_file import read_text_file
from raise_finetune.training.config import TrainingConfig

SECTIONS = ("model", "data", "quantization", "lora", "training")


def read_config(path: Path) -> TrainingConfig:
    """Return the configuration of a TOML file; raises ``BadInputError`` naming file and key."""
    try:
        content = read_text_file(path)
    except (OSError, ValueError) as error:
        reason = reason_of(error)
        raise BadInputError("training_config_unreadable", path=path, reason=reason) from error
    return parse_config(content, str(path))


def parse_config(content: str, name: str) -> TrainingConfig:
    """Return the configuration that TOML text holds; ``name`` is what errors call it."""
    try:
        document = parse_toml(content)
    except WrongValueError as error:
        raise BadInputError("training_config_not_toml", path=name, reason=error.phrase) from error
    return config_from(document, name)


def config_from(values: object, name: str) -> TrainingConfig:
    """Return the configuration of plain values; raises ``BadInputError`` for the first wrong."""
    try:
        return TrainingConfig.model_validate(values)
    except ValidationError as error:
        key, reason = first_problem(error, TrainingConfig)
        raise BadInputError(
            "training_config_invalid", path=name, key=key or "training", reason=reason
        ) from error


def changed_config(config: TrainingConfig, changes: Changes, name: str) -> TrainingConfig:
    """Return the configuration with some values changed; raises as ``config_from`` does."""
    return config_from(changed_values(config, changes), name)


def format_config(config: TrainingConfig, language: Language | None = None) -> str:
    """Return the configuration as TOML in which a comment explains every key."""
    document = tomlkit.document()
    document.add(tomlkit.comment(text("training.title", language)))
    document.add("version", tomlkit.item(config.version))
    for section in SECTIONS:
        document.add(tomlkit.nl())
        document.add(tomlkit.comment(text(f"training.{section}", language)))
        table = section_table(f"training.{section}", getattr(config, section), language)
        document.add(section, table)
    return tomlkit.dumps(document)
