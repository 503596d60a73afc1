#include "notify/on_call.h"

#include <algorithm>

#include "base/codec.h"

namespace candor::notify {
namespace {

// An announcement's kind: the news in the lowest byte, then the step (zero: calls nobody), then the
// round. Ids of deliveries are made of it, so that each call is a message of its own.
constexpr int kStepShift = 8;
constexpr int kRoundShift = 16;
constexpr std::int64_t kByte = 0xFF;

std::int64_t step_of(const Announcement& a) {
    return (a.kind >> kStepShift) & kByte;
}

bool lists(const std::vector<std::string>& channels, const std::string& channel) {
    return std::ranges::find(channels, channel) != channels.end();
}

// Whether the step meant the channel at some time from `from` to `to`.
bool calls(const OnCall& on_call, const CallStep& step, const std::string& channel, Timestamp from,
           Timestamp to) {
    return std::ranges::any_of(step.channels, [&](const std::string& id) {
        const Rotation* rotation = rotation_named(on_call, id);
        if (rotation == nullptr) return id == channel;
        return std::ranges::any_of(people_between(*rotation, from, to), [&](std::size_t person) {
            return lists(rotation->people[person].channels, channel);
        });
    });
}

bool is_end(NewsKind kind) {
    return kind == NewsKind::kResolved || kind == NewsKind::kFalseAlarm;
}

}  // namespace

std::vector<Announcement> calls_for(const Message& message, std::span<const CallStep> steps) {
    std::vector<Announcement> out;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const CallStep& step = steps[i];
        for (std::int64_t round = 0; round <= step.repeat; ++round) {
            const Duration wait{step.after.ms + round * step.every.ms};
            Message call = message;
            call.call_step = static_cast<std::int64_t>(i) + 1;
            // What is called at once is told of the opening itself.
            if (wait.ms > 0) call.kind = NewsKind::kCall;
            out.push_back(call_at(call, message.at + wait, round));
        }
    }
    return out;
}

std::vector<std::uint64_t> waiting_calls(std::span<const Announcement> known) {
    std::vector<std::uint64_t> out;
    for (const Announcement& a : known) {
        const auto kind = static_cast<NewsKind>(a.kind & kByte);
        if (step_of(a) != 0 && !a.expanded && !is_end(kind)) out.push_back(a.number);
    }
    return out;
}

std::int64_t highest_called(std::span<const Announcement> known) {
    std::int64_t highest = 0;
    for (const Announcement& a : known) {
        if (a.expanded) highest = std::max(highest, step_of(a));
    }
    return highest;
}

Announcement call_at(const Message& message, Timestamp due, std::int64_t round) {
    Announcement a;
    a.position = message.position;
    a.audience = is_end(message.kind) ? Audience::kOperators : Audience::kOnCall;
    a.subject = message.incident.value;
    a.kind = static_cast<std::int64_t>(message.kind) |
             (std::min(message.call_step, kByte) << kStepShift) | (round << kRoundShift);
    a.due = due;
    a.body = encode(message);
    return a;
}

const Rotation* rotation_named(const OnCall& on_call, std::string_view id) {
    const auto found = std::ranges::find(on_call.rotations, id, &Rotation::id);
    return found == on_call.rotations.end() ? nullptr : &*found;
}

bool is_overtaken(const Announcement& call, std::span<const Announcement> known, Timestamp now) {
    return std::ranges::any_of(known, [&](const Announcement& other) {
        return other.audience == Audience::kOnCall && step_of(other) == step_of(call) &&
               other.due > call.due && other.due <= now && !other.expanded;
    });
}

bool is_called(const OnCall& on_call, const std::string& channel, const Message& message,
               Timestamp now) {
    if (on_call.steps.empty() || message.call_step < 1) return false;
    const std::span<const CallStep> steps(on_call.steps);
    const std::size_t last =
        std::min(static_cast<std::size_t>(message.call_step), steps.size()) - 1;
    if (!is_end(message.kind)) return calls(on_call, steps[last], channel, now, now);
    return std::ranges::any_of(steps.first(last + 1), [&](const CallStep& step) {
        return calls(on_call, step, channel, message.started, now);
    });
}

}  // namespace candor::notify
