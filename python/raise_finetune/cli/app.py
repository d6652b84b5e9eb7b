"""``raise-finetune``: where its console script begins.

What takes time to load is loaded in ``main``, so that Ctrl-C finds an answer at any moment.
"""


def main() -> None:
    """Run the command line and leave with its exit code."""
    try:
        from raise_finetune.cli.application import run

        run()
    except KeyboardInterrupt:
        from raise_finetune.cli.exits import leave_interrupted

        leave_interrupted()
