#include "base/ip_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <charconv>
#include <cstring>

namespace candor {
namespace {

constexpr std::array<std::uint8_t, 12> kMapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
constexpr int kMappedBits = 96;

std::optional<int> parse_bits(std::string_view text, int most) {
    int bits = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), bits);
    const bool padded = text.size() > 1 && text.front() == '0';
    if (error != std::errc{} || end != text.data() + text.size() || padded) return std::nullopt;
    return bits < 0 || bits > most ? std::nullopt : std::optional(bits);
}

// The address with every bit beyond the prefix cleared.
IpAddress masked(IpAddress address, int bits) {
    for (int i = 0; i < 16; ++i) {
        const int kept = std::clamp(bits - 8 * i, 0, 8);
        address.bytes[static_cast<std::size_t>(i)] &= static_cast<std::uint8_t>(0xff00 >> kept);
    }
    return address;
}

}  // namespace

IpAddress IpAddress::from_v4(std::uint32_t host_order) {
    IpAddress out;
    std::ranges::copy(kMapped, out.bytes.begin());
    for (std::size_t i = 0; i < 4; ++i) {
        out.bytes[12 + i] = static_cast<std::uint8_t>(host_order >> (24 - 8 * i));
    }
    return out;
}

IpAddress IpAddress::of(const sockaddr& address) {
    if (address.sa_family == AF_INET) {
        sockaddr_in v4{};
        std::memcpy(&v4, &address, sizeof v4);
        return IpAddress::from_v4(ntohl(v4.sin_addr.s_addr));
    }
    IpAddress out;
    if (address.sa_family != AF_INET6) return out;
    sockaddr_in6 v6{};
    std::memcpy(&v6, &address, sizeof v6);
    std::memcpy(out.bytes.data(), v6.sin6_addr.s6_addr, out.bytes.size());
    return out;
}

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
    if (text.empty() || text.size() > kIpTextBytesMax) return std::nullopt;
    const std::string owned(text);
    if (owned.find('\0') != std::string::npos) return std::nullopt;
    in_addr v4{};
    if (::inet_pton(AF_INET, owned.c_str(), &v4) == 1) return from_v4(ntohl(v4.s_addr));
    IpAddress out;
    if (::inet_pton(AF_INET6, owned.c_str(), out.bytes.data()) == 1) return out;
    return std::nullopt;
}

bool IpAddress::is_v4() const {
    return std::equal(kMapped.begin(), kMapped.end(), bytes.begin());
}

std::uint32_t IpAddress::v4() const {
    return std::uint32_t{bytes[12]} << 24 | std::uint32_t{bytes[13]} << 16 |
           std::uint32_t{bytes[14]} << 8 | std::uint32_t{bytes[15]};
}

std::string IpAddress::text() const {
    std::array<char, INET6_ADDRSTRLEN> out{};
    const bool v4 = is_v4();
    ::inet_ntop(v4 ? AF_INET : AF_INET6, v4 ? bytes.data() + 12 : bytes.data(), out.data(),
                out.size());
    return out.data();
}

std::optional<IpRange> IpRange::parse(std::string_view text) {
    const std::size_t slash = text.find('/');
    const auto base = IpAddress::parse(text.substr(0, slash));
    if (!base) return std::nullopt;
    if (slash == std::string_view::npos) return IpRange{*base, 128};
    // By the notation: "::ffff:10.0.0.0/104" counts all 128 bits, as it is written.
    const bool v4 = text.substr(0, slash).find(':') == std::string_view::npos;
    const auto bits = parse_bits(text.substr(slash + 1), v4 ? 32 : 128);
    if (!bits) return std::nullopt;
    const IpRange range{*base, v4 ? kMappedBits + *bits : *bits};
    return masked(*base, range.bits) == *base ? std::optional(range) : std::nullopt;
}

bool IpRange::holds(const IpAddress& address) const {
    return masked(address, bits) == base;
}

std::string IpRange::text() const {
    if (bits == 128) return base.text();
    const bool v4 = base.is_v4() && bits >= kMappedBits;
    return base.text() + '/' + std::to_string(v4 ? bits - kMappedBits : bits);
}

}  // namespace candor
