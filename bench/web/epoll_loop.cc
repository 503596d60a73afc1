// What a bare epoll loop reaches: it answers every blank line with the same bytes, and does nothing
// that a server must do (no parsing, no routes, no limits). The ceiling beside the page bench.
//
//   bench_epoll_loop ANSWER_BYTES     prints its port; runs until it is killed
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "web/listen.h"

namespace {

constexpr std::string_view kEnd = "\r\n\r\n";

// Requests come whole here, as load generators send them.
void answer(int fd, const std::string& bytes) {
    std::array<char, 64 * 1024> buffer;
    const ssize_t n = ::recv(fd, buffer.data(), buffer.size(), 0);
    if (n == 0) {
        ::close(fd);
        return;
    }
    if (n < 0) return;
    const std::string_view got(buffer.data(), static_cast<std::size_t>(n));
    for (std::size_t at = 0; (at = got.find(kEnd, at)) != got.npos; at += kEnd.size()) {
        if (::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL) < 0) return;
    }
}

void watch(int epoll, int fd) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = fd;
    ::epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
}

}  // namespace

int main(int argc, char** argv) {
    const std::size_t size = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 5000;
    const std::string bytes =
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: " + std::to_string(size) +
        "\r\n\r\n" + std::string(size, 'x');
    const auto end = candor::web::resolve({});
    const auto listener = candor::web::open_listener({}, *end);
    if (!listener) {
        std::fprintf(stderr, "%s\n", listener.error().message.c_str());
        return 1;
    }
    const int epoll = ::epoll_create1(0);
    watch(epoll, *listener);
    std::printf("%d\n", candor::web::bound_port(*listener));
    std::fflush(stdout);
    std::array<epoll_event, 512> ready;
    while (true) {
        const int n = ::epoll_wait(epoll, ready.data(), static_cast<int>(ready.size()), -1);
        for (int i = 0; i < n; ++i) {
            const int fd = ready[static_cast<std::size_t>(i)].data.fd;
            if (fd != *listener) {
                answer(fd, bytes);
                continue;
            }
            const int accepted = ::accept4(fd, nullptr, nullptr, SOCK_NONBLOCK);
            if (accepted >= 0) watch(epoll, accepted);
        }
    }
}
