"""Commands about the application itself: what it is, its settings, cancelling, closing."""

from raise_finetune import paths
from raise_finetune.commands.context import Context, FaceName
from raise_finetune.commands.data_folder import DataFolder, data_folder
from raise_finetune.commands.registry import command
from raise_finetune.commands.settings import (
    AppSettings,
    current_language,
    read_settings,
    write_settings,
)
from raise_finetune.commands.wire import Done, LongRequest, NoRequest, Request, Response
from raise_finetune.messages import Language
from raise_finetune.version import __version__


class AboutResponse(Response):
    """What this program is and where it saves datasets."""

    version: str
    face: FaceName
    dataset_folder: str


class SettingsResponse(Response):
    """The settings as stored, and what follows from them."""

    settings: AppSettings
    language: Language
    data_folder: DataFolder


class WriteSettingsRequest(Request):
    """The settings to store; those that are not named stay as they are."""

    settings: AppSettings


class CancelRequest(Request):
    """Which running request to stop."""

    request_id: str


class CancelResponse(Response):
    """Whether that request was running."""

    cancelled: bool


class CloseWhenDoneResponse(Response):
    """Whether the window closes now; not where a job failed, so that the user sees why."""

    closing: bool


@command("app_about")
def about(_request: NoRequest, context: Context) -> AboutResponse:
    """Tell the page what it runs in."""
    return AboutResponse(
        version=__version__, face=context.face.name, dataset_folder=str(paths.dataset_home())
    )


@command("app_settings_read")
def settings_read(_request: NoRequest, _context: Context) -> SettingsResponse:
    """Return the stored settings and what follows from them."""
    return describe(read_settings())


@command("app_settings_write")
def settings_write(request: WriteSettingsRequest, _context: Context) -> SettingsResponse:
    """Store the settings that are named; return all of them and what follows from them."""
    return describe(write_settings(request.settings))


@command("app_cancel")
def cancel(request: CancelRequest, context: Context) -> CancelResponse:
    """Ask a running request of the same page to stop."""
    return CancelResponse(cancelled=context.requests.cancel(request.request_id))


@command("app_close")
def close(_request: NoRequest, context: Context) -> Done:
    """Stop what still runs and close the window."""
    context.requests.cancel_all()
    context.face.close()
    return Done()


@command("app_close_when_done", only_waits=True)
def close_when_done(_request: LongRequest, context: Context) -> CloseWhenDoneResponse:
    """Close the window once no job runs any more, if all of them came to a good end."""
    closing = context.requests.wait_for_jobs(context.cancelled)
    context.raise_if_cancelled()
    if closing:
        context.face.close()
    return CloseWhenDoneResponse(closing=closing)


def describe(settings: AppSettings) -> SettingsResponse:
    """Return the settings with what follows from them."""
    return SettingsResponse(
        settings=settings, language=current_language(), data_folder=data_folder(settings)
    )
