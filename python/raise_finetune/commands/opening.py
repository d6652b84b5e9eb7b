"""The open data folder: one at a time, read once, kept until the user asks to read it again.

While it is read again, or another one is read, whoever needs the one that is there goes on with it.
"""

from pathlib import Path
from threading import Event, Lock

from raise_finetune.commands.data_folder import data_root
from raise_finetune.commands.domain import Domain
from raise_finetune.dataset.progress import Pulse
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.sources.ratings import rating_reader
from raise_finetune.errors import CancelledError
from raise_finetune.storage.engine import StorageEngine

_PATIENCE_SECONDS = 0.1  # between two looks whether who waits was told to stop


class _Reading:
    """One reading of a folder; ``judged`` are the records that were judged since it began."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.judged: list[str] = []
        self.domain: Domain | None = None
        self.error: Exception | None = None
        self.ended = Event()


class _State:
    """What is open, and the reading that is to replace it; the newest one counts."""

    root: Path | None = None
    domain: Domain | None = None
    reading: _Reading | None = None


_state = _State()
_lock = Lock()  # of the state; never held while a disk is waited for


def open_domain(pulse: Pulse | None = None, *, refresh: bool = False) -> Domain:
    """Return the user's data folder, read if it was not yet, or again where asked.

    Raises ``BadInputError`` where there is no such folder. Two requests at once read it once.
    """
    root = data_root()
    pulse = pulse or Pulse()
    while True:
        with _lock:
            if _state.domain is not None and _state.root == root and not refresh:
                return _state.domain
            reading = _state.reading
            is_new = reading is None or reading.root != root or refresh
            if reading is None or is_new:
                reading = _state.reading = _Reading(root)
        if is_new:
            return _read(reading, pulse)
        domain = _wait_for(reading, pulse)
        if domain is not None:
            return domain


def refresh_record(domain: Domain, record: str) -> None:
    """Look again at a conversation that was judged, also where the folder is being read again."""
    domains = [domain]
    with _lock:
        if _state.reading is not None:
            _state.reading.judged.append(record)
        if _state.domain is not None and _state.domain.engine.root == domain.engine.root:
            domains.append(_state.domain)
    for each in {id(each): each for each in domains}.values():
        each.refresh(record)


def close_domain() -> None:
    """Have the next request read the data folder anew: it was written behind our back."""
    with _lock:
        _state.root = _state.domain = _state.reading = None


def _read(reading: _Reading, pulse: Pulse) -> Domain:
    try:
        domain = Domain(StorageEngine(reading.root), rating_reader(ExportRecipe().rating))
        domain.load(pulse)
        while judged := _publish(reading, domain):
            for record in judged:
                domain.refresh(record)
        reading.domain = domain
    except Exception as error:
        reading.error = error
        raise
    finally:
        with _lock:
            if _state.reading is reading:
                _state.reading = None
        reading.ended.set()
    return domain


def _publish(reading: _Reading, domain: Domain) -> list[str]:
    """Let others have what was read, or return the records that were judged since it was."""
    with _lock:
        judged, reading.judged = reading.judged, []
        if not judged and _state.reading is reading:
            _state.root, _state.domain, _state.reading = reading.root, domain, None
        return judged


def _wait_for(reading: _Reading, pulse: Pulse) -> Domain | None:
    """Return what another request reads; None where its user stopped it."""
    while not reading.ended.wait(_PATIENCE_SECONDS):
        pulse.breathe()
    if reading.error is not None and not isinstance(reading.error, CancelledError):
        raise reading.error
    return reading.domain
