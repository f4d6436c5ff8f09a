"""QF2 for Hugging Face transformers: a Qwen2 decoder, one layer of which fires (`trust_remote_code=True`)."""

from __future__ import annotations

from typing import Any, ClassVar

import torch
from torch import Tensor, nn
from transformers import Qwen2Config, Qwen2ForCausalLM
from transformers.models.qwen2.modeling_qwen2 import Qwen2DecoderLayer


class Qf2Config(Qwen2Config):
    """Qwen2's configuration with a `qf2` section: layer, beta, intermediate_size."""

    model_type = "qf2"
    qf2: dict[str, Any] | None = None


class Qf2Mlp(nn.Module):
    """y = sigmoid(beta * up_proj(x)), output down_proj(y); no gate."""

    def __init__(self, config: Qf2Config) -> None:
        super().__init__()
        assert config.qf2 is not None
        width = config.qf2.get("intermediate_size", config.intermediate_size)
        self.beta = float(config.qf2["beta"])
        self.up_proj = nn.Linear(config.hidden_size, width, bias=False)
        self.down_proj = nn.Linear(width, config.hidden_size, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        return self.down_proj(torch.sigmoid(self.beta * self.up_proj(x)))


class Qf2DecoderLayer(Qwen2DecoderLayer):
    """A decoder layer whose output is the QF2 feed-forward part alone: there is no residual around it."""

    def __init__(self, config: Qf2Config, layer_idx: int) -> None:
        super().__init__(config, layer_idx)
        self.mlp = Qf2Mlp(config)

    def forward(self, hidden_states: Tensor, **kwargs: Any) -> Tensor:  # type: ignore[override]
        attended, _ = self.self_attn(hidden_states=self.input_layernorm(hidden_states), **kwargs)
        return self.mlp(self.post_attention_layernorm(hidden_states + attended))


class Qf2ForCausalLM(Qwen2ForCausalLM):
    """Qwen2 for causal language modelling with one QF2 layer."""

    config_class = Qf2Config
    _keys_to_ignore_on_load_unexpected: ClassVar[list[str]] = [r"qf2\..*"]

    def __init__(self, config: Qf2Config) -> None:
        super().__init__(config)
        assert config.qf2 is not None
        layer = int(config.qf2["layer"])
        self.model.layers[layer] = Qf2DecoderLayer(config, layer)
        self.post_init()
