#include "probe/trouble.h"

#include <errno.h>

#include <cstdint>
#include <cstring>
#include <utility>

#include "base/reach.h"

namespace candor::probe {
namespace {

FailureKind kind_of_errno(int error_number) {
    switch (error_number) {
        case ECONNREFUSED: return FailureKind::kRefused;
        case ETIMEDOUT: return FailureKind::kTimeout;
        case EMFILE:
        case ENFILE:
        case ENOMEM:
        case ENOBUFS:
        case EACCES:
        case EPERM:
        case EADDRNOTAVAIL:
        case EADDRINUSE:
        case EAFNOSUPPORT:
        case EPROTONOSUPPORT: return FailureKind::kCouldNotRun;
        default: return FailureKind::kUnreachable;
    }
}

// Length of the well-formed UTF-8 sequence at the front of `text`, 0 when there is none.
// Unicode 15, table 3-7.
std::size_t sequence_length(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    const std::uint8_t first = byte(0);
    if (first < 0x80) return 1;
    const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || text.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xc0) != 0x80) return 0;
    }
    const std::uint8_t second = byte(1);
    const bool overlong = (first == 0xe0 && second < 0xa0) || (first == 0xf0 && second < 0x90);
    const bool surrogate = first == 0xed && second > 0x9f;
    const bool beyond = first == 0xf4 && second > 0x8f;
    return overlong || surrogate || beyond ? 0 : length;
}

bool is_control(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

}  // namespace

Trouble trouble(FailureKind kind, std::string detail) {
    return Trouble{Evidence{.kind = kind}, std::move(detail)};
}

Trouble timed_out(const CheckSpec& spec, std::string_view doing) {
    const std::int64_t limit_ms = spec.rule.timeout.ms;
    std::string detail(doing);
    detail += " was not done within " + std::to_string(limit_ms) + " ms";
    return Trouble{Evidence{FailureKind::kTimeout, limit_ms, limit_ms}, std::move(detail)};
}

Trouble socket_trouble(int error_number, std::string_view doing) {
    std::string detail(doing);
    detail += ": ";
    detail += std::strerror(error_number);
    if (error_number == EMFILE)
        detail += "; raise the limit of open files (LimitNOFILE, ulimit -n)";
    return trouble(kind_of_errno(error_number), std::move(detail));
}

Observation passed(const CheckSpec& spec, const Timing& timing) {
    Observation observation;
    observation.check = spec.rule.id;
    observation.timing = timing;
    return observation;
}

Observation failed(const CheckSpec& spec, const Timing& timing, Trouble why) {
    Observation observation = passed(spec, timing);
    observation.result = ObservationResult::kFail;
    observation.evidence = why.evidence;
    observation.detail = clean_detail(why.detail);
    return observation;
}

std::string clean_detail(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const std::size_t length = sequence_length(text);
        const std::size_t taken = length == 0 ? 1 : length;
        if (out.size() + taken > kDetailBytesMax) break;
        if (length == 0) {
            out += '?';
        } else if (is_control(text[0])) {
            out += ' ';
        } else {
            out += text.substr(0, length);
        }
        text.remove_prefix(taken);
    }
    while (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

std::string clean_detail_tail(std::string_view text) {
    while (!text.empty() && is_control(text.back())) text.remove_suffix(1);
    if (text.size() > kDetailBytesMax) {
        text.remove_prefix(text.size() - kDetailBytesMax);
        while (!text.empty() && (static_cast<std::uint8_t>(text[0]) & 0xc0) == 0x80) {
            text.remove_prefix(1);  // the rest of a character that was cut
        }
    }
    return clean_detail(text);
}

Trouble out_of_reach(FailureKind kind, const IpAddress& address) {
    return trouble(kind, address.text() + " is a " + std::string(name_of(kind_of(address))) +
                             " address, which reach.probes does not allow here");
}

}  // namespace candor::probe
