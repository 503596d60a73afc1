#include "model/evidence.h"

#include <algorithm>

#include "base/time.h"

namespace candor {
namespace {

std::string count_of_days(std::int64_t n) {
    return std::to_string(n) + (n == 1 ? " day" : " days");
}

std::string milliseconds_words(std::int64_t ms) {
    return ms < 10'000 ? std::to_string(ms) + " ms" : format_duration_words(milliseconds(ms));
}

std::string limit_words(std::int64_t ms) {
    return ms % 1000 == 0 && ms > 0 ? format_duration_words(milliseconds(ms))
                                    : std::to_string(ms) + " ms";
}

// A share and no count, which is public whatever page.numbers says (rule 13).
std::string customers_words(std::int64_t failing, std::int64_t active) {
    if (active <= 0) return "fails for customers who use it";
    const std::int64_t percent = (failing * 100 + active / 2) / active;
    if (failing >= active) return "fails for everybody who uses it";
    if (percent < 1) return "fails for less than 1 % of the customers who use it";
    return "fails for about " + std::to_string(std::min<std::int64_t>(percent, 99)) +
           " % of the customers who use it";
}

}  // namespace

std::string_view name_of(FailureKind kind) {
    switch (kind) {
        case FailureKind::kNone: return "none";
        case FailureKind::kTimeout: return "timeout";
        case FailureKind::kRefused: return "refused";
        case FailureKind::kUnreachable: return "unreachable";
        case FailureKind::kNameNotFound: return "name_not_found";
        case FailureKind::kNameServerFailed: return "name_server_failed";
        case FailureKind::kNameMismatch: return "name_mismatch";
        case FailureKind::kTlsFailed: return "tls_failed";
        case FailureKind::kCertExpiring: return "cert_expiring";
        case FailureKind::kCertExpired: return "cert_expired";
        case FailureKind::kHttpStatus: return "http_status";
        case FailureKind::kBodyMismatch: return "body_mismatch";
        case FailureKind::kJsonMismatch: return "json_mismatch";
        case FailureKind::kTooSlow: return "too_slow";
        case FailureKind::kTooLarge: return "too_large";
        case FailureKind::kProtocol: return "protocol";
        case FailureKind::kExitCode: return "exit_code";
        case FailureKind::kKilled: return "killed";
        case FailureKind::kCouldNotRun: return "could_not_run";
        case FailureKind::kReportedFailure: return "reported_failure";
        case FailureKind::kMissed: return "missed";
        case FailureKind::kRanTooLong: return "ran_too_long";
        case FailureKind::kOutcomesFailed: return "outcomes_failed";
        case FailureKind::kNoOutcomes: return "no_outcomes";
    }
    return "none";
}

bool is_quarter(const Evidence& e) {
    return e.limit <= 0 || e.value * 4 >= e.limit;
}

std::string public_predicate(const Evidence& e) {
    switch (e.kind) {
        case FailureKind::kNone: return "does not work as expected";
        case FailureKind::kTimeout: return "does not answer within " + limit_words(e.limit);
        case FailureKind::kRefused: return "refuses connections";
        case FailureKind::kUnreachable: return "cannot be reached";
        case FailureKind::kNameNotFound: return "cannot be found by name";
        case FailureKind::kNameServerFailed:
            return "cannot be looked up: its name servers do not answer";
        case FailureKind::kNameMismatch: return "is announced under an unexpected address";
        case FailureKind::kTlsFailed: return "does not offer a secure connection";
        case FailureKind::kCertExpiring:
            return "has a certificate that expires in " + count_of_days(e.value);
        case FailureKind::kCertExpired:
            return "has a certificate that expired " + count_of_days(e.value) + " ago";
        case FailureKind::kHttpStatus:
            return "answers with HTTP " + std::to_string(e.value) + " instead of " +
                   std::to_string(e.limit);
        case FailureKind::kBodyMismatch: return "answers with unexpected content";
        case FailureKind::kJsonMismatch: return "answers, but reports that it is not well";
        case FailureKind::kTooSlow:
            return "answers too slowly (" + milliseconds_words(e.value) + "; the limit is " +
                   limit_words(e.limit) + ")";
        case FailureKind::kTooLarge: return "answers with far more than expected";
        case FailureKind::kProtocol: return "answers with something that is not valid";
        case FailureKind::kExitCode:
            return "failed its check (exit code " + std::to_string(e.value) + ")";
        case FailureKind::kKilled:
            return "failed its check (it was stopped by signal " + std::to_string(e.value) + ")";
        case FailureKind::kCouldNotRun: return "could not be checked";
        case FailureKind::kReportedFailure: return "reported that its last run failed";
        case FailureKind::kMissed: return "has not reported when it was due";
        case FailureKind::kRanTooLong:
            return "has been running longer than the " +
                   format_duration_words(milliseconds(e.limit)) + " it may take";
        case FailureKind::kOutcomesFailed: return customers_words(e.value, e.limit);
        case FailureKind::kNoOutcomes:
            return "was not used for " + format_duration_words(milliseconds(e.limit));
    }
    return "does not work as expected";
}

}  // namespace candor
