// Addresses to listen on, and the sockets of them: numeric IPv4 and IPv6 only.
//
// Each thread of a server opens its own socket on the same address (SO_REUSEPORT), which also lets
// a second process of the same user in; can_listen() finds that out beforehand. Errors name the
// address and say how to mend it. Safe from any thread; nothing blocks.
#pragma once

#include <sys/socket.h>

#include <cstdint>
#include <string>

#include "base/result.h"

namespace candor::web {

struct Address {
    std::string host = "127.0.0.1";  // numeric IPv4 or IPv6
    std::uint16_t port = 0;          // 0 lets the system choose

    friend bool operator==(const Address&, const Address&) = default;
};

std::string print(const Address& address);  // "[::1]:80"

struct Endpoint {
    sockaddr_storage address{};
    socklen_t size = 0;
    bool loopback = false;
};

// kInvalid when the host is not numeric.
Result<Endpoint> resolve(const Address& address);

// A listening socket that other threads may share; the caller closes it.
Result<int> open_listener(const Address& address, const Endpoint& end);

// kIo when this machine has not the address, when we may not use the port, or when any program
// listens there already, also one that would share it. Leaves nothing open.
Result<void> can_listen(const Address& address);

std::uint16_t bound_port(int fd);

}  // namespace candor::web
