// Who of several people is on call at a time: one after the other, with exceptions.
//
// Shifts begin at the same hour of the rotation's own zone also when its clocks change. Before the
// first handover the order is continued backwards, so somebody is always on call. Pure but for the
// zone table, which the date library reads once; safe from any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/time.h"

namespace candor::notify {

inline constexpr std::size_t kRotationsMax = 50;
inline constexpr std::size_t kPeopleMax = 50;
inline constexpr std::size_t kOverridesMax = 500;

struct OnCallPerson {
    std::string name;                   // for operators only
    std::vector<std::string> channels;  // ids; how to call them
    // What the journal calls them: opaque, and the same for the same name. Not a field.
    std::string key = {};

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("name", self.name);
        visit("channels", self.channels);
    }
    friend bool operator==(const OnCallPerson&, const OnCallPerson&) = default;
};

// Somebody else from `from` until before `to`.
struct ShiftOverride {
    Timestamp from;
    Timestamp to;
    std::uint64_t person = 0;  // index into the rotation's people

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("from", self.from);
        visit("to", self.to);
        visit("person", self.person);
    }
    friend bool operator==(const ShiftOverride&, const ShiftOverride&) = default;
};

struct Rotation {
    std::string id;
    std::string time_zone;             // of the IANA table; an unknown one counts as UTC
    Timestamp first;                   // local wall time of the first handover, as if it were UTC
    std::int64_t days = 7;             // length of a shift
    std::vector<OnCallPerson> people;  // at least one
    std::vector<ShiftOverride> overrides;  // where they overlap, the later in the list holds

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("id", self.id);
        visit("time_zone", self.time_zone);
        visit("first", self.first);
        visit("days", self.days);
        visit("people", self.people);
        visit("overrides", self.overrides);
    }
    friend bool operator==(const Rotation&, const Rotation&) = default;
};

struct Shift {
    std::size_t person = 0;
    Timestamp from;
    Timestamp to;
    bool overridden = false;
};

// The shift that holds `at`, as far as it is not interrupted by another person's.
Shift shift_at(const Rotation& rotation, Timestamp at);
// The present shift and those after it, `count` in all.
std::vector<Shift> shifts_from(const Rotation& rotation, Timestamp at, std::size_t count);
// Everybody on call at some time from `from` to `to`, each once.
std::vector<std::size_t> people_between(const Rotation& rotation, Timestamp from, Timestamp to);

// Local wall time, written as if it were UTC, as an instant: the first of two, and the moment of
// the change for one that does not exist.
Timestamp instant_of_local(Timestamp local, std::string_view zone);

}  // namespace candor::notify
