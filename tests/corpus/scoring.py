"""Recall and precision of a sanitizer on labelled texts, by type."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from corpus.labelled import LabelledText
from raise_finetune.dataset.sanitize import Sanitizer


@dataclass
class Score:
    """Counts for one type. A value counts as found when every character of it would be masked."""

    values: int = 0
    found: int = 0
    findings: int = 0
    right: int = 0
    missed: list[str] = field(default_factory=list[str])
    wrong: list[str] = field(default_factory=list[str])

    @property
    def recall(self) -> float:
        return self.found / self.values if self.values else 1.0

    @property
    def precision(self) -> float:
        return self.right / self.findings if self.findings else 1.0


def scores(texts: Iterable[LabelledText], sanitizer: Sanitizer) -> dict[str, Score]:
    """Return the score of each type; a finding is right when it touches a labelled value."""
    result: dict[str, Score] = {}
    for labelled in texts:
        findings = sanitizer.findings(labelled.text)
        covered = [False] * len(labelled.text)
        sensitive = [False] * len(labelled.text)
        for finding in findings:
            covered[finding.start : finding.end] = [True] * (finding.end - finding.start)
        for label in labelled.labels:
            sensitive[label.start : label.end] = [True] * (label.end - label.start)
            score = result.setdefault(label.type, Score())
            score.values += 1
            if all(covered[label.start : label.end]):
                score.found += 1
            else:
                score.missed.append(labelled.text[max(0, label.start - 30) : label.end + 10])
        for finding in findings:
            score = result.setdefault(finding.type.value, Score())
            score.findings += 1
            if any(sensitive[finding.start : finding.end]):
                score.right += 1
            else:
                score.wrong.append(
                    f"{finding.rule}: "
                    + labelled.text[max(0, finding.start - 20) : finding.end + 10]
                )
    return dict(sorted(result.items()))
