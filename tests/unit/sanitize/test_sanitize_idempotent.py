"""What is masked stays masked: a second pass finds nothing."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus.labelled import labelled_texts
from corpus.values import VALUES
from raise_finetune.dataset.sanitize import KnownValues, SanitizeOptions, Sanitizer

SANITIZER = Sanitizer(SanitizeOptions(), KnownValues().with_list(["Projet Éclipse"]))


@st.composite
def values(draw: st.DrawFn) -> str:
    make = VALUES[draw(st.sampled_from(sorted(VALUES)))]
    return make(draw(st.randoms(use_true_random=False)))


glue = st.sampled_from(
    [
        " ", ", ", ".", "\n", ": ", " est ", "mot de passe ", "mdp : ", "token=", "né le ", "tél ",
        "@", "M. ", "Cordialement,\n", "/home/", "-", "/", '"', "'", "(", ")", "é", "12 rue ", "|",
        "<EMAIL_1>", "://", "projet éclipse", "Bearer ", "SIREN ", "\u200b", "\\n", "0", "x", "_",
        "C:\\Users\\", "-p",
    ]
)  # fmt: skip
texts = st.lists(st.one_of(values(), glue, st.text(max_size=5)), max_size=14).map("".join)


@settings(max_examples=300, deadline=None)
@given(st.lists(texts, min_size=1, max_size=3))
@example(["51.0.0.31+33 1 00 00 00 00"])
@example(["91.121.5.6,0612345678", "0612345678,91.121.5.6"])
@example(["91.121.5.6 06 12 34 56 78", "06 12 34 56 78 91.121.5.6"])
@example(["2a01:0001:1::1221B Baker Street, London NW1 6XE"])
@example(["mot de passe \u200bdupont:Azerty000!token="])
@example(["mot de passe 0dupont:Azerty000!token="])
@example(["mdp : AKIAAA7AAAAZAQAANABA\nMay 1, 1998 vasseur:Azerty000!"])
@example(["Élodie Dupontedupont@gmail.com"])
@example(["mot de passe <EMAIL_1>370000000000002Cordialement,\n"])
@example(["1 rue de la Paix, 75011 ParisGB57 NWBK 5000 5000 0149 0012 rue 1 rue de la Paix"])
def test_second_pass_finds_nothing(group: list[str]):
    once = SANITIZER.sanitize([group])[0].texts
    assert {text: SANITIZER.findings(text) for text in once if SANITIZER.findings(text)} == {}
    assert SANITIZER.sanitize([once])[0].counts.total() == 0


def test_second_pass_over_the_corpus_finds_nothing():
    groups = [[text.text] for text in labelled_texts(3, 500, bytes_per_value=120)]
    once = [group.texts for group in SANITIZER.sanitize(groups)]
    assert sum(group.counts.total() for group in SANITIZER.sanitize(once)) == 0


@settings(max_examples=200, deadline=None)
@given(texts)
def test_places_lie_in_the_text_in_order_and_apart(text: str):
    findings = SANITIZER.findings(text)
    places = [place for finding in findings for place in (finding.start, finding.end)]
    assert places == sorted(places)
    assert all(0 <= finding.start < finding.end <= len(text) for finding in findings)
