#include "impact/recent_minutes.h"

#include <algorithm>
#include <iterator>

namespace candor::impact {
namespace {

constexpr Duration kMinute = minutes(1);
constexpr Duration kSeenWindow = minutes(5);

// Where a window of `length` begins that ends with the minute of `now`.
Timestamp start_of(Timestamp now, Duration length) {
    const Timestamp minute{now.ms - now.ms % kMinute.ms};
    return minute + kMinute - length;
}

std::vector<CustomerTally> added(const std::vector<CustomerTally>& a,
                                 const std::vector<CustomerTally>& b) {
    MinuteRecord left;
    MinuteRecord right;
    left.customers = a;
    right.customers = b;
    return merged(left, right).customers;
}

}  // namespace

void RecentMinutes::add(Timestamp minute, const MinuteRecord& part) {
    Minute& at = minutes_[minute];
    at.total += part.total;
    at.failing.add_all(failing_customers(part));
    for (const CustomerTally& one : part.customers) at.seen.add(one.customer);
    at.tallies = at.tallies.empty() ? part.customers : added(at.tallies, part.customers);
}

auto RecentMinutes::since(Timestamp now, Duration length) const {
    return minutes_.lower_bound(start_of(now, length));
}

OutcomeWindow RecentMinutes::window(Timestamp now, Duration length) const {
    Tally total;
    CustomerSet failing;
    for (auto at = since(now, length); at != minutes_.end(); ++at) {
        total += at->second.total;
        failing.join(at->second.failing);
    }
    return {.attempts = static_cast<std::int64_t>(total.attempts),
            .failures = static_cast<std::int64_t>(total.failures),
            .failing_customers = static_cast<std::int64_t>(failing.size())};
}

CustomersDown RecentMinutes::down(Timestamp now) const {
    std::vector<CustomerTally> all;
    for (auto at = since(now, kDownWindow); at != minutes_.end(); ++at) {
        all = added(all, at->second.tallies);
    }
    CustomersDown out;
    for (const CustomerTally& one : all) {
        const auto attempts = static_cast<std::int64_t>(one.tally.attempts);
        const auto failures = static_cast<std::int64_t>(one.tally.failures);
        if (attempts < kDownAttemptsMin || failures * 2 < attempts) continue;
        if (out.count++ == 0) out.first = one.customer;
        out.attempts += attempts;
        out.failures += failures;
    }
    return out;
}

OutcomeWindows RecentMinutes::windows(Timestamp now) const {
    OutcomeWindows out{.five_minutes = window(now, minutes(5)),
                       .half_hour = window(now, minutes(30)),
                       .hour = window(now, hours(1)),
                       .six_hours = window(now, kRecentKept),
                       .active_customers = 0,
                       .down = down(now),
                       .newest = {}};
    CustomerSet seen;
    for (auto at = since(now, kSeenWindow); at != minutes_.end(); ++at) seen.join(at->second.seen);
    out.active_customers = static_cast<std::int64_t>(seen.size());
    if (!minutes_.empty()) out.newest = std::prev(minutes_.end())->first;
    return out;
}

CustomerSet RecentMinutes::failing(Timestamp from, Timestamp to) const {
    CustomerSet out;
    for (auto at = minutes_.lower_bound(from); at != minutes_.end() && at->first < to; ++at) {
        out.join(at->second.failing);
    }
    return out;
}

void RecentMinutes::forget(Timestamp now) {
    minutes_.erase(minutes_.begin(), minutes_.lower_bound(start_of(now, kRecentKept)));
    for (auto& [start, minute] : minutes_) {
        if (start >= start_of(now, kDownWindow)) break;
        minute.tallies = {};
        if (start < start_of(now, kSeenWindow)) minute.seen = {};
    }
}

}  // namespace candor::impact
