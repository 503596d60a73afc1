// Who is called about an incident when nobody answers for it, and when that ends.
//
// Steps are announcements that wait: all are written when the incident opens, and what waits still
// is withdrawn once a person takes the incident on, writes, or it ends. So a restart forgets no
// call, and a call that an answer made needless is never sent late. Pure.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "model/ids.h"
#include "notify/message.h"
#include "notify/rotation.h"
#include "ports/deliveries.h"

namespace candor::notify {

inline constexpr std::int64_t kCallStepsMax = 10;
inline constexpr std::int64_t kCallRepeatsMax = 10;

struct CallStep {
    Duration after;                     // of the opening
    std::vector<std::string> channels;  // ids of channels, and of rotations
    std::int64_t repeat = 0;            // so many times again
    Duration every = minutes(5);

    friend bool operator==(const CallStep&, const CallStep&) = default;
};

struct OnCall {
    std::vector<CallStep> steps;
    std::vector<Rotation> rotations;

    friend bool operator==(const OnCall&, const OnCall&) = default;
};

// Nothing: it is the id of a channel.
const Rotation* rotation_named(const OnCall& on_call, std::string_view id);

// Every call that the opening `message` leads to, for as long as nobody answers.
std::vector<Announcement> calls_for(const Message& message, std::span<const CallStep> steps);

// Those of `known` that call somebody and have not been sent to anybody.
std::vector<std::uint64_t> waiting_calls(std::span<const Announcement> known);

// The highest step that was called; zero: none.
std::int64_t highest_called(std::span<const Announcement> known);

// One announcement of `message` to the channels of its call_step.
Announcement call_at(const Message& message, Timestamp due, std::int64_t round = 0);

// Of `known`, whether a later call of the same step is due as well: then this one says nothing new.
bool is_overtaken(const Announcement& call, std::span<const Announcement> known, Timestamp now);

// Whether a message with a call_step goes to the channel: a call to its step alone, an end to
// everybody up to it. A step that is no longer configured is the last one. `now` decides who of a
// rotation is meant; an end is for everybody who was on call meanwhile.
bool is_called(const OnCall& on_call, const std::string& channel, const Message& message,
               Timestamp now);

}  // namespace candor::notify
