// Who is really asking, when proxies stand between: only those that the operator has listed are
// believed (X-Forwarded-For, X-Forwarded-Proto).
//
// Read from the right: each proxy appends whom it saw, so the last address that is not a listed
// proxy's is the client; everything to its left may be invented. Pure.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/ip_address.h"
#include "web/http_request.h"

namespace candor::web {

// An IPv4 /24 or IPv6 /48.
using Network = std::array<std::uint8_t, 7>;

using TrustedProxies = std::vector<IpRange>;
using TrustedProxiesPtr = std::shared_ptr<const TrustedProxies>;

// Proxies that are passed over; the next address counts as the client, whoever it is.
inline constexpr std::size_t kForwardedHopsMax = 16;

bool is_trusted_proxy(const TrustedProxies& trusted, const IpAddress& address);

// `lines` are the X-Forwarded-For headers of one request, in order. An entry that is no address
// ends the search: then the client is the proxy that passed it on.
IpAddress client_address(const TrustedProxies& trusted, const IpAddress& peer,
                         std::span<const std::string_view> lines);

// One entry as proxies write them: "192.0.2.1", "192.0.2.1:4711", "[2001:db8::1]:4711".
std::optional<IpAddress> forwarded_address(std::string_view entry);

Network network_of(const IpAddress& address);

}  // namespace candor::web
