#include "tests/http/talk.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <utility>

#include "web/http_text.h"

namespace candor::test {

Talk::Talk(std::uint16_t port, TalkOptions options)
    : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const timeval patience{.tv_sec = kPatienceSeconds, .tv_usec = 0};
    const int on = 1;
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (options.receive_buffer > 0) {
        ::setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &options.receive_buffer,
                     sizeof options.receive_buffer);
    }
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    ::inet_pton(AF_INET, options.host.c_str(), &address.sin_addr);
    connected_ = ::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    over_ = !connected_;
}

Talk::~Talk() {
    ::close(fd_);
}

bool Talk::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t n = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
}

void Talk::finish_sending() {
    ::shutdown(fd_, SHUT_WR);
}

bool Talk::fill() {
    if (over_) return false;
    std::array<char, 64 * 1024> buffer;
    const ssize_t n = ::recv(fd_, buffer.data(), buffer.size(), 0);
    if (n < 0 && errno == EINTR) return true;
    if (n <= 0) {
        // A time-out is not an end: ends() must not take it for one.
        over_ = n == 0 || (errno != EAGAIN && errno != EWOULDBLOCK);
        return false;
    }
    input_.append(buffer.data(), static_cast<std::size_t>(n));
    return true;
}

std::string Talk::read_until(std::string_view end) {
    std::size_t at = 0;
    while ((at = input_.find(end)) == std::string::npos) {
        if (!fill()) return std::exchange(input_, {});
    }
    std::string out = input_.substr(0, at + end.size());
    input_.erase(0, at + end.size());
    return out;
}

std::string Talk::read_some(std::size_t most) {
    while (input_.empty()) {
        if (!fill()) return {};
    }
    std::string out = input_.substr(0, most);
    input_.erase(0, out.size());
    return out;
}

bool Talk::ends() {
    while (fill()) input_.clear();
    return over_;
}

HttpAnswer Talk::answer(BodyExpected body) {
    HttpAnswer out;
    const std::string head = read_until("\r\n\r\n");
    if (!head.starts_with("HTTP/1.1 ") || !head.ends_with("\r\n\r\n")) return out;
    const int status = std::atoi(head.c_str() + 9);
    if (status < 200) {
        ++interim_;
        return answer(body);
    }
    out.status = status;
    std::string_view rest = head;
    rest.remove_prefix(rest.find("\r\n") + 2);
    while (!rest.starts_with("\r\n")) {
        const std::string_view line = rest.substr(0, rest.find("\r\n"));
        const std::size_t colon = line.find(':');
        std::string name(line.substr(0, colon));
        for (char& c : name) c = web::to_lower(c);
        out.headers[name] = std::string(web::trim_blanks(line.substr(colon + 1)));
        rest.remove_prefix(line.size() + 2);
    }
    if (body == BodyExpected::kNone || status == 204 || status == 304) return out;
    const std::size_t length = std::strtoul(out.header("content-length").c_str(), nullptr, 10);
    while (input_.size() < length && fill()) {
    }
    out.body = input_.substr(0, length);
    input_.erase(0, out.body.size());
    return out;
}

HttpAnswer Talk::get(std::string_view path, std::string_view headers) {
    send("GET " + std::string(path) + " HTTP/1.1\r\nHost: a\r\n" + std::string(headers) + "\r\n");
    return answer();
}

}  // namespace candor::test
