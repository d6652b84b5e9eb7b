"""Planted copies are found, and nothing else is."""

from collections.abc import Generator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from random import Random

import numpy as np
import pytest

from corpus.edits import edited, pair, words
from raise_finetune.dataset.near.candidates import NearPairs, find_near_pairs
from raise_finetune.dataset.near.choice import choose
from raise_finetune.dataset.near.codes import codes_of, texts_of
from raise_finetune.dataset.near.index import NearIndex
from raise_finetune.dataset.near.shingles import QuestionAnswer, shingles
from raise_finetune.dataset.near.signing import sign_texts
from raise_finetune.dataset.near.similarity import near
from raise_finetune.dataset.progress import Pulse
from raise_finetune.dataset.second_core import SecondCore


@contextmanager
def indexed(folder: Path, texts: list[QuestionAnswer]) -> Generator[NearIndex]:
    with NearIndex(folder) as index:
        index.add(texts)
        assert index.finish() == len(texts)
        yield index


def found(
    folder: Path, texts: list[QuestionAnswer], threshold: float = 0.7
) -> dict[tuple[int, int], float]:
    with indexed(folder, texts) as index:
        pairs = find_near_pairs(index, np.zeros(len(texts), np.bool_), threshold, Pulse())
    return dict(zip(numbers(pairs), pairs.similarity.tolist(), strict=True))


def numbers(pairs: NearPairs) -> list[tuple[int, int]]:
    first, second = texts_of(pairs.codes)
    return list(zip(first.tolist(), second.tolist(), strict=True))


def jaccard(one: QuestionAnswer, other: QuestionAnswer) -> float:
    first, second = set(shingles([one]).tolist()), set(shingles([other]).tolist())
    return len(first & second) / len(first | second)


def test_nothing_in_nothing(tmp_path: Path):
    assert found(tmp_path, []) == {}


def test_planted_edits_of_one_word_in_twenty(tmp_path: Path):
    random = Random(1)  # noqa: S311
    originals = [words(random, random.randint(24, 400)) for _ in range(3000)]
    copies = {each: edited(random, originals[each], 0.05) for each in range(0, 3000, 10)}
    texts = [pair(each) for each in [*originals, *copies.values()]]
    planted = {(each, 3000 + number) for number, each in enumerate(copies)}
    pairs = set(found(tmp_path, texts))
    assert len(pairs & planted) / len(planted) >= 0.98
    assert pairs - planted == set()


def test_texts_of_one_template_are_told_apart(tmp_path: Path):
    """Two thirds of the words are the template's, in runs, as in a form that is filled in."""
    random = Random(2)  # noqa: S311
    runs = [words(random, 12) for _ in range(8)]
    texts = [pair([word for run in runs for word in (*run, *words(random, 6))]) for _ in range(500)]
    assert found(tmp_path, texts) == {}
    assert jaccard(texts[0], texts[1]) > 0.3


def test_the_similarity_is_the_true_one(tmp_path: Path):
    random = Random(3)  # noqa: S311
    original = words(random, 100)
    texts = [pair(edited(random, original, share)) for share in (0.01, 0.02, 0.04, 0.06)]
    for (one, other), similarity in found(tmp_path, texts).items():
        assert similarity == pytest.approx(jaccard(texts[one], texts[other]))


SHORT_TRAPS = [
    ("cat", "dog"),
    ("Is it safe?", "yes"),
    ("Is it safe?", "no"),
    ("ok", "ok"),
    ("ok", "ok."),
    ("Continue", "D'accord, je continue."),
    ("Oui", "D'accord, je continue."),
    ("", ""),
    ("!", "?"),
]


def test_short_texts_are_never_near(tmp_path: Path):
    assert found(tmp_path, SHORT_TRAPS * 2, 0.5) == {}


def test_two_answers_to_one_long_question(tmp_path: Path):
    question = " ".join(words(Random(4), 300))  # noqa: S311
    texts = [(question, answer) for answer in ("yes", "no", "Yes.", "It is not certain")]
    assert set(found(tmp_path, texts)) == {(0, 2)}


def test_one_question_of_a_template_makes_no_copies(tmp_path: Path):
    """Only the answers say something; these have most of their words in common."""
    random = Random(8)  # noqa: S311
    question = " ".join(words(random, 60))
    shared = words(random, 36)
    texts = [(question, " ".join([*shared, *words(random, 14)])) for _ in range(20)]
    assert jaccard(texts[0], texts[1]) > 0.7
    assert found(tmp_path, texts) == {}


def test_one_long_answer_to_two_questions_is_one(tmp_path: Path):
    answer = " ".join(words(Random(5), 300))  # noqa: S311
    assert set(found(tmp_path, [("Who are you?", answer), ("Présente-toi", answer)])) == {(0, 1)}


def test_what_is_left_out_is_not_compared(tmp_path: Path):
    text = pair(words(Random(6), 60))  # noqa: S311
    with indexed(tmp_path, [text, text, text]) as index:
        left_out = np.array([False, True, False])
        pairs = find_near_pairs(index, left_out, 0.7, Pulse())
    assert numbers(pairs) == [(0, 2)]


def test_hundreds_of_copies_leave_one(tmp_path: Path):
    """More than the neighbours that are compared: the rest is found through those that go."""
    random = Random(7)  # noqa: S311
    original = words(random, 200)
    texts = [pair(edited(random, original, 0.02)) for _ in range(600)]
    with indexed(tmp_path, texts) as index:
        pairs = find_near_pairs(index, np.zeros(600, np.bool_), 0.7, Pulse())
        assert len(pairs.codes) < 600 * 8 * 12
        ranking = np.arange(599, -1, -1)
        replaced = choose(pairs, ranking, lambda one, other: near(index.file, one, other, 0.7))
    assert sorted(replaced.texts.tolist()) == list(range(599))
    assert set(replaced.better.tolist()) == {599}


def test_of_a_crowd_some_pairs_are_enough(tmp_path: Path):
    """Each text has so many near-duplicates or all it has; that others are left is said."""
    random = Random(7)  # noqa: S311
    original = words(random, 200)
    crowd = [pair(edited(random, original, 0.02)) for _ in range(400)]
    other = words(random, 100)
    texts = [*crowd, pair(other), pair(edited(random, other, 0.02))]
    with indexed(tmp_path, texts) as index:
        nobody = np.zeros(len(texts), np.bool_)
        pairs = find_near_pairs(index, nobody, 0.7, Pulse(), enough=9)
        few = find_near_pairs(index, np.arange(len(texts)) < 400, 0.7, Pulse(), enough=9)
    assert len(pairs.codes) <= 9 * len(texts)
    found = np.bincount(np.concatenate(texts_of(pairs.codes)), minlength=len(texts))
    assert (found[:400] >= 9).all()
    assert found[400:].tolist() == [1, 1]
    assert np.flatnonzero(pairs.uncompared).tolist() == list(range(400))
    assert not few.uncompared.any()
    assert numbers(few) == [(400, 401)]


def test_texts_that_were_signed_elsewhere_give_the_same_index(tmp_path: Path):
    random = Random(9)  # noqa: S311
    texts = [pair(words(random, random.randint(0, 90))) for _ in range(3000)]
    files: list[dict[str, bytes]] = []
    for is_signed in (False, True):
        folder = tmp_path / str(is_signed)
        folder.mkdir()
        with NearIndex(folder) as index:
            for start in range(0, len(texts), 100):
                part = texts[start : start + 100]
                if is_signed:
                    index.append(sign_texts(part))
                else:
                    index.add(part)
            assert index.finish() == len(texts)
        files.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert files[0] == files[1]


def test_a_second_core_finds_the_same_pairs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Also where crowds are divided among several parts."""
    monkeypatch.setattr("raise_finetune.dataset.near.candidates._TEXTS_AT_ONCE", 50)
    random = Random(10)  # noqa: S311
    crowds = [words(random, 100) for _ in range(4)]
    texts = [pair(edited(random, random.choice(crowds), 0.03)) for _ in range(600)]
    pairs: list[NearPairs] = []
    for core in (None, SecondCore(start_after=0)):
        folder = tmp_path / str(core is None)
        folder.mkdir()
        with core or nullcontext(), NearIndex(folder, core) as index:
            index.add(texts)
            index.finish()
            nobody = np.zeros(len(texts), np.bool_)
            pairs.append(find_near_pairs(index, nobody, 0.7, Pulse(), enough=9))
    assert len(pairs[0].codes) > 2000
    for one, other in zip(*pairs, strict=True):
        assert one.tolist() == other.tolist()


def test_a_small_search_starts_no_second_core(tmp_path: Path):
    original = words(Random(11), 100)  # noqa: S311
    with SecondCore() as core, NearIndex(tmp_path, core) as index:
        index.add([pair(edited(Random(each), original, 0.03)) for each in range(100)])  # noqa: S311
        nobody = np.zeros(index.finish(), np.bool_)
        assert len(find_near_pairs(index, nobody, 0.7, Pulse()).codes) > 100
        assert core.pid is None


def test_a_chain_does_not_make_its_ends_alike():
    """0 is near 1 and 1 near 2, but 0 is not near 2: what 1 is near decides, not the chain."""
    codes = codes_of(np.array([0, 1]), np.array([1, 2]))
    pairs = NearPairs(codes, np.array([0.75, 0.875], np.float32), np.zeros(3, np.bool_))

    def measure(one: "np.ndarray[tuple[int], np.dtype[np.int64]]", _other: object):
        return np.zeros(len(one), np.float32)

    in_order = choose(pairs, np.array([0, 1, 2]), measure)
    assert (in_order.texts.tolist(), in_order.better.tolist()) == ([1], [0])
    assert in_order.similarity.tolist() == [0.75]
    from_the_middle = choose(pairs, np.array([1, 0, 2]), measure)
    assert sorted(from_the_middle.texts.tolist()) == [0, 2]
    assert set(from_the_middle.better.tolist()) == {1}


def test_of_two_better_ones_the_best_stays_in_the_place_of_a_third():
    """2 is near 0 and 1, which are not near each other."""
    codes = codes_of(np.array([0, 1]), np.array([2, 2]))
    pairs = NearPairs(codes, np.array([0.75, 0.875], np.float32), np.zeros(3, np.bool_))
    replaced = choose(pairs, np.array([0, 1, 2]), lambda one, _: np.zeros(len(one), np.float32))
    assert (replaced.texts.tolist(), replaced.better.tolist()) == ([2], [0])


def numbered(start: int, end: int) -> str:
    return " ".join(f"word{number}" for number in range(start, end))


def test_the_threshold_itself_is_near_enough(tmp_path: Path):
    """24 of 32 shingles are shared."""
    texts = [("", numbered(0, 28)), ("", f"{numbered(0, 24)} {numbered(50, 54)}")]
    with indexed(tmp_path, texts) as index:
        first, second = np.array([0]), np.array([1])
        assert near(index.file, first, second, 0.75).tolist() == [0.75]
        assert near(index.file, first, second, 0.76).tolist() == [0.0]


@pytest.mark.parametrize(("length", "is_found"), [(19, False), (20, True)])
def test_of_twenty_words_a_copy_is_looked_for(tmp_path: Path, length: int, is_found: bool):
    assert bool(found(tmp_path, [("", numbered(0, length))] * 2)) == is_found


@pytest.mark.parametrize(("length", "is_near"), [(11, False), (12, True)])
def test_an_answer_of_twelve_words_need_not_be_the_same(tmp_path: Path, length: int, is_near: bool):
    question = numbered(100, 140)
    texts = [(question, numbered(0, length)), (question, f"{numbered(0, length - 1)} other")]
    assert bool(found(tmp_path, texts)) == is_near
