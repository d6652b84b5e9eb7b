"""Training, models and the comparison."""

from pathlib import Path

from .screen import Screen, pose

QUESTION = "What makes a good requirement?"  # in the one language of small models
TRAINED_ON = "raise_dataset/training/brake-and-door-answers"


@pose("training", needs_training=True)
def _training(screen: Screen) -> None:
    screen.go_to("training")
    form = screen.page.get_by_role("region", name=screen.say("training.form.what"), exact=True)
    form.get_by_role("combobox").first.fill(str(Path.home() / TRAINED_ON))
    (base,) = Path.home().glob("models/*")
    form.get_by_role("textbox").last.fill(str(base))
    screen.page.get_by_role("table").wait_for()


@pose("training-run", needs_training=True)
def _training_run(screen: Screen) -> None:
    screen.go_to("training")
    screen.page.get_by_role("main").get_by_role("radiogroup").first.locator("label").nth(1).click()
    screen.page.get_by_role("article").wait_for()


@pose("models", needs_training=True)
def _models(screen: Screen) -> None:
    screen.go_to("models")
    card = screen.page.get_by_role("article")
    card.get_by_role("button").nth(1).click()
    card.get_by_text("adapter.gguf").wait_for()


@pose("compare", needs_training=True)
def _compare(screen: Screen) -> None:
    screen.go_to("models")
    screen.button("models.compare").click()
    screen.button("compare.open").click()
    question = screen.page.get_by_label(screen.say("compare.own"), exact=True)
    question.fill(QUESTION, timeout=900_000)
    screen.button("compare.ask").click()
    screen.button("compare.mark.neither").wait_for(timeout=900_000)


@pose("training-empty")
def _training_empty(screen: Screen) -> None:
    screen.go_to("training")
    screen.page.get_by_role("main").get_by_role("heading", level=2).first.wait_for()


@pose("training-form", needs_training=True)
def _training_form(screen: Screen) -> None:
    """Every group of the form is open, on a page as long as it needs."""
    _training(screen)
    screen.lengthen(4)
    for group in screen.page.locator("main h3 button").all():
        if group.get_attribute("aria-expanded") == "false":
            group.click()


@pose("training-delete", needs_training=True)
def _training_delete(screen: Screen) -> None:
    _training_run(screen)
    screen.button("training.run.delete").click()
    screen.page.get_by_role("dialog").wait_for()


@pose("models-empty")
def _models_empty(screen: Screen) -> None:
    screen.go_to("models")
    screen.button("models.empty.train").wait_for()


@pose("modelfile", needs_training=True)
def _modelfile(screen: Screen) -> None:
    screen.go_to("models")
    screen.button("models.modelfile.open").click()
    screen.page.get_by_role("dialog").locator("pre").wait_for()


@pose("compare-empty")
def _compare_empty(screen: Screen) -> None:
    screen.go_to("compare")
    screen.button("models.empty.train").wait_for()


@pose("compare-closed", needs_training=True)
def _compare_closed(screen: Screen) -> None:
    screen.go_to("models")
    screen.button("models.compare").click()
    screen.button("compare.open").wait_for()
