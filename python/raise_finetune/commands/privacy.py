"""Commands on sensitive data: what would be masked, and the user's own list of values."""

from threading import Lock
from typing import Annotated
from uuid import uuid4

from pydantic import Field

from raise_finetune.commands.context import Context
from raise_finetune.commands.data_folder import open_data_folder
from raise_finetune.commands.progress import TaskProgress, reporting_pulse
from raise_finetune.commands.registry import command
from raise_finetune.commands.wire import LongRequest, NoRequest, Request, Response
from raise_finetune.dataset.browsing.scan import scan_domain
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.sanitize.findings import FindingType
from raise_finetune.dataset.sanitize.own_list import read_own_list, write_own_list
from raise_finetune.dataset.sanitize.review import Review, SensitiveType, SensitiveValue
from raise_finetune.errors import BadInputError


class PrivacyScanRequest(LongRequest):
    """The recipe whose examples are looked at."""

    recipe: ExportRecipe


class PrivacyScanResponse(Response):
    """How much of each type was found; ``scan`` names the result for ``privacy_values``."""

    scan: str
    examples: int
    types: tuple[SensitiveType, ...]


class PrivacyValuesRequest(Request):
    """A page of the values of one type."""

    scan: str
    type: FindingType
    offset: Annotated[int, Field(ge=0)] = 0
    limit: Annotated[int, Field(ge=1, le=500)] = 100


class PrivacyValuesResponse(Response):
    """Values of one type, the commonest first, and how many there are in all."""

    values: tuple[SensitiveValue, ...]
    total: int


class KnownValuesResponse(Response):
    """The user's own list, a value a line; blank ones and those that begin with ``#`` are none."""

    lines: tuple[str, ...]


class KnownValuesRequest(Request):
    """The whole list to store."""

    lines: Annotated[tuple[Annotated[str, Field(max_length=400)], ...], Field(max_length=10_000)]


class _LatestScan:
    """The last result: values are the user's secrets, so only one is held, and only in memory."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._name, self._review = "", Review()

    def keep(self, review: Review) -> str:
        with self._lock:
            self._name, self._review = str(uuid4()), review
            return self._name

    def get(self, name: str) -> Review:
        with self._lock:
            if name != self._name:
                raise BadInputError("scan_gone")
            return self._review


_latest = _LatestScan()


@command("privacy_scan", progress=TaskProgress, only_reads=True)
def privacy_scan(request: PrivacyScanRequest, context: Context) -> PrivacyScanResponse:
    """Look for sensitive data in what an export by this recipe would take."""
    engine = open_data_folder()
    found = scan_domain(engine, request.recipe, reporting_pulse(context))
    return PrivacyScanResponse(
        scan=_latest.keep(found), examples=found.examples, types=tuple(found.types())
    )


@command("privacy_values")
def privacy_values(request: PrivacyValuesRequest, _context: Context) -> PrivacyValuesResponse:
    """Return a page of the values that the last scan found."""
    values = _latest.get(request.scan).values(request.type)
    page = values[request.offset : request.offset + request.limit]
    return PrivacyValuesResponse(values=tuple(page), total=len(values))


@command("privacy_known_values_read")
def known_values_read(_request: NoRequest, _context: Context) -> KnownValuesResponse:
    """Return the user's own list of values to mask."""
    return KnownValuesResponse(lines=tuple(read_own_list()))


@command("privacy_known_values_write")
def known_values_write(request: KnownValuesRequest, _context: Context) -> KnownValuesResponse:
    """Store the user's own list of values to mask."""
    write_own_list(list(request.lines))
    return KnownValuesResponse(lines=tuple(read_own_list()))
