#include "app/config_notify.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>
#include <vector>

#include "app/config_value.h"
#include "app/nearest_name.h"

namespace candor::app {
namespace {

constexpr std::uint16_t kSmtpPort = 25;
constexpr std::uint16_t kSmtpsPort = 465;

notify::MailServer server_of(const SmtpDraft& draft, ConfigProblems& problems) {
    notify::MailServer out;
    const SmtpUrl url = parse_smtp_url(draft.url).value_or(SmtpUrl{});
    out.server = url.server;
    out.security = draft.starttls_required ? outgoing::MailSecurity::kRequired
                                           : outgoing::MailSecurity::kWhenOffered;
    if (url.tls_from_start) out.security = outgoing::MailSecurity::kFromStart;
    out.user = draft.user;
    out.password = draft.password;
    out.from = draft.from;
    if (draft.user.empty() != draft.password.empty()) {
        problems.add(draft.node->mark, "`user` and `password` belong together",
                     "write both, or neither");
    }
    return out;
}

// The one target that a channel names.
class TargetChoice {
   public:
    TargetChoice(ChannelDraft& draft, ConfigProblems& problems)
        : draft_(draft), problems_(problems) {}

    std::optional<notify::ChannelTarget> choose() {
        const std::array<bool, 8> given = {
            draft_.slack.has_value(), draft_.teams.has_value(),     draft_.discord.has_value(),
            draft_.ntfy.has_value(),  draft_.pagerduty.has_value(), draft_.webhook.has_value(),
            draft_.smtp.has_value(),  draft_.command.has_value()};
        const auto count = std::ranges::count(given, true);
        if (count == 1) return target();
        problems_.add(
            draft_.node->mark,
            count == 0 ? "channel `" + draft_.id + "` says where, but not how"
                       : "channel `" + draft_.id + "` has more than one target",
            "write one of slack, teams, discord, ntfy, pagerduty, webhook, smtp, command");
        return std::nullopt;
    }

   private:
    notify::ChannelTarget target() {
        if (draft_.slack) return notify::SlackTarget{draft_.slack->url};
        if (draft_.teams) return notify::TeamsTarget{draft_.teams->url};
        if (draft_.discord) return notify::DiscordTarget{draft_.discord->url};
        if (draft_.ntfy) return notify::NtfyTarget{draft_.ntfy->url, draft_.ntfy->token};
        if (draft_.webhook)
            return notify::WebhookTarget{draft_.webhook->url, draft_.webhook->secret};
        if (draft_.pagerduty) {
            notify::PagerDutyTarget out;
            out.routing_key = draft_.pagerduty->routing_key;
            if (!draft_.pagerduty->url.empty()) out.url = draft_.pagerduty->url;
            return out;
        }
        if (draft_.command) {
            return notify::CommandTarget{draft_.command->argv, draft_.command->timeout};
        }
        return notify::MailTarget{server_of(*draft_.smtp, problems_), draft_.smtp->to};
    }

    ChannelDraft& draft_;
    ConfigProblems& problems_;
};

Mark item_mark(const Node& node, std::string_view list, std::size_t i) {
    const Node* items = node.find(list);
    return items != nullptr && i < items->items.size() ? items->items[i].mark : node.mark_of(list);
}

notify::Filter filter_of(const ChannelDraft& draft, const Topology& topology,
                         ConfigProblems& problems) {
    notify::Filter out;
    const auto asks = [&](std::string_view what) {
        return std::ranges::find(draft.on, what) != draft.on.end();
    };
    out.incidents = draft.on.empty() || asks("incident");
    out.overdue = asks("overdue");
    out.min_impact = draft.min_impact;
    std::vector<std::string_view> names;
    for (const Component& c : topology.components) names.push_back(c.id.value);
    for (std::size_t i = 0; i < draft.components.size(); ++i) {
        const std::string& id = draft.components[i];
        if (std::ranges::find(names, id) == names.end()) {
            const auto near = nearest_name(id, names);
            problems.add(item_mark(*draft.node, "components", i),
                         "there is no component `" + id + "`",
                         near ? "did you mean `" + std::string(*near) + "`?"
                              : "add it, or take it out here");
        }
        out.components.push_back({id});
    }
    return out;
}

}  // namespace

std::optional<SmtpUrl> parse_smtp_url(std::string_view text) {
    SmtpUrl out;
    if (text.starts_with("smtps://")) {
        out.tls_from_start = true;
        text.remove_prefix(8);
    } else if (text.starts_with("smtp://")) {
        text.remove_prefix(7);
    } else {
        return std::nullopt;
    }
    const auto host = parse_host_port(text, out.tls_from_start ? kSmtpsPort : kSmtpPort);
    if (!host) return std::nullopt;
    const bool is_v6 = host->host.find(':') != std::string::npos;
    out.server = (is_v6 ? "[" + host->host + "]" : host->host) + ":" + std::to_string(host->port);
    return out;
}

void assemble_notify(std::vector<ChannelDraft> drafts, std::optional<SubscribersDraft> subscribers,
                     Config& config, ConfigProblems& problems) {
    std::map<std::string, int> lines;
    for (ChannelDraft& draft : drafts) {
        const Mark mark = draft.node->mark_of("id");
        if (const auto [at, fresh] = lines.emplace(draft.id, mark.line); !fresh) {
            problems.add(
                mark,
                "channel `" + draft.id + "` exists already, on line " + std::to_string(at->second),
                "give one of them another id");
        }
        auto target = TargetChoice(draft, problems).choose();
        if (!target) continue;
        config.notify.push_back(
            {draft.id, filter_of(draft, config.topology, problems), *std::move(target)});
    }
    if (!subscribers || !subscribers->smtp) return;
    config.subscribers = server_of(*subscribers->smtp, problems);
    if (config.topology.page.url.empty()) {
        problems.add(subscribers->node->mark,
                     "`subscribers` needs `page.url`: every mail links to the page",
                     "add it, like url: \"https://status.acme.example\" under page");
    }
}

}  // namespace candor::app
