// One ping of the Healthchecks protocol, already parsed and matched to its check.
//
// Plain value. Intake bounds every member before it gets here; nothing behind it parses again.
#pragma once

#include <cstdint>
#include <string>

#include "model/ids.h"

namespace candor {

enum class PingKind : std::uint8_t { kSuccess, kStart, kFail, kLog, kExitCode };

inline constexpr std::size_t kPingBodyBytesMax = 10'000;

struct HeartbeatPing {
    CheckId check;
    PingKind kind = PingKind::kSuccess;
    std::int64_t exit_code = 0;  // 0..255, with kExitCode
    std::string run_id;          // canonical UUID pairing start with finish; may be empty
    std::string body;            // at most kPingBodyBytesMax bytes, the rest was dropped
};

}  // namespace candor
