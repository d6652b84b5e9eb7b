"""What an export tells besides its figures."""

from raise_finetune.dataset.report_model import ReportModel


class Notice(ReportModel):
    """Something the user should know: the entry ``notice.<code>`` of the catalogues."""

    code: str
    params: dict[str, str]
