#include "web/http_parser.h"

#include <algorithm>

#include <array>
#include <cstring>
#include <optional>

#include "web/http_target.h"
#include "web/http_text.h"

namespace candor::web {
namespace {

using Verdict = std::optional<Reject>;  // nothing: fine so far

template <class Predicate>
constexpr std::array<bool, 256> make_table(Predicate predicate) {
    std::array<bool, 256> table{};
    for (int i = 0; i < 256; ++i) {
        table[static_cast<std::size_t>(i)] = predicate(static_cast<char>(i));
    }
    return table;
}
constexpr auto kTokenChar = make_table(is_token_char);
constexpr auto kValueChar = make_table(is_value_char);

bool all_in(const std::array<bool, 256>& table, std::string_view text) {
    bool good = true;
    for (const char c : text) good &= table[static_cast<unsigned char>(c)];
    return good;
}

// One complete line, its CR LF removed, has been found; checks what concerns its place and length.
Verdict check_line(std::string_view line, std::size_t end, HeadProgress& progress) {
    if (progress.headers_start == 0) {
        if (line.size() > kRequestLineBytesMax) return Reject::kRequestLineTooLong;
        progress.headers_start = end;
        return {};
    }
    if (end - progress.headers_start > kHeaderBytesMax + 2) return Reject::kHeadersTooLarge;
    if (!line.empty() && ++progress.headers > kHeadersMax) return Reject::kTooManyHeaders;
    return {};
}

// The line is not complete yet; can it still become acceptable?
Verdict check_unfinished(std::size_t size, const HeadProgress& progress) {
    if (progress.headers_start == 0) {
        if (size - progress.line_start > kRequestLineBytesMax + 1) {
            return Reject::kRequestLineTooLong;
        }
    } else if (size - progress.headers_start > kHeaderBytesMax + 1) {
        return Reject::kHeadersTooLarge;
    }
    return {};
}

// Finds the blank line. kDone leaves its end in progress.line_start.
ParseState find_end(std::string_view bytes, HeadProgress& progress, Reject& reject) {
    const auto refuse = [&](Reject why) {
        reject = why;
        return ParseState::kBad;
    };
    // One empty line before a request is tolerated: old clients send it after a body (RFC 9112
    // §2.2).
    if (progress.searched == 0 && bytes.starts_with("\r")) {
        if (bytes.size() < 2) return ParseState::kNeedMore;
        if (bytes[1] != '\n') return refuse(Reject::kBareCarriageReturn);
        progress.line_start = progress.searched = 2;
    }
    while (true) {
        const char* from = bytes.data() + progress.searched;
        const void* found = bytes.size() > progress.searched
                                ? std::memchr(from, '\n', bytes.size() - progress.searched)
                                : nullptr;
        if (found == nullptr) {
            progress.searched = bytes.size();
            if (const Verdict bad = check_unfinished(bytes.size(), progress)) return refuse(*bad);
            return ParseState::kNeedMore;
        }
        const auto feed = static_cast<std::size_t>(static_cast<const char*>(found) - bytes.data());
        if (feed == progress.line_start || bytes[feed - 1] != '\r') {
            // An over-long line is reported as such whether or not its end has arrived.
            if (const Verdict bad = check_unfinished(feed, progress)) return refuse(*bad);
            return refuse(Reject::kBareLineFeed);
        }
        const std::string_view line =
            bytes.substr(progress.line_start, feed - 1 - progress.line_start);
        if (line.ends_with('\r')) return refuse(Reject::kBareCarriageReturn);
        const bool first = progress.headers_start == 0;
        if (const Verdict bad = check_line(line, feed + 1, progress)) return refuse(*bad);
        progress.line_start = progress.searched = feed + 1;
        if (line.empty()) {
            if (first) return refuse(Reject::kBadRequestLine);
            return ParseState::kDone;
        }
    }
}

Method method_of(std::string_view name) {
    if (name == "GET") return Method::kGet;
    if (name == "HEAD") return Method::kHead;
    if (name == "POST") return Method::kPost;
    if (name == "PATCH") return Method::kPatch;
    if (name == "DELETE") return Method::kDelete;
    if (name == "OPTIONS") return Method::kOptions;
    return Method::kOther;
}

Verdict parse_version(std::string_view version, RequestHead& head) {
    if (version == "HTTP/1.1") {
        head.http11 = true;
    } else if (version == "HTTP/1.0") {
        head.http11 = head.keep_alive = false;
    } else if (version.size() == 8 && version.starts_with("HTTP/") && is_digit(version[5]) &&
               version[6] == '.' && is_digit(version[7])) {
        return Reject::kVersionUnsupported;
    } else {
        return Reject::kBadVersion;
    }
    return {};
}

Verdict parse_request_line(std::string_view line, RequestHead& head) {
    for (const char c : line) {
        if (c == '\r') return Reject::kBareCarriageReturn;
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) return Reject::kControlByte;
    }
    const std::size_t first = line.find(' ');
    if (first == std::string_view::npos) return Reject::kBadRequestLine;
    const std::size_t second = line.find(' ', first + 1);
    if (second == std::string_view::npos) return Reject::kBadRequestLine;
    const std::string_view name = line.substr(0, first);
    if (name.empty() || !all_in(kTokenChar, name)) return Reject::kBadMethod;
    head.method = method_of(name);
    head.connect = name == "CONNECT";
    if (const Verdict bad = parse_version(line.substr(second + 1), head)) return bad;
    if (!parse_target(line.substr(first + 1, second - first - 1), head)) return Reject::kBadTarget;
    return {};
}

Verdict set_once(std::string_view& field, std::string_view value) {
    if (field.data() != nullptr) return Reject::kRepeatedHeader;
    field = value;
    return {};
}

// Lists may be spread over several headers; the first one is enough for what Candor decides by it.
Verdict set_first(std::string_view& field, std::string_view value) {
    if (field.data() == nullptr) field = value;
    return {};
}

Verdict set_length(std::string_view value, RequestHead& head) {
    if (head.has_length || value.empty() || value.size() > 18) return Reject::kBadContentLength;
    if (value.size() > 1 && value.front() == '0') return Reject::kBadContentLength;
    for (const char c : value) {
        if (!is_digit(c)) return Reject::kBadContentLength;
        head.content_length = head.content_length * 10 + static_cast<std::uint64_t>(c - '0');
    }
    head.has_length = true;
    return {};
}

Verdict set_connection(std::string_view value, RequestHead& head) {
    bool close = false;
    while (!value.empty()) {
        const std::string_view item = next_item(value, ',');
        if (equals_ignoring_case(item, "close")) close = true;
        if (equals_ignoring_case(item, "keep-alive") && !head.http11) head.keep_alive = true;
    }
    if (close) head.keep_alive = false;
    return {};
}

struct HostHeader {
    std::string_view value;
    int count = 0;
};

Verdict set_transfer_encoding(std::string_view value, RequestHead& head) {
    if (head.chunked || !head.http11 || !equals_ignoring_case(value, "chunked")) {
        return Reject::kBadTransferEncoding;
    }
    head.chunked = true;
    return {};
}

Verdict set_expectation(std::string_view value, RequestHead& head) {
    if (!equals_ignoring_case(value, "100-continue")) return Reject::kBadExpectation;
    head.expect_continue = head.http11;
    return {};
}

void add_forwarded(std::string_view value, RequestHead& head) {
    auto& lines = head.forwarded_for;
    if (head.forwarded_lines == lines.size()) {
        std::shift_left(lines.begin(), lines.end(), 1);
        --head.forwarded_lines;
    }
    lines[head.forwarded_lines++] = value;
}

// By length first: most fields of a request are none of these, and cost one comparison.
Verdict take_header(std::string_view name, std::string_view value, RequestHead& head,
                    HostHeader& host) {
    const auto is = [&](std::string_view lower) { return equals_ignoring_case(name, lower); };
    switch (name.size()) {
        case 3:
            if (is("via")) head.was_forwarded = true;
            break;
        case 4:
            if (is("host")) {
                host.value = value;
                ++host.count;
            }
            break;
        case 6:
            if (is("accept")) return set_first(head.accept, value);
            if (is("expect")) return set_expectation(value, head);
            if (is("cookie")) return set_once(head.cookie, value);
            if (is("origin")) return set_once(head.origin, value);
            break;
        case 8:
            if (is("if-match")) return set_once(head.if_match, value);
            break;
        case 9:
            if (is("forwarded")) head.was_forwarded = true;
            break;
        case 10:
            if (is("connection")) return set_connection(value, head);
            break;
        case 12:
            if (is("content-type")) return set_once(head.content_type, value);
            if (is("x-csrf-token")) return set_once(head.csrf_token, value);
            break;
        case 13:
            if (is("authorization")) return set_once(head.authorization, value);
            if (is("if-none-match")) return set_first(head.if_none_match, value);
            break;
        case 14:
            if (is("content-length")) return set_length(value, head);
            if (is("sec-fetch-site")) return set_once(head.sec_fetch_site, value);
            break;
        case 15:
            if (is("accept-encoding")) return set_first(head.accept_encoding, value);
            if (is("idempotency-key")) return set_once(head.idempotency_key, value);
            if (is("x-forwarded-for")) {
                head.was_forwarded = true;
                add_forwarded(value, head);
            }
            break;
        case 16:
            if (is("content-encoding")) return set_once(head.content_encoding, value);
            break;
        case 17:
            if (is("x-forwarded-proto")) {
                const std::size_t comma = value.rfind(',');
                head.forwarded_proto =
                    trim_blanks(comma == value.npos ? value : value.substr(comma + 1));
            }
            if (is("transfer-encoding")) return set_transfer_encoding(value, head);
            break;
        default: break;
    }
    return {};
}

Verdict parse_header(std::string_view line, RequestHead& head, HostHeader& host) {
    if (line.front() == ' ' || line.front() == '\t') return Reject::kLineFolding;
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0) return Reject::kBadHeaderName;
    const std::string_view name = line.substr(0, colon);
    if (!all_in(kTokenChar, name)) return Reject::kBadHeaderName;
    const std::string_view value = line.substr(colon + 1);
    if (!all_in(kValueChar, value)) {
        return value.find('\r') != std::string_view::npos ? Reject::kBareCarriageReturn
                                                          : Reject::kBadHeaderValue;
    }
    return take_header(name, trim_blanks(value), head, host);
}

Verdict check_host(const HostHeader& host, RequestHead& head) {
    if (host.count > 1) return Reject::kRepeatedHost;
    if (host.count == 0) {
        if (head.http11) return Reject::kNoHost;
        return {};
    }
    if (!is_valid_authority(host.value)) return Reject::kBadHost;
    if (!head.host.empty() && head.host != host.value) return Reject::kBadHost;
    head.host = host.value;
    return {};
}

Verdict parse_lines(std::string_view head_bytes, RequestHead& head) {
    std::size_t start = head_bytes.starts_with("\r\n") ? 2 : 0;
    std::size_t end = head_bytes.find('\n', start);
    if (const Verdict bad = parse_request_line(head_bytes.substr(start, end - 1 - start), head)) {
        return bad;
    }
    HostHeader host;
    while (true) {
        start = end + 1;
        end = head_bytes.find('\n', start);
        const std::string_view line = head_bytes.substr(start, end - 1 - start);
        if (line.empty()) break;
        if (const Verdict bad = parse_header(line, head, host)) return bad;
    }
    if (const Verdict bad = check_host(host, head)) return bad;
    if (head.chunked && head.has_length) return Reject::kLengthAndEncoding;
    return {};
}

}  // namespace

ParseState parse_head(std::string_view bytes, HeadProgress& progress, RequestHead& head,
                      Reject& reject) {
    const ParseState state = find_end(bytes, progress, reject);
    if (state != ParseState::kDone) return state;
    const std::size_t size = progress.line_start;
    progress = {};
    head.reset();
    if (const Verdict bad = parse_lines(bytes.substr(0, size), head)) {
        reject = *bad;
        return ParseState::kBad;
    }
    head.bytes = size;
    return ParseState::kDone;
}

}  // namespace candor::web
