// One TLS conversation with a server on loopback, with OpenSSL's own client.
//
// Blocking, with Talk's patience. Trusts whatever it is shown: certificate_serial() says what that
// was. One thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

struct ssl_st;
struct ssl_ctx_st;

namespace candor::test {

struct TlsTalkOptions {
    std::string host = "127.0.0.1";
    int version_max = 0;         // 0: the newest
    int version_min = 0;         // 0: whatever the client still knows
    std::string protocols = {};  // ALPN, in its wire form
    int receive_buffer = 0;
};

class TlsTalk final {
   public:
    explicit TlsTalk(std::uint16_t port, TlsTalkOptions options = {});
    ~TlsTalk();
    TlsTalk(const TlsTalk&) = delete;
    TlsTalk& operator=(const TlsTalk&) = delete;

    bool is_established() const { return established_; }
    std::string version() const;
    std::string cipher() const;
    std::string protocol() const;  // by ALPN
    long certificate_serial() const;

    bool send(std::string_view bytes);
    // Everything up to and with `end`, or what came before the end.
    std::string read_until(std::string_view end);
    std::string read_exactly(std::size_t size);
    // Sends a GET and returns head and body of its answer, which has a Content-Length.
    std::string get(std::string_view path, std::string_view headers = "");
    // True when the server ended with a close_notify, not by cutting the connection.
    bool ends_cleanly();

   private:
    bool fill();

    int fd_ = -1;
    ssl_ctx_st* context_ = nullptr;
    ssl_st* ssl_ = nullptr;
    bool established_ = false;
    int last_error_ = 0;
    std::string input_;
};

}  // namespace candor::test
