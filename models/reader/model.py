"""The reader: one encoder pass, and on it tags, morphology, lemmas, a tree and entities.

Word w stands for the first piece of a word. A root is a word that governs itself.
"""

import torch
from torch import nn

from encoder import Drop


class Mix(nn.Module):
    """A learnt average of the encoder's layers."""

    def __init__(self, layers: int):
        super().__init__()
        self.weights = nn.Parameter(torch.linspace(-1.0, 1.0, layers))
        self.scale = nn.Parameter(torch.ones(1))

    def forward(self, outputs):
        shares = self.weights.softmax(0) * self.scale
        return sum(share * output for share, output in zip(shares, outputs))


class Reader(nn.Module):
    def __init__(self, encoder, sizes: dict[str, int], width=384, arc=256, label=256, hidden=256, dropout=0.25):
        super().__init__()
        self.encoder = encoder
        count = len(encoder.layers) + 1
        self.grammar, self.names = Mix(count), Mix(count)
        self.dropout = Drop(dropout)
        self.upos = nn.Linear(width, sizes["upos"])
        self.feats = nn.Linear(width, sizes["feats"])
        self.lemma = nn.Linear(width, sizes["lemma"])
        self.arc_dependent, self.arc_head = nn.Linear(width, arc), nn.Linear(width, arc)
        self.arc = nn.Linear(arc, arc)
        self.arc_bias = nn.Linear(arc, 1)
        self.label_dependent, self.label_head = nn.Linear(width, label), nn.Linear(width, label)
        self.label_sum, self.label_product = nn.Linear(label, sizes["relation"]), nn.Linear(label, sizes["relation"], bias=False)
        self.entity_hidden = nn.Linear(width, hidden)
        self.entity = nn.Linear(hidden, sizes["entity"])

    def forward(self, ids, cases, first, mask=None):
        outputs = self.encoder(ids, cases, mask)
        grammar, names = self.grammar(outputs), self.names(outputs)
        if mask is None:  # one window, no padding: `first` is a plain index
            grammar, names = grammar[:, first], names[:, first]
        else:
            index = first.unsqueeze(-1).expand(-1, -1, grammar.shape[-1])
            grammar, names = grammar.gather(1, index), names.gather(1, index)
        grammar, names = self.dropout(grammar), self.dropout(names)
        drop, relu = self.dropout, torch.relu
        dependent, head = drop(relu(self.arc_dependent(grammar))), drop(relu(self.arc_head(grammar)))
        arcs = self.arc(dependent) @ head.transpose(1, 2) / 16.0 + self.arc_bias(head).transpose(1, 2)
        return {
            "upos": self.upos(grammar),
            "feats": self.feats(grammar),
            "lemma": self.lemma(grammar),
            "entity": self.entity(drop(relu(self.entity_hidden(names)))),
            "arcs": arcs,
            "dependent": self.label_dependent(grammar),
            "head": self.label_head(grammar),
            "states": torch.cat([grammar, names], -1),
        }

    def relations(self, dependent, head):
        """Scores of the relations between dependents and their heads, row by row."""
        joint = self.dropout(torch.relu(dependent + head))
        return self.label_sum(joint) + self.label_product(dependent * head)
