"""A process that writes: `python -m tests.store.writer URL FIRST LAST`. Prints each page's id once it is acknowledged."""

import sys

from store import Store
from tests.store.made import reading

GROUP = 3
QUOTES = ("12 家", "30 家", "7 家")


def page(number: int):  # type: ignore[no-untyped-def]
    text = f"云州市第{number}批孵化器 12 家。\n众创空间 30 家，其中省级 7 家。\n" * 4
    return reading(text, *QUOTES, url=f"https://kj.example.cn/{number}.html")


def main(url: str, first: int, last: int) -> None:
    with Store.open(url) as store:
        for at in range(first, last, GROUP):
            made = [page(n) for n in range(at, min(at + GROUP, last))]
            store.crawling.put([m.capture for m in made])
            store.put_many(made)
            for m in made:
                print(m.articles[0].id)
            sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
