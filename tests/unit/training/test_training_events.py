"""What a trainer tells, on a disk that has no room for it."""

import errno
import resource
from pathlib import Path

import pytest

from domains.limits import limited
from raise_finetune.training.events import EventWriter, read_events


def test_a_full_disk_is_told_with_the_files_name():
    with pytest.raises(OSError, match="No space left on device") as caught:
        EventWriter(Path("/dev/full")).write("queued", resume=False)
    assert (caught.value.errno, caught.value.filename) == (errno.ENOSPC, "/dev/full")


def test_an_event_that_only_a_part_of_finds_room_is_refused_and_loses_no_other(tmp_path: Path):
    path = tmp_path / "events.jsonl"
    writer = EventWriter(path)
    writer.write("queued", resume=False)
    room = path.stat().st_size + 10
    with limited(resource.RLIMIT_FSIZE, room), pytest.raises(OSError, match="too large") as caught:
        writer.write("end", state="finished")
    assert (caught.value.errno, caught.value.filename) == (errno.EFBIG, str(path))
    assert path.stat().st_size == room
    writer.write("end", state="paused")
    events, offset = read_events(path)
    assert [(event["event"], event.get("state")) for event in events] == [
        ("queued", None),
        ("end", "paused"),
    ]
    assert offset == path.stat().st_size
