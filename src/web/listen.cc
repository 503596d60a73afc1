#include "web/listen.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace candor::web {
namespace {

constexpr int kBacklog = 4096;

enum class Sharing : std::uint8_t { kAlone, kWithOtherThreads };

std::unexpected<Error> refuse_listen(const Address& address) {
    std::string hint = "check the address";
    if (errno == EADDRINUSE) hint = "stop the program that holds it, or choose another port";
    if (errno == EACCES) hint = "choose a port of 1024 or above, or grant CAP_NET_BIND_SERVICE";
    if (errno == EADDRNOTAVAIL) hint = "this machine does not have that address";
    return fail(ErrorCode::kIo,
                "cannot listen on " + print(address) + ": " + std::strerror(errno) + "; " + hint);
}

// Accepted sockets inherit TCP_NODELAY: every answer is one send, which nothing should hold back.
Result<int> open_socket(const Address& address, const Endpoint& end, Sharing sharing) {
    const int fd = ::socket(end.address.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) return refuse_listen(address);
    const int on = 1;
    const int shared = sharing == Sharing::kWithOtherThreads ? 1 : 0;
    bool good = ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 &&
                ::setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &shared, sizeof shared) == 0 &&
                ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) == 0;
    good = good && ::bind(fd, reinterpret_cast<const sockaddr*>(&end.address), end.size) == 0 &&
           ::listen(fd, kBacklog) == 0;
    if (good) return fd;
    const int saved = errno;
    ::close(fd);
    errno = saved;
    return refuse_listen(address);
}

}  // namespace

std::string print(const Address& address) {
    const bool v6 = address.host.find(':') != std::string::npos;
    return (v6 ? "[" + address.host + "]" : address.host) + ":" + std::to_string(address.port);
}

Result<Endpoint> resolve(const Address& address) {
    Endpoint end;
    auto& v4 = reinterpret_cast<sockaddr_in&>(end.address);
    auto& v6 = reinterpret_cast<sockaddr_in6&>(end.address);
    if (::inet_pton(AF_INET, address.host.c_str(), &v4.sin_addr) == 1) {
        v4.sin_family = AF_INET;
        v4.sin_port = htons(address.port);
        end.size = sizeof v4;
        end.loopback = (ntohl(v4.sin_addr.s_addr) >> 24) == 127;
    } else if (::inet_pton(AF_INET6, address.host.c_str(), &v6.sin6_addr) == 1) {
        v6.sin6_family = AF_INET6;
        v6.sin6_port = htons(address.port);
        end.size = sizeof v6;
        end.loopback = IN6_IS_ADDR_LOOPBACK(&v6.sin6_addr);
    } else {
        return fail(ErrorCode::kInvalid,
                    "cannot listen on " + print(address) + ": give a numeric IPv4 or IPv6 address");
    }
    return end;
}

Result<int> open_listener(const Address& address, const Endpoint& end) {
    return open_socket(address, end, Sharing::kWithOtherThreads);
}

Result<void> can_listen(const Address& address) {
    const Endpoint end = TRY(resolve(address));
    ::close(TRY(open_socket(address, end, Sharing::kAlone)));
    return {};
}

std::uint16_t bound_port(int fd) {
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    if (::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) != 0) return 0;
    return ntohs(address.ss_family == AF_INET
                     ? reinterpret_cast<const sockaddr_in&>(address).sin_port
                     : reinterpret_cast<const sockaddr_in6&>(address).sin6_port);
}

}  // namespace candor::web
