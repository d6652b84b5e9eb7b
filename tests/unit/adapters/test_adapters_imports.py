"""The application loads no machine learning by itself: it waits until it is asked for."""

import importlib.util
import subprocess
import sys

import pytest

from raise_finetune.adapters.installation import require_installed
from raise_finetune.errors import BadInputError

HEAVY = ("torch", "transformers", "peft", "trl", "datasets", "bitsandbytes")
LAZY = ("gguf", "xllamacpp")
APPLICATION = (
    "import raise_finetune.commands, raise_finetune.cli.application, raise_finetune.bridge.server"
)
CHAIN = (
    "import raise_finetune.adapters.base_gguf, raise_finetune.adapters.convert, "
    "raise_finetune.adapters.merge, raise_finetune.inference.opening, "
    "raise_finetune.inference.bases"
)


@pytest.mark.parametrize(
    ("imports", "forbidden"), [(APPLICATION, (*HEAVY, *LAZY)), (CHAIN, (*HEAVY, "xllamacpp"))]
)
def test_what_is_heavy_is_not_loaded(imports: str, forbidden: tuple[str, ...]):
    script = f"{imports}; import sys; print([m for m in {forbidden!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_without_a_package_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(importlib.util, "find_spec", _finds_nothing)
    with pytest.raises(BadInputError) as caught:
        require_installed()
    assert caught.value.hint("en") == 'Install them with: pip install "raise-finetune[adapters]"'


def _finds_nothing(_name: str) -> None: ...
