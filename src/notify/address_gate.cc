#include "notify/address_gate.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace candor::notify {
namespace {

struct Range4 {
    std::uint32_t base;
    int bits;
};

constexpr std::uint32_t ip4(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d) {
    return a << 24 | b << 16 | c << 8 | d;
}

constexpr std::array kRefused4 = {
    Range4{ip4(0, 0, 0, 0), 8},         // this network
    Range4{ip4(10, 0, 0, 0), 8},        // private
    Range4{ip4(100, 64, 0, 0), 10},     // shared (CGNAT); metadata of one cloud
    Range4{ip4(127, 0, 0, 0), 8},       // loopback
    Range4{ip4(168, 63, 129, 16), 32},  // metadata of one cloud, in a public range
    Range4{ip4(169, 254, 0, 0), 16},    // link-local; metadata of most clouds
    Range4{ip4(172, 16, 0, 0), 12},     // private
    Range4{ip4(192, 0, 0, 0), 24},      // protocol assignments
    Range4{ip4(192, 0, 2, 0), 24},      // documentation
    Range4{ip4(192, 88, 99, 0), 24},    // 6to4 relays
    Range4{ip4(192, 168, 0, 0), 16},    // private
    Range4{ip4(198, 18, 0, 0), 15},     // benchmarks
    Range4{ip4(198, 51, 100, 0), 24},   // documentation
    Range4{ip4(203, 0, 113, 0), 24},    // documentation
    Range4{ip4(224, 0, 0, 0), 4},       // multicast
    Range4{ip4(240, 0, 0, 0), 4},       // reserved, broadcast
};

struct Range6 {
    std::array<std::uint8_t, 4> base;  // the first 32 bits say enough
    int bits;
};

// Inside 2000::/3, which alone is global unicast.
constexpr std::array kRefused6 = {
    Range6{{0x20, 0x01, 0x00, 0x00}, 23},  // protocol assignments, Teredo
    Range6{{0x20, 0x01, 0x0d, 0xb8}, 32},  // documentation
    Range6{{0x20, 0x02, 0x00, 0x00}, 16},  // 6to4
    Range6{{0x3f, 0xff, 0x00, 0x00}, 20},  // documentation
};

bool holds(std::uint32_t base, int bits, std::uint32_t address) {
    const std::uint32_t mask = bits == 0 ? 0 : ~std::uint32_t{0} << (32 - bits);
    return (address & mask) == base;
}

std::uint32_t first_word(std::span<const std::uint8_t> bytes) {
    return ip4(bytes[0], bytes[1], bytes[2], bytes[3]);
}

}  // namespace

bool is_public_ipv4(std::uint32_t address) {
    return std::ranges::none_of(
        kRefused4, [&](const Range4& range) { return holds(range.base, range.bits, address); });
}

bool is_public_ipv6(std::span<const std::uint8_t, 16> address) {
    const std::uint32_t word = first_word(address);
    if ((word >> 29) != 1) return false;
    return std::ranges::none_of(kRefused6, [&](const Range6& range) {
        return holds(first_word(range.base), range.bits, word);
    });
}

bool is_public_address(const sockaddr& address) {
    if (address.sa_family == AF_INET) {
        sockaddr_in in{};
        std::memcpy(&in, &address, sizeof in);
        return is_public_ipv4(ntohl(in.sin_addr.s_addr));
    }
    if (address.sa_family == AF_INET6) {
        sockaddr_in6 in{};
        std::memcpy(&in, &address, sizeof in);
        return is_public_ipv6(in.sin6_addr.s6_addr);
    }
    return false;
}

}  // namespace candor::notify
