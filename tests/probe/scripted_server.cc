#include "tests/probe/scripted_server.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/check.h"

namespace candor::probe::testing {
namespace {

std::pair<int, std::uint16_t> bind_loopback() {
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    CHECK(fd >= 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    CHECK(::bind(fd, reinterpret_cast<sockaddr*>(&address), length) == 0);
    CHECK(::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &length) == 0);
    return {fd, ntohs(address.sin_port)};
}

}  // namespace

ScriptedServer::ScriptedServer(Script script) : script_(std::move(script)) {
    std::tie(listener_, port_) = bind_loopback();
    CHECK(::listen(listener_, 1024) == 0);
    acceptor_ = std::thread([this] { accept_all(); });
}

ScriptedServer::~ScriptedServer() {
    stopping_ = true;
    ::shutdown(listener_, SHUT_RDWR);
    acceptor_.join();
    {
        const std::lock_guard lock(mutex_);
        for (const int fd : open_) ::shutdown(fd, SHUT_RDWR);
    }
    for (std::thread& worker : workers_) worker.join();
    ::close(listener_);
}

std::string ScriptedServer::url(std::string_view path, std::string_view scheme) const {
    return std::string(scheme) + "://127.0.0.1:" + std::to_string(port_) + std::string(path);
}

void ScriptedServer::accept_all() {
    while (!stopping_) {
        const int fd = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (fd < 0) continue;
        ++connections_;
        const std::lock_guard lock(mutex_);
        open_.push_back(fd);
        workers_.emplace_back([this, fd] { serve(fd); });
    }
}

void ScriptedServer::serve(int fd) {
    script_(fd);
    const std::lock_guard lock(mutex_);
    open_.erase(std::find(open_.begin(), open_.end(), fd));
    ::close(fd);
}

ClosedPort::ClosedPort() {
    std::tie(fd_, port_) = bind_loopback();
}
ClosedPort::~ClosedPort() {
    ::close(fd_);
}

SilentPort::SilentPort() {
    std::tie(listener_, port_) = bind_loopback();
    CHECK(::listen(listener_, 0) == 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port_);
    for (int i = 0; i < 4; ++i) {
        const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        (void)::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address);
        fillers_.push_back(fd);
    }
}

SilentPort::~SilentPort() {
    for (const int fd : fillers_) ::close(fd);
    ::close(listener_);
}

bool send_all(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t n = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (n <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
}

std::string read_head(int fd) {
    std::string head;
    char byte = 0;
    while (head.size() < 65'536 && !head.ends_with("\r\n\r\n") && ::recv(fd, &byte, 1, 0) == 1) {
        head += byte;
    }
    return head;
}

void wait_for_close(int fd) {
    std::array<char, 4096> ignored;
    while (::recv(fd, ignored.data(), ignored.size(), 0) > 0) {
    }
}

std::string response(int status, std::string_view body, std::string_view more_fields) {
    return "HTTP/1.1 " + std::to_string(status) + " Any\r\nConnection: close\r\n" +
           std::string(more_fields) + "Content-Length: " + std::to_string(body.size()) +
           "\r\n\r\n" + std::string(body);
}

ScriptedServer::Script answers(std::string bytes) {
    return [bytes = std::move(bytes)](int fd) {
        read_head(fd);
        send_all(fd, bytes);
    };
}

}  // namespace candor::probe::testing
