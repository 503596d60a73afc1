#include "tests/http/tls_talk.h"

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <utility>

#include "tests/http/talk.h"

namespace candor::test {

TlsTalk::TlsTalk(std::uint16_t port, TlsTalkOptions options) {
    fd_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (options.receive_buffer > 0) {
        ::setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &options.receive_buffer,
                     sizeof options.receive_buffer);
    }
    const timeval patience{.tv_sec = kPatienceSeconds, .tv_usec = 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    ::inet_pton(AF_INET, options.host.c_str(), &address.sin_addr);
    if (::connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) return;
    context_ = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_security_level(context_, 0);  // also what the server must refuse
    SSL_CTX_set_cipher_list(context_, "ALL");
    SSL_CTX_set_min_proto_version(context_, options.version_min);
    SSL_CTX_set_max_proto_version(context_, options.version_max);
    ssl_ = SSL_new(context_);
    SSL_set_fd(ssl_, fd_);
    if (!options.protocols.empty()) {
        SSL_set_alpn_protos(ssl_, reinterpret_cast<const unsigned char*>(options.protocols.data()),
                            static_cast<unsigned>(options.protocols.size()));
    }
    ERR_clear_error();
    established_ = SSL_connect(ssl_) == 1;
}

TlsTalk::~TlsTalk() {
    SSL_free(ssl_);
    SSL_CTX_free(context_);
    if (fd_ >= 0) ::close(fd_);
}

std::string TlsTalk::version() const {
    return SSL_get_version(ssl_);
}

std::string TlsTalk::cipher() const {
    return SSL_get_cipher_name(ssl_);
}

std::string TlsTalk::protocol() const {
    const unsigned char* name = nullptr;
    unsigned size = 0;
    SSL_get0_alpn_selected(ssl_, &name, &size);
    return {reinterpret_cast<const char*>(name), size};
}

long TlsTalk::certificate_serial() const {
    X509* shown = SSL_get1_peer_certificate(ssl_);
    if (shown == nullptr) return -1;
    const long serial = ASN1_INTEGER_get(X509_get0_serialNumber(shown));
    X509_free(shown);
    return serial;
}

bool TlsTalk::send(std::string_view bytes) {
    std::size_t sent = 0;
    return established_ && SSL_write_ex(ssl_, bytes.data(), bytes.size(), &sent) == 1;
}

bool TlsTalk::fill() {
    if (!established_) return false;
    std::array<char, 16 * 1024> bytes{};
    std::size_t got = 0;
    ERR_clear_error();
    const int result = SSL_read_ex(ssl_, bytes.data(), bytes.size(), &got);
    last_error_ = result == 1 ? SSL_ERROR_NONE : SSL_get_error(ssl_, result);
    input_.append(bytes.data(), got);
    return result == 1;
}

std::string TlsTalk::read_until(std::string_view end) {
    while (input_.find(end) == std::string::npos) {
        if (!fill()) return std::exchange(input_, {});
    }
    const std::size_t size = input_.find(end) + end.size();
    std::string out = input_.substr(0, size);
    input_.erase(0, size);
    return out;
}

std::string TlsTalk::read_exactly(std::size_t size) {
    while (input_.size() < size && fill()) {
    }
    std::string out = input_.substr(0, size);
    input_.erase(0, out.size());
    return out;
}

std::string TlsTalk::get(std::string_view path, std::string_view headers) {
    send("GET " + std::string(path) + " HTTP/1.1\r\nHost: localhost\r\n" + std::string(headers) +
         "\r\n");
    std::string head = read_until("\r\n\r\n");
    constexpr std::string_view kLength = "Content-Length: ";
    const std::size_t at = head.find(kLength);
    if (at == std::string::npos) return head;
    return head + read_exactly(std::stoul(head.substr(at + kLength.size())));
}

bool TlsTalk::ends_cleanly() {
    while (fill()) {
    }
    return last_error_ == SSL_ERROR_ZERO_RETURN;
}

}  // namespace candor::test
