#include "acme/name_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <cctype>
#include <cerrno>
#include <cstring>

namespace acme {
namespace {

constexpr std::size_t kHeaderBytes = 12;
constexpr int kServerFailure = 2;
constexpr int kNoSuchName = 3;
constexpr int kTypeA = 1;
constexpr suseconds_t kStopCheckMicroseconds = 200'000;

std::uint8_t byte_at(std::string_view s, std::size_t i) {
    return static_cast<std::uint8_t>(s[i]);
}

// The asked name in lower case and the offset behind it; an offset of 0 means malformed.
std::pair<std::string, std::size_t> read_name(std::string_view question) {
    std::string name;
    std::size_t at = kHeaderBytes;
    while (at < question.size() && question[at] != 0) {
        const std::size_t length = byte_at(question, at);
        if (length > 63 || at + 1 + length >= question.size()) return {"", 0};
        if (!name.empty()) name += '.';
        for (char c : question.substr(at + 1, length)) {
            name += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        }
        at += 1 + length;
    }
    return at + 5 <= question.size() ? std::pair{name, at + 1}
                                     : std::pair{std::string(), std::size_t{0}};
}

std::string address_record() {
    // Pointer to the question's name, type A, class IN, 5 seconds to live, four bytes of address.
    std::string record("\xC0\x0C\0\x01\0\x01\0\0\0\x05\0\x04", 12);
    in_addr address{};
    inet_pton(AF_INET, kApiAddress.data(), &address);
    return record.append(reinterpret_cast<const char*>(&address), 4);
}

}  // namespace

std::string answer_question(std::string_view question, bool broken) {
    if (question.size() < kHeaderBytes || (byte_at(question, 2) & 0x80) != 0) return "";
    const auto [name, name_end] = read_name(question);
    if (name_end == 0) return "";
    const int type = byte_at(question, name_end) * 256 + byte_at(question, name_end + 1);
    const bool known = name == kApiName;
    const bool answered = known && type == kTypeA && !broken;
    const int code = broken ? kServerFailure : known ? 0 : kNoSuchName;

    std::string answer(question.substr(0, name_end + 4));
    answer[2] = static_cast<char>(0x84 | (byte_at(question, 2) & 0x01));  // answer, authoritative
    answer[3] = static_cast<char>(code);
    const std::string_view counts("\0\x01\0\0\0\0\0\0", 8);
    answer.replace(4, counts.size(), counts);
    if (answered) {
        answer[7] = 1;
        answer += address_record();
    }
    return answer;
}

NameServer::~NameServer() {
    thread_ = {};
    if (socket_ >= 0) close(socket_);
}

std::string NameServer::open(std::uint16_t port) {
    socket_ = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (socket_ < 0 || bind(socket_, generic, size) != 0 ||
        getsockname(socket_, generic, &size) != 0) {
        return "127.0.0.1:" + std::to_string(port) + " (UDP): " + std::strerror(errno);
    }
    const timeval limit{0, kStopCheckMicroseconds};
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    port_ = ntohs(address.sin_port);
    thread_ = std::jthread([this](std::stop_token stop) { serve(stop); });
    return "";
}

void NameServer::serve(std::stop_token stop) {
    std::array<char, kDatagramBytesMax> buffer{};
    while (!stop.stop_requested()) {
        sockaddr_in peer{};
        socklen_t size = sizeof peer;
        auto* generic = reinterpret_cast<sockaddr*>(&peer);
        const ssize_t got = recvfrom(socket_, buffer.data(), buffer.size(), 0, generic, &size);
        if (got <= 0) continue;
        const std::string answer = answer_question({buffer.data(), static_cast<std::size_t>(got)},
                                                   faults_.name_server_broken());
        if (!answer.empty()) sendto(socket_, answer.data(), answer.size(), 0, generic, size);
    }
}

}  // namespace acme
