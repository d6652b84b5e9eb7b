"""What ``train`` prints of what a trainer tells."""

from pathlib import Path

import pytest

from domains.process import complaint, run
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


def test_a_run_is_not_deleted_where_nobody_can_be_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAISE_LANG", "en")
    monkeypatch.setenv("PATH_RAISE_DATASET", str(tmp_path))
    for name in ("first", "second"):
        (tmp_path / "runs" / name).mkdir(parents=True)
        (tmp_path / "runs" / name / "run.json").write_text("{}")
    done = run("runs", "delete", "first")
    assert (done.returncode, done.stderr) == (2, "")
    assert done.stdout.splitlines() == [
        "The run first cannot be read: run.json is missing or damaged.",
        "Nothing was removed; --yes does it without asking.",
    ]
    done = run("runs", "delete", "first", "--json")
    assert (done.returncode, done.stdout) == (2, '{"deleted":null}\n')
    assert (tmp_path / "runs/first/run.json").exists()
    done = run("runs", "delete", "first", "--yes")
    assert (done.returncode, done.stdout) == (0, "Run first deleted\n")
    done = run("runs", "delete", "second", "--yes", "--json")
    assert (done.returncode, done.stdout) == (0, '{"deleted":"second"}\n')
    assert list((tmp_path / "runs").iterdir()) == []
    done = run("runs", "delete", "first", "--yes")
    assert (done.returncode, complaint(done)) == (2, "There is no run first.")
