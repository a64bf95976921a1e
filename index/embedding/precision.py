"""Number formats of the model: bfloat16 where the processor multiplies matrices faster in it."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal

Precision = Literal["full", "bfloat16"]
PrecisionSetting = Literal["auto", "full"]


@cache
def has_fast_bfloat16() -> bool:
    """Whether this processor multiplies matrices faster in bfloat16: it has AMX or AVX512-BF16."""
    import torch  # heavy: most commands don't need it

    features = torch.cpu.get_capabilities()
    return bool(features.get("amx_bf16") or features.get("avx512_bf16"))


def multiply_in_bfloat16(model: Any) -> None:
    """Let the linear layers of a model multiply in bfloat16; everything between them stays in float32.

    As fast as a model that is converted as a whole, and nearer to full precision: sums, norms and attention aren't
    rounded.
    """
    import torch

    class HalfLinear(torch.nn.Module):
        """A linear layer from float32 to float32 that multiplies in bfloat16."""

        def __init__(self, layer: torch.nn.Linear) -> None:
            super().__init__()
            self.weight, self.bias = layer.weight.detach().bfloat16(), layer.bias.detach().bfloat16()

        def forward(self, inputs: torch.Tensor) -> torch.Tensor:
            return torch.nn.functional.linear(inputs.bfloat16(), self.weight, self.bias).float()

    for parent in list(model.modules()):
        for name, layer in list(parent.named_children()):
            if isinstance(layer, torch.nn.Linear):
                setattr(parent, name, HalfLinear(layer))
