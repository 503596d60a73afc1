#include "notify/plan.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include "base/codec.h"

namespace candor::notify {
namespace {

Announcement announcement_of(const Message& m, Audience audience, Timestamp due) {
    Announcement a;
    a.position = m.position;
    a.audience = audience;
    a.subject = m.incident.value;
    a.kind = static_cast<std::int64_t>(m.kind);
    a.due = due;
    a.body = encode(m);
    return a;
}

// What subscribers have heard, and what waits for them, at the message's time.
struct Heard {
    std::vector<std::uint64_t> waiting;
    Timestamp waiting_due;         // the earliest of those
    std::optional<NewsKind> last;  // nothing: they were told nothing yet
};

Heard heard_by_subscribers(std::span<const Announcement> known, Timestamp at) {
    Heard out;
    for (const Announcement& a : known) {
        if (a.audience != Audience::kSubscribers) continue;
        if (a.due > at) {
            out.waiting_due = out.waiting.empty() ? a.due : std::min(out.waiting_due, a.due);
            out.waiting.push_back(a.number);
        } else {
            out.last = static_cast<NewsKind>(a.kind);
        }
    }
    return out;
}

bool is_end(NewsKind kind) {
    return kind == NewsKind::kResolved || kind == NewsKind::kFalseAlarm;
}

// When subscribers are told; nothing: not at all.
std::optional<Timestamp> due_for_subscribers(const Message& m, const Heard& heard,
                                             Duration tell_after) {
    const bool in_the_know = heard.last && !is_end(*heard.last);
    switch (m.kind) {
        case NewsKind::kOpened:
        case NewsKind::kReopened:
        case NewsKind::kWorse:
            if (in_the_know && m.kind == NewsKind::kWorse) return m.at;
            return heard.waiting.empty() ? m.at + tell_after : heard.waiting_due;
        case NewsKind::kPost:
        case NewsKind::kTest: return m.at;
        case NewsKind::kResolved:
        case NewsKind::kFalseAlarm:
            if (in_the_know) return m.at;
            return std::nullopt;
        case NewsKind::kOverdue:
        case NewsKind::kCall: break;
    }
    return std::nullopt;
}

// Whoever is on call: called from the opening on, and told of the end if they were.
void plan_calls(const Message& m, std::span<const Announcement> known, const PlanOptions& options,
                Plan& out) {
    if (options.on_call.empty()) return;
    const bool opens = m.kind == NewsKind::kOpened || m.kind == NewsKind::kReopened;
    if (opens || is_end(m.kind)) out.withdraw = waiting_calls(known);
    if (opens) std::ranges::move(calls_for(m, options.on_call), std::back_inserter(out.add));
    Message end = m;
    end.call_step = highest_called(known);
    if (is_end(m.kind) && end.call_step > 0) out.add.push_back(call_at(end, m.at));
}

}  // namespace

Plan plan(const Message& message, std::span<const Announcement> known, const PlanOptions& options) {
    Plan out;
    if (message.kind == NewsKind::kCall) {
        if (!options.on_call.empty()) out.add.push_back(call_at(message, message.at));
        return out;
    }
    if (options.operators) {
        out.add.push_back(announcement_of(message, Audience::kOperators, message.at));
    }
    plan_calls(message, known, options, out);
    // A rehearsal is for those who rehearse; of a merged incident the other one tells.
    const bool for_strangers =
        message.kind != NewsKind::kOverdue && !message.drill && message.merged_into.empty();
    if (!options.subscribers || !for_strangers) return out;
    const Heard heard = heard_by_subscribers(known, message.at);
    // The newer message says everything that the waiting one would have said, but for those whom
    // only the waiting one concerns.
    if (message.only.empty()) std::ranges::copy(heard.waiting, std::back_inserter(out.withdraw));
    const auto due = due_for_subscribers(message, heard, options.tell_after);
    if (due) out.add.push_back(announcement_of(message, Audience::kSubscribers, *due));
    return out;
}

}  // namespace candor::notify
