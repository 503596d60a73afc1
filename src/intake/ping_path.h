// Heartbeat URLs of the Healthchecks ping protocol, exactly: path and query in, check and kind out.
//
//   /ping/UUID[/start|/fail|/log|/EXITCODE]   /ping/KEY/SLUG[/…]   /ping/SLUG[/…] (loopback only)
//
// Pure: no sockets, no clock. Wrong is 404, never 200; the answers are those of docs/http.md.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/heartbeat.h"
#include "model/ids.h"

namespace candor::intake {

struct PingAddress {
    std::string uuid;  // canonical, lower case
    std::string key;   // of the instance; the same for all its checks
    std::string slug;  // the check's id
    CheckId check;
};

// Every heartbeat check of the running configuration; replaced as a whole at reload.
struct PingDirectory {
    std::vector<PingAddress> addresses;
};

enum class PingOutcome : std::uint8_t {
    kAccepted,   // 200 OK
    kNotFound,   // 404 not found
    kBadFormat,  // 400 invalid url format: exit status over 255, upper-case slug
    kBadRunId,   // 400 invalid uuid format
    kAmbiguous,  // 409 ambiguous slug
};

struct PingRequest {
    PingOutcome outcome = PingOutcome::kNotFound;
    HeartbeatPing ping;  // with kAccepted; its body is empty
};

// `path` is decoded and starts with "/ping/". `bare_slug_allowed`: the peer is this machine.
PingRequest parse_ping(const PingDirectory& directory, std::string_view path,
                       std::string_view query, bool bare_slug_allowed);

int ping_status(PingOutcome outcome);
std::string_view ping_body(PingOutcome outcome);

}  // namespace candor::intake
