// Content negotiation: Accept-Encoding, Accept and If-None-Match (RFC 9110 §12.5, §13.1.2). Pure.
//
// Malformed items are skipped, never an error: the worst outcome is an identity answer or a 200.
#pragma once

#include <cstdint>
#include <string_view>

namespace candor::web {

enum class Encoding : std::uint8_t { kIdentity, kGzip, kBrotli };

struct AcceptedEncodings {
    bool gzip = false;
    bool brotli = false;
};

// q=0 refuses; "*" speaks for what is not named. Identity is always acceptable: a page that can be
// read beats a 406.
AcceptedEncodings accepted_encodings(std::string_view header);

// True when OpenMetrics 1.0.0 is wanted at least as much as plain text (Prometheus's header does).
bool prefers_openmetrics(std::string_view header);

// True when the header lists the tag (compared weakly) or is "*". `etag` includes its quotes.
bool matches_etag(std::string_view header, std::string_view etag);

// Thousandths of a parameter "q=0.5" inside ";"-separated parameters; 1000 when absent; 0 when
// malformed.
int quality_of(std::string_view parameters);

}  // namespace candor::web
