#include "model/check.h"

namespace candor {

std::string_view name_of(CheckKind kind) {
    switch (kind) {
        case CheckKind::kHttp: return "http";
        case CheckKind::kTcp: return "tcp";
        case CheckKind::kDns: return "dns";
        case CheckKind::kTls: return "tls";
        case CheckKind::kPing: return "ping";
        case CheckKind::kCommand: return "command";
        case CheckKind::kHeartbeat: return "heartbeat";
        case CheckKind::kOutcomes: return "outcomes";
    }
    return "http";
}

bool is_probed(CheckKind kind) {
    return kind != CheckKind::kHeartbeat && kind != CheckKind::kOutcomes;
}

std::optional<CheckKind> check_kind_from(std::string_view name) {
    for (int i = 0; i <= static_cast<int>(max_of(CheckKind{})); ++i) {
        if (name == name_of(static_cast<CheckKind>(i))) return static_cast<CheckKind>(i);
    }
    return std::nullopt;
}

bool crosses_network(CheckKind kind) {
    switch (kind) {
        case CheckKind::kHttp:
        case CheckKind::kTcp:
        case CheckKind::kDns:
        case CheckKind::kTls:
        case CheckKind::kPing: return true;
        case CheckKind::kCommand:
        case CheckKind::kHeartbeat:
        case CheckKind::kOutcomes: return false;
    }
    return false;
}

}  // namespace candor
