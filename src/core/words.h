// The machine's sentences: plain, specific, kind, and made only of public names and numbers.
//
// Stored as written, so a later version never rewrites what readers saw. Times are UTC.
#pragma once

#include <string>
#include <vector>

#include "base/time.h"
#include "core/state.h"
#include "model/ids.h"

namespace candor::core {

// One component as a sentence sees it.
struct Subject {
    std::string name;
    ComponentStatus status = ComponentStatus::kOperational;
    StatusCause cause = StatusCause::kSignals;
    Timestamp since;  // by the evidence
    Evidence evidence;
};

// "Directory is down", "Directory and Calls are down", "Directory and 4 more are affected".
std::string title_of(const std::vector<Subject>& subjects);

// "Since 21:00:04 UTC, Directory refuses connections." for each (at most kSubjectsSpelled), then
// how we noticed, what is not affected, and by when more is said. `others` is how many components
// of the page are fine.
std::string opening_text(const std::vector<Subject>& subjects, std::size_t others,
                         Timestamp next_update);

// The trouble came back within the re-open time.
std::string reopened_text(const std::vector<Subject>& subjects);
// A component got worse, or another one joined.
std::string worse_text(const std::vector<Subject>& subjects);
std::string joined_text(const std::vector<Subject>& subjects);

// All checks pass again since `since`; closes at `closes` if it stays so.
std::string recovery_text(const std::vector<std::string>& names, Timestamp since, Timestamp closes);

// It is over; `explained` tells whether a person has said why.
std::string resolved_text(const std::vector<std::string>& names, Timestamp since, Duration lasted,
                          bool explained);

// A failing check was removed or changed while the incident was open.
std::string monitoring_changed_text(const std::vector<std::string>& names);

// Added to the last machine post that rule 10 allows before a person has written.
std::string last_machine_post_text();

// "Directory", "Directory and Calls", "Directory, Calls and Voicemail", "Directory, Calls and 3
// more".
std::string list_names(const std::vector<std::string>& names);

inline constexpr std::size_t kSubjectsSpelled = 5;

}  // namespace candor::core
