// Why one observation failed, in terms that are safe to print publicly: a kind and two numbers.
//
// No host, URL or message is a member, so a page rendered from evidence cannot leak one (rule 13).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace candor {

enum class FailureKind : std::uint8_t {
    kNone,
    kTimeout,           // value: limit in ms
    kRefused,           // the target actively refused the connection
    kUnreachable,       // no route, reset, or closed before an answer
    kNameNotFound,      // DNS has no such name, or no answer of the wanted type
    kNameServerFailed,  // DNS did not answer
    kNameMismatch,      // DNS answered with other records than expected
    kTlsFailed,         // handshake or certificate verification failed
    kCertExpiring,      // value: days left; limit: min_days
    kCertExpired,       // value: days since
    kHttpStatus,        // value: status received; limit: status expected
    kBodyMismatch,      // expected text is not in the body
    kJsonMismatch,      // JSON pointer absent or another value
    kTooSlow,           // value: ms taken; limit: max_latency in ms
    kTooLarge,          // the answer exceeded the probe's bound; limit: bytes
    kProtocol,          // the answer was not valid for the protocol
    kExitCode,          // value: exit code of a command or a reported job
    kKilled,            // command ended by a signal; value: signal
    kCouldNotRun,       // the command could not be started here
    kReportedFailure,   // a heartbeat said /fail
    kMissed,            // a heartbeat did not come; value: ms late, counted from when it was due
    kRanTooLong,        // a heartbeat's run has not finished; limit: max_runtime in ms
    kOutcomesFailed,    // value: customers for whom it fails; limit: customers that were active
    kNoOutcomes,        // limit: ms without any
};

struct Evidence {
    FailureKind kind = FailureKind::kNone;
    std::int64_t value = 0;
    std::int64_t limit = 0;

    friend bool operator==(const Evidence&, const Evidence&) = default;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("kind", self.kind);
        visit("value", self.value);
        visit("limit", self.limit);
    }
};

std::string_view name_of(FailureKind);  // "timeout", "http_status", …
constexpr FailureKind max_of(FailureKind) {
    return FailureKind::kNoOutcomes;
}

// Of kOutcomesFailed: a quarter of those active or more, or an unknown share (rule 7).
bool is_quarter(const Evidence& evidence);

// A predicate that reads well after a component's name: "does not answer within 5 s",
// "answers with HTTP 503 instead of 200". Plain, specific, no internals.
std::string public_predicate(const Evidence& evidence);

}  // namespace candor
