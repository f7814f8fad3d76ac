#pragma once

#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace crystallite {

/// Looks into foreign JSON without exceptions: what is absent or of another type is nothing.
using Json = nlohmann::json;

inline const Json* findMember(const Json& object, const char* key) {
    if (!object.is_object()) {
        return nullptr;
    }
    const auto found = object.find(key);
    return found == object.end() ? nullptr : &*found;
}

inline const std::string* stringOf(const Json* value) {
    return value == nullptr ? nullptr : value->get_ptr<const std::string*>();
}
inline const std::string* findString(const Json& object, const char* key) {
    return stringOf(findMember(object, key));
}

inline std::optional<bool> findBool(const Json& object, const char* key) {
    const Json* const value = findMember(object, key);
    const auto* const flag = value == nullptr ? nullptr : value->get_ptr<const bool*>();
    return flag == nullptr ? std::nullopt : std::optional(*flag);
}

/// A whole number >= 0.
inline std::optional<uint64_t> unsignedOf(const Json& value) {
    const auto* const number = value.get_ptr<const Json::number_unsigned_t*>();
    return number == nullptr ? std::nullopt : std::optional<uint64_t>(*number);
}

}  // namespace crystallite
