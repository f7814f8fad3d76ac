#pragma once

#include "engine/base/assert.h"

#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace crystallite {

/// What kind of outside event made an operation fail; decides the next step that is offered and the exit code of the CLI.
enum class ErrorKind {
    InvalidArgument,  ///< a setting or argument is out of range or contradicts another
    NotFound,         ///< a file, device or name does not exist
    Corrupt,          ///< a file's contents contradict themselves or its format
    Unsupported,      ///< well-formed, but not something this build can run
    Ambiguous,        ///< a file cannot tell which of several things it is; the person chooses one of `Error::choices`
    OutOfMemory,      ///< does not fit on the device or in host memory
    DeviceLost,       ///< the GPU or its driver stopped answering
    Io,               ///< reading or writing failed: permissions, full disk, vanished medium
    Cancelled,        ///< the caller asked to stop
};

/// `message` is one sentence for a person: what, which, expected, actual, what to do.
struct Error {
    ErrorKind kind = ErrorKind::InvalidArgument;
    std::string message;
    std::vector<std::string> choices = {};  ///< for Ambiguous: the names to choose from
};

/// A value or the reason why there is none. Member names follow std::expected, so that C++23 is a rename.
template <typename T>
class [[nodiscard]] Result {
public:
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

    [[nodiscard]] bool has_value() const { return state_.index() == 0; }
    explicit operator bool() const { return has_value(); }

    T& value() & { return valueOf(*this); }
    const T& value() const& { return valueOf(*this); }
    T&& value() && { return std::move(valueOf(*this)); }
    T& operator*() & { return valueOf(*this); }
    const T& operator*() const& { return valueOf(*this); }
    T&& operator*() && { return std::move(valueOf(*this)); }
    T* operator->() { return &valueOf(*this); }
    const T* operator->() const { return &valueOf(*this); }

    [[nodiscard]] const Error& error() const {
        ENGINE_ASSERT(!has_value());
        return *std::get_if<1>(&state_);
    }

private:
    template <typename Self>
    static auto& valueOf(Self& self) {
        ENGINE_ASSERT(self.has_value());
        return *std::get_if<0>(&self.state_);
    }

    std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Error error) : error_(std::move(error)), failed_(true) {}

    [[nodiscard]] bool has_value() const { return !failed_; }
    explicit operator bool() const { return has_value(); }

    [[nodiscard]] const Error& error() const {
        ENGINE_ASSERT(failed_);
        return error_;
    }

private:
    Error error_;
    bool failed_ = false;
};

}  // namespace crystallite
