"""The Tauri application: one window, whose page's requests go to the dispatcher."""

import json
import time
from functools import partial
from pathlib import Path
from typing import TypedDict

from anyio.from_thread import BlockingPortal, start_blocking_portal
from pytauri import App, AppHandle, Emitter, Manager, RunEvent, RunEventType, WindowEvent
from pytauri.ffi.ipc import Invoke, InvokeResolver
from pytauri.ipc import JavaScriptChannelId
from pytauri.webview import WebviewWindow
from pytauri_plugins import dialog, single_instance, window_state
from pytauri_wheel.lib import builder_factory, context_factory

from raise_finetune.commands.context import FaceName, Requests
from raise_finetune.commands.dispatch import Client, RejectedError, Send, dispatch
from raise_finetune.desktop.signals import told_to_end
from raise_finetune.page import shell_folder

WINDOW = "main"
CLOSE_REQUESTED = "close-requested"
"""The event that tells the page that its window should close while jobs, which it names, run."""
INSIST_SECONDS = 5.0
"""Asking twice within this time closes the window whatever the page says."""


def run(page: Path) -> int:
    """Show the built page in the window until it is closed; return the exit code.

    What is still running then is cancelled, and waited for. Where the system ended it, and not the
    user, the next start tells what was interrupted.
    """
    requests = Requests()
    with start_blocking_portal("asyncio") as portal:
        app = _build(page, portal, requests)
        handle = app.handle()

        def end() -> None:
            requests.abandon_all(for_good=True)
            handle.exit(0)

        with told_to_end(end) as was_told:
            exit_code = app.run_return(_Events(requests))
            if not was_told():
                requests.cancel_all()
            requests.wait_for_jobs(lambda: False)  # here, so that being told again still ends it
    return exit_code


def _build(page: Path, portal: BlockingPortal, requests: Requests) -> App:
    def on_invoke(invoke: Invoke) -> None:
        portal.start_task_soon(_answer, invoke, requests)

    return builder_factory().build(
        context=context_factory(
            shell_folder(), tauri_config={"build": {"frontendDist": str(page)}}
        ),
        invoke_handler=on_invoke,
        plugins=[
            single_instance.init(_raise_window),
            dialog.init(),
            window_state.Builder.build(),
        ],
    )


class _Arguments(TypedDict):
    body: bytes
    app_handle: AppHandle
    webview_window: WebviewWindow


async def _answer(invoke: Invoke, requests: Requests) -> None:
    name = invoke.command
    resolver: InvokeResolver[_Arguments] | None = invoke.bind_to(
        {"body": None, "app_handle": None, "webview_window": None}
    )
    if resolver is None:  # PyTauri has refused it already.
        return
    arguments = resolver.arguments
    client = Client(
        DesktopFace(arguments["app_handle"], arguments["webview_window"]),
        partial(_open_channel, arguments["webview_window"]),
        requests,
    )
    try:
        response = await dispatch(name, arguments["body"], client)
    except RejectedError as rejected:
        resolver.reject(rejected.to_json())
    else:
        resolver.resolve(response.decode())


def _open_channel(window: WebviewWindow, channel: str) -> Send:
    opened = JavaScriptChannelId.from_str(channel).channel_on(window.as_ref_webview())

    def send(message: bytes) -> None:
        opened.send(message.decode())

    return send


class DesktopFace:
    """The window, with the system's dialogs."""

    name: FaceName = "desktop"

    def __init__(self, app: AppHandle, window: WebviewWindow) -> None:
        self._app = app
        self._window = window

    def choose_folder(self, title: str, start: Path, /) -> Path | None:
        """Show the system's dialog for a folder."""
        return dialog.DialogExt.file(self._app).blocking_pick_folder(
            set_parent=self._window, set_title=title, set_directory=start
        )

    def choose_file(self, title: str, start: Path, endings: tuple[str, ...], /) -> Path | None:
        """Show the system's dialog for a file."""
        return dialog.DialogExt.file(self._app).blocking_pick_file(
            set_parent=self._window,
            set_title=title,
            set_directory=start,
            add_filter=(", ".join(f"*.{ending}" for ending in endings), endings),
        )

    def choose_save_path(self, title: str, start: Path, file_name: str, /) -> Path | None:
        """Show the system's dialog for saving."""
        return dialog.DialogExt.file(self._app).blocking_save_file(
            set_parent=self._window,
            set_title=title,
            set_directory=start,
            set_file_name=file_name,
        )

    def confirm(self, question: str, /) -> bool:
        """Ask in the system's dialog."""
        builder = dialog.DialogExt.message(self._app, question)
        return builder.blocking_show(
            parent=self._window, buttons=dialog.MessageDialogButtons.YesNo()
        )

    def close(self) -> None:
        """End the application."""
        self._app.exit(0)


class _Events:
    """Holds the window open when it should close on a running job, and lets the page ask."""

    def __init__(self, requests: Requests) -> None:
        self._requests = requests
        self._asked_at = -INSIST_SECONDS

    def __call__(self, app: AppHandle, event: RunEventType) -> None:
        if not isinstance(event, RunEvent.WindowEvent):
            return
        if not isinstance(event.event, WindowEvent.CloseRequested):
            return
        # A page that no longer answers must not keep its window open: insisting closes it.
        insisted = time.monotonic() - self._asked_at < INSIST_SECONDS
        jobs = self._requests.jobs()
        if jobs and not insisted:
            self._asked_at = time.monotonic()
            event.event.api.prevent_close()
            Emitter.emit_str(app, CLOSE_REQUESTED, json.dumps(jobs))


def _raise_window(app: AppHandle, _arguments: list[str], _folder: str) -> None:
    window = Manager.get_webview_window(app, WINDOW)
    if window is not None:
        window.unminimize()
        window.set_focus()
