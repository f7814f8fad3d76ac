#pragma once

#include "engine/diffusion/probe_values.h"

#include <optional>
#include <string>

namespace crystallite::cli {

/// Of attention: which layer and head, counted from 0; nothing: the mean over all.
struct AttentionChoice {
    std::optional<uint32_t> layer;
    std::optional<uint32_t> head;
};

/// Prints what was measured of a slot of a trace, on stdout.
class ProbePrinter {
public:
    ProbePrinter(const Trace& trace, const AttentionChoice& choice) : trace_(trace), choice_(choice) {}

    void printText(const ProbeResult& result) const;
    /// One object on one line. Attention has the chosen `weights` [slots], and `all` [layers][heads][slots].
    void printJson(const ProbeResult& result) const;

private:
    void printAttention(const ProbeResult& result) const;
    void printDistribution(const ProbeResult& result) const;
    [[nodiscard]] std::string tokenOf(const ProbeResult& result, TokenId id) const;

    const Trace& trace_;
    AttentionChoice choice_;
};

}  // namespace crystallite::cli
