// Which addresses a stranger's target may lead to: public unicast ones, and no other.
//
// Asked for the very address that is about to be connected, so that a name cannot change between
// the question and the connection. Private, loopback, link-local, shared (CGNAT), metadata,
// documentation, multicast and reserved ranges are refused, and so is IPv4 inside IPv6 (mapped,
// 6to4, Teredo, NAT64). Sources: the IANA special-purpose registries (RFC 6890). Pure.
#pragma once

#include <sys/socket.h>

#include <cstdint>
#include <span>

namespace candor::notify {

bool is_public_ipv4(std::uint32_t address);  // host byte order
bool is_public_ipv6(std::span<const std::uint8_t, 16> address);

// False also for every family but the two.
bool is_public_address(const sockaddr& address);

}  // namespace candor::notify
