// The console API's bodies: JSON in, Command out; CommandAnswer or Error in, Answer out.
//
// Pure. JSON is bounded (kApiBodyBytesMax, json_object.h) and strict: an unknown member is an error
// that names it. Documented in docs/http.md.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "ports/operator.h"
#include "web/response.h"
#include "web/routes.h"

namespace candor::web {

inline constexpr std::size_t kIdempotencyKeyBytesMax = 255;

// `id` is the path's variable segment, when the route has one. `handler` is one of the command
// handlers. Errors: kInvalid, kTooLarge.
Result<Command> parse_command(Handler handler, std::string_view id, std::string_view body);

// A quoted string or a bare one; "" when the header is absent.
Result<std::string> parse_idempotency_key(std::string_view header);

// The segment that the pattern's first "*" stands for.
std::string_view path_variable(std::string_view pattern, std::string_view path);

// {"text":"…"} → {"html":"…"}: a post exactly as the public page would show it.
Answer answer_preview(std::string_view body);

// `status` is that of success.
Answer answer_command(int status, const Result<CommandAnswer>& result);
Answer answer_error(const Error& error);
int status_of(ErrorCode code);

}  // namespace candor::web
