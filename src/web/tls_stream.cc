#include "web/tls_stream.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/check.h"

namespace candor::web {

// Between OpenSSL and our buffers; both ends are set for the time of one call.
struct TlsPipe {
    std::string_view in;
    std::string* out = nullptr;
};

namespace {

constexpr std::size_t kRecordBytes = 16 * 1024;  // the most that one record carries
constexpr std::size_t kSendBatchBytes = 64 * 1024;
constexpr char kHandshakeRecord = 0x16;

int pipe_read(BIO* bio, char* to, std::size_t wanted, std::size_t* got) {
    auto* pipe = static_cast<TlsPipe*>(BIO_get_data(bio));
    BIO_clear_retry_flags(bio);
    if (pipe->in.empty()) {
        BIO_set_retry_read(bio);
        return 0;
    }
    *got = std::min(wanted, pipe->in.size());
    std::memcpy(to, pipe->in.data(), *got);
    pipe->in.remove_prefix(*got);
    return 1;
}

int pipe_write(BIO* bio, const char* from, std::size_t size, std::size_t* taken) {
    auto* pipe = static_cast<TlsPipe*>(BIO_get_data(bio));
    BIO_clear_retry_flags(bio);
    CHECK(pipe->out != nullptr);
    pipe->out->append(from, size);
    *taken = size;
    return 1;
}

long pipe_control(BIO*, int command, long, void*) {
    return command == BIO_CTRL_FLUSH ? 1 : 0;
}

// Made once and kept for the life of the process.
const BIO_METHOD* pipe_method() {
    static const BIO_METHOD* const kMethod = [] {
        BIO_METHOD* method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "pipe");
        CHECK(method != nullptr);
        BIO_meth_set_read_ex(method, &pipe_read);
        BIO_meth_set_write_ex(method, &pipe_write);
        BIO_meth_set_ctrl(method, &pipe_control);
        return method;
    }();
    return kMethod;
}

bool is_letter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

}  // namespace

TlsStream::TlsStream(TlsContextPtr context) : context_(std::move(context)) {}

TlsStream::~TlsStream() {
    SSL_free(ssl_);
}

bool TlsStream::begin() {
    ssl_ = SSL_new(context_->get());
    BIO* bio = BIO_new(pipe_method());
    if (ssl_ == nullptr || bio == nullptr) {
        BIO_free(bio);
        return false;
    }
    pipe_ = std::make_unique<TlsPipe>();
    BIO_set_data(bio, pipe_.get());
    BIO_set_init(bio, 1);
    SSL_set_bio(ssl_, bio, bio);
    SSL_set_accept_state(ssl_);
    return true;
}

TlsStream::Received TlsStream::receive(int fd, TlsBench& bench, char* plain, std::size_t room) {
    const ssize_t n = ::recv(fd, bench.in.data(), bench.in.size(), 0);
    if (n == 0) return {Got::kEnd};
    if (n < 0) {
        if (errno == EINTR) return {Got::kBytes};
        return {errno == EAGAIN ? Got::kBlocked : Got::kBroken};
    }
    const std::string_view bytes(bench.in.data(), static_cast<std::size_t>(n));
    if (ssl_ == nullptr) {
        const bool is_tls = bytes.front() == kHandshakeRecord;
        if (!is_tls) return {.got = Got::kNotTls, .is_http = is_letter(bytes.front())};
        if (!begin()) return {Got::kBroken};
    }
    pipe_->in = bytes;
    pipe_->out = &bench.out;
    Received received = decrypt(plain, room);
    pipe_->in = {};
    const SendState sent = send_encrypted(fd, bench);
    if (sent == SendState::kBroken || waiting_.size() > kUnsentControlBytesMax) {
        return {Got::kBroken};
    }
    if (received.got == Got::kBytes && bytes.size() < bench.in.size()) {
        received.got = Got::kDrained;
    }
    return received;
}

// Everything in the pipe; what is left of an incomplete record stays inside OpenSSL.
TlsStream::Received TlsStream::decrypt(char* plain, std::size_t room) {
    std::size_t filled = 0;
    while (true) {
        ERR_clear_error();
        std::size_t got = 0;
        const int result = established_ ? SSL_read_ex(ssl_, plain + filled, room - filled, &got)
                                        : SSL_do_handshake(ssl_);
        if (result == 1) {
            established_ = true;
            filled += got;
            CHECK(filled < room);  // kCipherBytes and one record make no more
            continue;
        }
        switch (SSL_get_error(ssl_, result)) {
            case SSL_ERROR_WANT_READ: return {Got::kBytes, filled};
            case SSL_ERROR_ZERO_RETURN: return {Got::kEnd, filled};
            default: broken_ = true; return {Got::kBroken};
        }
    }
}

// At most one record's worth of each piece, until a batch is full.
bool TlsStream::encrypt(std::string_view plain) {
    while (!plain.empty()) {
        ERR_clear_error();
        std::size_t taken = 0;
        const std::size_t size = std::min(plain.size(), kRecordBytes);
        if (SSL_write_ex(ssl_, plain.data(), size, &taken) != 1) {
            broken_ = true;
            pipe_->out->clear();
            return false;
        }
        plain.remove_prefix(taken);
    }
    return true;
}

SendState TlsStream::send(int fd, TlsBench& bench, Output& out) {
    if (!established_ || broken_) return SendState::kBroken;
    if (const SendState before = flush(fd); before != SendState::kSent) return before;
    pipe_->out = &bench.out;
    while (true) {
        while (bench.out.size() < kSendBatchBytes) {
            const std::string_view piece = out.next(kRecordBytes);
            if (piece.empty()) break;
            if (!encrypt(piece)) return SendState::kBroken;
            out.advance(piece.size());
        }
        if (bench.out.empty()) return SendState::kSent;
        if (const SendState now = send_encrypted(fd, bench); now != SendState::kSent) return now;
    }
}

bool TlsStream::send_now(int fd, TlsBench& bench, std::string_view plain) {
    if (!established_ || broken_ || !waiting_.empty()) return false;
    pipe_->out = &bench.out;
    return encrypt(plain) && send_encrypted(fd, bench) == SendState::kSent;
}

// What the bench holds, behind what waits already.
SendState TlsStream::send_encrypted(int fd, TlsBench& bench) {
    if (waiting_.empty()) {
        waiting_.swap(bench.out);
    } else {
        waiting_ += bench.out;
    }
    bench.out.clear();
    const SendState state = flush(fd);
    // The bench keeps the memory, so that the next call need not ask for it.
    if (waiting_.empty()) waiting_.swap(bench.out);
    return state;
}

SendState TlsStream::flush(int fd) {
    std::size_t sent = 0;
    SendState state = SendState::kSent;
    while (sent < waiting_.size() && state == SendState::kSent) {
        const ssize_t n = ::send(fd, waiting_.data() + sent, waiting_.size() - sent, MSG_NOSIGNAL);
        if (n >= 0) {
            sent += static_cast<std::size_t>(n);
        } else if (errno != EINTR) {
            state = errno == EAGAIN ? SendState::kBlocked : SendState::kBroken;
        }
    }
    waiting_.erase(0, sent);
    return state;
}

void TlsStream::say_goodbye(int fd, TlsBench& bench) {
    if (!established_ || broken_ || !waiting_.empty()) return;
    ERR_clear_error();
    pipe_->out = &bench.out;
    SSL_shutdown(ssl_);
    broken_ = true;  // nothing may follow
    send_encrypted(fd, bench);
}

}  // namespace candor::web
