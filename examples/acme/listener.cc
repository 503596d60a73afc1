#include "acme/listener.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string_view>

namespace acme {
namespace {

constexpr int kBacklog = 64;

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

void bound_waits(int connection) {
    const timeval limit{kSocketSeconds, 0};
    setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
}

}  // namespace

Listener::Listener(std::uint16_t port, Handler handler)
    : port_(port), handler_(std::move(handler)) {}

Listener::~Listener() {
    close();
}

std::string Listener::open() {
    if (is_open()) return "";
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int on = 1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address = loopback(port_);
    socklen_t size = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (fd < 0 || bind(fd, generic, size) != 0 || listen(fd, kBacklog) != 0 ||
        getsockname(fd, generic, &size) != 0) {
        const std::string why = "127.0.0.1:" + std::to_string(port_) + ": " + std::strerror(errno);
        if (fd >= 0) ::close(fd);
        return why;
    }
    port_ = ntohs(address.sin_port);
    socket_ = fd;
    for (int i = 0; i < kWorkers; ++i) workers_.emplace_back([this] { serve(); });
    return "";
}

void Listener::close() {
    if (!is_open()) return;
    shutdown(socket_, SHUT_RDWR);  // wakes every worker out of accept()
    workers_.clear();              // joins them
    ::close(socket_);
    socket_ = -1;
}

void Listener::serve() {
    for (;;) {
        const int connection = accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC);
        if (connection < 0) {
            if (errno == EINTR || errno == ECONNABORTED) continue;
            return;
        }
        bound_waits(connection);
        handler_(connection);
        ::close(connection);
    }
}

void write_all(int connection, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = send(connection, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

}  // namespace acme
