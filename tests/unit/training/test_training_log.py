"""A log that is read while it grows: no character is cut in two."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from raise_finetune.training.log import read_log


def read_while_it_grows(content: bytes, cuts: list[int]) -> tuple[str, int]:
    """Return what the pieces say together, and how many bytes were not told yet."""
    told, offset = "", 0
    with TemporaryDirectory() as folder:
        path = Path(folder) / "trainer.log"
        for end in [*sorted(cut for cut in cuts if cut < len(content)), len(content)]:
            path.write_bytes(content[:end])
            piece, offset = read_log(path, offset)
            told += piece
    return told, len(content) - offset


@given(st.text(st.characters(exclude_categories=["Cs"])), st.lists(st.integers(0, 40)))
def test_the_pieces_say_what_the_whole_says(text: str, cuts: list[int]) -> None:
    assert read_while_it_grows(text.encode(), cuts) == (text, 0)


@given(st.binary(), st.lists(st.integers(0, 40)))
def test_bytes_that_are_no_text_are_told_too(content: bytes, cuts: list[int]) -> None:
    told, left = read_while_it_grows(content, cuts)
    assert left <= 3
    assert told == content[: len(content) - left].decode("utf-8", "replace")


def test_a_character_is_told_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "trainer.log"
    path.write_bytes("é".encode()[:1])
    assert read_log(path) == ("", 0)
    path.write_bytes("é…".encode()[:4])
    assert read_log(path) == ("é", 2)
    path.write_bytes("é…".encode())
    assert read_log(path, 2) == ("…", 5)
    assert read_log(path, 5) == ("", 5)


def test_of_a_long_log_the_newest_part_is_told_from_a_whole_character_on(tmp_path: Path) -> None:
    path = tmp_path / "trainer.log"
    path.write_bytes("é".encode() * 60_000 + b"!")
    assert read_log(path) == ("é" * 49_999 + "!", 120_001)
    assert read_log(path, 119_998) == ("é!", 120_001)


def test_a_run_that_said_nothing(tmp_path: Path) -> None:
    assert read_log(tmp_path / "trainer.log") == ("", 0)
