import threading

from hypothesis import given
from hypothesis import strategies as st

from index.cache import Cache


def test_what_was_asked_for_stays_and_the_rest_goes():
    cache = Cache(10)
    for key in "abcd":
        cache.put(key, key.upper(), 2)
        assert cache.get("a") == "A"
    for key in "efgh":
        cache.put(key, key.upper(), 2)
        cache.get("a")
    assert cache.get("a") == "A"
    assert cache.get("b") is None
    assert cache.size <= 10


def test_a_new_value_takes_the_place_of_the_old_one():
    cache = Cache(10)
    cache.put("a", "old", 4)
    cache.put("b", "b", 4)
    cache.put("a", "new", 2)
    assert cache.get("a") == "new"
    assert len(cache) == 2
    assert cache.size == 6


def test_what_is_too_large_is_given_back_but_not_kept():
    cache = Cache(10)
    cache.put("a", "small", 1)
    assert cache.put("a", "large", 11) == "large"
    assert cache.get("a") is None
    assert cache.size == 0


def test_dropped_entries_are_gone():
    cache = Cache(10)
    cache.put("a", "a", 3)
    cache.drop("a")
    cache.drop("a")
    assert cache.get("a") is None
    assert cache.size == 0


def test_values_are_made_once():
    made = []
    cache = Cache(10)
    for _ in range(3):
        assert cache.of("a", lambda: made.append(1) or "made", 1) == "made"
    assert made == [1]


def test_nothing_false_counts_as_missing():
    cache = Cache(10)
    cache.put("a", False, 1)
    assert cache.of("a", lambda: True, 1) is False


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 12), st.booleans())))
def test_sizes_add_up_and_stay_below_the_limit(steps):
    cache = Cache(10)
    last = {}
    for key, size, dropped in steps:
        if dropped:
            cache.drop(key)
            last.pop(key, None)
        else:
            cache.put(key, (key, size), size)
            last[key] = size
        assert 0 <= cache.size <= 10
        assert cache.get(key) in (None, (key, last.get(key)))
    kept = [cache.get(key) for key in list(last)]
    assert all(entry is None or entry == (key, last[key]) for key, entry in zip(last, kept, strict=True))


def test_threads_may_share_it():
    cache = Cache(50)
    wrong = []

    def work(seed):
        for i in range(2000):
            key = (seed * 7 + i) % 80
            if cache.of(key, lambda key=key: key * key, 1) != key * key:
                wrong.append(key)

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert cache.size <= 50
