"""The nano: a Qwen2 decoder whose last layer is the QF2 layer, written for fast training.

Parameter names are those of Hugging Face's Qwen2, so the state dict is a checkpoint as it stands.
With the QF2 layer last, its feed-forward part runs only at scored positions and no later layer sees what was
written, which is what makes teaching inside a training step cheap.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .memory import Expansion

GROUP = 96  # rows that are read together


@dataclass(frozen=True)
class Config:
    """Shapes of a nano; `qf2_layer` is an index into the decoder's layers."""

    vocab_size: int = 2048
    hidden_size: int = 256
    intermediate_size: int = 768
    num_hidden_layers: int = 8
    num_attention_heads: int = 8
    num_key_value_heads: int = 4
    rms_norm_eps: float = 1e-6
    rope_theta: float = 10_000.0
    max_position_embeddings: int = 512
    qf2_layer: int = 7
    qf2_intermediate_size: int = 2048
    qf2_beta: float = 10.0
    expansion_units: int = 16384
    expansion_active: int = 64

    @property
    def head_dim(self) -> int:
        return self.hidden_size // self.num_attention_heads

    def as_dict(self) -> dict[str, int | float]:
        return asdict(self)


class Fire(torch.autograd.Function):
    """sigmoid(beta * pre) forward; backward through a sigmoid of slope 2, since the steep one has no gradient left."""

    @staticmethod
    def forward(ctx, pre: Tensor, beta: float) -> Tensor:  # type: ignore[override]
        ctx.save_for_backward(pre)
        return torch.sigmoid(beta * pre)

    @staticmethod
    def backward(ctx, grad: Tensor) -> tuple[Tensor, None]:  # type: ignore[override]
        (pre,) = ctx.saved_tensors
        z = torch.sigmoid(2 * pre)
        return grad * (8 * z * (1 - z)), None


def rotary(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Rotates [b, heads, t, head_dim] by position, in halves as Qwen2 does."""
    half = x.shape[-1] // 2
    turned = torch.cat([-x[..., half:], x[..., :half]], -1)
    return x * cos + turned * sin


def attend(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
    """Causal attention of q [b, heads, t, head_dim] to k and v [b, groups, t, head_dim].

    On a CPU by two batched products: on prompts this short torch's fused kernel takes as long there, and in bfloat16
    twice as long.
    """
    if q.is_cuda:
        return F.scaled_dot_product_attention(q, k, v, is_causal=True, enable_gqa=True)
    b, heads, t, d = q.shape
    group = heads // k.shape[1]
    future = torch.full((t, t), -1e4, dtype=q.dtype).triu(1).repeat(group, 1)
    k, v = k.reshape(-1, t, d), v.reshape(-1, t, d)
    scores = torch.baddbmm(future, q.reshape(len(k), group * t, d), k.transpose(1, 2), alpha=d**-0.5)
    return (scores.softmax(-1).to(v.dtype) @ v).view(b, heads, t, d)


class Attention(nn.Module):
    def __init__(self, c: Config) -> None:
        super().__init__()
        self.c = c
        kv = c.num_key_value_heads * c.head_dim
        self.q_proj = nn.Linear(c.hidden_size, c.hidden_size)
        self.k_proj = nn.Linear(c.hidden_size, kv)
        self.v_proj = nn.Linear(c.hidden_size, kv)
        self.o_proj = nn.Linear(c.hidden_size, c.hidden_size, bias=False)

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        b, t, _ = x.shape
        v = self.v_proj(x).view(b, t, -1, self.c.head_dim).transpose(1, 2)
        q = rotary(self.q_proj(x).view(b, t, -1, self.c.head_dim).transpose(1, 2), cos, sin).to(v.dtype)
        k = rotary(self.k_proj(x).view(b, t, -1, self.c.head_dim).transpose(1, 2), cos, sin).to(v.dtype)
        return self.o_proj(attend(q, k, v).transpose(1, 2).reshape(b, t, -1))


class SwiGlu(nn.Module):
    def __init__(self, c: Config) -> None:
        super().__init__()
        self.gate_proj = nn.Linear(c.hidden_size, c.intermediate_size, bias=False)
        self.up_proj = nn.Linear(c.hidden_size, c.intermediate_size, bias=False)
        self.down_proj = nn.Linear(c.intermediate_size, c.hidden_size, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        return self.down_proj(F.silu(self.gate_proj(x)) * self.up_proj(x))


class QuickFire(nn.Module):
    """The QF2 feed-forward part: y = sigmoid(beta * up_proj(x)), output down_proj(y)."""

    def __init__(self, c: Config) -> None:
        super().__init__()
        self.beta = c.qf2_beta
        self.up_proj = nn.Linear(c.hidden_size, c.qf2_intermediate_size, bias=False)
        self.down_proj = nn.Linear(c.qf2_intermediate_size, c.hidden_size, bias=False)


class Layer(nn.Module):
    def __init__(self, c: Config, index: int) -> None:
        super().__init__()
        self.input_layernorm = nn.RMSNorm(c.hidden_size, c.rms_norm_eps)
        self.self_attn = Attention(c)
        self.post_attention_layernorm = nn.RMSNorm(c.hidden_size, c.rms_norm_eps)
        self.mlp: SwiGlu | QuickFire = QuickFire(c) if index == c.qf2_layer else SwiGlu(c)

    def attended(self, h: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        """Hidden states [b, t, d] after attention, before the feed-forward part."""
        return h + self.self_attn(self.input_layernorm(h), cos, sin)

    def forward(self, h: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        h = self.attended(h, cos, sin)
        return h + self.mlp(self.post_attention_layernorm(h))


class Trunk(nn.Module):
    def __init__(self, c: Config) -> None:
        super().__init__()
        self.embed_tokens = nn.Embedding(c.vocab_size, c.hidden_size)
        self.layers = nn.ModuleList([Layer(c, i) for i in range(c.num_hidden_layers)])
        self.norm = nn.RMSNorm(c.hidden_size, c.rms_norm_eps)


class Nano(nn.Module):
    """A decoder whose last layer is the QF2 layer.

    `keys` runs everything before the QF2 weight; `fire` and `logits` are what comes after. Memory never
    changes keys, so one `keys` pass serves any number of memories. With `bf16` the products of `keys` are in
    bfloat16, which a CPU that has it (avx512_bf16, amx) does two to three times as fast, and a GPU too.
    """

    def __init__(self, c: Config, bf16: bool = False) -> None:
        super().__init__()
        if c.qf2_layer != c.num_hidden_layers - 1:
            raise ValueError("the training code needs the QF2 layer to be the last one")
        self.c, self.bf16 = c, bf16
        self.model = Trunk(c)
        self.register_buffer("expansion_weight", torch.zeros(c.expansion_units, c.hidden_size))
        self.register_buffer("expansion_bias", torch.zeros(c.expansion_units))
        self.log_margin = nn.Parameter(torch.tensor(-0.7))
        inverse = 1.0 / c.rope_theta ** (torch.arange(0, c.head_dim, 2).float() / c.head_dim)
        angles = torch.arange(c.max_position_embeddings).float()[:, None] * inverse[None]
        self.register_buffer("cos", torch.cat([angles.cos()] * 2, -1), persistent=False)
        self.register_buffer("sin", torch.cat([angles.sin()] * 2, -1), persistent=False)
        self._init()

    def _init(self) -> None:
        c = self.c
        for p in self.parameters():
            if p.dim() > 1:
                nn.init.normal_(p, std=0.02)
        for layer in self.model.layers:
            nn.init.normal_(layer.self_attn.o_proj.weight, std=0.02 / (2 * c.num_hidden_layers) ** 0.5)
            nn.init.normal_(layer.mlp.down_proj.weight, std=0.02 / (2 * c.num_hidden_layers) ** 0.5)
            for proj in (layer.self_attn.q_proj, layer.self_attn.k_proj, layer.self_attn.v_proj):
                nn.init.zeros_(proj.bias)
                nn.init.normal_(proj.weight, std=0.04)
        qf2 = self.qf2
        nn.init.normal_(qf2.up_proj.weight, std=0.03)
        nn.init.normal_(qf2.down_proj.weight, std=0.03)

    @property
    def qf2(self) -> QuickFire:
        mlp = self.model.layers[self.c.qf2_layer].mlp
        assert isinstance(mlp, QuickFire)
        return mlp

    @property
    def expansion(self) -> Expansion:
        return Expansion(self.expansion_weight, self.expansion_bias, self.c.expansion_active)

    @expansion.setter
    def expansion(self, e: Expansion) -> None:
        self.expansion_weight.copy_(e.weight)
        self.expansion_bias.copy_(e.bias)

    def keys(self, ids: Tensor, scored: Tensor) -> Tensor:
        """Inputs [n, d] of the QF2 weight at the scored positions ([b, t] bool) of `ids` [b, t].

        Many rows are read in groups of like length: most questions are half as long as the longest.
        """
        if len(ids) < 2 * GROUP:
            return self._keys(ids, scored)
        places = torch.arange(1, ids.shape[1] + 1, device=ids.device)
        lengths, order = (scored * places).amax(1).sort()
        groups = list(zip(order.split(GROUP), (int(x[-1]) for x in lengths.split(GROUP)), strict=True))
        found = torch.cat([self._keys(ids[rows, :width], scored[rows, :width]) for rows, width in groups])
        row = order.repeat_interleave(scored.sum(1)[order])  # that each of them is of
        return found[row.argsort(stable=True)]

    def _keys(self, ids: Tensor, scored: Tensor) -> Tensor:
        t = ids.shape[1]
        cos, sin = self.cos[:t], self.sin[:t]
        h = self.model.embed_tokens(ids)
        *before, last = self.model.layers
        with torch.autocast(ids.device.type, torch.bfloat16, enabled=self.bf16):
            for layer in before:
                h = layer(h, cos, sin)
            return last.post_attention_layernorm(last.attended(h, cos, sin)[scored])

    def pre(self, keys: Tensor) -> Tensor:
        """Pre-activations [n, ffn] under the base weight W0."""
        return self.qf2.up_proj(keys)

    def fire(self, pre: Tensor) -> Tensor:
        """Firing [n, ffn] of pre-activations."""
        return Fire.apply(pre, self.c.qf2_beta)

    def logits(self, firing: Tensor) -> Tensor:
        """Logits [n, vocab] of firing [n, ffn]; the layer has no residual, so the firing alone decides."""
        return self.model.norm(self.qf2.down_proj(firing)) @ self.model.embed_tokens.weight.T

    def forward(self, ids: Tensor, scored: Tensor) -> Tensor:
        return self.logits(self.fire(self.pre(self.keys(ids, scored))))
