#include "core/private_trouble.h"

#include <gtest/gtest.h>

#include "tests/world/decisions.h"

namespace candor::core {
namespace {

using world::Decisions;

// A component with one check per customer, all passing.
Decisions two_customers() {
    Decisions d({"shop"});
    d.add_check("shop/acme", "shop");
    d.add_check("shop/umbrella", "shop");
    d.load();
    d.verdicts({"shop/1", "shop/acme", "shop/umbrella"}, Verdict::kPass);
    return d;
}

TEST(PrivateTrouble, one_customer_never_reaches_public_status) {
    Decisions d = two_customers();
    d.verdict("shop/acme", Verdict::kFail, "acme");
    EXPECT_EQ(d.component("shop").status, ComponentStatus::kOperational);
    ASSERT_EQ(d.incidents(), 1U);
    EXPECT_EQ(d.incident(0).visibility, Visibility::kPrivate);
    EXPECT_EQ(d.incident(0).customer.value, "acme");
    EXPECT_EQ(d.incident(0).title.find("acme"), std::string::npos);
    ASSERT_EQ(d.incident(0).updates.size(), 1U);
    EXPECT_EQ(d.incident(0).updates[0].text,
              "Since 21:00:00 UTC, shop refuses connections for this customer only.");
}

TEST(PrivateTrouble, it_ends_with_its_verdict) {
    Decisions d = two_customers();
    d.verdict("shop/acme", Verdict::kFail, "acme");
    d.pass(minutes(1));
    d.verdict("shop/acme", Verdict::kPass);
    EXPECT_FALSE(d.incident(0).is_open());
    EXPECT_EQ(d.incident(0).updates.back().text, "It works for this customer again.");
}

TEST(PrivateTrouble, the_second_customer_makes_it_public) {
    Decisions d = two_customers();
    d.verdict("shop/acme", Verdict::kFail, "acme");
    d.pass(minutes(1));
    d.verdict("shop/umbrella", Verdict::kFail, "umbrella");
    EXPECT_EQ(d.component("shop").status, ComponentStatus::kPartialOutage);
    ASSERT_EQ(d.incidents(), 1U);
    const IncidentState& incident = d.incident(0);
    EXPECT_EQ(incident.visibility, Visibility::kPublic);
    EXPECT_TRUE(incident.customer.empty());
    EXPECT_EQ(incident.title, "shop is partly down");
    // What was written for one customer is no part of the public record.
    ASSERT_EQ(incident.updates.size(), 1U);
    EXPECT_EQ(incident.updates[0].text.find("this customer"), std::string::npos);
}

TEST(PrivateTrouble, the_minimum_is_configuration) {
    Decisions d({"shop"});
    d.add_check("shop/acme", "shop");
    d.topology.incidents.min_customers = 1;
    d.load();
    d.verdicts({"shop/1", "shop/acme"}, Verdict::kPass);
    d.verdict("shop/acme", Verdict::kFail, "acme");
    EXPECT_EQ(d.component("shop").status, ComponentStatus::kPartialOutage);
    EXPECT_EQ(d.incident(0).visibility, Visibility::kPublic);
}

TEST(PrivateTrouble, raising_the_minimum_over_open_trouble_turns_nothing_green) {
    Decisions d = two_customers();
    d.verdict("shop/acme", Verdict::kFail, "acme");
    d.verdict("shop/umbrella", Verdict::kFail, "umbrella");
    ASSERT_EQ(d.component("shop").status, ComponentStatus::kPartialOutage);
    d.topology.incidents.min_customers = 3;
    d.load();
    EXPECT_EQ(d.component("shop").status, ComponentStatus::kUnknown);
    EXPECT_EQ(d.component("shop").cause, StatusCause::kMonitoringChanged);
}

TEST(PrivateTrouble, the_same_customer_twice_is_one_customer) {
    Decisions d = two_customers();
    d.verdict("shop/acme", Verdict::kFail, "acme");
    d.verdict("shop/umbrella", Verdict::kFail, "acme");
    EXPECT_EQ(d.component("shop").status, ComponentStatus::kOperational);
    EXPECT_EQ(d.incidents(), 1U);
}

TEST(PrivateTrouble, never_joins_or_hides_public_trouble) {
    Decisions d = two_customers();
    d.verdict("shop/1", Verdict::kFail);
    ASSERT_EQ(d.incidents(), 1U);
    d.verdict("shop/acme", Verdict::kFail, "acme");
    EXPECT_EQ(d.incidents(), 1U);
    EXPECT_EQ(d.incident(0).visibility, Visibility::kPublic);
    EXPECT_EQ(d.component("shop").status, ComponentStatus::kMajorOutage);
}

TEST(PrivateTrouble, changes_no_public_component) {
    Decisions d = two_customers();
    d.verdict("shop/acme", Verdict::kFail, "acme");
    const auto refused =
        d.decide(input::UpdatePosted{d.incident(0).id,
                                     {},
                                     SealedText{"x"},
                                     {{ComponentId{"shop"}, ComponentStatus::kMajorOutage}},
                                     ActorId{"p"}});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::kConflict);
    d.must(input::UpdatePosted{d.incident(0).id, {}, SealedText{"x"}, {}, ActorId{"p"}});
    EXPECT_EQ(d.component("shop").status, ComponentStatus::kOperational);
}

}  // namespace
}  // namespace candor::core
