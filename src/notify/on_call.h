// Who is called about an incident when nobody answers for it, and when that ends.
//
// Steps are announcements that wait: all are written when the incident opens, and what waits still
// is withdrawn once a person takes the incident on, writes, or it ends. So a restart forgets no
// call, and a call that an answer made needless is never sent late. Pure.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/time.h"
#include "model/ids.h"
#include "notify/message.h"
#include "ports/deliveries.h"

namespace candor::notify {

inline constexpr std::int64_t kCallStepsMax = 10;
inline constexpr std::int64_t kCallRepeatsMax = 10;

struct CallStep {
    Duration after;  // of the opening
    std::vector<std::string> channels;
    std::int64_t repeat = 0;  // so many times again
    Duration every = minutes(5);

    friend bool operator==(const CallStep&, const CallStep&) = default;
};

// Every call that the opening `message` leads to, for as long as nobody answers.
std::vector<Announcement> calls_for(const Message& message, std::span<const CallStep> steps);

// Those of `known` that call somebody and have not been sent to anybody.
std::vector<std::uint64_t> waiting_calls(std::span<const Announcement> known);

// The highest step that was called; zero: none.
std::int64_t highest_called(std::span<const Announcement> known);

// One announcement of `message` to the channels of its call_step.
Announcement call_at(const Message& message, Timestamp due, std::int64_t round = 0);

// Whether a message with a call_step goes to the channel: a call to its step alone, an end to
// everybody up to it. A step that is no longer configured is the last one.
bool is_called(std::span<const CallStep> steps, const std::string& channel, const Message& message);

}  // namespace candor::notify
