// TlsStream: one connection's TLS between its socket and its plain bytes.
//
// Knows no HTTP. Reads and writes the socket itself, a bounded piece per call, and never blocks.
// What a call has encrypted and the socket did not take waits here: at most one batch, because
// nothing more is encrypted until it is gone. Silent peers cost no TLS state: it is made with the
// first byte. One worker's thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "web/output.h"
#include "web/tls_context.h"

struct ssl_st;

namespace candor::web {

struct TlsPipe;

// Encrypted bytes read per call. With one incomplete record from before they make less plain text
// than a connection's buffer holds.
inline constexpr std::size_t kCipherBytes = 40 * 1024;
// Encrypted answers of our own that a peer may leave lying before it is dropped.
inline constexpr std::size_t kUnsentControlBytesMax = 64 * 1024;

// Shared by all streams of a worker; empty between two calls.
struct TlsBench {
    std::vector<char> in = std::vector<char>(kCipherBytes);
    std::string out;
};

class TlsStream final {
   public:
    enum class Got : std::uint8_t {
        kBytes,    // `size` plain bytes; may be none, and more may wait in the socket
        kDrained,  // the same, and the socket was emptied
        kBlocked,  // nothing to read now
        kEnd,      // the peer has finished
        kBroken,   // the connection, or its TLS, is beyond repair; an alert was sent
        kNotTls,   // the first byte begins no TLS; `is_http` when it looks like a request
    };
    struct Received {
        Got got = Got::kBroken;
        std::size_t size = 0;
        bool is_http = false;
    };

    explicit TlsStream(TlsContextPtr context);
    ~TlsStream();
    TlsStream(const TlsStream&) = delete;
    TlsStream& operator=(const TlsStream&) = delete;

    // Reads once and decrypts into `plain`, which has room for kCipherBytes and one record.
    Received receive(int fd, TlsBench& bench, char* plain, std::size_t room);
    bool is_established() const { return established_; }

    // Like Output::send_to(): kBlocked until the last encrypted byte is with the kernel.
    SendState send(int fd, TlsBench& bench, Output& out);
    // False when not all of it went out at once.
    bool send_now(int fd, TlsBench& bench, std::string_view plain);
    // What waits here. Call when the socket is writable.
    SendState flush(int fd);
    std::size_t waiting() const { return waiting_.size(); }

    // Tells the peer that this end was meant, if there is room for it.
    void say_goodbye(int fd, TlsBench& bench);

   private:
    bool begin();
    Received decrypt(char* plain, std::size_t room);
    bool encrypt(std::string_view plain);
    SendState send_encrypted(int fd, TlsBench& bench);

    TlsContextPtr context_;
    std::unique_ptr<TlsPipe> pipe_;
    ssl_st* ssl_ = nullptr;
    std::string waiting_;  // encrypted, not taken by the socket
    bool established_ = false;
    bool broken_ = false;
};

}  // namespace candor::web
