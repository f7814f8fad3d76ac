#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace crystallite {

using MetadataValue = std::variant<uint64_t, double, bool, std::string>;

/// Typed values under GGUF's keys, for sources that translate what another format says.
class Metadata {
public:
    void set(std::string key, MetadataValue value) { values_.insert_or_assign(std::move(key), std::move(value)); }
    template <typename T>
    [[nodiscard]] std::optional<T> find(std::string_view key) const {
        const auto found = values_.find(key);
        const T* const value = found == values_.end() ? nullptr : std::get_if<T>(&found->second);
        return value == nullptr ? std::nullopt : std::optional(*value);
    }
    [[nodiscard]] std::vector<std::string> keys() const {
        std::vector<std::string> names;
        for (const auto& [key, value] : values_) {
            names.push_back(key);
        }
        return names;
    }
    [[nodiscard]] const std::map<std::string, MetadataValue, std::less<>>& values() const { return values_; }

private:
    std::map<std::string, MetadataValue, std::less<>> values_;
};

}  // namespace crystallite
