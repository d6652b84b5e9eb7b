"""Which graphics cards there are, asked of the driver's own tool: torch is not at hand here."""

import shutil
import subprocess

from raise_finetune.dataset.report_model import ReportModel

_PATIENCE = 5.0  # seconds
_QUERY = ("--query-gpu=name,memory.total", "--format=csv,noheader,nounits")


class Gpu(ReportModel):
    """One NVIDIA card; ``memory`` in bytes."""

    name: str
    memory: int


def find_gpus() -> list[Gpu]:
    """Return the cards that the NVIDIA driver knows; none where there is no driver."""
    tool = shutil.which("nvidia-smi")
    if tool is None:
        return []
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command
            [tool, *_QUERY], capture_output=True, text=True, timeout=_PATIENCE, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return []
    cards = (line.rpartition(",") for line in done.stdout.splitlines())
    return [
        Gpu(name=name.strip(), memory=int(mebibytes) * 2**20)
        for name, _, mebibytes in cards
        if mebibytes.strip().isdigit()
    ]
