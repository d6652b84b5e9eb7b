"""Does a GGUF adapter fit a base? Looked at before llama.cpp is given either."""

from pathlib import Path

from raise_finetune.adapters.base import Base
from raise_finetune.adapters.gguf_file import GgufFile, open_gguf
from raise_finetune.errors import BadInputError

_HALVES = (".lora_a", ".lora_b")


def check_fits(adapter: Path, base: Base) -> GgufFile:
    """Return the opened adapter.

    Raises ``BadInputError`` when it is unreadable, no LoRA adapter, or made for another base.
    """
    file = open_gguf(adapter)
    if file.string("general.type") != "adapter" or file.string("adapter.type") != "lora":
        raise BadInputError("adapter_not_lora", path=adapter)
    architecture = file.string("general.architecture")
    if architecture != base.architecture:
        raise BadInputError(
            "adapter_architecture",
            path=adapter,
            architecture=architecture,
            base=base.path,
            expected=base.architecture,
        )
    shapes = file.shapes()
    for weight in sorted(
        {name.removesuffix(_HALVES[0]).removesuffix(_HALVES[1]) for name in shapes}
    ):
        a, b = (shapes.get(weight + half) for half in _HALVES)
        if a is None or b is None or len(a) != 2 or len(b) != 2 or a[0] != b[1]:
            raise BadInputError("adapter_tensor_unpaired", path=adapter, module=weight)
        check_shape(weight, weight, (b[0], a[1]), base)
    return file


def check_shape(module: str, weight: str, found: tuple[int, int], base: Base) -> None:
    """Compare the shape, (out, in), of one change with the base's weight; raise as above.

    ``weight`` is llama.cpp's name, ``module`` what the user knows it by.
    """
    expected = base.shapes.get(weight)
    if expected is None:
        raise BadInputError("adapter_module_unknown", module=module, base=base.path)
    if found != expected:
        raise BadInputError(
            "adapter_shape", module=module, base=base.path, found=found, expected=expected
        )
