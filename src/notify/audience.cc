#include "notify/audience.h"

#include <algorithm>

namespace candor::notify {
namespace {

bool chose(const Filter& filter, const ComponentId& id) {
    return std::ranges::find(filter.components, id) != filter.components.end();
}

}  // namespace

bool wants(const Filter& filter, const Message& message) {
    if (message.kind == NewsKind::kTest) return true;
    const bool kind = message.kind == NewsKind::kOverdue ? filter.overdue : filter.incidents;
    if (!kind || message.impact < filter.min_impact) return false;
    if (!message.only.empty()) {
        return std::ranges::any_of(message.only, [&](const auto& id) { return chose(filter, id); });
    }
    return filter.components.empty() ||
           std::ranges::any_of(message.components,
                               [&](const MessageComponent& c) { return chose(filter, c.id); });
}

}  // namespace candor::notify
