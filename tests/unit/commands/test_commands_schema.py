"""The schema from which the page's types are generated."""

from typing import Any, cast

from raise_finetune.commands.registry import COMMANDS
from raise_finetune.commands.schema import commands_schema


def definitions() -> dict[str, Any]:
    return cast("dict[str, Any]", commands_schema()["$defs"])


def test_every_command_is_described() -> None:
    described = definitions()["Commands"]["properties"]
    assert list(described) == sorted(COMMANDS)
    for name, parts in described.items():
        assert parts["description"] == COMMANDS[name].run.__doc__
        assert list(parts["properties"]) == ["request", "response", "progress"]


def test_a_request_may_leave_out_what_has_a_default_and_a_response_never_does() -> None:
    assert "required" not in definitions()["AppSettings-Input"]
    assert definitions()["AppSettings-Output"]["required"] == [
        "dataFolder",
        "language",
        "theme",
        "zoom",
        "exportDefaults",
    ]


def test_nothing_but_named_keys() -> None:
    models = [each for each in definitions().values() if each["type"] == "object"]
    assert all(model["additionalProperties"] is False for model in models)
