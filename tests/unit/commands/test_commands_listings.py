"""Lists that the page scrolls through: the last few that were asked for are kept."""

from raise_finetune.commands.listings import Listings


def test_the_last_eight_are_kept():
    listings = Listings()
    names = [listings.keep([str(number)]) for number in range(9)]
    assert [listings.get(name) for name in names] == [None, *([str(n)] for n in range(1, 9))]


def test_one_that_is_read_is_kept_longer():
    listings = Listings()
    first, second, *_ = [listings.keep([str(number)]) for number in range(8)]
    assert listings.get(first) == ["0"]
    listings.keep(["8"])
    assert (listings.get(first), listings.get(second)) == (["0"], None)
