// The sender port: gets one finished message to one recipient, once, and says how it went.
//
// Knows protocols, not incidents: what to say is notify's, whether to try again is the deliveries'
// (ports/deliveries.h). Implementations: notify/sender_thread.h; tests bring a virtual one. A
// server that hangs, lies or floods costs its own delivery only: each is bounded in time and bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/time.h"

namespace candor {

// Which addresses a delivery may connect to.
enum class Reach : std::uint8_t {
    kAnywhere,    // the operator wrote the target
    kPublicOnly,  // a stranger did: never a private, local or special address
};

namespace outgoing {

// One request. Redirects are not followed; a 2xx is success.
struct Http {
    enum class Method : std::uint8_t { kPost, kGet };

    std::string url;
    std::vector<std::pair<std::string, std::string>> headers = {};
    std::string body = {};
    Reach reach = Reach::kPublicOnly;
    Method method = Method::kPost;  // a GET sends no body
};

enum class MailSecurity : std::uint8_t {
    kWhenOffered,  // STARTTLS when the server offers it
    kRequired,     // STARTTLS or nothing
    kFromStart,    // TLS from the first byte (smtps://)
};

struct Mail {
    std::string server;  // "host:port"
    MailSecurity security = MailSecurity::kWhenOffered;
    std::string user;  // empty: no authentication
    std::string password;
    std::string from;
    std::string to;
    std::string bytes;  // RFC 5322, CRLF, 7-bit; not dot-stuffed
};

// Exit 0 is success; never a shell.
struct Command {
    std::vector<std::string> argv;
    std::string input;  // on standard input
};

}  // namespace outgoing

struct Outgoing {
    std::uint64_t number = 0;  // the caller's, unique among those under way
    std::variant<outgoing::Http, outgoing::Mail, outgoing::Command> what;
    Duration timeout = seconds(20);
};

enum class SendOutcome : std::uint8_t {
    kDelivered,
    kLater,    // try again
    kRefused,  // will not be different next time: a bad address, a rejected message
    kGone,     // the recipient wants no more (HTTP 410)
};

struct SendResult {
    std::uint64_t number = 0;
    SendOutcome outcome = SendOutcome::kLater;
    Duration retry_after;  // zero: the server did not say
    std::string detail;    // for operators: "HTTP 503", "connection refused"; no secret
};

// Safe from any thread but inside `done`.
class Sender {
   public:
    virtual ~Sender() = default;

    // Returns at once. `done` runs exactly once for each, on the sender's own thread, never inside
    // this call, and must not block. Beyond kSendsUnderWayMax the answer is kLater.
    virtual void send(Outgoing outgoing, std::function<void(SendResult)> done) = 0;
};

inline constexpr std::size_t kSendsUnderWayMax = 256;
inline constexpr std::size_t kSendAnswerBytesMax = 1024 * 1024;
inline constexpr std::size_t kSendDetailBytesMax = 200;

}  // namespace candor
