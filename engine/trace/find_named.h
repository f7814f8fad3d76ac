#pragma once

#include "engine/base/in_quotes.h"
#include "engine/base/result.h"

#include <string>
#include <string_view>

namespace crystallite {

/// The element of `all` that nameOf() calls `name`; `kind` names what it would be: "order". InvalidArgument lists the names.
template <typename All>
auto findNamed(const All& all, std::string_view kind, std::string_view name) -> Result<typename All::value_type> {
    std::string names;
    for (const auto& element : all) {
        if (nameOf(element) == name) {
            return element;
        }
        names += (names.empty() ? "" : ", ") + std::string(nameOf(element));
    }
    return Error{.kind = ErrorKind::InvalidArgument,
                 .message = "There is no " + std::string(kind) + " " + inQuotes(name) + "; choose one of " + names + "."};
}

}  // namespace crystallite
