// An IP address and a range of them (CIDR), as values: read, printed, compared.
//
// IPv4 is kept as IPv4-mapped IPv6 (::ffff:a.b.c.d), so that one comparison serves both and a peer
// of a dual-stack socket equals itself. No names, no zones, no ports. Plain values; pure.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

struct sockaddr;

namespace candor {

// "0000:…:255.255.255.255" is the longest there is.
inline constexpr std::size_t kIpTextBytesMax = 45;

struct IpAddress {
    std::array<std::uint8_t, 16> bytes{};  // network order

    static IpAddress from_v4(std::uint32_t host_order);
    // Of a socket; "::" for every family but the two.
    static IpAddress of(const sockaddr& address);
    // "192.0.2.1", "2001:db8::1"; no brackets, no zone, no octal.
    static std::optional<IpAddress> parse(std::string_view text);

    bool is_v4() const;
    std::uint32_t v4() const;  // host order; of an IPv4 address only
    std::string text() const;  // IPv4 in its own notation

    friend auto operator<=>(const IpAddress&, const IpAddress&) = default;
};

struct IpRange {
    IpAddress base;  // no bit set beyond `bits`
    int bits = 128;  // of the 128; an IPv4 /8 has 104

    // "10.0.0.0/8", "fd00::/8", or one address alone. Nothing when malformed, or when the address
    // has bits beyond the prefix: whoever wrote 10.0.0.1/8 may have meant something else.
    static std::optional<IpRange> parse(std::string_view text);

    bool holds(const IpAddress& address) const;
    std::string text() const;

    friend bool operator==(const IpRange&, const IpRange&) = default;
};

}  // namespace candor
