"""The window closed, or its program ended, at each stage of what takes long.

Whatever was at work: what stood there is as it was or whole and new, nothing is left that the next
run does not clear, no process is left over, and the next start says what was interrupted. Work is
held at a stage by ``closing_app.py``, so that the end always strikes there.
"""

import shutil
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import psutil
import pytest

from domains.tree import Tree, exchange, files_of, snapshot
from models.training import events_of, quick_config
from pages.waiting import wait_until
from pages.window import element, go_to, wait_for_text
from raise_finetune.training.runs import Run

CLOSING_APP = str(Path(__file__).parent / "closing_app.py")
CONVERSATIONS = 200
PATIENCE = 60  # seconds; a busy machine is no defect

_SEND = """
const [command, body] = arguments;
window.ended = undefined;
window.__TAURI_INTERNALS__
  .invoke('plugin:pytauri|pyfunc', new TextEncoder().encode(JSON.stringify(body)), {
    headers: { pyfunc: command },
  })
  .then((value) => { window.ended = value }, (error) => { window.ended = error });
"""


@dataclass
class Program:
    """The running application, and how to make it work and end."""

    window: Any
    home: Path
    process: psutil.Process

    def send(self, command: str, **body: object) -> None:
        """Call a command and do not wait for its answer."""
        self.window.driver.execute_script(_SEND, command, body)

    def answer(self, command: str, **body: object) -> dict[str, Any]:
        """Call a command and return its response."""
        answer = self.window.invoke(command, body)
        assert "value" in answer, answer
        return answer["value"]

    def wait_until_held(self, *places: str) -> None:
        for place in places:
            wait_until((self.home / "held" / place).exists, seconds=PATIENCE)

    def close_window(self) -> None:
        """Close the window as its title bar's button would."""
        self.window.from_outside("wmctrl", "-F", "-c", "RAISE")

    def choose(self, answer: str) -> None:
        """Press a button of the dialog; later, as the driver does not outlive its window."""
        button = element(self.window, f"//button[.='{answer}']")
        self.window.driver.execute_script("setTimeout(() => arguments[0].click(), 100)", button)

    def end(self, how: Callable[[psutil.Process], object]) -> list[str]:
        """End the program and wait until it and all that it started is gone; return what it was."""
        children = self.process.children(recursive=True)
        names = [" ".join(child.cmdline()) for child in children]
        how(self.process)
        self.wait_until_gone(children)
        return names

    def wait_until_gone(self, children: list[psutil.Process]) -> None:
        _, alive = psutil.wait_procs([self.process, *children], timeout=PATIENCE)
        assert alive == []


Start = Callable[..., Program]


@pytest.fixture
def start(open_window: Any, environment: dict[str, str], tmp_path: Path) -> Start:
    """Start the application, to be held at the given places."""
    (tmp_path / "temporary").mkdir()
    environment["TMPDIR"] = str(tmp_path / "temporary")

    def start(*places: str) -> Program:
        shutil.rmtree(tmp_path / "held", ignore_errors=True)
        (tmp_path / "hold").write_text("\n".join(places))
        window = open_window(CLOSING_APP)
        process = psutil.Process(int((tmp_path / "pid").read_text()))
        return Program(window, tmp_path, process)

    return start


@pytest.fixture
def domain(environment: dict[str, str], tmp_path: Path) -> Tree:
    """A data folder that is large enough to be near-compared, and chosen in the settings."""
    tree = Tree(tmp_path / "domain")
    for number in range(CONVERSATIONS):
        tree.conversation(f"c{number}", *exchange(f"q{number}?", f"a{number} " * 20, rating=5))
    environment["PATH_RAISE_DATASET"] = str(tmp_path / "datasets")
    (tmp_path / "datasets/training").mkdir(parents=True)
    (tmp_path / "config").mkdir()
    settings = orjson.dumps({"dataFolder": str(tree.root)})
    (tmp_path / "config/settings.json").write_bytes(settings)
    return tree


def told(program: Program) -> str:
    """Return what the export screen says of interrupted exports."""
    go_to(program.window, "Interrupted export")
    return str(element(program.window, "//*[@role='note']").text)


def test_an_export(start: Start, domain: Tree, tmp_path: Path) -> None:
    training = tmp_path / "datasets/training"
    target, data = training / "mine", files_of(domain.root)
    target.mkdir()

    def begin(place: str) -> Program:
        program = start(f"ai_export_dataset:{place}")
        program.send("ai_export_dataset", outputPath="mine")
        program.wait_until_held(f"ai_export_dataset:{place}")
        assert len(list(training.iterdir())) == 2  # and the hidden folder in the making
        return program

    # Killed, before there was a dataset.
    begin("reading").end(psutil.Process.kill)
    assert files_of(target) == {}
    program = start("ai_export_dataset:writing")
    said = told(program)
    assert "The export to “mine” was interrupted" in said
    assert "The dataset that stood there is as it was." in said
    assert list(training.iterdir()) == [target]

    # Killed while writing, with a second process at work; made again by the notice's button.
    element(program.window, "//button[.='Export again']").click()
    program.wait_until_held("ai_export_dataset:writing")
    started = program.end(psutil.Process.kill)
    assert any("raise_finetune.dataset.second_core" in name for name in started)
    assert files_of(target) == {}

    # Killed when the new dataset was in place and the export not yet over.
    begin("published").end(psutil.Process.kill)
    whole = files_of(target)
    assert {"README.md", "data/train.jsonl", ".raise/manifest.json"} <= whole.keys()
    program = start()
    assert "The new dataset was complete by then and stands there" in told(program)
    assert list(training.iterdir()) == [target]
    element(program.window, "//button[.='Dismiss']").click()
    wait_until(lambda: "was interrupted" not in program.window.driver.page_source)

    # Told to end by the system while comparing: it clears up itself, and the next start tells.
    (tmp_path / "hold").write_text("ai_export_dataset:comparing")
    program.send("ai_export_dataset", outputPath="mine")
    program.wait_until_held("ai_export_dataset:comparing")
    program.end(psutil.Process.terminate)
    assert list(training.iterdir()) == [target]
    assert files_of(target) == whole

    # Closed by the user, who stops it: nothing to tell the next time.
    program = begin("proof")
    program.close_window()
    wait_for_text(program.window, "If you stop it, nothing of it is kept")
    program.end(lambda _: program.choose("Stop and close"))
    assert list(training.iterdir()) == [target]
    assert files_of(target) == whole

    # Closed in the very moment in which the dataset takes its place: that comes first.
    program = begin("publish")
    assert "Interrupted export" not in program.window.driver.page_source
    program.close_window()
    program.choose("Stop and close")
    (tmp_path / "hold").unlink()
    program.end(lambda _: None)
    assert list(training.iterdir()) == [target]
    assert changed_files(whole, files_of(target)) <= {".raise/report.json"}

    # Closed by the user, who lets it come to its end.
    program = begin("reading")
    program.close_window()
    element(program.window, "//button[.='Close when done']").click()
    wait_for_text(program.window, "The window closes as soon as this is done.")
    program.end(lambda _: (tmp_path / "hold").unlink())
    assert list(training.iterdir()) == [target]
    assert changed_files(whole, files_of(target)) <= {".raise/report.json"}
    assert files_of(domain.root) == data


def changed_files(one: dict[str, bytes], other: dict[str, bytes]) -> set[str]:
    return {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)}


def test_everything_at_once(start: Start, domain: Tree, tmp_path: Path) -> None:
    """Preview, scan, verification, a demo and a rating in the making: killed, then closed."""
    places = (
        "export_preview:reading",
        "privacy_scan:reading",
        "exports_verify:reading",
        "demo_create:writing",
        "answer_rate:rename",
    )
    data, temporary = files_of(domain.root), tmp_path / "temporary"
    record = "un2/default/conversations/c1"

    def begin(program: Program, when: str, recipe: dict[str, Any]) -> None:
        (tmp_path / "hold").write_text("\n".join(places))
        program.send("export_preview", recipe=recipe)
        program.send("privacy_scan", recipe=recipe)
        program.send("exports_verify", when=when, rebuild=True)
        program.send("demo_create")
        program.send("answer_rate", record=record, index=1, rating=2)
        program.wait_until_held(*places)

    program = start()
    when = program.answer("ai_export_dataset", outputPath="mine")["when"]
    dataset = snapshot(tmp_path / "datasets/training")
    recipe = program.answer("recipe_default")["recipe"]
    begin(program, when, recipe)
    assert list(temporary.iterdir()) != []
    program.end(psutil.Process.kill)
    documents = files_of(domain.root)
    assert {name: documents.get(name) for name in data} == data  # not rated, and nothing else
    assert {Path(name).suffix for name in documents.keys() - data.keys()} <= {".tmp", ".json"}

    (tmp_path / "hold").unlink()
    program = start()
    wait_until(lambda: "Conversations" in program.window.driver.page_source)
    begin(program, when, recipe)
    program.close_window()
    wait_for_text(program.window, "The demo database is being made.")
    program.choose("Stop and close")
    gone = program.process.children(recursive=True)
    # The rating is not given up; the others are where they are until they are told to stop.
    (tmp_path / "held-on").write_text("\n".join(places[:-1]))
    (tmp_path / "held-on").replace(tmp_path / "hold")
    program.wait_until_gone(gone)
    assert list(temporary.iterdir()) == []
    assert [path.name for path in (tmp_path / "raise_demo").iterdir()] == [
        ".raise-finetune-demo.json"
    ]
    assert snapshot(tmp_path / "datasets/training") == dataset
    documents = files_of(domain.root)
    assert {name: documents.get(name) for name in data} == data
    (rated,) = (
        orjson.loads(content)
        for name, content in documents.items()
        if "/feedback/" in name and not Path(name).name.startswith("_")
    )
    assert (rated["target"], rated["rating"]) == (record, 2.0)


@pytest.fixture
def ending_trainers(tmp_path: Path) -> Generator[None]:
    """See to it that no trainer outlives a test that failed."""
    yield
    for process in psutil.process_iter(["cmdline"]):
        if any(str(tmp_path) in word for word in process.info["cmdline"] or ()):
            process.kill()


@pytest.mark.usefixtures("ending_trainers")
def test_a_training_and_a_comparison(
    start: Start,
    environment: dict[str, str],
    tiny_dataset: Path,
    tiny_mistral: Path,
    tmp_path: Path,
) -> None:
    """A trainer outlives the window and is found again; a model that answers does not."""
    environment["PATH_RAISE_DOMAIN"] = str(tiny_dataset.parent / "domain")
    environment["PATH_RAISE_DATASET"] = str(tmp_path / "datasets")
    changes = {"training": {"max_steps": 100_000, "save_steps": 100_000, "eval_steps": 100_000}}
    config = quick_config(tiny_dataset, tiny_mistral, changes).model_dump(mode="json")

    # Killed as soon as the training is begun: it goes on.
    program = start()
    name = program.answer("training_start", config=config)["run"]["status"]["name"]
    run = Run(tmp_path / "datasets/runs" / name)
    program.process.kill()
    program.wait_until_gone([])
    wait_until(lambda: events_of(run, "log"), seconds=PATIENCE)
    assert run.state() == "running"

    # Found again by the next start, and closed while the trainer saves what it has.
    program = start()
    go_to(program.window, "Training")
    pause = element(program.window, "//main//button[.='Pause']")
    pause.click()
    wait_until(lambda: run.requested() == "pause" or run.state() == "paused")
    program.close_window()
    program.wait_until_gone([])
    wait_until(lambda: run.state() == "paused", seconds=PATIENCE)
    assert run.has_adapter()
    run_files = files_of(run.folder)

    # Killed while a model as large as the base is written.
    program = start("compare_start:converting:1")
    program.send("compare_start", run=name, scoreRows=0, rows=1)
    program.wait_until_held("compare_start:converting")
    program.end(psutil.Process.kill)
    bases = tmp_path / "datasets/bases"
    assert [path.suffix for path in bases.iterdir()] != [".gguf"]

    # The next one clears that, and its model is ended with the window.
    program = start("compare_generate:base")
    program.answer("compare_start", run=name, scoreRows=0, rows=1)
    assert [path.suffix for path in bases.iterdir()] == [".gguf"]
    program.send("compare_generate", run=name, row=1, maxTokens=20)
    program.wait_until_held("compare_generate:base")
    started = program.end(psutil.Process.kill)
    assert any("raise_finetune.inference.child" in each for each in started)
    left = files_of(run.folder)
    assert {name: left.get(name) for name in run_files} == run_files
