"""Sizes in memory and on disk, in the words of a language."""

from raise_finetune.messages import Language, number_said, text


def size_said(size: int, language: Language | None = None) -> str:
    """Word a number of bytes in GiB, and in MiB where that would be nothing."""
    unit, number = ("gib", size / 2**30) if size >= 0.1 * 2**30 else ("mib", size / 2**20)
    return text(f"size.{unit}", language, size=number_said(number, ".1f", language))
