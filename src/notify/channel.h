// The channels of the configuration: where operators want to be told, and how.
//
// Plain values with their secrets; never logged, journalled or printed. Validated by app.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "notify/audience.h"
#include "notify/chat.h"
#include "ports/sender.h"

namespace candor::notify {

struct SlackTarget {
    std::string url;
};
struct TeamsTarget {
    std::string url;
};
struct DiscordTarget {
    std::string url;
};
struct WebhookTarget {
    std::string url;
    std::string secret = {};  // "whsec_…"; empty: not signed
};
struct MailServer {
    std::string server;  // "host:port"
    outgoing::MailSecurity security = outgoing::MailSecurity::kWhenOffered;
    std::string user = {};
    std::string password = {};
    std::string from = {};
};
struct MailTarget {
    MailServer server;
    std::vector<std::string> to;
};
struct CommandTarget {
    std::vector<std::string> argv;
    Duration timeout = seconds(10);
};

using ChannelTarget = std::variant<SlackTarget, TeamsTarget, DiscordTarget, NtfyTarget,
                                   PagerDutyTarget, WebhookTarget, MailTarget, CommandTarget>;

// As in the configuration: "slack", "smtp", …
std::string_view kind_of(const ChannelTarget& target);

struct Channel {
    std::string id;
    Filter filter;
    ChannelTarget target;
    // Stands for all of that without telling it: another one means that the operator changed
    // something. Empty: not set by app.
    std::string definition = {};
};

// Everything that the operator wrote of it, as bytes; with its secrets, so only to be digested
// under a key.
std::string definition_bytes(const Channel& channel);

}  // namespace candor::notify
