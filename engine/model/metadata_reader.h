#pragma once

#include "engine/base/in_quotes.h"
#include "engine/base/result.h"
#include "engine/formats/model_source.h"

#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace crystallite {

/// Reads the metadata of one architecture. The first value that is absent or out of range is kept as the error; the getters then return
/// zero, so that a caller checks once after a group of reads.
class MetadataReader {
public:
    MetadataReader(const ModelSource& source, std::string_view architecture) : source_(source), prefix_(std::string(architecture) + ".") {}

    uint32_t requiredCount(std::string_view key) { return checkedCount(key, source_.findUnsigned(prefix_ + std::string(key))); }
    uint32_t countOr(std::string_view key, uint32_t absent) {
        const std::optional<uint64_t> value = source_.findUnsigned(prefix_ + std::string(key));
        return value ? checkedCount(key, value) : absent;
    }
    /// For a key whose 0 says that the part is absent.
    uint32_t countOrNone(std::string_view key, uint32_t absent) {
        return source_.findUnsigned(prefix_ + std::string(key)) == uint64_t{0} ? 0 : countOr(key, absent);
    }
    double requiredFloat(std::string_view key) { return checkedFloat(key, source_.findFloat(prefix_ + std::string(key))); }
    double floatOr(std::string_view key, double absent) {
        const std::optional<double> value = source_.findFloat(prefix_ + std::string(key));
        return value ? checkedFloat(key, value) : absent;
    }
    [[nodiscard]] const std::optional<Error>& error() const { return error_; }

private:
    void fail(std::string_view key, const std::string& what) {
        if (!error_) {
            error_ = Error{ErrorKind::Corrupt, inQuotes(source_.displayName()) + ": " + prefix_ + std::string(key) + " " + what};
        }
    }
    uint32_t checkedCount(std::string_view key, std::optional<uint64_t> value) {
        if (!value || *value == 0 || *value > std::numeric_limits<int32_t>::max()) {
            fail(key, value ? "is " + std::to_string(*value) + ", which no model has" : "is missing or not a whole number");
            return 0;
        }
        return static_cast<uint32_t>(*value);
    }
    double checkedFloat(std::string_view key, std::optional<double> value) {
        if (!value || !std::isfinite(*value) || *value <= 0.0) {
            fail(key, "is missing or not a positive number");
            return 0.0;
        }
        return *value;
    }

    const ModelSource& source_;
    std::string prefix_;
    std::optional<Error> error_;
};

}  // namespace crystallite
