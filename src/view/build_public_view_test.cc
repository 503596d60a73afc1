#include "view/build_public_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "tests/gallery/sample_states.h"
#include "view/incident_view.h"

namespace candor::view {
namespace {

using gallery::Builder;
using gallery::kNow;
using ::testing::HasSubstr;

Builder two(std::string name = "two") {
    Builder b(std::move(name));
    b.component("directory", "Directory").component("sign-in", "Sign-in");
    return b;
}

std::string detail_of(const PublicView& view) {
    return view.banner.detail.plain(view.as_of);
}

TEST(Banner, everything_working_is_green_and_names_the_last_incident) {
    const PublicView view = gallery::green().view();
    EXPECT_EQ(view.banner.headline, "Everything is working.");
    EXPECT_EQ(detail_of(view), "Last incident: 26 March 2026, explained.");
    EXPECT_TRUE(view.banner.all_good);
    EXPECT_EQ(view.banner.indicator, Indicator::kNone);
    EXPECT_EQ(view.banner.description, "All Systems Operational");
}

TEST(Banner, names_what_is_down_and_says_that_the_rest_works) {
    Builder b = two();
    b.status("directory", ComponentStatus::kMajorOutage, StatusCause::kSignals, kNow - minutes(1));
    const PublicView view = b.take().view();
    EXPECT_EQ(view.banner.headline, "Directory is down.");
    EXPECT_EQ(detail_of(view), "Everything else is working.");
    EXPECT_EQ(view.banner.description, "Partial System Outage");
}

TEST(Banner, counts_when_more_than_two_are_down) {
    Builder b = two();
    b.component("calls", "Calls").component("voicemail", "Voicemail");
    for (const char* id : {"directory", "sign-in", "calls"}) {
        b.status(id, ComponentStatus::kMajorOutage, StatusCause::kSignals, kNow - minutes(1));
    }
    EXPECT_EQ(b.take().view().banner.headline, "Directory and 2 more are down.");
}

TEST(Banner, two_are_both_named_and_all_are_everything) {
    Builder b = two();
    b.component("calls", "Calls");
    for (const char* id : {"directory", "sign-in"}) {
        b.status(id, ComponentStatus::kMajorOutage, StatusCause::kSignals, kNow - minutes(1));
    }
    Builder all = b;
    EXPECT_EQ(b.take().view().banner.headline, "Directory and Sign-in are down.");
    all.status("calls", ComponentStatus::kMajorOutage, StatusCause::kSignals, kNow - minutes(1));
    const PublicView view = all.take().view();
    EXPECT_EQ(view.banner.headline, "Everything is down.");
    EXPECT_EQ(view.banner.indicator, Indicator::kCritical);
    EXPECT_EQ(view.banner.description, "Major System Outage");
}

TEST(Banner, an_open_incident_beside_working_components_is_said_and_never_green) {
    const PublicView view = gallery::recovering().view();
    EXPECT_EQ(view.banner.headline, "Everything works again; we are watching.");
    EXPECT_EQ(detail_of(view),
              "Checks pass again since 20:59:14 UTC; this closes at 21:04:14 UTC if it stays so.");
    EXPECT_FALSE(view.banner.all_good);
    EXPECT_EQ(view.banner.indicator, Indicator::kMinor);
}

TEST(Banner, a_declared_incident_that_no_check_sees_is_said) {
    Builder b = two();
    b.incident("d1", "Invoices look wrong", kNow - minutes(9), {},
               ComponentStatus::kDegradedPerformance);
    b.edit_incident([](core::IncidentState& i) { i.origin = Origin::kHuman; });
    const PublicView view = b.take().view();
    EXPECT_EQ(view.banner.headline, "No check fails, but an incident is open.");
    EXPECT_THAT(detail_of(view), HasSubstr("Invoices look wrong. Reported by a person at"));
    EXPECT_FALSE(view.banner.all_good);
}

TEST(Banner, blindness_is_neither_green_nor_red) {
    const PublicView view = gallery::blind().view();
    EXPECT_EQ(view.banner.headline, "We cannot see whether everything is working.");
    EXPECT_FALSE(view.banner.all_good);
    EXPECT_EQ(view.banner.worst, ComponentStatus::kUnknown);
    EXPECT_EQ(view.banner.indicator, Indicator::kNone);
    EXPECT_EQ(view.banner.description,
              "All Systems Operational (last known; not measured since 20:58:14 UTC)");
}

TEST(Banner, nothing_configured_claims_nothing) {
    const PublicView view = gallery::empty_page().view();
    EXPECT_EQ(view.banner.headline, "Nothing is watched yet.");
    EXPECT_FALSE(view.banner.all_good);
    EXPECT_EQ(view.banner.indicator, Indicator::kNone);
}

TEST(Banner, held_components_are_recovering) {
    Builder b = two();
    b.status("directory", ComponentStatus::kMajorOutage, StatusCause::kHeld, kNow - minutes(1));
    EXPECT_EQ(b.take().view().banner.headline, "Directory is recovering.");
}

struct Wording {
    StatusCause cause;
    ComponentStatus on_statuspage;
    std::string sentence;
};

class UnknownWording : public ::testing::TestWithParam<Wording> {};

TEST_P(UnknownWording, silence_is_not_green_and_blindness_keeps_the_last_status) {
    Builder b = two();
    b.status("directory", ComponentStatus::kUnknown, GetParam().cause, kNow - minutes(59));
    const PublicView view = b.take().view();
    const ComponentView& directory = view.components[0];
    EXPECT_EQ(directory.statuspage_status, GetParam().on_statuspage);
    EXPECT_EQ(directory.sentence.plain(kNow), GetParam().sentence);
    EXPECT_FALSE(view.banner.all_good);
    if (GetParam().cause != StatusCause::kBlind) {
        EXPECT_GE(view.banner.indicator, Indicator::kMinor);
    }
}

INSTANTIATE_TEST_SUITE_P(
    All, UnknownWording,
    ::testing::Values(
        Wording{StatusCause::kSilent, ComponentStatus::kDegradedPerformance,
                "Not measured since 20:03:14 UTC: it has stopped reporting."},
        Wording{StatusCause::kBlind, ComponentStatus::kOperational,
                "Not measured since 20:03:14 UTC: we cannot see it from where we watch."},
        Wording{StatusCause::kMonitoringChanged, ComponentStatus::kDegradedPerformance,
                "Not measured since 20:03:14 UTC: the way we watch it was changed while it was "
                "failing."},
        Wording{StatusCause::kStoreFailed, ComponentStatus::kDegradedPerformance,
                "Not measured since 20:03:14 UTC: we cannot write down what we see."},
        Wording{StatusCause::kNotMeasuredYet, ComponentStatus::kDegradedPerformance,
                "Not measured yet."}));

TEST(Statuspage, a_blind_component_that_was_never_measured_is_not_operational) {
    Builder b("never");
    b.component("directory", "Directory");
    b.state().components.at(ComponentId{"directory"}).edit([](core::ComponentState& c) {
        c = core::ComponentState{};
        c.cause = StatusCause::kBlind;
        c.effective = kNow;
        c.timeline.set(kNow - hours(1), ComponentStatus::kUnknown);
    });
    EXPECT_EQ(b.take().view().components[0].statuspage_status,
              ComponentStatus::kDegradedPerformance);
}

TEST(Incidents, next_update_is_owed_by_a_person_only) {
    const PublicView machine_only = gallery::red().view();
    EXPECT_EQ(machine_only.open[0].next_update_due, machine_only.open[0].opened + minutes(30));
    EXPECT_FALSE(machine_only.open[0].update_overdue);
    const PublicView view = gallery::several().view();
    const IncidentView& explained = view.open[1];
    EXPECT_EQ(explained.next_update_due, kNow - minutes(95) + minutes(60));
    EXPECT_TRUE(explained.update_overdue);
    EXPECT_TRUE(view.open[0].update_overdue) << "no person has explained it for 41 minutes";
}

TEST(Incidents, private_ones_never_appear) {
    Builder b = two();
    b.incident("secret", "Customer Globex cannot sign in", kNow - minutes(9), {"directory"},
               ComponentStatus::kMajorOutage);
    b.edit_incident([](core::IncidentState& i) { i.visibility = Visibility::kPrivate; });
    const gallery::Sample sample = b.take();
    const PublicView view = sample.view();
    EXPECT_TRUE(view.open.empty());
    EXPECT_TRUE(view.components[0].incidents.empty());
    EXPECT_TRUE(view.banner.all_good);
    EXPECT_TRUE(build_history_view(sample.state, sample.options(), kNow).incidents.empty());
    EXPECT_FALSE(build_incident_view(sample.state, sample.options(), IncidentId{"secret000000"})
                     .has_value());
}

TEST(Uptime, is_no_share_before_ten_minutes_were_measured) {
    const auto fresh = [](Duration up, Duration down) {
        Builder b = two();
        b.state().components.at(ComponentId{"directory"}).edit([&](core::ComponentState& c) {
            c.timeline = {};
            c.timeline.set(kNow - down - up, ComponentStatus::kOperational);
            c.timeline.set(kNow - down, ComponentStatus::kMajorOutage);
        });
        return b.take().view().components[0];
    };
    EXPECT_EQ(fresh(seconds(0), seconds(20)).total.measured_ms(), 20'000);
    EXPECT_FALSE(fresh(seconds(0), seconds(20)).uptime_ppm);
    EXPECT_FALSE(fresh(minutes(9), seconds(59)).uptime_ppm);
    EXPECT_EQ(fresh(minutes(9), minutes(1)).uptime_ppm, 900'000);
}

TEST(Incidents, an_erased_text_is_said_to_be_erased) {
    gallery::Sample sample = gallery::several();
    sample.texts.clear();
    const PublicView view = sample.view();
    EXPECT_EQ(view.open[1].updates[0].missing, "This text was erased on request.");
    EXPECT_EQ(view.open[1].updates[0].text, "");
}

TEST(Incidents, a_damaged_text_is_never_called_erased) {
    const gallery::Sample sample = gallery::several();
    ViewOptions options = sample.options();
    options.text_of = [](const SealedText&) -> Result<std::string> {
        return fail(ErrorCode::kCorrupt, "forged");
    };
    const PublicView view = build_public_view(sample.state, options);
    EXPECT_NE(view.open[1].updates[0].missing.find("damaged"), std::string::npos);
    EXPECT_EQ(view.open[1].updates[0].text, "");
    EXPECT_EQ(view.open[1].title.find("erased"), std::string::npos);
}

TEST(Incidents, are_newest_first_and_bounded) {
    Builder b = two();
    for (int i = 0; i < 60; ++i) {
        b.incident("i" + std::to_string(i), "t", kNow - hours(100 - i), {},
                   ComponentStatus::kMajorOutage);
        b.resolved(kNow - hours(99 - i));
    }
    const PublicView view = b.take().view();
    ASSERT_EQ(view.recent.size(), kRecentIncidentsMax);
    EXPECT_GT(view.recent[0].opened, view.recent[1].opened);
}

TEST(Groups, roll_up_the_worst_of_everything_inside_and_leave_empty_ones_out) {
    Builder b("groups");
    b.group("a", "A").group("b", "B", "a").group("none", "Empty");
    b.component("deep", "Deep", "b").component("loose", "Loose");
    b.status("deep", ComponentStatus::kPartialOutage, StatusCause::kSignals, kNow - minutes(1));
    const PublicView view = b.take().view();
    ASSERT_EQ(view.groups.size(), 2U);
    EXPECT_TRUE(view.groups[0].id.empty()) << "components without a group come first";
    EXPECT_EQ(view.groups[1].status, ComponentStatus::kPartialOutage);
    EXPECT_EQ(view.groups[1].groups[0].path, "A - B");
    EXPECT_EQ(view.components[0].name, "Loose");
}

// Random states: rule 2 and rule 5 hold whatever is thrown together.
TEST(Property, a_green_banner_never_stands_beside_trouble) {
    std::mt19937 random(20260404);
    const auto pick = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
    int green = 0;
    for (int round = 0; round < 2000; ++round) {
        Builder b("random");
        const int components = pick(4);
        for (int i = 0; i < components; ++i) {
            const std::string id = "c" + std::to_string(i);
            b.component(id, id);
            if (pick(3) != 0) continue;
            b.status(id, static_cast<ComponentStatus>(pick(6)), static_cast<StatusCause>(pick(8)),
                     kNow - minutes(pick(100)));
        }
        if (pick(3) == 0) {
            b.incident("x", "t", kNow - minutes(5), {"c0"}, static_cast<ComponentStatus>(pick(6)));
            if (pick(2) == 0) b.recovered(kNow - minutes(1), kNow);
            if (pick(2) == 0) b.resolved(kNow);
        }
        const PublicView view = b.take().view();
        bool calm = !view.components.empty() && view.open.empty();
        for (const ComponentView& c : view.components) {
            calm = calm && c.status == ComponentStatus::kOperational;
            const bool silent =
                c.status == ComponentStatus::kUnknown && c.cause != StatusCause::kBlind;
            EXPECT_FALSE(silent && c.statuspage_status == ComponentStatus::kOperational);
            EXPECT_NE(c.statuspage_status, ComponentStatus::kUnknown);
        }
        EXPECT_EQ(view.banner.all_good, calm);
        EXPECT_EQ(view.banner.headline == "Everything is working.", calm);
        EXPECT_TRUE(view.open.empty() || view.banner.indicator >= Indicator::kMinor);
        green += calm ? 1 : 0;
    }
    EXPECT_GT(green, 100) << "the generator must reach green as well";
}

}  // namespace
}  // namespace candor::view
