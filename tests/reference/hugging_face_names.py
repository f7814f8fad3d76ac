"""Names that most checkpoints share, and how a table of names is applied."""

# transformers, models/llama, qwen2 and qwen3; iLLaDA, Dream, SDAR, Fast-dLLM v2 and dllm's a2d models keep these names; qwen3_moe and
# LLaDA-MoE (dInfer's modeling_lladamoe.py) call a layer's router mlp.gate and number its experts.
LLAMA = {
    "attention_norm": "input_layernorm",
    "q": "self_attn.q_proj",
    "k": "self_attn.k_proj",
    "v": "self_attn.v_proj",
    "q_norm": "self_attn.q_norm",
    "k_norm": "self_attn.k_norm",
    "o": "self_attn.o_proj",
    "feed_forward_norm": "post_attention_layernorm",
    "gate": "mlp.gate_proj",
    "up": "mlp.up_proj",
    "down": "mlp.down_proj",
    "router": "mlp.gate",
    "experts_gate": "mlp.experts.gate_proj",
    "experts_up": "mlp.experts.up_proj",
    "experts_down": "mlp.experts.down_proj",
    "shared_gate": "mlp.shared_experts.gate_proj",
    "shared_up": "mlp.shared_experts.up_proj",
    "shared_down": "mlp.shared_experts.down_proj",
}


def renamed(weights, blocks, parts, tables):
    """Every tensor under the name that `parts` (within a block) or `tables` gives it."""
    for name, values in weights.items():
        *layer, part, kind = name.split(".")
        yield (f"{blocks}.{layer[0]}.{parts[part]}.{kind}" if layer else f"{tables[part]}.{kind}"), values


def llama(weights, body="model.", embedding="model.embed_tokens"):
    tables = {"embedding": embedding, "output_norm": body + "norm", "head": "lm_head"}
    return dict(renamed(weights, body + "layers", LLAMA, tables))
