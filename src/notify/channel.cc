#include "notify/channel.h"

namespace candor::notify {
namespace {

struct Kind {
    std::string_view operator()(const SlackTarget&) const { return "slack"; }
    std::string_view operator()(const TeamsTarget&) const { return "teams"; }
    std::string_view operator()(const DiscordTarget&) const { return "discord"; }
    std::string_view operator()(const NtfyTarget&) const { return "ntfy"; }
    std::string_view operator()(const PagerDutyTarget&) const { return "pagerduty"; }
    std::string_view operator()(const WebhookTarget&) const { return "webhook"; }
    std::string_view operator()(const MailTarget&) const { return "smtp"; }
    std::string_view operator()(const CommandTarget&) const { return "command"; }
};

}  // namespace

std::string_view kind_of(const ChannelTarget& target) {
    return std::visit(Kind{}, target);
}

}  // namespace candor::notify
