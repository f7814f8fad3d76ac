#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace crystallite {

/// A compiled regular expression over UTF-8 with Unicode's character classes. Immutable; any thread.
class Expression {
public:
    /// Who wrote it: one of ours may take as many steps as a text needs, one from a file is given up when it runs wild.
    enum class Origin : uint8_t { Program, File };

    /// `\s` and `\S` mean Unicode's White_Space as in the tokenizers' own libraries (PCRE2's classes also hold U+180E). Unsupported when
    /// the expression does not compile.
    static Result<Expression> compile(std::string_view expression, Origin origin);
    ~Expression();
    Expression(Expression&& other) noexcept;
    Expression& operator=(Expression&& other) noexcept;

    struct Match {
        size_t begin = 0;
        size_t end = 0;  ///< > begin
    };
    /// The matches in well-formed `text` from left to right, none empty, none inside another; the last before the search was given up
    /// is the last.
    [[nodiscard]] std::vector<Match> findAll(std::string_view text) const;

private:
    struct Compiled;
    explicit Expression(std::unique_ptr<Compiled> compiled);
    std::unique_ptr<Compiled> compiled_;
};

}  // namespace crystallite
