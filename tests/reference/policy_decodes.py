"""Decodes of a family's checkpoint by every policy and with every option, in double precision: forward.py under samplers.py.

An engine whose logits are within 1e-4 of their standard deviation must make exactly these changes in this order. That it can be asked to is
seen to here: canvases are drawn until no comparison on the way could go the other way while every logit is off by up to twice that, the other
half being for what is computed from the logits in single precision. And until the run does what it is there for: see `Wanted`.
"""

from dataclasses import dataclass, field, replace

import numpy as np

import forward
from experts import CLEAR_ROUTE
from families import mask_id, vocabulary
from sampler_run import Unfit
from samplers import decode

ERROR = 2e-4  # of the logits' standard deviation
ATTEMPTS = 1000


class Checkpoint:
    """A family's weights as samplers.py sees a model."""

    def __init__(self, family, weights):
        self.shape, self.weights, self.mask = family.shape, weights, int(mask_id(family))
        written, _ = vocabulary(family)
        self.ids = list(range(family.shape.predicted))
        self.end, self.eot, self.expand = [
            written.index(name) if name in written else None for name in ("<|endoftext|>", "<|eot_id|>", "<|expand|>")
        ]
        self.forbidden = tuple(range(len(written), family.shape.predicted))  # no text is theirs

    def logits(self, canvas):
        routings = []
        return self.clear(forward.aligned(forward.logits(self.weights, self.shape, canvas, routings=routings), self.shape), routings)

    def confirmation(self, canvas, begin, end):
        routings = []
        return self.clear(forward.confirmation(self.weights, self.shape, canvas, self.mask, begin, end, routings), routings)

    def clear(self, logits, routings):
        """An error that sends a slot to another expert is not bounded by what logits may be off."""
        if any(routing.margin < CLEAR_ROUTE for routing in routings):
            raise Unfit("a slot between two experts")
        return logits


def most_commits(run):
    steps = [change[0] for change in run["changes"] if change[1] == "commit"]
    return max((steps.count(step) for step in steps), default=0)


def has(*kinds):
    return lambda run: all(any(change[1] == kind for change in run["changes"]) for kind in kinds)


def commits_several(run):
    return most_commits(run) > 1 and run["steps_taken"] > 1


def beats_its_schedule(run):
    """Which gives every step two slots, and is followed in some step."""
    return most_commits(run) > 2 and 2 in [sum(change[0] == step for change in run["changes"]) for step in range(1, run["steps_taken"])]


def always(_):
    return True


@dataclass(frozen=True)
class Wanted:
    """A decode: a prompt of letters (given) and dots (open), and so many open slots behind it."""

    policy: str
    prompt: str
    length: int
    more: dict = field(default_factory=dict)  # of the case, beside the options
    options: dict = field(default_factory=dict)
    matters: tuple = ()  # options without which the run would be another
    does: object = always  # what must happen in it


def wanted_of_schedules():
    for order in ("low-confidence", "margin", "entropy", "left-to-right", "random"):
        yield Wanted("llada", "abc", 12, {"steps": 4, "order": order})
    yield Wanted("llada", "ab.c..d", 9, {"steps": 6, "block_length": 7}, {"cfg_scale": 1.5}, ("cfg_scale",))
    yield Wanted("llada", "ab", 12, {"steps": 6, "block_length": 6}, {"logits_eos_inf": 1}, ("logits_eos_inf",))
    yield Wanted("llada", "ab", 14, {"steps": 7}, {"confidence_eos_eot_inf": 1}, ("confidence_eos_eot_inf",))
    yield Wanted("llada", "ab", 12, {"steps": 6, "block_length": 6}, {"strict_reference": 1}, ("strict_reference",))
    yield Wanted("dream", "abc", 12, {"steps": 6, "order": "origin"})
    for order in ("low-confidence", "margin", "entropy"):
        yield Wanted("dream", "a..b", 10, {"steps": 5, "order": order})
    yield Wanted("dream", "ab", 5, {"steps": 8, "order": "entropy"}, {"top_p": 0.5}, ("top_p",))
    yield Wanted("dream", "ab", 12, {"steps": 5, "order": "margin"}, {"top_k": 3, "eps": 0.01}, ("top_k",))
    yield Wanted("dream", "ab", 12, {"steps": 6, "order": "low-confidence"}, {"alg_temp": 0.2}, ("alg_temp",))
    yield Wanted("dream", "ab", 12, {"steps": 6, "order": "entropy"}, {"strict_reference": 1}, ("strict_reference",))


def wanted_of_rules():
    several = dict(does=commits_several)
    yield Wanted("threshold", "a..bc", 10, {"block_length": 7}, {"threshold": 0.3}, **several)
    yield Wanted("threshold", "abc", 12, {}, {"threshold": 0.3, "cfg_scale": 0.5}, ("cfg_scale",), **several)
    yield Wanted("factor", "a.b", 12, {}, {"factor": 1.7}, **several)
    for order in ("entropy", "low-confidence", "margin"):
        yield Wanted("entropy-bound", "abc", 12, {"block_length": 6, "order": order}, {"entropy_bound": 3.0}, **several)
    yield Wanted("klass", "abc", 12, {"steps": 6}, {"threshold": 0.2, "kl_bound": 0.3, "kl_history": 2}, does=beats_its_schedule)
    yield Wanted("klass", "a..b", 11, {"steps": 14, "block_length": 7}, {"threshold": 0.2, "kl_bound": 0.2, "kl_history": 1}, **several)
    strict = {"threshold": 0.2, "kl_bound": 0.3, "kl_history": 2, "strict_reference": 1}
    yield Wanted("klass", "abc", 12, {"steps": 12, "block_length": 4}, strict, ("strict_reference",), **several)
    for remask, options in (("cap", {"eta": 0.2}), ("rescale", {"eta": 0.3}), ("conf", {"eta": 0.0}),
                            ("loop", {"eta": 0.2, "t_on": 0.6, "t_off": 0.2, "alpha_on": 0.7})):
        yield Wanted("remdm", "a.b", 9, {"steps": 8, "remask": remask}, {**options, "top_p": 0.5, "eps": 1e-5}, does=has("remask"))
    strict = {"eta": 0.1, "top_p": 1.0, "eps": 1e-5, "strict_reference": 1}
    yield Wanted("remdm", "abc", 6, {"steps": 6, "remask": "cap"}, strict)
    for prompt, length, more in (("abc", 14, {}), ("a.b", 12, {"block_length": 7}), (".ab", 12, {})):
        options = {"threshold": 0.2, "threshold_back": 0.7}
        yield Wanted("wino", prompt, length, more, options, does=has("remask"))
    yield Wanted("wino", "ab", 12, {}, {"threshold": 0.2, "threshold_back": 0.5, "strict_reference": 1})


def wanted_of_growth():
    grows = {"max_length": 12, "expand_budget": 5}
    yield Wanted("dreamon", "abc...de", 0, {}, {**grows, "top_p": 0.5}, does=has("insert", "delete"))
    yield Wanted("dreamon", "a...b", 0, {}, {**grows, "top_p": 0.6}, does=has("delete"))
    yield Wanted("dreamon", "abcd..e", 0, {}, {"max_length": 12, "expand_budget": 1, "top_p": 1.0}, ("expand_budget",), has("insert"))
    yield Wanted("dreamon", "ab..c", 0, {}, {"max_length": 4, "expand_budget": 9, "top_p": 1.0}, ("max_length",), has("insert"))
    yield Wanted("dreamon", "abc..de", 0, {}, {**grows, "top_p": 0.5, "strict_reference": 1}, does=has("insert"))


def closed(wanted):
    """With the same slots, all of them open behind the prompt."""
    prompt = wanted.prompt.split(".")[0] or "a"
    return replace(wanted, prompt=prompt, length=wanted.length + len(wanted.prompt) - len(prompt))


def wanted_of(family, model):
    every = [*wanted_of_schedules(), *wanted_of_rules(), *(wanted_of_growth() if model.expand is not None else ())]
    # Where the mask is no token of its own, a prompt cannot leave gaps.
    return every if isinstance(family.mask, str) else [closed(wanted) for wanted in every]


def drawn_case(model, wanted, number, attempt):
    """The case on the `attempt`-th random text."""
    random = np.random.default_rng([number, attempt])
    words = [word for word in range(260) if word != model.mask]
    prompt = [model.mask if letter == "." else int(random.choice(words)) for letter in wanted.prompt]
    canvas = prompt + [model.mask] * wanted.length
    return {"policy": wanted.policy, "length": wanted.length, "seed": number + (attempt << 32), "prompt": prompt, "canvas": canvas,
            "options": wanted.options, **wanted.more}


def without(case, option):
    unbounded = {"max_length": 30, "expand_budget": 30}
    others = {name: value for name, value in case["options"].items() if name != option}
    return {**case, "options": {**others, **({option: unbounded[option]} if option in unbounded else {})}}


def decode_of(family, model, wanted, number):
    canvas = np.array(drawn_case(model, wanted, number, 0)["canvas"])
    error = ERROR * np.std(forward.logits(model.weights, model.shape, canvas))
    for attempt in range(ATTEMPTS):
        case = drawn_case(model, wanted, number, attempt)
        try:
            run = decode(case, model, error)
            if wanted.does(run) and all(decode(without(case, option), model)["changes"] != run["changes"] for option in wanted.matters):
                return run
        except Unfit:
            continue
    raise SystemExit(f"no random text lets {family.name} do what {wanted} asks for")


def decodes_of(family, weights):
    model = Checkpoint(family, weights)
    return [decode_of(family, model, wanted, number) for number, wanted in enumerate(wanted_of(family, model))]
