"""No string of six or more characters from gold or seeds stands in code or rules, unless public sources have it.

Public: the authority file's data (each file names its source), THUOCL, or three documents of shared/data from elsewhere
(the reports of the cities that are in the gold do not count).
"""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PLACES = ("crawler", "extractors", "store", "index", "portal", "bulletin", "scripts")
SIZE = 6
GOLD_CITIES = ("合肥", "宁波", "常州", "厦门", "嘉兴")
AUTHORITY = ROOT / "extractors" / "names" / "data"
SOURCES = ROOT / "crawler" / "sources"  # names and addresses of publishers; no extractor sees them
DEMO = ROOT / "scripts" / "demo"  # invented; facts and names may carry over, sentences may not
DEMO_SIZE = 16
HAN = r"[\u3400-\u9fff0-9A-Za-z“”《》、，。；：（）〔〕%\-—·+]"


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def grams(text: str, size: int) -> set[str]:
    """Windows of that many characters, half of them or more Chinese."""
    out = set()
    for run in re.findall(f"{HAN}{{{size},}}", squeezed(text)):
        for i in range(len(run) - size + 1):
            gram = run[i : i + size]
            if len(re.findall(r"[\u3400-\u9fff]", gram)) * 3 >= size * 2:
                out.add(gram)
    return out


def project_files(suffixes: tuple[str, ...]) -> list[Path]:
    return [p for place in PLACES for p in (ROOT / place).rglob("*") if p.suffix in suffixes and AUTHORITY not in p.parents]


def answers(shared: Path, size: int) -> set[str]:
    found: set[str] = set()
    for path in (*(shared / "seeds").iterdir(), *(shared / "gold" / "text").glob("*.txt"), *(shared / "gold").glob("*.json")):
        found |= grams(path.read_text("utf-8"), size)
    return found


def elsewhere(shared: Path) -> list[str]:
    data = shared / "data"
    paths = [
        *data.glob("laws/*"),
        *data.glob("docx_pairs/*.txt"),
        *data.glob("pages_gov/**/*.txt"),
        *data.glob("pages_news/*.html"),
        *data.glob("pages_gov/**/*.html"),
    ]
    texts = []
    for path in paths:
        if not any(city in path.name for city in GOLD_CITIES):
            raw = path.read_bytes()
            try:
                texts.append(squeezed(raw.decode("utf-8")))
            except UnicodeDecodeError:
                texts.append(squeezed(raw.decode("gb18030", "ignore")))
    texts += [squeezed(line) for line in (data / "policy_meta.jsonl").read_text("utf-8").splitlines()]
    return texts


def test_no_answer_stands_in_code_or_rules(shared: Path) -> None:
    gold = answers(shared, SIZE)
    suspects: dict[str, set[str]] = {}
    for path in project_files((".py", ".yml", ".yaml", ".html", ".json", ".tsv", ".lark", ".txt")):
        if DEMO in path.parents or SOURCES in path.parents:
            continue
        for gram in grams(path.read_text("utf-8"), SIZE) & gold:
            suspects.setdefault(gram, set()).add(str(path.relative_to(ROOT)))
    public = "".join(p.read_text("utf-8") for p in AUTHORITY.rglob("*") if p.is_file()) if AUTHORITY.is_dir() else ""
    public += "\n".join(p.read_text("utf-8") for p in (shared / "data" / "gazetteer" / "thuocl").iterdir())
    suspects = {gram: where for gram, where in suspects.items() if gram not in public}
    texts = elsewhere(shared) if suspects else []
    guilty = {gram: sorted(where) for gram, where in suspects.items() if sum(gram in text for text in texts) < 3}
    assert not guilty, guilty


def test_no_sentence_of_a_seed_stands_in_the_demo(shared: Path) -> None:
    gold = answers(shared, DEMO_SIZE)
    guilty = {}
    for path in DEMO.rglob("*"):
        if path.is_file() and path.suffix in (".html", ".md", ".txt", ".py", ".yml", ".json"):
            raw = path.read_bytes()
            try:
                text = raw.decode("utf-8")
            except UnicodeDecodeError:
                text = raw.decode("gb18030")
            if found := grams(re.sub(r"<[^>]+>", "", text), DEMO_SIZE) & gold:
                guilty[path.name] = sorted(found)[:5]
    assert not guilty, guilty
