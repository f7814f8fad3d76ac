#pragma once

#include "engine/exchange/export_sink.h"

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace crystallite {

/// Writes one JSON document (RFC 8259) piece by piece, keys in the order in which they come. `<`, `>`, `&`, U+2028 and U+2029 are written
/// as \uNNNN, so that the text can stand inside an HTML script element whatever a token says.
class JsonWriter {
public:
    explicit JsonWriter(ExportSink sink) : sink_(std::move(sink)) {}

    JsonWriter& openObject() { return open('{'); }
    JsonWriter& closeObject() { return close('}'); }
    JsonWriter& openArray() { return open('['); }
    JsonWriter& closeArray() { return close(']'); }
    JsonWriter& key(std::string_view name);
    JsonWriter& text(std::string_view utf8);  ///< bytes that are not UTF-8 become U+FFFD
    JsonWriter& number(float value);          ///< null when it is not finite
    JsonWriter& number(double value);
    template <std::unsigned_integral T>
    JsonWriter& whole(T value) {
        return raw(std::to_string(value));
    }
    JsonWriter& flag(bool value) { return raw(value ? "true" : "false"); }
    JsonWriter& nothing() { return raw("null"); }

    /// Hands what was written so far to the sink.
    Result<void> flush();

private:
    JsonWriter& open(char bracket);
    JsonWriter& close(char bracket);
    JsonWriter& raw(std::string_view text);
    void separate();
    void quote(std::string_view utf8);

    ExportSink sink_;
    std::string text_;
    std::vector<bool> filled_;  // per open bracket: something stands in it
    bool afterKey_ = false;
};

}  // namespace crystallite
