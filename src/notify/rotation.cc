#include "notify/rotation.h"

#include <date/tz.h>

#include <algorithm>
#include <chrono>

#include "base/check.h"

namespace candor::notify {
namespace {

// A span that is asked for never holds more shifts than this; an incident of years is told in part.
constexpr std::size_t kShiftsLookedAtMax = 1'000;

const date::time_zone* zone_of(std::string_view name) {
    // The library reports a name it does not know by an exception only.
    try {
        return date::locate_zone(std::string(name));
    } catch (const std::exception&) {
        return date::locate_zone("Etc/UTC");
    }
}

// When the k-th shift of the plain order begins.
Timestamp handover(const Rotation& rotation, std::int64_t k) {
    return instant_of_local(rotation.first + days(k * rotation.days), rotation.time_zone);
}

std::int64_t floor_divide(std::int64_t a, std::int64_t b) {
    const std::int64_t quotient = a / b;
    return a % b < 0 ? quotient - 1 : quotient;
}

// The number of the shift that holds `at`. A zone is never more than a day away from UTC.
std::int64_t shift_number(const Rotation& rotation, Timestamp at) {
    std::int64_t k = floor_divide((at - rotation.first).ms, days(rotation.days).ms);
    while (handover(rotation, k) > at) --k;
    while (handover(rotation, k + 1) <= at) ++k;
    return k;
}

std::size_t person_of(const Rotation& rotation, std::int64_t k) {
    const auto count = static_cast<std::int64_t>(rotation.people.size());
    return static_cast<std::size_t>(((k % count) + count) % count);
}

const ShiftOverride* override_at(const Rotation& rotation, Timestamp at) {
    const ShiftOverride* found = nullptr;
    for (const ShiftOverride& o : rotation.overrides) {
        if (o.from <= at && at < o.to) found = &o;
    }
    return found;
}

}  // namespace

Timestamp instant_of_local(Timestamp local, std::string_view zone) {
    const date::local_time<std::chrono::milliseconds> wall{std::chrono::milliseconds(local.ms)};
    const date::local_info info =
        zone_of(zone)->get_info(std::chrono::floor<std::chrono::seconds>(wall));
    const auto offset = seconds(info.first.offset.count());
    if (info.result != date::local_info::nonexistent) return local - offset;
    return Timestamp{
        std::chrono::duration_cast<std::chrono::milliseconds>(info.first.end.time_since_epoch())
            .count()};
}

Shift shift_at(const Rotation& rotation, Timestamp at) {
    CHECK(!rotation.people.empty() && rotation.days > 0);
    const std::int64_t k = shift_number(rotation, at);
    Shift out{person_of(rotation, k), handover(rotation, k), handover(rotation, k + 1), false};
    const ShiftOverride* held = override_at(rotation, at);
    if (held != nullptr) out = {held->person, held->from, held->to, true};
    // Every other exception cuts it where it begins or ends.
    for (const ShiftOverride& o : rotation.overrides) {
        if (&o == held) continue;
        // An earlier one in the list yields to the one that holds.
        if (held != nullptr && &o < held) continue;
        if (o.from > at) out.to = std::min(out.to, o.from);
        if (o.to <= at) out.from = std::max(out.from, o.to);
    }
    return out;
}

std::vector<Shift> shifts_from(const Rotation& rotation, Timestamp at, std::size_t count) {
    std::vector<Shift> out;
    while (out.size() < count) {
        out.push_back(shift_at(rotation, out.empty() ? at : out.back().to));
    }
    return out;
}

std::vector<std::size_t> people_between(const Rotation& rotation, Timestamp from, Timestamp to) {
    std::vector<std::size_t> out;
    Timestamp at = from;
    for (std::size_t i = 0; i < kShiftsLookedAtMax && at <= to; ++i) {
        const Shift shift = shift_at(rotation, at);
        if (std::ranges::find(out, shift.person) == out.end()) out.push_back(shift.person);
        at = shift.to;
    }
    return out;
}

}  // namespace candor::notify
