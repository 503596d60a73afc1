// Why a component has the status it has; the page words it.
//
// Part of the journal's format: the numbers are frozen, a new cause goes to the end.
#pragma once

#include <cstdint>
#include <string_view>

namespace candor {

enum class StatusCause : std::uint8_t {
    kSignals,            // its checks say so
    kNotMeasuredYet,     // no check has a confirmed result yet, or it has no check
    kSilent,             // a target that should report has stopped
    kBlind,              // the observer cannot see
    kMonitoringChanged,  // a failing check was removed or changed
    kHeld,               // its checks pass, but min_red has not passed yet
    kDeclared,           // a person said so
    kStoreFailed,        // we cannot write down what we see
    kMaintenance,        // a window is on, and nothing is wrong that it does not expect
};

std::string_view name_of(StatusCause);  // "signals", "silent", …
constexpr StatusCause max_of(StatusCause) {
    return StatusCause::kMaintenance;
}

}  // namespace candor
