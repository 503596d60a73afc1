// One parsed HTTP/1.x request head, and every reason why bytes are not one.
//
// Views point into the bytes that were parsed, except a percent-decoded path, which the head owns;
// hence a head is neither copied nor moved. Holds only the headers that Candor reads.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace candor::web {

// Bounds of reference figures in docs/http.md; one corpus case hits each (tests/http/corpus).
inline constexpr std::size_t kRequestLineBytesMax = 8 * 1024;
inline constexpr std::size_t kHeaderBytesMax = 16 * 1024;  // all header lines together
inline constexpr std::size_t kHeadersMax = 64;
inline constexpr std::size_t kForwardedLinesMax = 4;  // proxies that each add a line of their own
inline constexpr std::size_t kChunkExtensionBytesMax = 256;
inline constexpr std::size_t kHeadBytesMax = 2 + kRequestLineBytesMax + 2 + kHeaderBytesMax + 2;

enum class Method : std::uint8_t { kGet, kHead, kPost, kPatch, kDelete, kOptions, kOther };

// Why the gate refused a request. The order is that of the table in http_request.cc.
enum class Reject : std::uint8_t {
    kBareLineFeed,
    kBareCarriageReturn,
    kControlByte,
    kBadRequestLine,
    kBadMethod,
    kBadTarget,
    kBadVersion,
    kVersionUnsupported,
    kRequestLineTooLong,
    kHeadersTooLarge,
    kTooManyHeaders,
    kLineFolding,
    kBadHeaderName,
    kBadHeaderValue,
    kNoHost,
    kRepeatedHost,
    kBadHost,
    kRepeatedHeader,
    kBadContentLength,
    kLengthAndEncoding,
    kBadTransferEncoding,
    kBadExpectation,
    kBadChunk,
    kChunkExtensionTooLong,
    kTrailer,
    kBodyTooLarge,
    kHeadTimeout,
    kBodyTimeout,
};
inline constexpr std::size_t kRejects = static_cast<std::size_t>(Reject::kBodyTimeout) + 1;

struct RejectInfo {
    std::string_view name;  // label of the metric candor_http_rejected_total
    int status = 400;
    std::string_view sentence;  // body of the answer: what is wrong and how to mend it
};
const RejectInfo& describe(Reject reject);

struct RequestHead {
    RequestHead() = default;
    RequestHead(const RequestHead&) = delete;
    RequestHead& operator=(const RequestHead&) = delete;

    Method method = Method::kGet;
    std::string_view path;   // decoded, absolute, without "." and ".." and empty segments
    std::string_view query;  // as sent, without the question mark
    bool asterisk = false;   // "OPTIONS *": path is empty
    bool connect = false;    // method CONNECT: path is empty
    bool http11 = true;
    bool keep_alive = true;

    bool chunked = false;
    bool has_length = false;
    std::uint64_t content_length = 0;
    bool expect_continue = false;
    bool was_forwarded = false;  // a proxy's header is present

    // Empty when absent.
    std::string_view host;
    std::string_view accept;
    std::string_view accept_encoding;
    std::string_view if_none_match;
    std::string_view authorization;
    std::string_view content_type;
    std::string_view content_encoding;
    std::string_view idempotency_key;
    std::string_view if_match;
    std::string_view cookie;
    std::string_view origin;
    std::string_view sec_fetch_site;
    std::string_view csrf_token;       // X-CSRF-Token
    std::string_view forwarded_proto;  // the last entry of the last X-Forwarded-Proto
    // The last X-Forwarded-For headers, in order; what stood before them is not needed.
    std::array<std::string_view, kForwardedLinesMax> forwarded_for;
    std::size_t forwarded_lines = 0;
    std::span<const std::string_view> forwarded() const {
        return {forwarded_for.data(), forwarded_lines};
    }

    std::size_t bytes = 0;  // length of the head, blank line included

    bool has_body() const { return chunked || content_length > 0; }

    // Back to the state of a new object; keeps the memory of `decoded`.
    void reset();

    std::string decoded;  // backs `path` when it held percent escapes
};

}  // namespace candor::web
