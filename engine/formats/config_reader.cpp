#include "engine/formats/config_reader.h"

#include "engine/base/in_quotes.h"

#include <cmath>
#include <limits>

namespace crystallite {
namespace {

std::optional<uint64_t> wholeNumber(const nlohmann::json& value) {
    if (value.is_number_unsigned()) {
        return value.get<uint64_t>();
    }
    const bool positive = value.is_number_integer() && value.get<int64_t>() >= 0;
    return positive ? std::optional(static_cast<uint64_t>(value.get<int64_t>())) : std::nullopt;
}

}  // namespace

const nlohmann::json* ConfigReader::value(std::string_view field) const {
    const auto found = config_.find(std::string(field));
    return found == config_.end() || found->is_null() ? nullptr : &*found;
}

void ConfigReader::fail(ErrorKind kind, const std::string& what) {
    if (!error_) {
        error_ = Error{kind, inQuotes(name_) + " " + what};
    }
}

uint64_t ConfigReader::count(std::string_view field) {
    const nlohmann::json* const found = value(field);
    const uint64_t number = found == nullptr ? 0 : wholeNumber(*found).value_or(0);
    if (number == 0 || number > std::numeric_limits<int32_t>::max()) {
        corrupt(
            std::string("has ") +
            (found == nullptr ? "no " + std::string(field) : "a " + std::string(field) + " of " + inQuotes(found->dump(-1, ' ', true))) +
            "; a whole number above 0 is needed");
        return 0;
    }
    return number;
}

double ConfigReader::number(std::string_view field) {
    const nlohmann::json* const found = value(field);
    const double number = found != nullptr && found->is_number() ? found->get<double>() : 0.0;
    if (!std::isfinite(number) || number <= 0.0) {
        corrupt("has no usable " + std::string(field) + "; a number above 0 is needed");
        return 0.0;
    }
    return number;
}

bool ConfigReader::flagOr(std::string_view field, bool absent) {
    const nlohmann::json* const found = value(field);
    if (found == nullptr) {
        return absent;
    }
    if (!found->is_boolean()) {
        corrupt("has a " + std::string(field) + " that is neither true nor false");
        return absent;
    }
    return found->get<bool>();
}

std::string ConfigReader::textOr(std::string_view field, std::string_view absent) {
    const nlohmann::json* const found = value(field);
    if (found == nullptr) {
        return std::string(absent);
    }
    if (!found->is_string()) {
        corrupt("has a " + std::string(field) + " that is not a text");
        return std::string(absent);
    }
    return found->get<std::string>();
}

std::optional<uint32_t> ConfigReader::tokenId(std::string_view field) {
    const std::vector<uint32_t> ids = tokenIds(field);
    return ids.empty() ? std::nullopt : std::optional(ids.front());
}

std::vector<uint32_t> ConfigReader::tokenIds(std::string_view field) {
    constexpr size_t kMostIds = 64;
    const nlohmann::json* const found = value(field);
    if (found == nullptr) {
        return {};
    }
    const nlohmann::json list = found->is_array() ? *found : nlohmann::json::array({*found});
    if (list.size() > kMostIds) {
        corrupt("has a " + std::string(field) + " of " + std::to_string(list.size()) + " token ids, more than any known model");
        return {};
    }
    std::vector<uint32_t> ids;
    for (const nlohmann::json& entry : list) {
        const std::optional<uint64_t> id = wholeNumber(entry);
        if (!id || *id > std::numeric_limits<int32_t>::max()) {
            corrupt("has a " + std::string(field) + " that is not a token id");
            return {};
        }
        ids.push_back(static_cast<uint32_t>(*id));
    }
    return ids;
}

void ConfigReader::refuseUnless(bool supported, const std::string& what) {
    if (!supported) {
        fail(ErrorKind::Unsupported, what + "; this build cannot compute that");
    }
}

}  // namespace crystallite
