// One result of one check at one instant. Not a verdict: detect makes those.
//
// Plain value; goes to the series store and to detect. Carries the time the edge stamped on it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/time.h"
#include "model/evidence.h"
#include "model/ids.h"
#include "model/scope.h"

namespace candor {

enum class ObservationResult : std::uint8_t {
    kPass,
    kFail,
    kSilent,  // nothing came when something was due (heartbeats)
    kLog,     // a heartbeat's /log or /start: recorded, never judged
};

// Where the time of one probe went, microseconds, each counted from the previous phase's end.
// A phase that did not happen is 0. `total_us` is from start to the last byte judged.
struct Timing {
    std::int64_t name_us = 0;
    std::int64_t connect_us = 0;
    std::int64_t tls_us = 0;
    std::int64_t first_byte_us = 0;
    std::int64_t total_us = 0;

    friend bool operator==(const Timing&, const Timing&) = default;
};

inline constexpr std::size_t kDetailBytesMax = 400;

struct Observation {
    CheckId check;
    // Rises by one with every observation of the whole system; 0 until the engine has stamped it.
    std::uint64_t number = 0;
    // When the result was known, as stamped by the engine.
    Timestamp at;
    ObservationResult result = ObservationResult::kPass;
    Evidence evidence;
    Timing timing;
    // When the certificate that was seen expires; nullopt without TLS.
    std::optional<Timestamp> certificate_expires;
    // For operators only: may name hosts and errors. At most kDetailBytesMax bytes, UTF-8.
    std::string detail;
    // Whom a failure concerns; not stored: verdicts carry it.
    Scope scope = {};
    // True when the observer itself was blind: kept as evidence, never judged, never counted.
    bool blind = false;

    friend bool operator==(const Observation&, const Observation&) = default;
};

std::string_view name_of(ObservationResult);
constexpr ObservationResult max_of(ObservationResult) {
    return ObservationResult::kLog;
}

}  // namespace candor
