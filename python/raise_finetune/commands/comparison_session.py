"""The comparison that is open: one at a time, since each holds a whole model in memory."""

from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from raise_finetune.commands.comparison_wire import CompareStartResponse, Exchange
from raise_finetune.commands.context import Context
from raise_finetune.dataset.prompts.control import control_strings
from raise_finetune.dataset.prompts.pieces import read_prompt
from raise_finetune.dataset.records import Message
from raise_finetune.dataset.verification.existing import LedgerEntry
from raise_finetune.errors import BadInputError, CancelledError, FailedError
from raise_finetune.inference.comparison import ComparedModels, Comparer
from raise_finetune.inference.held_out import HeldOutRow
from raise_finetune.inference.marks import Winner
from raise_finetune.training.runs import Run


def _never() -> bool:
    return False


def _at_once() -> bool:
    return True


@dataclass(slots=True)
class ComparisonSession:
    """A run's adapter beside its base, loaded; ``lock`` is held by whoever asks it something.

    ``entries`` holds by their numbers what the dataset's ledger says of the ``rows``. A page that
    is reloaded shows what was ``opened`` and the last ``exchange`` again.
    """

    run: str
    stack: ExitStack = field(default_factory=ExitStack)
    rows: dict[int, HeldOutRow] = field(default_factory=dict[int, HeldOutRow])
    entries: dict[int, LedgerEntry] = field(default_factory=dict[int, LedgerEntry])
    lock: Lock = field(default_factory=Lock)
    opened: CompareStartResponse | None = None
    exchange: Exchange | None = None
    _comparer: Comparer | None = None
    _cancelled: Callable[[], bool] = _never
    _is_closed: bool = False

    @property
    def comparer(self) -> Comparer:
        """What asks both sides."""
        if self._comparer is None:
            raise BadInputError("compare_not_open", name=self.run)
        return self._comparer

    def load(self, run: Run, base: Path, adapter: Path, context: int) -> None:
        """Start the process and check what it is given; raises as ``open_comparison`` does.

        Raises ``CancelledError`` where the session was closed meanwhile.
        """
        from raise_finetune.inference.opening import open_comparison

        parity = run.parity if run.parity.is_file() else None
        self._comparer = self.stack.enter_context(
            open_comparison(ComparedModels(base, adapter, context, parity), self.cancelled)
        )
        if self._is_closed:  # before there was a process to end
            self.close()
            raise CancelledError

    @contextmanager
    def asked_by(self, context: Context) -> Generator[Comparer]:
        """Lend the models to one request: its user's wish to stop is theirs meanwhile.

        An answer that is still being written is ended: who asks again has left it, as by a reload.
        """
        self.cancel_with(_at_once)
        with self.lock:
            self.cancel_with(context.cancelled)
            try:
                yield self.comparer
            except FailedError:
                close_session(self)  # its process has died, or will answer nothing any more
                raise
            finally:
                self.cancel_with(_never)

    def prompt(self, row: int | None, question: str) -> tuple[str, HeldOutRow | None]:
        """Return the prompt of a held-out row, or of a question of one's own."""
        if row is None:
            return self.comparer.profile.prompt([Message("user", question)]), None
        if row not in self.rows:
            raise BadInputError("compare_row_unknown", row=row)
        return self.rows[row].prompt, self.rows[row]

    def messages(self, row: int | None, question: str) -> list[Message]:
        """Return what a prompt asks, as people wrote it."""
        if row is None:
            return [Message("user", question)]
        prompt, _ = self.prompt(row, "")
        messages = read_prompt(prompt, self.comparer.profile) or [Message("user", prompt)]
        strings = control_strings(tuple(self.comparer.profile.control_strings))
        return [Message(role, strings.restore(content)) for role, content in messages]

    def remember_mark(self, base: str, adapter: str, winner: Winner | None) -> None:
        """Keep which answer is better beside the answers, where they are still the last ones."""
        last = self.exchange
        if last is not None and (last.answers.base, last.answers.adapter) == (base, adapter):
            self.exchange = last.model_copy(update={"winner": winner})

    def cancel_with(self, cancelled: Callable[[], bool]) -> None:
        """Have the models stop once ``cancelled`` says so."""
        self._cancelled = cancelled

    def cancelled(self) -> bool:
        """Tell whether the user of the running request wants to stop, or another has closed it."""
        return self._is_closed or self._cancelled()

    def close(self) -> None:
        """End the process, also one that is only starting now."""
        self._is_closed = True
        self.stack.close()


class _State:
    """The session that is open or opening, if there is one."""

    session: ComparisonSession | None = None


_state = _State()
_lock = Lock()  # of the state; never held while a process is waited for


def new_session(run: str) -> ComparisonSession:
    """Close what is open and return a session in its place, not loaded yet."""
    session = ComparisonSession(run)
    with _lock:
        previous, _state.session = _state.session, session
    if previous is not None:
        previous.close()
    return session


def open_session(run: str) -> ComparisonSession:
    """Return the session of a run; raises ``BadInputError`` where none is open."""
    session = current_session()
    if session is None or session.run != run:
        raise BadInputError("compare_not_open", name=run)
    return session


def current_session() -> ComparisonSession | None:
    """Return the session that is open or opening, if there is one."""
    with _lock:
        return _state.session


def close_comparison(run: str | None = None) -> None:
    """End the process of an open comparison, of any run or of this one."""
    session = current_session()
    if session is not None and run in (None, session.run):
        close_session(session)


def close_session(session: ComparisonSession) -> None:
    """End one session, and not another that was opened in its place."""
    with _lock:
        if _state.session is session:
            _state.session = None
    session.close()
