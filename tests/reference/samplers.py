"""The published samplers in NumPy, written from their descriptions and sharing no code with the engine. Ties go to the lowest index.

Token draws are at temperature 0. Where a sampler leaves something else to chance, the uniform numbers are those of engine/base/rng.h."""

import numpy as np

from sampler_run import LAST, Run, argtop, entropy, even, softmax


def confidence(run, z):
    """LLaDA: the most probable token of every slot, its probability, and how much that moves with the logits: by 2p at most."""
    p = softmax(z)
    best = z.argmax(axis=-1)
    c = p[np.arange(len(best)), best]
    if run.options.get("confidence_eos_eot_inf", 0):
        for position in np.flatnonzero(run.masks()):
            run.apart_tokens(position)
        ends = [run.column(token) for token in (run.model.end, run.model.eot) if token is not None]
        if not run.strict:
            c = np.where(np.isin(best, ends), LAST, c)
        elif run.model.eot is not None:  # as published: only the probabilities forget the end of turn, after the tokens are chosen
            c = softmax(run.forbid(z.copy(), [run.model.eot]))[np.arange(len(best)), best]
    return best, c, 2 * np.abs(c)


def ordering(run, z, order):
    p = np.sort(softmax(z), axis=-1)[:, ::-1]
    best, c, slopes = confidence(run, z)
    if order == "margin":
        return best, p[:, 0] - p[:, 1], 2 * (p[:, 0] + p[:, 1])
    if order == "entropy":
        return best, (p * np.log(p + 1e-10)).sum(axis=-1), 2 * entropy(p)
    if order == "left-to-right":
        return best, -np.arange(len(c)).astype(np.float64), np.zeros(len(c))
    if order == "random":
        return best, np.array([run.draw(i) for i in range(len(c))]), np.zeros(len(c))
    return best, c, slopes


def blocks_of(run):
    length = len(run.x) - run.prompt
    block = run.case.get("block_length", 0) or length
    return [(lo, lo + block) for lo in range(run.prompt, len(run.x), block)]


def llada(run):
    blocks = blocks_of(run)
    steps = run.case["steps"] // len(blocks)
    for lo, hi in blocks:
        schedule = even(int(run.masks()[lo:hi].sum()), steps)
        for k in schedule:
            if not run.masks().any():
                return
            best, c, slopes = ordering(run, run.forward(), run.case.get("order", "low-confidence"))
            c = np.where(run.open_in(0, hi), c, -np.inf)
            order = argtop(c, int(run.open_in(0, hi).sum()))
            run.apart_ranks(c, slopes, order, k)
            for position in order[:k]:
                run.take(position, best)


def dream_times(steps, eps):
    """torch.linspace(1, eps, steps + 1) in f32."""
    one, end = np.float32(1), np.float32(eps)
    stride = (end - one) / np.float32(steps)
    count = steps + 1
    return [one + stride * np.float32(i) if i < count // 2 else end - stride * np.float32(steps - i) for i in range(count)]


def truncate(run, z, top_p, top_k):
    """The smallest prefix in falling order whose previous cumulative probability is at most top_p, then the top_k first."""
    out = np.full_like(z, -np.inf, dtype=np.float64)
    p = softmax(z)
    for i in np.flatnonzero(run.masks()):
        falling = np.argsort(-z[i].astype(np.float64), kind="stable")
        before = np.concatenate([[0.0], np.cumsum(p[i][falling])[:-1]])
        kept = z[i][falling] > -np.inf
        if top_p < 1:
            kept &= before <= top_p
            for sum_before in before[max(kept.sum() - 1, 0) : kept.sum() + 1]:
                run.apart(sum_before, top_p, 2 * sum_before * (1 - sum_before))
        if top_k:
            kept[top_k:] = False
        out[i, falling[kept]] = z[i, falling[kept]]
    out[~run.masks()] = 0  # nobody asks
    return out


def dream(run):
    steps = run.case["steps"]
    tau = dream_times(steps, run.options.get("eps", 1e-3))
    for i in range(steps):
        if not run.masks().any():
            return
        n = int(run.masks().sum())
        z = truncate(run, run.forward(), run.options.get("top_p", 1.0), int(run.options.get("top_k", 0)))
        share = np.float32(1) - tau[i + 1] / tau[i]
        is_last = i == steps - 1
        if run.case["order"] == "origin":
            for position in np.flatnonzero(run.masks()):
                if is_last or run.draw(position) < share:
                    run.take(position, z.argmax(axis=-1))
            continue
        best, c, slopes = ordering(run, z, run.case["order"])
        if run.options.get("alg_temp", 0.0) > 0:  # the largest of score / temperature plus Gumbel noise: a draw by softmax weights
            gumbel = -np.log(-np.log([run.draw(position) for position in range(len(c))]))
            c, slopes = c / run.options["alg_temp"] + gumbel, slopes / run.options["alg_temp"]
        k = n if is_last else int(np.float32(n) * share)
        c = np.where(run.masks(), c, -np.inf)
        order = argtop(c, n)
        run.apart_ranks(c, slopes, order, k)
        for position in order[:k]:
            run.take(position, best)


def parallel(run):
    for lo, hi in blocks_of(run):
        while run.masks()[lo:hi].any():
            z = run.forward()
            best, c, slopes = ordering(run, z, run.case.get("order", "low-confidence"))
            inside = run.open_in(lo, hi)
            order = argtop(np.where(inside, c, -np.inf), int(inside.sum()))
            n = 0
            if run.case["policy"] == "threshold":
                n = sum(1 for i in order if c[i] >= run.options["threshold"])
                for i in order:
                    run.apart(c[i], run.options["threshold"], slopes[i])
            elif run.case["policy"] == "factor":
                while n < len(order) and (n + 2) * (1 - c[order[n]]) <= run.options["factor"]:
                    n += 1
                for m, i in enumerate(order[: n + 1]):
                    run.apart(c[i], 1 - run.options["factor"] / (m + 2), slopes[i])
            else:
                h = entropy(softmax(z))[order]
                while n < len(order) and h[: n + 1].sum() - h[: n + 1].max() <= run.options["entropy_bound"]:
                    n += 1
                for m in range(1, min(n + 1, len(order))):
                    run.apart(h[: m + 1].sum() - h[: m + 1].max(), run.options["entropy_bound"], 2 * h[: m + 1].sum())
            run.apart_ranks(c, slopes, order, max(n, 1))
            for position in order[: max(n, 1)]:
                run.take(position, best)


def divergence(p, q):
    """KL(p || q) in nats, and how much it moves with the logits of both."""
    keep = p > 0
    logs = np.log(p[keep] / q[keep])
    return float((p[keep] * logs).sum()), 2 + 2 * float((p[keep] * np.abs(logs)).sum())


def klass(run):
    """As published the divergences of a slot are kept through all blocks and the steps of a block run out, whatever is open then stays so.
    Otherwise a block begins anew and ends when it is full."""
    history, bound, threshold = int(run.options["kl_history"]), run.options["kl_bound"], run.options["threshold"]
    blocks = blocks_of(run)
    steps = run.case["steps"] // len(blocks)
    last, kl = None, [[] for _ in run.x]
    for lo, hi in blocks:
        schedule = even(int(run.masks()[lo:hi].sum()), steps)
        if not run.strict:
            last, kl = None, [[] for _ in run.x]
        j = 0
        while run.masks()[lo:hi].any() and (j < steps or not run.strict):
            z = run.forward()
            best, c, slopes = confidence(run, z)
            p = softmax(z)
            if last is not None:
                for i in np.flatnonzero(run.masks()):
                    kl[i].append(divergence(p[i], last[i]))
            last = p
            inside = run.open_in(lo, hi)
            order = argtop(np.where(inside, c, -np.inf), int(inside.sum()))
            ready = []
            for i in order:
                run.apart(c[i], threshold, slopes[i])
                if c[i] > threshold and len(kl[i]) >= history and j + 1 >= history:
                    worst = max(kl[i][-history:])
                    run.apart(worst[0], bound, worst[1])
                    if worst[0] < bound:
                        ready.append(i)
            if not ready:
                ready = list(order[: schedule[j] if j < steps else 1])
            j += 1
            run.apart_ranks(c, slopes, [*ready, *[i for i in order if i not in ready]], len(ready) - 1)
            if len(ready) < len(order) and j <= steps and list(ready) == list(order[: len(ready)]):
                run.apart_ranks(c, slopes, order, len(ready))
            for position in ready:
                run.take(position, best)


def remdm(run):
    """Wang et al., arXiv 2503.00307: chances of a step from time t to s, alpha the share of tokens that is held."""
    steps, rule = run.case["steps"], run.case["remask"]
    eta, eps = run.options["eta"], run.options.get("eps", 1e-5)
    stride = (1 - eps) / steps
    score = np.full(len(run.x), -np.inf)  # of what this run committed: minus the probability that it had
    for i in range(steps):
        t = 1 - i * stride
        s = t - stride
        alpha_t, alpha_s = 1 - t, 1 - s
        most = min(1, (1 - alpha_s) / alpha_t) if alpha_t > 0 else 1
        sigma, slope = np.zeros(len(run.x)), np.zeros(len(run.x))
        if rule == "cap":
            sigma[:] = min(eta, most)
        elif rule == "rescale":
            sigma[:] = eta * most
        elif rule == "conf":
            held = score > -np.inf
            sigma[held] = most * softmax(score[held]) if held.any() else 0
            slope[held] = 4 * sigma[held]
        else:
            on, off, share = run.options["t_on"], run.options["t_off"], run.options["alpha_on"]
            if t > on:
                alpha_t, alpha_s = (1 - t) * share / (1 - on), (1 - s) * share / (1 - on)
            elif t > off:
                alpha_t = alpha_s = share
                sigma[:] = eta
            else:
                alpha_t, alpha_s = 1 - t * (1 - share) / off, 1 - s * (1 - share) / off
        was_open = run.masks()
        if was_open.any():
            z = truncate(run, run.forward(), run.options.get("top_p", 1.0), int(run.options.get("top_k", 0)))
            p = softmax(run.z)
        else:
            run.step += 1
        for position in np.flatnonzero(~was_open & ~run.given):
            run.apart(run.draw(position), sigma[position], slope[position])
            if run.draw(position) < sigma[position]:
                run.remask(position)
                score[position] = -np.inf
        for position in np.flatnonzero(was_open):
            chance = (alpha_s - (1 - sigma[position]) * alpha_t) / (1 - alpha_t)
            if run.draw(position) < chance:
                run.take(position, z.argmax(axis=-1))
                score[position] = -p[position].max()
    if run.masks().any():
        best = run.forward().argmax(axis=-1)
        for position in np.flatnonzero(run.masks()):
            run.take(position, best)


def wino(run):
    threshold, back = run.options["threshold"], run.options["threshold_back"]
    for lo, hi in blocks_of(run):
        last_accept = 30
        while run.masks()[lo:hi].any():
            before = run.x.copy()
            best, c, slopes = confidence(run, run.forward())
            inside = run.open_in(lo, hi)
            max_accept = min(max(int(0.7 * int(inside.sum())), 5), 20)
            order = argtop(np.where(inside, c, -np.inf), int(inside.sum()))
            for i in order:
                run.apart(c[i], threshold, slopes[i])
            accepted = [i for i in order if c[i] > threshold][:max_accept] or list(order[:1])
            run.apart_ranks(c, slopes, order, len(accepted))
            for i in accepted:
                run.take(i, best)
            if len(accepted) > 1:
                z = run.forbid(run.model.confirmation(before, lo, hi), run.impossible())
                doubtful = []
                for i in range(lo, hi):
                    if before[i] != run.model.mask and not run.given[i]:
                        p = softmax(z)[i - lo, run.column(int(before[i]))]
                        run.apart(p, back, 2 * p)
                        if p < back:
                            doubtful.append((p, i))
                if len(doubtful) >= last_accept:
                    doubtful.sort()
                    for (p, _), (q, _) in list(zip(doubtful, doubtful[1:]))[: last_accept - 1]:
                        run.apart(p, q, 2 * (p + q))
                    doubtful = doubtful[: last_accept - 1]
                for _, i in doubtful:
                    run.remask(i)
            last_accept = len(accepted)


def dreamon(run):
    window = run.prompt + int(run.options["max_length"])
    budget = int(run.options["expand_budget"])
    end, expand = run.model.end, run.model.expand
    while run.masks().any():
        z = run.forward()
        if len(run.x) >= window or budget == 0:
            z[:, run.column(expand)] -= 1e9
        z = truncate(run, z, run.options.get("top_p", 1.0), 0)
        best, c, slopes = ordering(run, z, "entropy")
        order = argtop(np.where(run.masks(), c, -np.inf), int(run.masks().sum()))
        run.apart_ranks(c, slopes, order, 1)
        position = int(order[0])
        token = run.token(best[position])
        run.take(position, best)
        if token == end:  # pad to the right, then delete from the right
            ended = [position] + [int(i) for i in np.flatnonzero(run.masks()) if i > position]
            for i in ended[1:]:
                run.commit(i, end)
            for i in reversed(ended):
                run.changes.append([run.step, "delete", i, run.model.mask])
                run.x, run.given = np.delete(run.x, i), np.delete(run.given, i)
        elif token == expand:
            run.remask(position)
            run.changes.append([run.step, "insert", position + 1, run.model.mask])
            run.x = np.insert(run.x, position + 1, run.model.mask)
            run.given = np.insert(run.given, position + 1, False)
            budget -= 1


SAMPLERS = {"llada": llada, "dream": dream, "threshold": parallel, "factor": parallel, "entropy-bound": parallel, "klass": klass,
            "remdm": remdm, "wino": wino, "dreamon": dreamon}


def decode(case, model, error=0.0):
    """`case` with what its sampler makes of it."""
    run = Run(case, model, error)
    SAMPLERS[case["policy"]](run)
    return {**case, "changes": run.changes, "steps_taken": run.step, "forwards": run.forwards, "final": [int(token) for token in run.x]}
