// What every /api/v1 reading has in common: its JSON, its refusals, its numbers.
//
// Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "ports/operator.h"
#include "ports/page_source.h"

namespace candor::app {

inline constexpr std::size_t kConsolePageDefault = 50;
inline constexpr std::size_t kConsolePageMax = 200;

PageAnswer json_answer(std::string body);
// RFC 9457.
PageAnswer problem_answer(int status, std::string_view title, std::string_view detail);
// 404; "there is no check `x`".
PageAnswer unknown(std::string_view what, std::string_view id);
// Of a call or a command that was refused.
PageAnswer refused(const Error& error);
// 500: a store that cannot be read.
PageAnswer unreadable(const Error& error);
// 400: a parameter that stands for nothing.
PageAnswer bad_parameter(std::string_view detail);

// A command as the caller of `query` asks for it.
CommandRequest request_of(const PageQuery& query, Command what);
// What a desk answers once its command is durable: its position, or nothing at all (204).
CommandDone reply_position(PageDone done);
CommandDone reply_nothing(PageDone done);

// Nothing when the text is no whole number.
std::optional<std::uint64_t> number_in(std::string_view text);
// How many items one answer holds: `limit` of the query.
Result<std::size_t> limit_in(const PageQuery& query);

}  // namespace candor::app
