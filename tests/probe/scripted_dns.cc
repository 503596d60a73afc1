#include "tests/probe/scripted_dns.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <utility>

#include "base/check.h"
#include "tests/probe/scripted_server.h"

namespace candor::probe::testing {
namespace {

constexpr std::size_t kHeaderBytes = 12;

std::string be16(std::size_t number) {
    return {static_cast<char>(number >> 8 & 0xff), static_cast<char>(number & 0xff)};
}

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    return address;
}

// A socket of each kind on one port; the kernel chooses it for the first.
std::pair<int, int> bind_pair(std::uint16_t& port) {
    for (int tries = 0; tries < 100; ++tries) {
        const int udp = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        const int tcp = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address = loopback(0);
        socklen_t length = sizeof address;
        CHECK(::bind(udp, reinterpret_cast<sockaddr*>(&address), length) == 0);
        CHECK(::getsockname(udp, reinterpret_cast<sockaddr*>(&address), &length) == 0);
        port = ntohs(address.sin_port);
        if (::bind(tcp, reinterpret_cast<sockaddr*>(&address), length) == 0) return {udp, tcp};
        ::close(udp);
        ::close(tcp);
    }
    CHECK(false);
    return {-1, -1};
}

// The end of the one question: name, type, class.
std::size_t question_end(const std::string& message) {
    std::size_t at = kHeaderBytes;
    while (at < message.size() && message[at] != 0) {
        at += static_cast<unsigned char>(message[at]) + 1U;
    }
    return at + 5;
}

}  // namespace

std::string wire_name(const std::string& dotted) {
    std::string out;
    std::size_t from = 0;
    while (from < dotted.size()) {
        const std::size_t dot = std::min(dotted.find('.', from), dotted.size());
        out += static_cast<char>(dot - from);
        out += dotted.substr(from, dot - from);
        from = dot + 1;
    }
    return out + '\0';
}

ScriptedDns::ScriptedDns(DnsScript script) : script_(std::move(script)) {
    std::tie(udp_, tcp_) = bind_pair(port_);
    CHECK(::listen(tcp_, 16) == 0);
    stop_ = ::eventfd(0, EFD_CLOEXEC);
    thread_ = std::thread([this] { serve(); });
}

ScriptedDns::~ScriptedDns() {
    ::eventfd_write(stop_, 1);
    thread_.join();
    for (const int fd : {udp_, tcp_, stop_}) ::close(fd);
}

void ScriptedDns::serve() {
    std::array<pollfd, 3> ready{{{udp_, POLLIN, 0}, {tcp_, POLLIN, 0}, {stop_, POLLIN, 0}}};
    while (::poll(ready.data(), ready.size(), -1) > 0) {
        if (ready[2].revents != 0) return;
        if (ready[0].revents != 0) serve_udp();
        if (ready[1].revents != 0) serve_tcp();
    }
}

void ScriptedDns::serve_udp() {
    std::string question(2048, '\0');
    sockaddr_in from{};
    socklen_t length = sizeof from;
    auto* peer = reinterpret_cast<sockaddr*>(&from);
    const ssize_t n = ::recvfrom(udp_, question.data(), question.size(), 0, peer, &length);
    if (n < static_cast<ssize_t>(kHeaderBytes)) return;
    question.resize(static_cast<std::size_t>(n));
    ++udp_questions_;
    if (script_.silent) return;
    const std::string answer = answer_to(question, true);
    ::sendto(udp_, answer.data(), answer.size(), 0, peer, length);
}

void ScriptedDns::serve_tcp() {
    const int fd = ::accept4(tcp_, nullptr, nullptr, SOCK_CLOEXEC);
    if (fd < 0) return;
    std::array<unsigned char, 2> size{};
    if (::recv(fd, size.data(), 2, MSG_WAITALL) == 2) {
        std::string question(static_cast<std::size_t>(size[0] << 8 | size[1]), '\0');
        if (::recv(fd, question.data(), question.size(), MSG_WAITALL) > 0) {
            ++tcp_questions_;
            const std::string answer = answer_to(question, false);
            send_all(fd, be16(answer.size()) + answer);
        }
    }
    ::close(fd);
}

std::string ScriptedDns::answer_to(const std::string& question, bool by_udp) const {
    const bool cut = by_udp && script_.udp_truncated;
    std::string answers;
    for (const DnsRecord& record : script_.records) {
        // The name is a pointer to the question's.
        answers += be16(0xc00c) + be16(static_cast<std::size_t>(record.type)) +
                   be16(static_cast<std::size_t>(record.of_class)) + be16(0) + be16(60) +
                   be16(record.data.size()) + record.data;
    }
    const bool raw = !script_.raw_answers.empty();
    const std::size_t count = cut ? 0 : raw ? 1 : script_.records.size();
    std::string id = question.substr(0, 2);
    if (script_.foreign_id) id[0] = static_cast<char>(id[0] ^ 0x55);
    const std::size_t flags =
        0x8180U | (cut ? 0x0200U : 0U) | static_cast<std::size_t>(script_.response_code);
    std::string out = id + be16(flags) + be16(1) + be16(count) + be16(0) + be16(0);
    out += question.substr(kHeaderBytes, question_end(question) - kHeaderBytes);
    if (!cut) out += raw ? script_.raw_answers : answers;
    return out;
}

}  // namespace candor::probe::testing
