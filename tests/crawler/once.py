"""One crawl in a process of its own (the reactor starts once): python -m tests.crawler.once JOB.json, prints the report as JSON."""

import sys
from pathlib import Path

import msgspec

from crawler.archive import Archive
from crawler.crawl import CrawlSettings, crawl
from crawler.source import Source
from tests.crawler.memory import Memory


class Job(msgspec.Struct):
    source: Source
    folder: str
    revisit: bool = False


def main() -> None:
    job = msgspec.json.decode(Path(sys.argv[1]).read_bytes(), type=Job)
    memory = Memory(Path(job.folder) / "memory.json")
    settings = CrawlSettings(user_agent="qingbao-test", timeout=10, revisit=job.revisit)
    with Archive(Path(job.folder) / "warc", memory) as archive:
        report = crawl(job.source, memory, memory, archive, settings)
    sys.stdout.buffer.write(msgspec.json.encode(report))


if __name__ == "__main__":
    main()
