#include "bench/flip/socket_client.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdlib>

#include "base/check.h"

namespace candor::bench {

SocketClient::SocketClient(std::uint16_t port)
    : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    CHECK(::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    const int on = 1;
    ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const timeval patience{.tv_sec = 30, .tv_usec = 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
}

SocketClient::~SocketClient() {
    ::close(fd_);
}

void SocketClient::send(std::string_view request) {
    while (!request.empty()) {
        const ssize_t n = ::send(fd_, request.data(), request.size(), MSG_NOSIGNAL);
        CHECK(n > 0);
        request.remove_prefix(static_cast<std::size_t>(n));
    }
}

void SocketClient::receive() {
    std::array<char, 65'536> bytes;
    const ssize_t n = ::recv(fd_, bytes.data(), bytes.size(), 0);
    CHECK(n > 0);  // silence for half a minute means that something was lost
    buffer_.append(bytes.data(), static_cast<std::size_t>(n));
}

std::string SocketClient::read_through(std::string_view mark) {
    std::size_t at = buffer_.find(mark);
    while (at == std::string::npos) {
        receive();
        at = buffer_.find(mark);
    }
    std::string out = buffer_.substr(0, at + mark.size());
    buffer_.erase(0, at + mark.size());
    return out;
}

std::string SocketClient::get(std::string_view path, std::string_view accept_encoding) {
    std::string request = "GET " + std::string(path) + " HTTP/1.1\r\nHost: bench\r\n";
    if (!accept_encoding.empty()) {
        request += "Accept-Encoding: " + std::string(accept_encoding) + "\r\n";
    }
    send(request + "\r\n");
    const std::string head = read_through("\r\n\r\n");
    const std::size_t at = head.find("Content-Length: ");
    CHECK(at != std::string::npos);
    const auto length = std::strtoull(head.c_str() + at + 16, nullptr, 10);
    while (buffer_.size() < length) receive();
    std::string body = buffer_.substr(0, length);
    buffer_.erase(0, length);
    return body;
}

}  // namespace candor::bench
