// sentence: an answer in words, as people say it: "98 % of the affected use version 4.2.1; 3 % of
// the others do".
//
// Never rounds up to all or down to none. Knows a few attributes by name ("use version", "are in
// region", "were created before"); every other is something customers have. Plain text, not
// escaped. Thread rule: pure functions.
#pragma once

#include <cstdint>
#include <string>

#include "impact/explain.h"

namespace candor::impact {

// "98 %", "0.4 %", "all", "none", "under 0.1 %", "over 99.9 %": part of whole, which is not 0.
std::string share_words(std::uint64_t part, std::uint64_t whole);

// "use version 4.2.1", "were created before 2026-03-01".
std::string term_words(const AttributeTable& table, Term term);

// One sentence without a full stop. `everything`: the counts of the whole table.
std::string sentence(const AttributeTable& table, const Counts& everything, const Answer& answer);

// The first answer's sentence; without any, that there is no common attribute.
std::string sentence(const AttributeTable& table, const Explanation& explanation);

}  // namespace candor::impact
