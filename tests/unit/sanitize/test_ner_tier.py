"""The tier with real models in real processes."""

import io
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from models.ner import build_onnx, build_spacy
from raise_finetune.dataset.sanitize import (
    Finding,
    FindingType,
    KnownValues,
    SanitizeOptions,
    Sanitizer,
)
from raise_finetune.dataset.sanitize.ner.child import replies
from raise_finetune.dataset.sanitize.ner.messages import Failed, Load
from raise_finetune.dataset.sanitize.ner.pieces import LONGEST_PIECE
from raise_finetune.dataset.sanitize.ner.tier import NerTier
from raise_finetune.errors import BadInputError, CancelledError, FailedError, RaiseError
from raise_finetune.messages import Language


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_onnx(tmp_path_factory.mktemp("ner"))


@pytest.fixture(scope="module")
def tier(folder: Path) -> Iterator[NerTier]:
    with NerTier(folder, ("person", "place", "organisation")) as tier:
        yield tier


def values(tier: NerTier, text: str) -> list[tuple[str, str]]:
    (findings,) = tier.findings([text])
    return [(finding.type.value, text[finding.start : finding.end]) for finding in findings]


def test_kinds_become_types(tier: NerTier):
    text = "Karim, Lyon, Acme"
    found = [
        Finding(FindingType.PERSON, "model-person", 0, 5),
        Finding(FindingType.ADDRESS, "model-place", 7, 11),
        Finding(FindingType.PRIVATE, "model-organisation", 13, 17),
    ]
    assert tier.findings([text, "", text]) == [found, [], found]


def test_only_people_unless_more_is_asked(folder: Path):
    with NerTier(folder) as tier:
        assert values(tier, "Karim, Lyon, Acme") == [("person", "Karim")]


def test_long_texts_keep_their_offsets(tier: NerTier):
    text = "le train 🚆 é\n" * LONGEST_PIECE + "Élodie\n" + "x" * 2 * LONGEST_PIECE + " Karim"
    assert values(tier, text) == [("person", "Élodie"), ("person", "Karim")]


def test_lone_surrogates_keep_their_place(tier: NerTier):
    assert values(tier, "\ud83d Karim \udc00 Dupont") == [("person", "Karim"), ("person", "Dupont")]


def test_placeholders_are_no_names(tier: NerTier):
    assert values(tier, "<PERSON_1> <\\PERSON_2> Karim") == [("person", "Karim")]


def test_names_of_the_model_and_of_the_rules_are_one_person(tier: NerTier, tmp_path: Path):
    sanitizer = Sanitizer(SanitizeOptions(), KnownValues(), tiers=[tier], cache=tmp_path)
    first, second = sanitizer.sanitize(
        [["dites à karim, le train", "M. Karim Dupont"], ["le train de dupont, 06 12 34 56 78"]]
    )
    assert first.texts == ["dites à <PERSON_1>, le train", "M. <PERSON_1>"]
    assert second.texts == ["le train de <PERSON_1>, <PHONE_1>"]
    assert second.rules["model-person"] == 1


def test_the_process_ends_with_the_tier(folder: Path):
    with NerTier(folder) as tier:
        assert tier.pid is not None
        assert psutil.pid_exists(tier.pid)
    assert not psutil.pid_exists(tier.pid)


OWNER = """
import os, sys
from pathlib import Path
from raise_finetune.dataset.sanitize.ner.tier import NerTier
with NerTier(Path(sys.argv[1])) as tier:
    print(tier.pid, flush=True)
    os.kill(os.getpid(), 9)
"""


def test_the_process_does_not_outlive_its_application(folder: Path):
    owner = subprocess.run(
        [sys.executable, "-c", OWNER, folder], stdout=subprocess.PIPE, check=False
    )
    assert owner.returncode == -signal.SIGKILL
    with suppress(psutil.NoSuchProcess):
        psutil.Process(int(owner.stdout)).wait(timeout=30)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    "error",
    [
        BadInputError("ner_model_missing", path="M"),
        BadInputError("ner_model_unfit", path="M", reason="R"),
        BadInputError("ner_not_installed", path="M", reason="onnxruntime"),
        BadInputError("ner_kind_missing", path="M", kinds="place"),
        FailedError("ner_failed", path="M", reason="R"),
        FailedError("ner_died", path="M", status=-9),
    ],
    ids=lambda error: error.code,
)
def test_every_error_names_the_model_and_a_remedy(error: RaiseError, language: Language):
    assert " M " in error.message(language)
    assert error.hint(language)


def test_a_dead_process_is_told(folder: Path):
    with NerTier(folder) as tier:
        assert tier.pid is not None
        os.kill(tier.pid, signal.SIGKILL)
        with pytest.raises(FailedError) as caught:
            tier.findings(["Karim"])
    assert caught.value.code == "ner_died"
    assert caught.value.params == {"path": folder, "status": -signal.SIGKILL}


def test_what_beat_raises_ends_the_process(folder: Path):
    cancelled = False

    def beat() -> None:
        if cancelled:
            raise CancelledError

    with NerTier(folder, beat=beat) as tier:
        cancelled = True
        with pytest.raises(CancelledError):
            tier.findings(["le train"])
    assert tier.pid is not None
    assert not psutil.pid_exists(tier.pid)


def test_cancelling_while_the_model_loads(folder: Path):
    def beat() -> None:
        raise CancelledError

    tier = NerTier(folder, beat=beat)
    with pytest.raises(CancelledError), tier:
        pass
    assert tier.pid is not None
    assert not psutil.pid_exists(tier.pid)


def test_the_last_texts_are_not_asked_again(folder: Path):
    with NerTier(folder) as tier:
        texts = ["Karim", "le train"]
        found = tier.findings(texts)
        assert tier.pid is not None
        os.kill(tier.pid, signal.SIGKILL)
        assert tier.findings(texts[:1]) == found[:1]
        assert tier.findings(texts[::-1]) == found[::-1]


def test_a_folder_without_a_model_is_refused(tmp_path: Path):
    with pytest.raises(BadInputError) as caught, NerTier(tmp_path / "nowhere"):
        pass
    assert caught.value.code == "ner_model_missing"


def test_a_broken_model_is_refused(tmp_path: Path):
    broken = build_onnx(tmp_path)
    (broken / "model.onnx").write_bytes(b"no model")
    with pytest.raises(BadInputError) as caught, NerTier(broken):
        pass
    assert caught.value.code == "ner_model_unfit"
    assert caught.value.params["path"] == broken


def test_a_model_that_cannot_find_what_is_wanted_is_refused(tmp_path: Path):
    labels = ("O", "B-MISC", "I-MISC", "B-LOC", "B-ORG", "B-DATE")
    with pytest.raises(BadInputError) as caught, NerTier(build_onnx(tmp_path, labels=labels)):
        pass
    assert caught.value.code == "ner_kind_missing"
    assert caught.value.params["kinds"] == "person"


def test_a_failure_at_work_says_nothing_of_the_text(tmp_path: Path):
    labels = ("O", "B-PER", "I-PER")  # fewer than the graph has scores for
    with (
        NerTier(build_onnx(tmp_path, labels=labels)) as tier,
        pytest.raises(BadInputError) as caught,
    ):
        tier.findings(["Karim"])
    assert caught.value.code == "ner_model_unfit"
    assert "Karim" not in str(caught.value)


@pytest.mark.parametrize("library", ["onnxruntime", "tokenizers"])
def test_a_missing_library_is_named(folder: Path, library: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, library, None)
    monkeypatch.delitem(
        sys.modules, "raise_finetune.dataset.sanitize.ner.onnx_model", raising=False
    )
    requests = io.BytesIO(Load(folder=str(folder)).to_line())
    assert list(replies(requests)) == [Failed(code="ner_not_installed", reason=library)]


def test_spacy_pipelines(tmp_path: Path):
    with NerTier(build_spacy(tmp_path), ("person", "place")) as tier:
        text = "🚆 Hier, Élodie Moreau et Karim étaient à Lyon."
        assert values(tier, text) == [
            ("person", "Élodie Moreau"),
            ("person", "Karim"),
            ("address", "Lyon"),
        ]
        assert tier.findings(["", "Karim", "le train"]) == [
            [],
            [Finding(FindingType.PERSON, "model-person", 0, 5)],
            [],
        ]
