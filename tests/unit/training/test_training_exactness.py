"""What is told, before a training, of a profile that the base's tokenizer does not read exactly."""

from collections.abc import Callable
from pathlib import Path

import pytest

from domains.tree import Tree, exchange
from models.tiny import Kind
from raise_finetune.dataset.export import export_dataset
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.tokens import load_tokenizer
from raise_finetune.dataset.tokens.check import TokenCheck
from raise_finetune.messages import LANGUAGES
from raise_finetune.training.config import DataSection
from raise_finetune.training.exactness import check_profile, notices_of
from raise_finetune.training.source import TrainingData, open_dataset


def _exported(folder: Path, profile: str, chosen: str = "") -> TrainingData:
    tree = Tree(folder / "domain")
    for number in range(3):
        tree.conversation(
            f"c{number}",
            {"role": "system", "content": "Be brief."},
            *exchange(f"What is {number}?", "A number.\n\nReally.", rating=5),
            *exchange(f"And {number + 1}?", "Another.", rating=5),
        )
    output = {"profile": profile, "val_fraction": 0}
    recipe = ExportRecipe.model_validate({"output": output, "dedup": {"near": "off"}})
    export_dataset(recipe, folder / "set", root=tree.root)
    return open_dataset(DataSection(dataset=str(folder / "set"), profile=chosen))


@pytest.mark.parametrize(
    ("kind", "profile", "chosen"),
    [
        ("mistral", "mistral-v1", ""),
        ("mistral-v3", "mistral-v3", ""),
        ("mistral-v3", "messages", "mistral-v3"),
        ("mistral-v7", "mistral-v7", ""),
        ("tekken", "mistral-v3-tekken", ""),
        ("llama3", "llama3", ""),
        ("qwen2", "chatml", ""),
        ("smollm", "sharegpt", "chatml"),
    ],
)
def test_nothing_is_told_where_every_row_is_read_exactly(
    tmp_path: Path, tiny_model: Callable[[Kind], Path], kind: Kind, profile: str, chosen: str
):
    data = _exported(tmp_path, profile, chosen)
    check = check_profile(data, load_tokenizer(str(tiny_model(kind))))
    assert (check.rows, check.exact_rows, check.problems) == (6, 6, {})
    assert list(notices_of(check)) == []


@pytest.mark.parametrize(
    ("kind", "profile", "rows", "found", "expected"),
    [
        ("mistral", "inst", 6, "'['", "'▁['"),
        ("mistral", "prompt-completion", 6, "'['", "'▁['"),
        ("mistral-v3", "mistral-v3-tekken", 6, "'B'", "'▁B'"),
    ],
)
def test_a_profile_that_is_not_exact_is_told_with_a_difference(
    tmp_path: Path,
    tiny_model: Callable[[Kind], Path],
    kind: Kind,
    profile: str,
    rows: int,
    found: str,
    expected: str,
):
    data = _exported(tmp_path, profile)
    check = check_profile(data, load_tokenizer(str(tiny_model(kind))))
    (notice,) = notices_of(check)
    assert [notice.said(language) for language in LANGUAGES] == [
        f"Le tokenizer du modèle de base lit {rows} lignes sur 6 autrement que {data.profile.name} "
        f"ne le prévoit, par exemple {found} au lieu de {expected}. C’est sans conséquence tant "
        "que l’adaptateur est interrogé avec le même profil, comme ici\u00a0; un profil de la "
        "famille du modèle de base l’évite.",
        f"The base’s tokenizer reads {rows} of 6 rows checked otherwise than {data.profile.name} "
        f"is meant, for example {found} instead of {expected}. It does no harm as long as the "
        "adapter is asked by the same profile, as it is here; a profile of the base’s own family "
        "avoids it.",
    ]


def test_a_profile_of_another_family_is_told_as_one(tmp_path: Path, tiny_mistral: Path):
    data = _exported(tmp_path, "mistral-v3")
    (notice,) = notices_of(check_profile(data, load_tokenizer(str(tiny_mistral))))
    assert [notice.said(language) for language in LANGUAGES] == [
        "mistral-v3 écrit des tokens de contrôle d’une autre famille, qui sont du texte ordinaire "
        "pour ce modèle de base. Exportez avec un profil de sa famille.",
        "mistral-v3 writes control tokens of another family, which are ordinary text to this base. "
        "Export by a profile of the base’s own family.",
    ]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            1,
            (
                "1 ligne sur 9 contient, dans ce que quelqu’un a écrit, un token de contrôle du "
                "modèle de base\u00a0: il le lit comme tel, et non comme des mots.",
                "1 of 9 rows checked holds a control token of the base in what somebody wrote: it "
                "reads it as such, not as words.",
            ),
        ),
        (
            2,
            (
                "2 lignes sur 9 contiennent, dans ce que quelqu’un a écrit, un token de contrôle "
                "du modèle de base\u00a0: il le lit comme tel, et non comme des mots.",
                "2 of 9 rows checked hold a control token of the base in what somebody wrote: it "
                "reads it as such, not as words.",
            ),
        ),
    ],
)
def test_control_tokens_in_what_people_wrote_are_told(rows: int, said: tuple[str, str]):
    check = TokenCheck(
        profile="chatml",
        tokenizer="base",
        reference="chatml",
        rows=9,
        exact_rows=9,
        problems={"control_in_content": rows},
        differences=(),
        trainer_adds_bos=False,
    )
    (notice,) = notices_of(check)
    assert tuple(notice.said(language) for language in LANGUAGES) == said
