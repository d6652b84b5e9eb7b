"""What ``train`` prints of what a trainer tells."""

import pytest

from raise_finetune.cli.train import print_event
from raise_finetune.training.events import Event
from raise_finetune.training.pace import Pace


@pytest.mark.parametrize(
    ("event", "printed"),
    [
        ({"event": "log", "step": 3, "max_steps": 9, "loss": 1.0}, "step 3 of 9: loss 1.0000\n"),
        ({"event": "eval", "step": 3, "eval_loss": 2.5}, "validation at step 3: loss 2.5000\n"),
        (
            {"event": "notice", "code": "rows_trimmed", "params": {"rows": "1"}},
            "1 row is trained on without the oldest exchanges of its context, "
            "to fit into max_length.\n",
        ),
        ({"event": "log", "step": 3, "max_steps": 9, "loss": None}, ""),
        ({"event": "eval", "step": 3}, ""),
        ({"event": "notice", "code": "of_a_later_version", "params": {}}, ""),
        ({"event": "of_a_later_version"}, ""),
    ],
)
def test_an_event_in_words(
    event: Event, printed: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RAISE_LANG", "en")
    print_event({"t": 0.0, **event}, Pace())
    assert capsys.readouterr() == ("", printed)
