"""Sizes in memory and on disk, in the words of a language."""

from raise_finetune.messages import Language, system_language, text


def size_said(size: int, language: Language | None = None) -> str:
    """Word a number of bytes in GiB, and in MiB where that would be nothing."""
    language = language or system_language()
    unit, number = ("gib", size / 2**30) if size >= 0.1 * 2**30 else ("mib", size / 2**20)
    point = "," if language == "fr" else "."
    return text(f"size.{unit}", language, size=f"{number:.1f}".replace(".", point))
