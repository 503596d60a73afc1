// A message for chat rooms and pagers: Slack, Microsoft Teams, Discord, ntfy, PagerDuty; and for a
// command of the operator's.
//
// Each keeps to its service's published limits, escapes what the service would read as markup that
// calls people (Slack's <!channel>, Discord's @everyone), and never shortens inside a character.
// One file each. Pure.
#pragma once

#include <string>

#include "notify/message.h"
#include "ports/sender.h"

namespace candor::notify {

outgoing::Http slack_of(const Message& message, const std::string& url);
outgoing::Http teams_of(const Message& message, const std::string& url);
outgoing::Http discord_of(const Message& message, const std::string& url);

struct NtfyTarget {
    std::string url;         // the topic's: "https://ntfy.example/alerts"
    std::string token = {};  // may be empty
};
outgoing::Http ntfy_of(const Message& message, const NtfyTarget& target);

struct PagerDutyTarget {
    std::string url = "https://events.pagerduty.com/v2/enqueue";
    std::string routing_key = {};
};
// Triggers on trouble, acknowledges when a person writes, resolves at the end: one alert for each
// incident.
outgoing::Http pagerduty_of(const Message& message, const PagerDutyTarget& target);

// One JSON object: {"id":…,"type":"incident.opened","timestamp":…,"data":{…}}.
std::string command_input(const Message& message, const std::string& message_id);

}  // namespace candor::notify
