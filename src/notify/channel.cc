#include "notify/channel.h"

#include <utility>

#include "base/codec.h"

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

// What the target says, in a fixed order.
class Written {
   public:
    void operator()(const SlackTarget& t) { put({t.url}); }
    void operator()(const TeamsTarget& t) { put({t.url}); }
    void operator()(const DiscordTarget& t) { put({t.url}); }
    void operator()(const NtfyTarget& t) { put({t.url, t.token}); }
    void operator()(const PagerDutyTarget& t) { put({t.url, t.routing_key}); }
    void operator()(const WebhookTarget& t) { put({t.url, t.secret}); }
    void operator()(const MailTarget& t) {
        const MailServer& s = t.server;
        const auto security = static_cast<int>(s.security);
        put({s.server, s.user, s.password, s.from, std::to_string(security)});
        put(t.to);
    }
    void operator()(const CommandTarget& t) {
        put(t.argv);
        put({std::to_string(t.timeout.ms)});
    }
    void put(const std::vector<std::string>& texts) {
        Encoder encoder;
        encoder.put(texts);
        bytes_ += encoder.take();
    }
    std::string take() { return std::move(bytes_); }

   private:
    std::string bytes_;
};

}  // namespace

std::string definition_bytes(const Channel& channel) {
    Written written;
    written.put({channel.id, std::string(kind_of(channel.target)), encode(channel.filter)});
    std::visit(written, channel.target);
    return written.take();
}

std::string_view kind_of(const ChannelTarget& target) {
    return std::visit(Kind{}, target);
}

}  // namespace candor::notify
