// The sentences that every channel shares: subject, when, what is hit, where to read on.
//
// Times carry the page's zone and UTC. Pure but for the zone table, which the date library reads
// once; safe from any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "notify/message.h"

namespace candor::notify {

// "17:05 EDT (21:05 UTC)", with the day in front when it is not `near`'s: "4 April, …". A page in
// UTC: "21:05 UTC". An unknown zone counts as UTC.
std::string time_words(Timestamp t, std::string_view zone, Timestamp near);

// "Directory is down", "Resolved: Directory is down", … One line, at most kHeadlineBytesMax.
std::string headline(const Message& message);
inline constexpr std::size_t kHeadlineBytesMax = 200;

// "Directory: major outage" for each; at most kComponentsSpelled, then "and 3 more".
std::vector<std::string> component_lines(const Message& message);
inline constexpr std::size_t kComponentsSpelled = 10;

// "Since 17:05 EDT (21:05 UTC).", "It lasted 25 min.", "Next update by …": what is known, one each.
std::vector<std::string> fact_lines(const Message& message);

// What the link to Message::answer_url is called.
inline constexpr std::string_view kAnswerLabel = "I am on it";

// The incident's page; empty when the page's own URL is not configured.
std::string link_of(const Message& message);

// At most `bytes`, cut at a character and marked with an ellipsis. Malformed bytes and control
// characters but line feeds and tabs become U+FFFD.
std::string bounded_text(std::string_view text, std::size_t bytes);
// The same on one line: line feeds and tabs become spaces.
std::string bounded_line(std::string_view text, std::size_t bytes);

}  // namespace candor::notify
