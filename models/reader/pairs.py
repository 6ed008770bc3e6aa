"""Keeps the products of int8 matrices within 16 bits, so that every processor computes the same.

    python pairs.py BUNDLE...    # says which weights of a bundle's graphs do not; fails where there are some

x86 processors without VNNI multiply an activation (0 to 255) with a weight, add two such products that follow each other, and keep
the sum in 16 bits: what is more is cut off, in silence, and the reader reads otherwise than on its neighbour's machine. No sum is cut
where two weights of one sign never amount to more than 128. Each output channel is given the scale at which its weights come nearest to
what they were under that bound: most lose half a bit, a few pairs are cut.
"""

import argparse
from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper

MOST = 128  # 255 * 128 < 2^15
SHRUNK = np.linspace(0.5, 1.0, 51)


def cut(weights: np.ndarray) -> np.ndarray:
    """The nearest whole numbers of which no two that follow each other down a column amount to more than MOST."""
    bounded = weights.copy()
    even, odd = bounded[0 : len(weights) - 1 : 2], bounded[1::2]
    excess = np.maximum(np.abs(even + odd) - MOST, 0) * (even * odd > 0) * np.sign(even)
    even -= excess / 2
    odd -= excess / 2
    whole = np.clip(np.rint(bounded), -127, 127)
    even, odd = whole[0 : len(weights) - 1 : 2], whole[1::2]
    odd -= np.sign(odd) * np.maximum(np.abs(even + odd) - MOST, 0) * (even * odd > 0)  # two halves rounded up
    return whole


def saturating(weights: np.ndarray) -> int:
    """How many pairs could leave the 16 bits."""
    even, odd = weights[0 : len(weights) - 1 : 2].astype(int), weights[1::2].astype(int)
    return int(((np.abs(even + odd) > MOST) & (even * odd > 0)).sum())


def bounded(weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Weights without such pairs, and what each column's scale is multiplied by."""
    plain = weights.astype(np.float64)
    best, error, factor = plain, np.full(plain.shape[1], np.inf), np.ones(plain.shape[1])
    for shrunk in SHRUNK:
        tried = cut(plain * shrunk)
        missed = ((tried / shrunk - plain) ** 2).sum(0)
        better = missed < error
        best, error = np.where(better, tried, best), np.where(better, missed, error)
        factor = np.where(better, 1 / shrunk, factor)
    return best.astype(np.int8), factor


def matrices(graph) -> list[tuple[str, str]]:
    """Names of the weights of each product of whole numbers, and of the scales of their columns."""
    made = {output: node for node in graph.node for output in node.output}
    stored = {tensor.name for tensor in graph.initializer}
    found = []
    for node in graph.node:
        if node.op_type != "Mul":
            continue
        sources = [made.get(name) for name in node.input]
        if all(s is not None and s.op_type == "Mul" for s in sources) or any(s is not None and s.op_type == "Cast" for s in sources):
            scaled = [s for s in sources if s is not None and s.op_type == "Mul"]
            cast = [made.get(s.input[0]) for s in sources if s is not None and s.op_type == "Cast"]
            for product in cast:
                if product is not None and product.op_type == "MatMulInteger":
                    scales = [name for s in scaled for name in s.input if name in stored]
                    found.append((product.input[1], scales[0]))
    return found


def weights_of(model) -> list[tuple[str, str]]:
    """As `matrices`, of all products."""
    named = matrices(model.graph)
    products = [node for node in model.graph.node if node.op_type == "MatMulInteger"]
    assert len({weights for weights, _ in named}) == len(named) == len(products), "a product whose scale was not found"
    return named


def bound(model) -> None:
    """Bounds the weights of a graph."""
    tensors = {tensor.name: tensor for tensor in model.graph.initializer}
    for weights, scales in weights_of(model):
        after, factor = bounded(numpy_helper.to_array(tensors[weights]))
        assert not saturating(after)
        scale = numpy_helper.to_array(tensors[scales])
        factor = factor.astype(np.float32).reshape(scale.shape if scale.ndim else -1)
        tensors[weights].CopyFrom(numpy_helper.from_array(after, weights))
        tensors[scales].CopyFrom(numpy_helper.from_array((scale * factor).astype(np.float32), scales))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bundle", type=Path, nargs="+")
    wrong = False
    for file in (file for bundle in parser.parse_args().bundle for file in sorted(bundle.glob("*.onnx"))):
        model = onnx.load(str(file))
        tensors = {tensor.name: tensor for tensor in model.graph.initializer}
        for weights, _ in weights_of(model):
            if pairs := saturating(numpy_helper.to_array(tensors[weights])):
                print(f"{file}: {weights}: {pairs} pairs may be cut")
                wrong = True
    raise SystemExit(wrong)


if __name__ == "__main__":
    main()
