#include "web/page_of.h"

#include <algorithm>
#include <charconv>

namespace candor::web {
namespace {

bool is_cursor(std::string_view text) {
    return text.size() <= kCursorBytesMax && std::ranges::all_of(text, [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
           });
}

Result<std::size_t> parse_limit(std::string_view text) {
    std::size_t limit = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), limit);
    if (error != std::errc() || end != text.data() + text.size() || limit < 1 ||
        limit > kPageLimitMax) {
        return fail(ErrorCode::kInvalid, "limit: must be a number from 1 to 200");
    }
    return limit;
}

}  // namespace

Result<PageRequest> parse_page(std::string_view query) {
    PageRequest page;
    while (!query.empty()) {
        const std::string_view pair = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(pair.size() + 1, query.size()));
        const std::size_t equals = pair.find('=');
        const std::string_view name = pair.substr(0, equals);
        const std::string_view value =
            equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1);
        if (name == "limit") {
            page.limit = TRY(parse_limit(value));
        } else if (name == "cursor") {
            if (!is_cursor(value)) {
                return fail(ErrorCode::kInvalid,
                            "cursor: none of ours; take next of the page before");
            }
            page.cursor = value;
        } else {
            return fail(ErrorCode::kInvalid, "the query takes cursor and limit only");
        }
    }
    return page;
}

}  // namespace candor::web
