// The engine's own bounds and promises; what readers see of it is in tests/scenarios.
#include "engine/engine.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/codec.h"
#include "core/apply.h"
#include "tests/world/setup_builder.h"
#include "tests/world/world.h"

namespace candor::engine {
namespace {

using world::SetupBuilder;
using world::World;

Setup shop_and_backups() {
    SetupBuilder setup;
    setup.component("shop");
    setup.component("backups");
    setup.check(world::http_check("shop/1", "shop"));
    HeartbeatTarget target;
    target.every = minutes(10);
    setup.check(world::heartbeat_check("backups/1", "backups", target));
    return setup.build();
}

CommandRequest declare(std::string title, std::string text, std::string key = "") {
    command::Declare what{std::move(title),
                          std::move(text),
                          {{ComponentId{"shop"}, ComponentStatus::kPartialOutage}}};
    return {what, ActorId{"token-1"}, std::move(key)};
}

HeartbeatPing success() {
    return {CheckId{"backups/1"}, PingKind::kSuccess, 0, "", ""};
}

TEST(Engine, a_used_key_answers_its_own_request_and_refuses_another) {
    World world(shop_and_backups(), 1);
    ASSERT_TRUE(world.boot());
    CommandRequest first = declare("Calls drop", "We are looking.", "k1");
    first.digest = "aa";
    const auto answer = world.command(first);
    ASSERT_TRUE(answer.has_value());
    const auto again = world.command(first);
    ASSERT_TRUE(again.has_value());
    EXPECT_EQ(again->incident, answer->incident);
    CommandRequest other = declare("Another trouble", "We are looking.", "k1");
    other.digest = "bb";
    const auto refused = world.command(other);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::kConflict);
}

TEST(Engine, texts_of_people_end_at_their_bounds) {
    World world(shop_and_backups(), 1);
    ASSERT_TRUE(world.boot());
    const std::string title(240, 't');
    const std::string text(kSealedTextBytesMax, 'x');
    EXPECT_TRUE(world.command(declare(title, text)).has_value());
    const auto long_title = world.command(declare(title + "t", text));
    const auto long_text = world.command(declare(title, text + "x"));
    ASSERT_FALSE(long_title);
    ASSERT_FALSE(long_text);
    EXPECT_EQ(long_title.error().code, ErrorCode::kTooLarge);
    EXPECT_EQ(long_text.error().message, "`text` has 16385 bytes; at most 16384 are kept");
}

TEST(Engine, what_people_wrote_is_not_in_the_journal_but_beside_it) {
    World world(shop_and_backups(), 1);
    ASSERT_TRUE(world.boot());
    const std::string secret = "Maria from Accounting unplugged it.";
    ASSERT_TRUE(world.command(declare("A title of ours", secret)).has_value());
    const auto reader = std::move(*world.reader());
    std::string all;
    ASSERT_TRUE(reader
                    ->read(0, 1'000,
                           [&](const JournalRecord& record) -> Result<void> {
                               all += record.bytes;
                               return {};
                           })
                    .has_value());
    EXPECT_EQ(all.find(secret), std::string::npos);
    EXPECT_EQ(all.find("A title of ours"), std::string::npos);
    const auto& state = world.engine().state();
    const auto& incident = *state.incidents.at(state.incident_order.front());
    EXPECT_EQ(reader->sealed_text(incident.updates[0].sealed_text.value).value(), secret);
}

TEST(Engine, a_key_that_is_being_answered_is_refused) {
    World world(shop_and_backups(), 1);
    ASSERT_TRUE(world.boot());
    int answered = 0;
    ErrorCode refused = ErrorCode::kInternal;
    world.engine().on_command(declare("A", "x", "k"),
                              [&](Result<CommandAnswer> a) { answered += a.has_value(); });
    world.engine().on_command(declare("A", "x", "k"), [&](Result<CommandAnswer> a) {
        if (!a) refused = a.error().code;
    });
    EXPECT_EQ(answered, 0);  // not durable yet
    EXPECT_EQ(refused, ErrorCode::kConflict);
    ASSERT_TRUE(world.engine().commit());
    EXPECT_EQ(answered, 1);
    EXPECT_EQ(world.engine().state().incident_order.size(), 1U);
}

TEST(Engine, a_repeated_key_gets_the_first_answer) {
    World world(shop_and_backups(), 1);
    ASSERT_TRUE(world.boot());
    const auto first = world.command(declare("A", "x", "k"));
    const auto again = world.command(declare("Another", "y", "k"));
    ASSERT_TRUE(first && again);
    EXPECT_EQ(first->incident, again->incident);
    EXPECT_EQ(first->position, again->position);
}

TEST(Engine, observations_wait_in_a_bounded_queue) {
    World world(shop_and_backups(), 1);
    ASSERT_TRUE(world.boot());
    for (std::size_t i = 0; i < kObservationsWaitingMax + 3; ++i) {
        world.engine().on_ping(success(), [](const Result<void>&) {});
    }
    EXPECT_EQ(world.engine().stats().series_failures, 3U);
    ASSERT_TRUE(world.engine().commit());
    EXPECT_EQ(world.engine().stats().observations, kObservationsWaitingMax + 3);
}

TEST(Engine, numbers_of_observations_rise_over_a_restart) {
    World world(shop_and_backups(), 1);
    ASSERT_TRUE(world.boot());
    ASSERT_TRUE(world.run(minutes(1)));
    ASSERT_TRUE(world.ping(success()));
    const auto& before = world.engine().state().checks.at(CheckId{"backups/1"}).last;
    const std::uint64_t number = before.observation;
    EXPECT_GT(number, 0U);
    ASSERT_TRUE(world.stop());
    ASSERT_TRUE(world.boot());
    auto fail = success();
    fail.kind = PingKind::kFail;
    ASSERT_TRUE(world.ping(fail));
    const auto& after = world.engine().state().checks.at(CheckId{"backups/1"}).last;
    EXPECT_EQ(after.verdict, Verdict::kFail);
    EXPECT_GT(after.observation, number);
}

TEST(Engine, snapshots_shorten_the_start_and_change_nothing) {
    World world(shop_and_backups(), 1);
    ASSERT_TRUE(world.boot());
    ASSERT_TRUE(world.run(minutes(1)));
    // Every step of the wall clock is an entry of its own.
    while (world.engine().state().position < kSnapshotEvery + 10) {
        world.clock().step_wall(Duration{-3'000});
        ASSERT_TRUE(world.run(milliseconds(1)));
    }
    const auto reader = std::move(*world.reader());
    const auto snapshot = reader->snapshot(kSnapshotEvery + 10, core::kApplyVersion);
    ASSERT_TRUE(snapshot.has_value() && snapshot->has_value());
    EXPECT_GE((*snapshot)->position, kSnapshotEvery);
    const std::size_t checks = world.engine().state().checks.size();
    world.crash();
    std::uint64_t batches = 0;
    world.set_witness({[&](Position, const Batch&) { ++batches; }, {}, {}});
    ASSERT_TRUE(world.boot());
    EXPECT_EQ(batches, 1U);  // the start itself
    EXPECT_EQ(world.engine().state().checks.size(), checks);
    // From the first batch on, without any snapshot, it is the same state.
    core::State replayed;
    const auto all = std::move(*world.reader());
    ASSERT_TRUE(all->read(0, SIZE_MAX,
                          [&](const JournalRecord& record) -> Result<void> {
                              core::apply(replayed, record.position, *decode_batch(record.bytes));
                              return {};
                          })
                    .has_value());
    EXPECT_EQ(core::state_hash(replayed), core::state_hash(world.engine().state()));
}

TEST(Engine, the_page_s_time_moves_although_nothing_happens) {
    World world(shop_and_backups(), 1);
    ASSERT_TRUE(world.boot());
    ASSERT_TRUE(world.run(minutes(1)));
    const Timestamp before = world.published()->as_of;
    ASSERT_TRUE(world.run(kRefreshEvery + kTickPeriod));
    EXPECT_GT(world.published()->as_of, before);
    EXPECT_LE(before + kRefreshEvery, world.published()->as_of);
}

// Who heard of which state, in order; the states stay alive, so that no two share an address.
struct Heard {
    std::vector<Published> prepared;
    std::vector<Published> published;

    void listen_to(World& world) {
        world.set_witness({{},
                           [this](const Published& p) { published.push_back(p); },
                           {},
                           [this](const Published& p) { prepared.push_back(p); }});
    }
    bool was_published(const Published& speculated) const {
        return std::ranges::count(published, speculated.state, &Published::state) > 0;
    }
};

TEST(Engine, a_position_is_prepared_before_it_is_durable_and_published_as_it_was) {
    World world(shop_and_backups(), 1);
    Heard heard;
    heard.listen_to(world);
    ASSERT_TRUE(world.boot());
    world.set_target(
        CheckId{"shop/1"},
        {ObservationResult::kFail, {FailureKind::kRefused, 0, 0}, milliseconds(1), false});
    ASSERT_TRUE(world.run(minutes(5)));
    ASSERT_FALSE(world.engine().state().open_incidents.empty());
    ASSERT_GT(heard.prepared.size(), 1U);
    EXPECT_EQ(heard.prepared.back().state->position, world.engine().state().position);
    for (const Published& speculated : heard.prepared) {
        const auto shown = std::ranges::find(heard.published, speculated.state, &Published::state);
        ASSERT_NE(shown, heard.published.end());
        EXPECT_EQ(shown->as_of, speculated.as_of);
    }
}

TEST(Engine, what_a_full_disk_refused_was_prepared_but_is_never_published) {
    World world(shop_and_backups(), 1);
    Heard heard;
    heard.listen_to(world);
    ASSERT_TRUE(world.boot());
    const std::size_t durable = heard.prepared.size();
    world.journal_disk().set_disk_full(true);
    world.set_target(
        CheckId{"shop/1"},
        {ObservationResult::kFail, {FailureKind::kRefused, 0, 0}, milliseconds(1), false});
    ASSERT_TRUE(world.run(minutes(5)));
    ASSERT_GT(world.engine().stats().disk_full, 0U);
    ASSERT_GT(heard.prepared.size(), durable);
    for (std::size_t i = durable; i < heard.prepared.size(); ++i) {
        EXPECT_FALSE(heard.was_published(heard.prepared[i]));
    }
    for (const Published& shown : heard.published) {
        EXPECT_LE(shown.state->position, world.journal_disk().end());
        EXPECT_TRUE(shown.state->open_incidents.empty());
    }
}

TEST(Engine, a_text_of_a_person_is_not_prepared_before_it_can_be_read) {
    World world(shop_and_backups(), 1);
    Heard heard;
    heard.listen_to(world);
    ASSERT_TRUE(world.boot());
    const std::size_t before = heard.prepared.size();
    ASSERT_TRUE(world.command(declare("Calls drop", "We are looking.")).has_value());
    EXPECT_EQ(heard.prepared.size(), before);
    EXPECT_EQ(heard.published.back().state->open_incidents.size(), 1U);
}

TEST(Engine, it_wants_to_be_woken_at_every_tick_and_never_in_the_past) {
    World world(shop_and_backups(), 1);
    ASSERT_TRUE(world.boot());
    for (int i = 0; i < 200; ++i) {
        const Duration now = world.clock().now().steady;
        EXPECT_GE(world.engine().next_wakeup(), now);
        EXPECT_LE(world.engine().next_wakeup(), now + kTickPeriod);
        ASSERT_TRUE(world.run(milliseconds(137)));
    }
}

TEST(Engine, a_result_nobody_waits_for_is_counted_and_ignored) {
    World world(shop_and_backups(), 1);
    ASSERT_TRUE(world.boot());
    ASSERT_TRUE(world.run(minutes(1)));
    const auto observations = world.engine().stats().observations;
    ProbeResult stray;
    stray.run = 999'999;
    stray.observation.check = CheckId{"shop/1"};
    stray.observation.result = ObservationResult::kFail;
    world.engine().on_probe(stray);
    EXPECT_EQ(world.engine().stats().lost_probes, 1U);
    EXPECT_EQ(world.engine().stats().observations, observations);
}

}  // namespace
}  // namespace candor::engine
