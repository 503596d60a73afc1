// When an announcement is told, and what it makes needless (rule 10).
//
// Operators are told at once. Subscribers are told of trouble once it has lasted tell_after; what
// ends before that is never mailed, and a person's words do not wait. Pure: looks at what was
// announced about the same incident before, and at the batch's own time, so that catching up after
// a stop comes to the same plan.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/time.h"
#include "notify/message.h"
#include "notify/on_call.h"
#include "ports/deliveries.h"

namespace candor::notify {

struct Plan {
    std::vector<Announcement> add;
    std::vector<std::uint64_t> withdraw;
};

struct PlanOptions {
    Duration tell_after;
    bool operators = true;     // there are channels
    bool subscribers = false;  // strangers may be told: a live page with subscriptions
    std::span<const CallStep> on_call = {};
};

// `known` is Deliveries::about(message.incident).
Plan plan(const Message& message, std::span<const Announcement> known, const PlanOptions& options);

}  // namespace candor::notify
