#include "app/console_reply.h"

#include <charconv>
#include <utility>

#include "app/query_parameter.h"
#include "page/json_writer.h"

namespace candor::app {

PageAnswer json_answer(std::string body) {
    return {200, "application/json; charset=utf-8", std::move(body), 0};
}

PageAnswer problem_answer(int status, std::string_view title, std::string_view detail) {
    page::JsonWriter w;
    w.begin_object().member("type", "about:blank").member("title", title);
    w.member("status", std::int64_t{status}).member("detail", detail).end_object();
    return {status, "application/problem+json", w.take() + "\n", 0};
}

PageAnswer unknown(std::string_view what, std::string_view id) {
    return problem_answer(404, "Not Found",
                          "there is no " + std::string(what) + " `" + std::string(id) + "`");
}

PageAnswer refused(const Error& error) {
    switch (error.code) {
        case ErrorCode::kInvalid:
            return problem_answer(422, "Unprocessable Content", error.message);
        case ErrorCode::kConflict: return problem_answer(409, "Conflict", error.message);
        case ErrorCode::kChanged: return problem_answer(412, "Precondition Failed", error.message);
        case ErrorCode::kNotFound: return problem_answer(404, "Not Found", error.message);
        case ErrorCode::kTooLarge: return problem_answer(413, "Content Too Large", error.message);
        default: return problem_answer(503, "Service Unavailable", error.message);
    }
}

PageAnswer unreadable(const Error& error) {
    return problem_answer(500, "Internal Server Error", error.message);
}

PageAnswer bad_parameter(std::string_view detail) {
    return problem_answer(400, "Bad Request", detail);
}

CommandRequest request_of(const PageQuery& query, Command what) {
    return {.what = std::move(what),
            .actor = query.actor,
            .idempotency_key = {},
            .revisions = query.revisions};
}

CommandDone reply_position(PageDone done) {
    return [done = std::move(done)](const Result<CommandAnswer>& answer) {
        if (!answer) return done(refused(answer.error()));
        page::JsonWriter w;
        w.begin_object().member("position", static_cast<std::int64_t>(answer->position));
        done(json_answer(w.end_object().take() + "\n"));
    };
}

CommandDone reply_nothing(PageDone done) {
    return [done = std::move(done)](const Result<CommandAnswer>& answer) {
        if (!answer) return done(refused(answer.error()));
        done({204, "", "", 0});
    };
}

std::optional<std::uint64_t> number_in(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (code != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

Result<std::size_t> limit_in(const PageQuery& query) {
    const std::string_view text = query_parameter(query.query, "limit");
    if (text.empty()) return kConsolePageDefault;
    const auto value = number_in(text);
    if (!value || *value == 0 || *value > kConsolePageMax) {
        return fail(ErrorCode::kInvalid,
                    "limit: write a number from 1 to " + std::to_string(kConsolePageMax));
    }
    return *value;
}

}  // namespace candor::app
