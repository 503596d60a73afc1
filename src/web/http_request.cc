#include "web/http_request.h"

#include <array>

#include "base/check.h"

namespace candor::web {
namespace {

constexpr std::array<RejectInfo, kRejects> kTable{{
    {"bare_line_feed", 400, "A line ends in LF alone. End every line with CR LF."},
    {"bare_carriage_return", 400, "A CR stands without LF. End every line with CR LF."},
    {"control_byte", 400, "The request holds a control byte. Send printable text only."},
    {"bad_request_line", 400, "The first line must be: METHOD SP TARGET SP HTTP/1.1."},
    {"bad_method", 400, "The method holds a character that methods cannot have."},
    {"bad_target", 400,
     "The target must be an absolute path without \"..\", empty segments or encoded slashes."},
    {"bad_version", 400, "The first line must end in HTTP/1.1 or HTTP/1.0."},
    {"version_unsupported", 505, "This server speaks HTTP/1.1 and HTTP/1.0."},
    {"request_line_too_long", 414, "The first line is longer than 8192 bytes. Shorten the URL."},
    {"headers_too_large", 431, "The headers are longer than 16384 bytes together. Send fewer."},
    {"too_many_headers", 431, "There are more than 64 headers. Send fewer."},
    {"line_folding", 400, "A header line starts with white space. Send each header on one line."},
    {"bad_header_name", 400, "A header has no valid name directly before its colon."},
    {"bad_header_value", 400, "A header value holds a control byte."},
    {"no_host", 400, "HTTP/1.1 needs exactly one Host header; there is none."},
    {"repeated_host", 400, "HTTP/1.1 needs exactly one Host header; there are several."},
    {"bad_host", 400,
     "The Host header is not a host with an optional port, or contradicts the URL."},
    {"repeated_header", 400, "A header that may stand once stands twice."},
    {"bad_content_length", 400, "Content-Length must stand once and be a plain decimal number."},
    {"length_and_encoding", 400, "Send either Content-Length or Transfer-Encoding, not both."},
    {"bad_transfer_encoding", 400,
     "Transfer-Encoding must stand once, be exactly \"chunked\", and needs HTTP/1.1."},
    {"bad_expectation", 417, "The only expectation served is 100-continue."},
    {"bad_chunk", 400, "A chunk is malformed: size in hexadecimal, CR LF, data, CR LF."},
    {"chunk_extension_too_long", 400, "A chunk extension is longer than 256 bytes."},
    {"trailer", 400, "Fields after the last chunk are not accepted. Send them as headers."},
    {"body_too_large", 413, "The body is larger than this address takes (docs/http.md)."},
    {"head_timeout", 408, "The request head took longer than its time limit."},
    {"body_timeout", 408, "The request body came slower than its time limit."},
}};

}  // namespace

const RejectInfo& describe(Reject reject) {
    const auto index = static_cast<std::size_t>(reject);
    CHECK(index < kTable.size());
    return kTable[index];
}

void RequestHead::reset() {
    method = Method::kGet;
    path = query = {};
    asterisk = connect = false;
    http11 = keep_alive = true;
    chunked = has_length = false;
    content_length = 0;
    expect_continue = was_forwarded = false;
    host = accept = accept_encoding = if_none_match = authorization = {};
    content_type = content_encoding = idempotency_key = {};
    if_match = cookie = origin = sec_fetch_site = csrf_token = forwarded_proto = {};
    forwarded_lines = 0;
    bytes = 0;
    decoded.clear();
}

}  // namespace candor::web
