"""The HanLP adapter with a real model: a tiny multi-task one (words and names), trained here in seconds, saved, and loaded by its path."""

import importlib.util
import os
from pathlib import Path

import pytest

from extractors.article import from_text
from extractors.options import ExtractOptions, configure
from extractors.record import Organisation
from extractors.records import extract
from extractors.taggers import TaggerError, TaggerOptions, load

os.environ.setdefault("OMP_NUM_THREADS", "1")  # two threads on a shared machine take ten times as long (measured)
absent = importlib.util.find_spec("hanlp") is None and not os.environ.get("QINGBAO_REQUIRE_HANLP")
pytestmark = pytest.mark.skipif(absent, reason="the extra hanlp is not installed")

# (words, names of organisations among them): invented; 旌合所 is a name that no rule can know.
NAMES = ("旌合所", "望岑社", "澜沧所", "栖霞社")
SENTENCES = [
    [*before, name, *after]
    for name in NAMES
    for before in ([], ["昨天"], ["专家", "在"], ["委托"], ["与"])
    for after in (["负责", "评审"], ["完成", "测试", "。"], ["签订", "协议"])
]


def _write(folder: Path) -> tuple[Path, Path]:
    words, names = folder / "tok.txt", folder / "ner.tsv"
    words.write_text("\n".join(" ".join(s) for s in SENTENCES), "utf-8")
    lines = []
    for sentence in SENTENCES:
        lines += [f"{word}\t{'S-ORG' if word in NAMES else 'O'}" for word in sentence]
        lines.append("")
    names.write_text("\n".join(lines), "utf-8")
    return words, names


def _encoder(folder: Path) -> str:
    """A BERT of two small layers over the characters of the sentences."""
    from transformers import BertConfig, BertModel, BertTokenizerFast

    characters = sorted({c for s in SENTENCES for w in s for c in w})
    path = folder / "encoder"
    path.mkdir()
    (path / "vocab.txt").write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *characters]), "utf-8")
    BertTokenizerFast(str(path / "vocab.txt")).save_pretrained(path)
    config = BertConfig(
        vocab_size=len(characters) + 5, hidden_size=96, num_hidden_layers=2, num_attention_heads=4, intermediate_size=192, max_position_embeddings=256
    )
    BertModel(config).save_pretrained(path)
    return str(path)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    import torch
    import transformers
    import transformers.optimization

    if not hasattr(transformers.optimization, "AdamW"):  # gone from transformers 5; training needs it, loading does not
        transformers.optimization.AdamW = torch.optim.AdamW
    from hanlp.common.dataset import SortingSamplerBuilder
    from hanlp.components.mtl.multi_task_learning import MultiTaskLearning
    from hanlp.components.mtl.tasks.ner.tag_ner import TaggingNamedEntityRecognition
    from hanlp.components.mtl.tasks.tok.tag_tok import TaggingTokenization
    from hanlp.layers.embeddings.contextual_word_embedding import ContextualWordEmbedding

    torch.manual_seed(1)
    folder = tmp_path_factory.mktemp("hanlp")
    words, names = _write(folder)
    sampler = SortingSamplerBuilder(batch_size=16)
    tasks = {
        "tok": TaggingTokenization(str(words), str(words), str(words), sampler, lr=1e-3, cls_is_bos=True, sep_is_eos=True),
        "ner": TaggingNamedEntityRecognition(str(names), str(names), str(names), sampler, lr=1e-3, dependencies="tok", tagging_scheme="BMES"),
    }
    path = str(folder / "model")
    MultiTaskLearning().fit(
        ContextualWordEmbedding("token", _encoder(folder), average_subwords=True, max_sequence_length=128, word_dropout=0.0),
        tasks,
        path,
        epochs=12,
        lr=1e-3,
        encoder_lr=1e-3,
        grad_norm=1,
        eval_trn=False,
        devices=-1,
        seed=1,
    )
    return path


def test_spans_are_character_offsets(model: str) -> None:
    tagger = load(TaggerOptions(name="hanlp", model=model))
    assert tagger is not None
    text = "昨天旌合所负责评审\n专家在 望岑社完成测试。"
    assert [text[s:e] for s, e in tagger.organisations(text)] == ["旌合所", "望岑社"]
    assert tagger.organisations("") == []
    assert tagger.organisations(" \n ") == []


def test_whole_pipeline(model: str) -> None:
    options = TaggerOptions(name="hanlp", model=model, batch=4)
    configure(ExtractOptions(tagger=options))
    try:
        text = "湖北省科技厅下达了计划。昨天旌合所完成测试。"
        records = [r for r in extract(from_text(text)) if isinstance(r, Organisation)]
    finally:
        configure(ExtractOptions())
    assert [(r.text, r.rule) for r in records] == [("湖北省科技厅", "organisation: government"), ("旌合所", "organisation: hanlp")]


def test_a_missing_model_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(TaggerError, match=r"config\.json"):
        load(TaggerOptions(name="hanlp", model=str(tmp_path / "nothing")))
    with pytest.raises(TaggerError, match="hanlp_model"):
        load(TaggerOptions(name="hanlp"))
