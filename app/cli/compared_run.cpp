#include "app/cli/compared_run.h"

#include "engine/base/in_quotes.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace crystallite::cli {
namespace {

Error invalid(std::string message) {
    return {.kind = ErrorKind::InvalidArgument, .message = std::move(message)};
}

/// What stands before the first `mark`; `text` becomes what stands behind it.
std::string_view takeUpTo(char mark, std::string_view& text) {
    const size_t place = text.find(mark);
    const std::string_view taken = text.substr(0, place);
    text = place == std::string_view::npos ? std::string_view() : text.substr(place + 1);
    return taken;
}

Result<double> parseNumber(std::string_view name, std::string_view text) {
    double value = 0.0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure != std::errc() || end != text.data() + text.size()) {
        return invalid("The setting " + std::string(name) + " is " + inQuotes(text) + "; it must be a number.");
    }
    return value;
}

Result<void> setCount(std::optional<uint32_t>& field, std::string_view name, double value) {
    if (!std::isfinite(value) || value < 0.0 || value > std::numeric_limits<uint32_t>::max() ||
        value != static_cast<double>(static_cast<uint32_t>(value))) {
        return invalid("The setting " + std::string(name) + " is " + std::to_string(value) + "; it must be a whole number.");
    }
    field = static_cast<uint32_t>(value);
    return {};
}

template <typename Value>
Result<void> keep(std::optional<Value>& field, const Result<Value>& parsed) {
    if (!parsed) {
        return parsed.error();
    }
    field = *parsed;
    return {};
}

Result<void> setOption(DecodeRequest& request, std::string name, std::string_view text) {
    std::replace(name.begin(), name.end(), '-', '_');
    if (name == "order") {
        return keep(request.order, parseUnmaskOrder(text));
    }
    if (name == "remask") {
        return keep(request.remask, parseRemaskRule(text));
    }
    const Result<double> value = parseNumber(name, text);
    if (!value) {
        return value.error();
    }
    if (name == "steps") {
        return setCount(request.steps, name, *value);
    }
    if (name == "block_length") {
        return setCount(request.blockLength, name, *value);
    }
    if (name == "temperature") {
        request.temperature = static_cast<float>(*value);
        return {};
    }
    request.options.push_back({.name = std::move(name), .value = *value});
    return {};
}

}  // namespace

Result<ComparedRun> parseComparedRun(std::string_view text, const DecodeRequest& common) {
    ComparedRun run{.name = std::string(text), .request = common};
    std::string_view options = text;
    std::string_view cache = takeUpTo(':', options);
    const std::string_view policy = takeUpTo('+', cache);
    if (Result<void> known = keep(run.request.policy, parseDecodePolicy(policy)); !known) {
        return known.error();
    }
    if (!traitsOf(*run.request.policy).hasBlocks) {
        run.request.blockLength.reset();
    }
    if (!cache.empty()) {
        if (Result<void> known = keep(run.request.cache, parseCacheKind(cache)); !known) {
            return known.error();
        }
    }
    while (!options.empty()) {
        std::string_view value = takeUpTo(':', options);
        const std::string name(takeUpTo('=', value));
        if (Result<void> set = setOption(run.request, name, value); !set) {
            return set.error();
        }
    }
    return run;
}

}  // namespace crystallite::cli
