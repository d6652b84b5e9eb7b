"""Prints the commands' models as one JSON Schema, from which the page's types are generated.

``python -m raise_finetune.commands.schema``
"""

import sys
from collections.abc import Mapping
from typing import Any, cast

import orjson
from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, models_json_schema

from raise_finetune.commands.registry import COMMANDS
from raise_finetune.commands.wire import CommandError

ModelUse = tuple[type[Any], JsonSchemaMode]


class _UntitledFields(GenerateJsonSchema):
    """A field's title would become a TypeScript type of its own."""

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002
        return False


def commands_schema() -> dict[str, object]:
    """Return the schema of ``{commands: {name: {request, response, progress}}, error}``."""
    references, definitions = _models()
    commands: dict[str, object] = {}
    for name, entry in sorted(COMMANDS.items()):
        parts: dict[str, object] = {
            "request": references[entry.request, "validation"],
            "response": references[entry.response, "serialization"],
            "progress": {"type": "null"},
        }
        if entry.progress is not None:
            parts["progress"] = references[entry.progress, "serialization"]
        commands[name] = _closed(parts, entry.run.__doc__ or "")
    definitions["Commands"] = _closed(commands, "Every command, by its name.")
    ipc: dict[str, object] = {
        "commands": {"$ref": "#/$defs/Commands"},
        "error": references[CommandError, "serialization"],
    }
    schema = _closed(ipc, "What travels between the page and the program.")
    return {**schema, "title": "Ipc", "$defs": definitions}


def _models() -> tuple[Mapping[ModelUse, object], dict[str, object]]:
    """Return a reference for each model and mode, and the definitions they refer to."""
    models: dict[tuple[type[BaseModel], JsonSchemaMode], None] = {}
    models[CommandError, "serialization"] = None
    for entry in COMMANDS.values():
        models[entry.request, "validation"] = None
        models[entry.response, "serialization"] = None
        if entry.progress is not None:
            models[entry.progress, "serialization"] = None
    references, schema = models_json_schema(list(models), schema_generator=_UntitledFields)
    definitions = cast("dict[str, dict[str, object]]", schema["$defs"])
    # Without a title, a type is called after its key: AppSettingsInput, AppSettingsOutput.
    untitled: dict[str, object] = {
        name: {key: value for key, value in definition.items() if key != "title"}
        for name, definition in definitions.items()
    }
    return references, untitled


def _closed(properties: dict[str, object], description: str) -> dict[str, object]:
    return {
        "type": "object",
        "description": description,
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


if __name__ == "__main__":
    sys.stdout.buffer.write(orjson.dumps(commands_schema()))
