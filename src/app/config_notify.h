// The `notify` and `subscribers` parts of the configuration: from drafts to channels.
//
// The fields' table is config_schema_notify.cc. Pure; targets and secrets stay in Config's private
// half and never reach the redacted text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/config.h"
#include "app/config_draft.h"
#include "app/config_problem.h"

namespace candor::app {

inline constexpr std::int64_t kChannelsMax = 64;
inline constexpr std::int64_t kAddressesMax = 64;  // of one mail channel

struct SmtpUrl {
    std::string server;  // "host:port"
    bool tls_from_start = false;
};
// "smtp://host", "smtp://host:25", "smtps://host".
std::optional<SmtpUrl> parse_smtp_url(std::string_view text);

// Fills config.notify and config.subscribers; components are already there.
void assemble_notify(std::vector<ChannelDraft> drafts, std::optional<SubscribersDraft> subscribers,
                     Config& config, ConfigProblems& problems);

// Says of each item of `notify` in `node` that is no channel, and in a step no rotation either.
void judge_channel_names(const Node& node, const std::vector<std::string>& ids,
                         const Config& config, ConfigProblems& problems,
                         const std::vector<notify::Rotation>& rotations = {});

// Fills config.on_call.rotations; channels are already there.
void assemble_rotations(const std::vector<RotationDraft>& drafts, Config& config,
                        ConfigProblems& problems);

// Fills config.on_call.steps; channels and rotations are already there.
void assemble_on_call(const std::vector<CallStepDraft>& drafts, Config& config,
                      ConfigProblems& problems);

}  // namespace candor::app
