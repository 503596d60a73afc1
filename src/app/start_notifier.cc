#include "app/start_notifier.h"

#include <algorithm>
#include <utility>

#include "app/definition.h"
#include "app/log.h"
#include "notify/answer_links.h"
#include "notify/sender_thread.h"
#include "notify/subscribe_links.h"
#include "notify/word_signer.h"
#include "store/sqlite_deliveries.h"

namespace candor::app {
namespace {

using web::MetricFamily;
using web::MetricType;

void log_line(const std::string& line) {
    log_warn("notify", {{"message", line}});
}

void store_line(std::string_view line) {
    const LogFields fields = {{"message", std::string(line)}};
    if (line.find(" opened with ") != std::string_view::npos) {
        log_info("deliveries", fields);
    } else {
        log_warn("deliveries", fields);
    }
}

MetricFamily one(std::string name, std::string help, MetricType type, double value) {
    return {std::move(name), std::move(help), type, "", {{"", {}, value}}};
}

MetricFamily deliveries_by_state(const DeliveryCounts& counts) {
    const auto sample = [](const char* state, std::uint64_t count) {
        return web::MetricSample{"", {{"state", state}}, static_cast<double>(count)};
    };
    return {"candor_deliveries",
            "Messages to channels and subscribers of the last 30 days, by how far they are.",
            MetricType::kGauge,
            "",
            {sample("waiting", counts.waiting - counts.failed), sample("failed", counts.failed),
             sample("sent", counts.sent), sample("given_up", counts.given_up)}};
}

}  // namespace

notify::Routes routes_of(const Config& config, std::string_view instance_secret) {
    notify::Routes routes;
    routes.channels = config.notify;
    const notify::WordSigner definitions(derive_channel_key(instance_secret));
    for (notify::Channel& channel : routes.channels) {
        channel.definition = definitions.mark("channel", notify::definition_bytes(channel));
    }
    routes.on_call = config.on_call;
    routes.subscriber_mail = config.subscribers;
    const auto links =
        std::make_shared<const notify::SubscribeLinks>(derive_subscriber_key(instance_secret));
    routes.links = [links, url = config.topology.page.url](const SubscriberId& id) {
        const std::string word = links->subscriber_word(id);
        return notify::SubscriberLinks{.manage = url + "/subscribe/manage?s=" + word,
                                       .unsubscribe = url + "/subscribe/leave?s=" + word};
    };
    const auto answers =
        std::make_shared<const notify::AnswerLinks>(derive_answer_key(instance_secret));
    routes.answer = [answers, url = config.topology.page.url](
                        const IncidentId& incident, const std::string& channel, Timestamp now) {
        if (url.empty()) return std::string();
        return url + "/answer?w=" + answers->word({incident, channel, now + notify::kAnswerWithin});
    };
    return routes;
}

Result<std::unique_ptr<Notifier>> start_notifier(const Config& config, NotifierSetup setup) {
    auto sender = TRY(notify::start_sender(config.network.webhooks));
    notify::Routes routes = routes_of(config, setup.instance_secret);
    const std::string folder = config.storage.folder;
    const Position durable = TRY(setup.journal.head()).position;
    NotifierOptions options{
        .version = std::move(setup.version),
        .page_id = std::move(setup.page_id),
        .open_deliveries =
            [folder] {
                return store::open_sqlite_deliveries({.folder = folder, .log = store_line});
            },
        .open_reader = [&journal = setup.journal] { return journal.open_reader(); },
        .durable = durable,
        .clock = setup.clock,
        .log = log_line};
    return std::make_unique<Notifier>(std::move(options), std::move(routes), std::move(sender));
}

std::vector<MetricFamily> notifier_metrics(const NotifierStats& stats) {
    std::vector<MetricFamily> out;
    out.push_back(deliveries_by_state(stats.deliveries));
    out.push_back(one("candor_deliveries_under_way", "Messages that a server is being told now.",
                      MetricType::kGauge, static_cast<double>(stats.under_way)));
    out.push_back(one("candor_notify_position",
                      "Newest journal position up to which everything was announced.",
                      MetricType::kGauge, static_cast<double>(stats.position)));
    const auto is_off = [](const LaneTrouble& t) { return t.switched_off.ms != 0; };
    out.push_back(one("candor_channels_switched_off",
                      "Channels that get nothing more after repeated failure.", MetricType::kGauge,
                      static_cast<double>(std::ranges::count_if(stats.troubles, is_off))));
    out.push_back(one("candor_notify_failures",
                      "Times that notify.db or the journal could not be used for telling.",
                      MetricType::kCounter, static_cast<double>(stats.failures)));
    return out;
}

MetricFamily watchdog_metrics(const WatchdogStats& stats) {
    const auto sample = [](const char* outcome, std::uint64_t count) {
        return web::MetricSample{"", {{"outcome", outcome}}, static_cast<double>(count)};
    };
    return {"candor_watchdog_signs",
            "Signs of life given to the watchdog, by whether they arrived.",
            MetricType::kCounter,
            "",
            {sample("arrived", stats.sent), sample("failed", stats.failed)}};
}

}  // namespace candor::app
