"""What travels between the page and the commands: camelCase keys, unknown keys refused."""

from typing import Annotated

from pydantic import ConfigDict, Field

from raise_finetune.camel_model import CamelModel


class WireModel(CamelModel):
    """A value on the wire: snake_case in Python, camelCase in JSON."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=True)


class Request(WireModel):
    """What a command is asked."""


class LongRequest(Request):
    """A request that may take a while: it can be cancelled and can report progress.

    ``request_id`` is chosen by the client and names the request for ``app_cancel``.
    ``on_progress`` is a channel of the client, in the form in which Tauri's ``Channel`` class
    serialises itself.
    """

    request_id: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{1,64}$")] | None = None
    on_progress: Annotated[str, Field(pattern=r"^__CHANNEL__:\d{1,10}$")] | None = None


class Response(WireModel):
    """What a command answers."""


class Progress(WireModel):
    """How far a long request has come; each message replaces the one before."""


class NoRequest(Request):
    """Of a command that needs to be told nothing."""


class Done(Response):
    """Of a command that has nothing to tell but that it is done."""


class CommandError(WireModel):
    """Why a command was refused or failed, in the user's language.

    ``field`` is the dotted path, in camelCase, of the request's value that is at fault.
    """

    code: str
    message: str
    hint: str
    field: str | None = None
