// Holds many event streams open and reads what comes: the crowd of the event bench.
//
//   bench_event_readers PORT COUNT     prints "ready" once every stream has had its first event;
//                                      on SIGTERM prints "events N streams M" and ends
#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <vector>

namespace {

constexpr std::string_view kAsk = "GET /events HTTP/1.1\r\nHost: bench\r\n\r\n";
volatile sig_atomic_t g_stop = 0;

int open_stream(std::uint16_t port) {
    const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
        ::send(fd, kAsk.data(), kAsk.size(), 0) != static_cast<ssize_t>(kAsk.size())) {
        std::perror("event stream");
        std::exit(1);
    }
    return fd;
}

void raise_descriptor_limit() {
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) return 2;
    const auto port = static_cast<std::uint16_t>(std::atoi(argv[1]));
    const std::size_t count = std::strtoul(argv[2], nullptr, 10);
    raise_descriptor_limit();
    ::signal(SIGTERM, [](int) { g_stop = 1; });
    const int epoll = ::epoll_create1(0);
    std::vector<bool> heard;
    std::size_t open = 0;
    std::size_t ready = 0;
    std::size_t events = 0;
    std::array<epoll_event, 512> found;
    std::array<char, 4096> buffer;
    while (g_stop == 0) {
        // A few at a time, so that the listener's queue never overflows.
        for (int i = 0; i < 64 && open < count; ++i, ++open) {
            const int fd = open_stream(port);
            epoll_event event{};
            event.events = EPOLLIN;
            event.data.fd = fd;
            ::epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
        }
        const int n = ::epoll_wait(epoll, found.data(), static_cast<int>(found.size()), 100);
        for (int i = 0; i < n; ++i) {
            const int fd = found[static_cast<std::size_t>(i)].data.fd;
            const ssize_t got = ::read(fd, buffer.data(), buffer.size());
            if (got <= 0) {
                ::close(fd);
                std::fprintf(stderr, "a stream was closed\n");
                continue;
            }
            const std::string_view text(buffer.data(), static_cast<std::size_t>(got));
            std::size_t here = 0;
            for (std::size_t at = 0; (at = text.find("event: position", at)) != text.npos; ++at) {
                ++here;
            }
            events += here;
            const auto index = static_cast<std::size_t>(fd);
            if (heard.size() <= index) heard.resize(index + 1);
            if (here == 0 || heard[index]) continue;
            heard[index] = true;
            if (++ready != count) continue;
            std::printf("ready\n");
            std::fflush(stdout);
        }
    }
    std::printf("events %zu streams %zu\n", events, ready);
    return 0;
}
