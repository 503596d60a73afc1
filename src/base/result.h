// Result<T>: a value, or an Error that says what went wrong, where, and how to mend it.
//
// Expected failures travel as Result; bugs stop the process (base/check.h). Nothing here throws.
// Thread rule: plain values, no shared state.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <utility>

namespace candor {

// Every kind of expected failure. Each value says who can cause it and what the operator can do.
enum class ErrorCode : std::uint8_t {
    kInvalid,       // the caller's input is malformed: mend the input
    kNotFound,      // the thing named does not exist: check the name
    kConflict,      // the request contradicts the current state: read the state, then decide
    kChanged,       // the thing is not as the caller has read it: read it again, then decide
    kTooLarge,      // a bound was hit: send less
    kUnauthorized,  // no or wrong credentials: present a valid token
    kBusy,          // a bounded queue or reader is full: retry later
    kDiskFull,      // the store has no space: free space; nothing was written
    kIo,            // disk or network failed: the process restarts and recovers
    kCorrupt,       // stored bytes do not verify: restore from a backup; nothing was overwritten
    kUnsupported,   // written by, or meant for, another version: use that version
    kInternal,      // a library refused for a reason we did not foresee: report it
};

// Upper-case-free stable name of a code, for logs and problem+json ("not_found").
std::string_view error_code_name(ErrorCode code);

struct Error {
    ErrorCode code = ErrorCode::kInternal;
    std::string message;  // one sentence for a person at 3 a.m.; no secrets
};

template <class T>
using Result = std::expected<T, Error>;

[[nodiscard]] inline std::unexpected<Error> fail(ErrorCode code, std::string message) {
    return std::unexpected<Error>(Error{code, std::move(message)});
}

// Adds "context: " in front of the message, so that the whole path of a failure is readable.
[[nodiscard]] std::unexpected<Error> fail_in(std::string_view context, Error error);

}  // namespace candor

// Evaluates a Result; returns its error from the enclosing function, or yields its value.
#define TRY(expression)                                                           \
    __extension__({                                                               \
        auto&& try_result_ = (expression);                                        \
        if (!try_result_) return std::unexpected(std::move(try_result_).error()); \
        std::move(try_result_).value();                                           \
    })
