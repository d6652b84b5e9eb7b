"""What is said about finished datasets, as sentences: on the command line and in the window."""

from collections.abc import Iterable

from raise_finetune.dataset.exports.explanation import Explanation
from raise_finetune.dataset.verification import Check, Flaw
from raise_finetune.errors import said_by_system
from raise_finetune.messages import Language, catalogue, system_language, text
from raise_finetune.storage.layout import printable


def check_line(check: Check, language: Language | None = None) -> str:
    """Return a check and how it went."""
    name = text(f"check.{check.name}", language)
    if check.status == "skipped":
        reason = text(f"skipped.{check.reason}", language)
        return text("cli.verify.check_skipped", language, check=name, reason=reason)
    return text(f"cli.verify.check_{check.status}", language, check=name, flaws=check.flaw_count)


def flaw_line(flaw: Flaw, language: Language | None = None) -> str:
    """Return a flaw as one sentence."""
    row = "" if flaw.row_index is None else str(flaw.row_index + 1)
    file, detail = printable(flaw.file), said_by_system(printable(flaw.detail))
    return text(f"flaw.{flaw.code}", language, file=file, row=row, detail=detail)


def why_line(why: str, language: Language | None = None) -> str:
    """Return why a row differs, in words: a reason of its own, or a fate."""
    key = f"why.{why}"
    is_reason = key in catalogue(language or system_language())
    return text(key if is_reason else f"fate.{why}", language)


def rule_names(rules: Iterable[str], language: Language | None = None) -> str:
    """Return what the rules go by, in words; a ledger may name a rule that is no more."""
    words = catalogue(language or system_language())
    return " · ".join(words.get(f"rule.{rule}", rule) for rule in rules)


def reason_lines(row: Explanation, language: Language | None = None) -> list[str]:
    """Return why a row is in its dataset, and what was done to it on the way."""
    lines = [text(f"reason.{each.code}", language, **each.params) for each in row.reasons]
    lines += [text(f"repair.{repair}", language) for repair in row.repairs]
    for code, records in (("same", row.same), ("near", row.near), ("rejected", row.rejected)):
        lines += [
            text(f"cli.explain.{code}", language, record=printable(record)) for record in records
        ]
    return lines
