"""Articles that are one table, the first row its header."""

from extractors.article import Article, Block, Cell, Metadata


def listed(title: str, rows: list[list[str]]) -> Article:
    text, blocks = "", []
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            blocks.append(Block(kind="cell", start=len(text), end=len(text) + len(value), cell=Cell(table=0, row=r, column=c, header=r == 0)))
            text += value + ("\n" if c == len(row) - 1 else "\t")
    return Article(id="t", source="s", url="u", capture="", title=title, text=text, blocks=tuple(blocks), metadata=Metadata(), reader="test/1")
