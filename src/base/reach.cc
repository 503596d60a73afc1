#include "base/reach.h"

#include <algorithm>
#include <array>

namespace candor {
namespace {

struct Range4 {
    std::uint32_t base;
    int bits;
    AddressKind kind;
};

constexpr std::uint32_t ip4(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d) {
    return a << 24 | b << 16 | c << 8 | d;
}

// The first that holds the address counts.
constexpr std::array kKinds4 = {
    Range4{ip4(168, 63, 129, 16), 32, AddressKind::kMetadata},  // in a public range
    Range4{ip4(169, 254, 169, 254), 32, AddressKind::kMetadata},
    Range4{ip4(169, 254, 170, 2), 32, AddressKind::kMetadata},   // of containers
    Range4{ip4(169, 254, 170, 23), 32, AddressKind::kMetadata},  // of pods
    Range4{ip4(100, 100, 100, 200), 32, AddressKind::kMetadata},
    Range4{ip4(192, 0, 0, 192), 32, AddressKind::kMetadata},
    Range4{ip4(0, 0, 0, 0), 8, AddressKind::kSpecial},         // this network
    Range4{ip4(10, 0, 0, 0), 8, AddressKind::kPrivate},        // RFC 1918
    Range4{ip4(100, 64, 0, 0), 10, AddressKind::kPrivate},     // shared (CGNAT)
    Range4{ip4(127, 0, 0, 0), 8, AddressKind::kLoopback},      //
    Range4{ip4(169, 254, 0, 0), 16, AddressKind::kLinkLocal},  //
    Range4{ip4(172, 16, 0, 0), 12, AddressKind::kPrivate},     // RFC 1918
    Range4{ip4(192, 0, 0, 0), 24, AddressKind::kSpecial},      // protocol assignments
    Range4{ip4(192, 0, 2, 0), 24, AddressKind::kPrivate},      // documentation
    Range4{ip4(192, 88, 99, 0), 24, AddressKind::kSpecial},    // 6to4 relays
    Range4{ip4(192, 168, 0, 0), 16, AddressKind::kPrivate},    // RFC 1918
    Range4{ip4(198, 18, 0, 0), 15, AddressKind::kPrivate},     // benchmarks
    Range4{ip4(198, 51, 100, 0), 24, AddressKind::kPrivate},   // documentation
    Range4{ip4(203, 0, 113, 0), 24, AddressKind::kPrivate},    // documentation
    Range4{ip4(224, 0, 0, 0), 4, AddressKind::kSpecial},       // multicast
    Range4{ip4(240, 0, 0, 0), 4, AddressKind::kSpecial},       // reserved, broadcast
};

struct Range6 {
    std::array<std::uint8_t, 4> base;  // the first 32 bits say enough
    int bits;
    AddressKind kind;
};

constexpr std::array kKinds6 = {
    Range6{{0xfc, 0x00, 0x00, 0x00}, 7, AddressKind::kPrivate},     // unique local
    Range6{{0xfe, 0x80, 0x00, 0x00}, 10, AddressKind::kLinkLocal},  //
    Range6{{0x20, 0x01, 0x0d, 0xb8}, 32, AddressKind::kPrivate},    // documentation
    Range6{{0x3f, 0xff, 0x00, 0x00}, 20, AddressKind::kPrivate},    // documentation
    Range6{{0x20, 0x01, 0x00, 0x00}, 23, AddressKind::kSpecial},    // protocols, Teredo
    Range6{{0x20, 0x02, 0x00, 0x00}, 16, AddressKind::kSpecial},    // 6to4
    Range6{{0x20, 0x00, 0x00, 0x00}, 3, AddressKind::kPublic},      // global unicast
};

// Metadata services on unique local addresses: fd00:ec2::254, fd00:ec2::23, fd20:ce::254.
constexpr std::array<std::array<std::uint8_t, 16>, 3> kMetadata6 = {{
    {0xfd, 0x00, 0x0e, 0xc2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54},
    {0xfd, 0x00, 0x0e, 0xc2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x00, 0x23},
    {0xfd, 0x20, 0x00, 0xce, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54},
}};

bool holds(std::uint32_t base, int bits, std::uint32_t address) {
    return (address & (~std::uint32_t{0} << (32 - bits))) == base;
}

AddressKind kind_of_v4(std::uint32_t address) {
    const auto* const range = std::ranges::find_if(
        kKinds4, [&](const Range4& one) { return holds(one.base, one.bits, address); });
    return range == kKinds4.end() ? AddressKind::kPublic : range->kind;
}

AddressKind kind_of_v6(const IpAddress& address) {
    constexpr std::array<std::uint8_t, 16> kLoopback6 = {0, 0, 0, 0, 0, 0, 0, 0,
                                                         0, 0, 0, 0, 0, 0, 0, 1};
    if (address.bytes == kLoopback6) return AddressKind::kLoopback;
    if (std::ranges::find(kMetadata6, address.bytes) != kMetadata6.end()) {
        return AddressKind::kMetadata;
    }
    const auto& b = address.bytes;
    const std::uint32_t word = ip4(b[0], b[1], b[2], b[3]);
    const auto* const range = std::ranges::find_if(kKinds6, [&](const Range6& one) {
        return holds(ip4(one.base[0], one.base[1], one.base[2], one.base[3]), one.bits, word);
    });
    return range == kKinds6.end() ? AddressKind::kSpecial : range->kind;
}

}  // namespace

AddressKind kind_of(const IpAddress& address) {
    return address.is_v4() ? kind_of_v4(address.v4()) : kind_of_v6(address);
}

std::string_view name_of(AddressKind kind) {
    switch (kind) {
        case AddressKind::kPublic: return "public";
        case AddressKind::kPrivate: return "private";
        case AddressKind::kLoopback: return "loopback";
        case AddressKind::kLinkLocal: return "link-local";
        case AddressKind::kMetadata: return "metadata";
        case AddressKind::kSpecial: return "special";
    }
    return "special";
}

bool ReachRules::allows(const IpAddress& address) const {
    switch (kind_of(address)) {
        case AddressKind::kPublic:
            if (to_public) return true;
            break;
        case AddressKind::kPrivate:
            if (to_private) return true;
            break;
        case AddressKind::kLoopback:
            if (to_loopback) return true;
            break;
        case AddressKind::kLinkLocal:
            if (to_link_local) return true;
            break;
        case AddressKind::kMetadata:
        case AddressKind::kSpecial: break;
    }
    return std::ranges::any_of(ranges, [&](const IpRange& one) { return one.holds(address); });
}

bool ReachRules::allows_stranger(const IpAddress& address) const {
    return ReachRules{.to_public = to_public, .ranges = ranges}.allows(address);
}

bool ReachRules::add(std::string_view item) {
    if (item == "public") return to_public = true;
    if (item == "private") return to_private = true;
    if (item == "loopback") return to_loopback = true;
    if (item == "link-local") return to_link_local = true;
    const auto range = IpRange::parse(item);
    if (range) ranges.push_back(*range);
    return range.has_value();
}

}  // namespace candor
