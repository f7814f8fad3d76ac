#pragma once

#include "engine/base/result.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crystallite {

/// Reads a `config.json`. The first field that is missing, of another type or out of range is kept as the error; the getters then return
/// zero, so that a caller checks once after a group of reads. A field that is null counts as absent, as it does for its writers.
class ConfigReader {
public:
    /// `config` must be an object and outlive the reader; `name` stands for the file in messages.
    ConfigReader(const nlohmann::json& config, std::string name) : config_(config), name_(std::move(name)) {}

    [[nodiscard]] bool has(std::string_view field) const { return value(field) != nullptr; }
    /// A whole number from 1 to 2^31 - 1: what sizes of models are.
    uint64_t count(std::string_view field);
    uint64_t countOr(std::string_view field, uint64_t absent) { return has(field) ? count(field) : absent; }
    /// For a field whose 0, like its absence, says that the part is not there.
    uint64_t countOrNone(std::string_view field) { return has(field) && *value(field) != 0 ? count(field) : 0; }
    /// Finite and positive.
    double number(std::string_view field);
    double numberOr(std::string_view field, double absent) { return has(field) ? number(field) : absent; }
    bool flagOr(std::string_view field, bool absent);
    std::string textOr(std::string_view field, std::string_view absent);
    /// A token id, or the first of a list of them; nothing when absent.
    std::optional<uint32_t> tokenId(std::string_view field);
    /// All of them, at most 64; empty when absent.
    std::vector<uint32_t> tokenIds(std::string_view field);

    /// Fields that would change the mathematics silently.
    void refuseUnless(bool supported, const std::string& what);
    void corrupt(const std::string& what) { fail(ErrorKind::Corrupt, what); }
    [[nodiscard]] const std::optional<Error>& error() const { return error_; }
    [[nodiscard]] const nlohmann::json& document() const { return config_; }

private:
    [[nodiscard]] const nlohmann::json* value(std::string_view field) const;
    void fail(ErrorKind kind, const std::string& what);

    const nlohmann::json& config_;
    std::string name_;
    std::optional<Error> error_;
};

}  // namespace crystallite
