#include "tests/http/lax_server.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>

#include "web/listen.h"

namespace candor::test {
namespace {

constexpr std::string_view kAnswer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

struct LaxHead {
    std::size_t end = std::string::npos;
    std::size_t length = 0;
};

// Ends at the first empty line of either kind; the last length wins; chunks are not understood.
LaxHead parse(const std::string& input) {
    LaxHead head;
    const std::size_t strict = input.find("\r\n\r\n");
    const std::size_t bare = input.find("\n\n");
    if (strict != std::string::npos) head.end = strict + 4;
    if (bare != std::string::npos) head.end = std::min(head.end, bare + 2);
    if (head.end == std::string::npos) return head;
    for (std::size_t at = 0; (at = input.find("Content-Length", at)) < head.end; ++at) {
        head.length = std::strtoul(input.c_str() + input.find(':', at) + 1, nullptr, 10);
    }
    return head;
}

}  // namespace

LaxServer::LaxServer() {
    const auto end = web::resolve({});
    listener_ = *web::open_listener({}, *end);
    port_ = web::bound_port(listener_);
    // Blocking, as nothing here is clever.
    acceptor_ = std::thread([this] { accept_all(); });
}

LaxServer::~LaxServer() {
    stopping_ = true;
    ::shutdown(listener_, SHUT_RDWR);
    acceptor_.join();
    {
        const std::lock_guard lock(mutex_);
        for (const int fd : open_) ::shutdown(fd, SHUT_RDWR);
    }
    for (std::thread& thread : threads_) thread.join();
    for (const int fd : open_) ::close(fd);
    ::close(listener_);
}

void LaxServer::accept_all() {
    while (!stopping_) {
        fd_set ready;
        FD_ZERO(&ready);
        FD_SET(listener_, &ready);
        if (::select(listener_ + 1, &ready, nullptr, nullptr, nullptr) < 0) return;
        const int fd = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (fd < 0) continue;
        const std::lock_guard lock(mutex_);
        open_.push_back(fd);
        threads_.emplace_back([this, fd] { serve(fd); });
    }
}

void LaxServer::serve(int fd) {
    // So that a case which waits for more than it gets ends soon.
    const timeval soon{.tv_sec = 0, .tv_usec = 20'000};
    ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &soon, sizeof soon);
    std::string input;
    std::array<char, 4096> buffer;
    int idle = 0;
    while (!stopping_ && idle < 50) {
        const LaxHead head = parse(input);
        if (head.end != std::string::npos) {
            input.erase(0, head.end + head.length);
            ::send(fd, kAnswer.data(), kAnswer.size(), MSG_NOSIGNAL);
            continue;
        }
        const ssize_t n = ::recv(fd, buffer.data(), buffer.size(), 0);
        if (n == 0) break;
        if (n < 0) {
            ++idle;
            continue;
        }
        input.append(buffer.data(), static_cast<std::size_t>(n));
    }
    ::shutdown(fd, SHUT_RDWR);
}

}  // namespace candor::test
