"""QF2 for Hugging Face transformers: a Qwen2 decoder, one layer of which fires (`trust_remote_code=True`)."""

from __future__ import annotations

from typing import Any, ClassVar

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from transformers import Qwen2Config, Qwen2ForCausalLM, Qwen2Model
from transformers.models.qwen2.modeling_qwen2 import Qwen2DecoderLayer


class Qf2Config(Qwen2Config):
    """Qwen2's configuration with a `qf2` section: layer, beta, intermediate_size, expansion."""

    model_type = "qf2"
    qf2: dict[str, Any] | None = None

    @property
    def neurons(self) -> int:
        """Neurons of the QF2 layer."""
        assert self.qf2 is not None
        return int(self.qf2.get("intermediate_size", self.intermediate_size))


class LearnedRows(nn.Linear):
    """What was learned, units -> neurons. A base model has learned nothing, so its checkpoint has no tensor for it."""


class Qf2Memory(nn.Module):
    """What the layer adds to its pre-activations: memory(code(x)), where a LoRA adapter puts what was learned.

    The code is sparse: of z = expansion(x) the `active` largest, less the next one, at unit length.
    """

    def __init__(self, config: Qf2Config) -> None:
        super().__init__()
        assert config.qf2 is not None
        units, self.active = int(config.qf2["expansion"]["units"]), int(config.qf2["expansion"]["active"])
        self.expansion = nn.Linear(config.hidden_size, units)
        self.memory = LearnedRows(units, config.neurons, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        z = self.expansion(x)
        top, index = z.topk(self.active + 1, -1)
        value = F.normalize(top[..., :-1] - top[..., -1:], dim=-1)
        return self.memory(torch.zeros_like(z).scatter(-1, index[..., :-1], value))


class Qf2Mlp(nn.Module):
    """y = sigmoid(beta * pre), output down_proj(y); no gate. pre = up_proj(x), and what the memory adds."""

    def __init__(self, config: Qf2Config, memory: Qf2Memory | None) -> None:
        super().__init__()
        assert config.qf2 is not None
        self.beta = float(config.qf2["beta"])
        self.up_proj = nn.Linear(config.hidden_size, config.neurons, bias=False)
        self.down_proj = nn.Linear(config.neurons, config.hidden_size, bias=False)
        # In a tuple, so that it is not a submodule a second time: its place, and its tensors' names, are the model's.
        self.memories = () if memory is None else (memory,)

    def forward(self, x: Tensor) -> Tensor:
        pre = self.up_proj(x)
        for memory in self.memories:
            pre = pre + memory(x)
        return self.down_proj(torch.sigmoid(self.beta * pre))


class Qf2DecoderLayer(Qwen2DecoderLayer):
    """A decoder layer whose output is the QF2 feed-forward part alone: there is no residual around it."""

    def __init__(self, config: Qf2Config, layer_idx: int, memory: Qf2Memory | None) -> None:
        super().__init__(config, layer_idx)
        self.mlp = Qf2Mlp(config, memory)

    def forward(self, hidden_states: Tensor, **kwargs: Any) -> Tensor:  # type: ignore[override]
        attended, _ = self.self_attn(hidden_states=self.input_layernorm(hidden_states), **kwargs)
        return self.mlp(self.post_attention_layernorm(hidden_states + attended))


class Qf2Model(Qwen2Model):
    """Qwen2 with one QF2 layer; `qf2` is what that layer learns with, where the configuration has an expansion."""

    config_class = Qf2Config
    _keys_to_ignore_on_load_missing: ClassVar[list[str]] = [r"qf2\.memory\.weight"]

    def __init__(self, config: Qf2Config) -> None:
        super().__init__(config)
        assert config.qf2 is not None
        layer = int(config.qf2["layer"])
        self.qf2 = Qf2Memory(config) if "expansion" in config.qf2 else None
        self.layers[layer] = Qf2DecoderLayer(config, layer, self.qf2)
        self.post_init()

    def _init_weights(self, module: nn.Module) -> None:
        if isinstance(module, LearnedRows):
            nn.init.zeros_(module.weight)
        else:
            super()._init_weights(module)


class Qf2ForCausalLM(Qwen2ForCausalLM):
    """Qwen2 for causal language modelling with one QF2 layer."""

    config_class = Qf2Config

    def __init__(self, config: Qf2Config) -> None:
        super().__init__(config)
        self.model = Qf2Model(config)
        self.post_init()
