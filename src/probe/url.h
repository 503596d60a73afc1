// Url: the parts of an http or https URL that a probe needs before libcurl sees it.
//
// Parsed by libcurl itself, so that both always agree on what the host is.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"

namespace candor::probe {

inline constexpr std::size_t kUrlBytesMax = 8 * 1024;

struct Url {
    std::string text;
    std::string scheme;  // "http" or "https"
    std::string host;    // IPv6 in brackets
    std::uint16_t port = 0;

    bool same_origin(const Url& other) const {
        return scheme == other.scheme && host == other.host && port == other.port;
    }
};

// kInvalid for anything but an absolute http or https URL with a host.
Result<Url> parse_url(const std::string& text);

}  // namespace candor::probe
