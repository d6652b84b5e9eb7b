"""Something to know before a training."""

from raise_finetune.dataset.report_model import ReportModel
from raise_finetune.messages import Language, text
from raise_finetune.training.sizes import size_said


class TrainingNotice(ReportModel):
    """Something to know before a training: the entry ``training.notice.<code>``.

    A number among ``params`` is one of bytes.
    """

    code: str
    params: dict[str, str | int]

    def said(self, language: Language | None = None) -> str:
        """Return it as a person reads it."""
        params = {
            name: size_said(value, language) if isinstance(value, int) else value
            for name, value in self.params.items()
        }
        return text(f"training.notice.{self.code}", language, **params)
