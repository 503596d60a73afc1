#include "notify/webhook.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "notify/sample_message.h"
#include "notify/statuspage_payload.h"

namespace candor::notify {
namespace {

// The key of Standard Webhooks' own documentation.
constexpr const char* kSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

TEST(Webhook, signs_as_the_specifications_example) {
    EXPECT_EQ(webhook_signature(kSecret, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330",
                                R"({"test": 2432232314})"),
              "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

TEST(Webhook, a_secret_has_the_prefix_and_24_to_64_bytes) {
    EXPECT_TRUE(is_webhook_secret(kSecret));
    EXPECT_FALSE(is_webhook_secret("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
    EXPECT_FALSE(is_webhook_secret("whsec_c2hvcnQ="));
    EXPECT_FALSE(is_webhook_secret("whsec_not base64"));
    EXPECT_FALSE(is_webhook_secret("whsec_" + std::string(200, 'A')));
}

TEST(Webhook, carries_statuspages_payload_and_both_conventions_headers) {
    const outgoing::Http http =
        webhook_of(sample_message(), {.url = "https://hooks.example/x",
                                      .secret = kSecret,
                                      .message_id = "msg_1",
                                      .now = Timestamp{1'775'336'720'123},
                                      .unsubscribe_url = "https://status.acme.example/u"});
    EXPECT_EQ(http.body, R"({"meta":{"unsubscribe":"https://status.acme.example/u",)"
                         R"("documentation":"https://www.standardwebhooks.com/",)"
                         R"("generated_at":"2026-04-04T21:05:12.000Z"},)"
                         R"("page":{"id":"abcdefghijkl","status_indicator":"major",)"
                         R"("status_description":"Partial System Outage"},)"
                         R"("incident":{"id":"inc000000001","name":"Directory is down"}})");
    const std::vector<std::pair<std::string, std::string>> headers = {
        {"Content-Type", "application/json"},
        {"webhook-id", "msg_1"},
        {"webhook-timestamp", "1775336720"},
        {"webhook-signature", webhook_signature(kSecret, "msg_1", "1775336720", http.body)}};
    EXPECT_EQ(http.headers, headers);
    EXPECT_EQ(http.reach, Reach::kPublicOnly);
}

TEST(Webhook, the_incident_has_every_field_that_statuspages_readers_know) {
    view::PublicView page;
    page.page.id = "abcdefghijkl";
    view::ComponentView directory;
    directory.id = {"directory"};
    directory.name = "Directory";
    directory.status = ComponentStatus::kUnknown;
    directory.statuspage_status = ComponentStatus::kDegradedPerformance;
    page.components.push_back(directory);
    view::IncidentView incident;
    incident.id = {"inc000000001"};
    incident.components = {{.id = {"directory"}, .name = "Directory"}};
    for (std::size_t i = 0; i < kPayloadUpdatesMax + 5; ++i) incident.updates.push_back({});
    const auto json = boost::json::parse(incident_payload(page, incident)).as_object();
    for (const char* field : {"id",
                              "name",
                              "status",
                              "created_at",
                              "updated_at",
                              "monitoring_at",
                              "resolved_at",
                              "impact",
                              "shortlink",
                              "started_at",
                              "page_id",
                              "incident_updates",
                              "components",
                              "postmortem_body",
                              "postmortem_body_last_updated_at",
                              "postmortem_ignored",
                              "postmortem_published_at",
                              "postmortem_notified_subscribers",
                              "backfilled",
                              "scheduled_for",
                              "scheduled_until",
                              "scheduled_remind_prior",
                              "scheduled_reminded_at",
                              "impact_override",
                              "scheduled_auto_in_progress",
                              "scheduled_auto_completed"}) {
        EXPECT_TRUE(json.contains(field)) << field;
    }
    EXPECT_EQ(json.at("incident_updates").as_array().size(), kPayloadUpdatesMax);
    EXPECT_EQ(json.at("components").as_array().at(0).as_object().at("status").as_string(),
              "degraded_performance");
}

}  // namespace
}  // namespace candor::notify
