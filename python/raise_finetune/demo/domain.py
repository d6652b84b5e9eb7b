"""``write_demo``: a RAISE domain to try everything on, from ten conversations to a million.

It holds ``fixture_tree/`` as it is (one document of each kind that exists on users' disks, the
nasty ones included) and, around it, generated conversations and documentation. Two calls with
the same numbers write the same bytes, on any machine; more conversations only add files.
"""

import os
import shutil
import stat
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from raise_finetune.demo.writer import DemoSummary, DemoWriter, Progress
from raise_finetune.errors import BadInputError, FailedError, RaiseError, system_reason
from raise_finetune.paths import DEFAULT_SPACE, OWN_DATABASE
from raise_finetune.storage.layout import COLLECTIONS, encode_document
from raise_finetune.storage.locking import StorageBusyError, writing_lock

# Tells a demo domain, which may be written anew, from a user's own. RAISE lists folders only.
MARKER = ".raise-finetune-demo.json"
# Where it is made: hidden, so that nobody takes half a demo for data.
_MAKING = ".raise-finetune-demo-making"
_NEW = "new"
_OLD = "old"
# What this application stores for the user: ratings, and what is to be forgotten.
_OWN = Path(DEFAULT_SPACE, OWN_DATABASE)


def write_demo(
    directory: Path, conversations: int = 200, seed: int = 0, progress: Progress | None = None
) -> DemoSummary:
    """Write a demo domain and return what is in it; ``progress`` gets (written, all).

    A demo that already lies there is replaced once the new one is whole; the ratings that a user
    gave there, and the list of what is to be forgotten, go on in the new one.

    Raises ``BadInputError`` for a file, for a folder that holds anything else, and for a demo that
    somebody wrote into since, and ``FailedError`` where the disk does not let us write.
    """
    with _alone_in(directory):
        _check(directory, conversations)
        return _write_demo(directory, conversations, seed, progress or _no_progress)


def _write_demo(directory: Path, conversations: int, seed: int, progress: Progress) -> DemoSummary:
    making = directory / _MAKING
    marker = encode_document({"conversations": conversations, "seed": seed, "version": 1})
    try:
        directory.mkdir(parents=True, exist_ok=True)
        if not (directory / MARKER).exists():  # first: what is killed must not look like a user's
            (directory / MARKER).write_bytes(marker)
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir()
        summary = DemoWriter(making / _NEW, conversations, seed, progress).write()
        with _alone_in(directory / _OWN):  # nobody rates between the copy and the exchange
            summary = summary._replace(kept=_keep_own(directory, making / _NEW))
            _replace_demo(directory, making)
        (directory / MARKER).write_bytes(marker)
    except OSError as error:
        reason = system_reason(error)
        raise FailedError("demo_write_failed", path=directory, reason=reason) from error
    finally:
        # A full disk should not stay full of half a demo.
        shutil.rmtree(making, ignore_errors=True)
    return summary


@contextmanager
def _alone_in(folder: Path) -> Generator[None]:
    """Keep other writers of ours out of the folder.

    Whoever has no place for a lock, as in a container, shall be able to try a demo all the same.
    """
    with ExitStack() as held:
        try:
            held.enter_context(writing_lock(folder))
        except StorageBusyError:
            raise
        except RaiseError:
            pass
        yield


def _check(directory: Path, conversations: int) -> None:
    if conversations < 0:
        raise BadInputError("demo_count_negative", count=conversations)
    if directory.exists() and not directory.is_dir():
        raise BadInputError("demo_not_a_folder", path=directory)
    try:
        occupied = directory.is_dir() and any(directory.iterdir())
        if occupied and not (directory / MARKER).is_file():
            raise BadInputError("demo_folder_in_use", path=directory)
        if occupied and (file := _written_since(directory)) is not None:
            raise BadInputError("demo_changed", path=directory, file=file.relative_to(directory))
    except OSError as error:
        reason = system_reason(error)
        raise FailedError("demo_write_failed", path=directory, reason=reason) from error


def _written_since(directory: Path) -> Path | None:
    """Return what somebody put into a demo, if there is something: its marker came last.

    Hidden files are those of file managers, and the marker itself.
    """
    made = (directory / MARKER).stat().st_mtime_ns
    for folder, folders, names in os.walk(directory, onerror=_raise):
        here = Path(folder)
        below = (each for each in folders if (here / each).relative_to(directory) != _OWN)
        folders[:] = sorted(each for each in below if not each.startswith("."))
        for path in (here / name for name in [*folders, *sorted(names)] if name[0] != "."):
            if _came_after(path, made):
                return path
    return None


def _came_after(path: Path, made: int) -> bool:
    """Return whether this was written, or put there as it was, after a moment.

    Its own date may be older: an archive or ``cp -p`` brings it along. When it came to lie there
    the system notes beside it (on Windows, when it was copied).
    """
    found = path.lstat()
    if stat.S_ISDIR(found.st_mode):  # what is new in one that was ours before, tells itself
        return found.st_ctime_ns > made >= found.st_mtime_ns
    return max(found.st_ctime_ns, found.st_mtime_ns) > made


def _raise(error: OSError) -> None:
    raise error


def _keep_own(directory: Path, new: Path) -> int:
    """Copy what a user stored in an earlier demo into the new one; return how many documents.

    A copy, since the earlier demo stays whole until the new one is.
    """
    if not (directory / _OWN).is_dir():
        return 0
    shutil.copytree(directory / _OWN, new / _OWN)
    documents = (new / _OWN / COLLECTIONS).glob("*/*.json")
    return sum(1 for each in documents if not each.name.startswith("_"))


def _replace_demo(directory: Path, making: Path) -> None:
    """Put what was made in the place of an older demo, one rename for each folder."""
    (making / _OLD).mkdir()
    for entry in (making / _NEW).iterdir():
        if (directory / entry.name).exists():
            (directory / entry.name).rename(making / _OLD / entry.name)
        entry.rename(directory / entry.name)


def _no_progress(_written: int, _total: int) -> None: ...
