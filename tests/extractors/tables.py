"""Articles that are one table."""

from dataclasses import replace

from extractors.article import Article, Block, Cell, from_text


def table(rows: list[list[str]], *, title: str | None = None, head: str = "", header: bool = True) -> Article:
    """`head` stands above it; its cells are separated by tabs and line ends, its first row may be marked as header."""
    text, blocks = head, []
    for r, row in enumerate(rows):
        for c, words in enumerate(row):
            cell = Cell(table=0, row=r, column=c, header=header and r == 0)
            blocks.append(Block(kind="cell", start=len(text), end=len(text) + len(words), cell=cell))
            text += words + ("\t" if c < len(row) - 1 else "\n")
    return replace(from_text(text), title=title, text=text, blocks=tuple(blocks))
