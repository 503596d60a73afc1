// Where connections may lead: what kind of address each one is, and which kinds are allowed.
//
// Asked for the very address that is about to be connected, after names were resolved and at every
// redirect, so that a name cannot change between the question and the connection. Kinds follow the
// IANA special-purpose registries (RFC 6890). Pure; plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ip_address.h"

namespace candor {

enum class AddressKind : std::uint8_t {
    kPublic,
    kPrivate,    // RFC 1918, unique local, shared (CGNAT), and what never leaves a laboratory
    kLoopback,   // this machine
    kLinkLocal,  // this cable
    kMetadata,   // where clouds hand out credentials; outranks the others
    kSpecial,    // multicast, reserved, unspecified, and IPv4 packed inside IPv6
};

AddressKind kind_of(const IpAddress& address);
std::string_view name_of(AddressKind kind);  // "public", "private", "loopback", "link-local", …

// Kinds that are allowed, and ranges that are allowed whatever their kind.
struct ReachRules {
    bool to_public = false;
    bool to_private = false;
    bool to_loopback = false;
    bool to_link_local = false;
    std::vector<IpRange> ranges;

    bool allows(const IpAddress& address) const;
    // Where somebody else says where to go next: public addresses and the listed ranges.
    bool allows_stranger(const IpAddress& address) const;

    // Adds "public", "private", "loopback", "link-local" or a range; false when it is neither.
    bool add(std::string_view item);

    friend bool operator==(const ReachRules&, const ReachRules&) = default;
};

// What an operator wrote: checks watch one's own network more often than not.
inline ReachRules reach_of_operators() {
    return {.to_public = true, .to_private = true, .to_loopback = true, .ranges = {}};
}
// What a stranger wrote.
inline ReachRules reach_of_strangers() {
    return {.to_public = true, .ranges = {}};
}

}  // namespace candor
