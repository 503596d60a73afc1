// A thousand random lives of the real engine, and proof that the oracles would notice a lie.
#include <gtest/gtest.h>

#include "tests/sim/clocks_oracle.h"
#include "tests/sim/simulation.h"

namespace candor::sim {
namespace {

constexpr std::uint64_t kSeeds = 1'000;
// Each sabotage must be caught within so many seeds.
constexpr std::uint64_t kControlSeedsMax = 60;

std::string replay_line(std::uint64_t seed) {
    return "replay it with: build/release/tests/sim/sim_campaign --seed " + std::to_string(seed) +
           " --verbose";
}

// What must come by at least once in a thousand seeds, or the suite has gone blind there.
const std::vector<std::string>& must_be_seen() {
    static const std::vector<std::string> kAll = {
        "boot",
        "cause blind",
        "cause declared",
        "cause held",
        "cause monitoring_changed",
        "cause silent",
        "clock back",
        "clock forward",
        "command answered again",
        "command refused: conflict",
        "command refused: disk_full",
        "command without an answer",
        "died of a fault",
        "entry incident_drill_set",
        "entry incident_merged",
        "entry incident_owned",
        "entry incident_split",
        "entry incident_started_set",
        "escalation",
        "holding note",
        "overdue",
        "overdue ended",
        "entry component_time_excluded",
        "entry incident_reopened",
        "entry incident_retracted",
        "entry measurement_gap",
        "entry wall_clock_stepped",
        "healed",
        "lost and red",
        "page blind",
        "page store failed",
        "ping in vain",
        "post cap reached",
        "power cut after an append",
        "power cut before a write",
        "snapshot used",
        "stop",
        "torn batch",
    };
    return kAll;
}

TEST(Simulation, a_thousand_seeds_keep_every_promise) {
    std::map<std::string, int> seen;
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        const Report report = simulate({seed, Sabotage::kNone, {}});
        ASSERT_EQ(report.failure, "") << "seed " << seed << "; " << replay_line(seed);
        for (const auto& [what, times] : report.seen) seen[what] += times;
    }
    for (const std::string& what : must_be_seen()) {
        EXPECT_GT(seen[what], 0) << "`" << what << "` never happened in " << kSeeds << " seeds";
    }
}

TEST(Simulation, the_same_seed_gives_the_same_journal) {
    for (const std::uint64_t seed : {7, 8, 9, 300}) {
        const Report first = simulate({seed, Sabotage::kNone, {}});
        const Report again = simulate({seed, Sabotage::kNone, {}});
        EXPECT_GT(first.batches, 5U);
        EXPECT_EQ(first.batches, again.batches);
        EXPECT_EQ(to_hex(first.chain), to_hex(again.chain)) << replay_line(seed);
    }
    EXPECT_NE(simulate({7, Sabotage::kNone, {}}).chain, simulate({8, Sabotage::kNone, {}}).chain);
}

TEST(Simulation, every_sabotage_is_caught) {
    for (const NamedSabotage& sabotage : all_sabotages()) {
        std::string complaint;
        for (std::uint64_t seed = 1; seed <= kControlSeedsMax && complaint.empty(); ++seed) {
            complaint = simulate({seed, sabotage.what, {}}).failure;
        }
        EXPECT_NE(complaint, "") << sabotage.name << " went unnoticed";
        EXPECT_NE(complaint.find(sabotage.complaint), std::string::npos)
            << sabotage.name << " was noticed as: " << complaint;
    }
}

// The controls of rule 4 that no world of ours can be brought to break.
TEST(Simulation, broken_clocks_are_noticed) {
    const IncidentId id{"abcdefghijkl"};
    core::State state;
    state.incidents[id].edit([&](core::IncidentState& i) { i.id = id; });
    state.incident_order = {id};
    Batch batch;
    entry::IncidentOpened opened;
    opened.incident = id;
    batch.entries = {opened, entry::HoldingNoteMarked{id, {}}, entry::HoldingNoteMarked{id, {}}};
    EXPECT_NE(ClocksOracle(minutes(30)).check(state, batch).find("two holding notes"),
              std::string::npos);
    batch.entries = {opened, entry::OverdueSet{id, {}, {}}};
    EXPECT_NE(ClocksOracle(minutes(30)).check(state, batch).find("although nobody wrote"),
              std::string::npos);
    state.incidents[id].edit([&](core::IncidentState& i) { i.resolved_at = Timestamp{1}; });
    batch.entries = {opened};
    EXPECT_NE(ClocksOracle(minutes(30)).check(state, batch).find("not owed any more"),
              std::string::npos);
}

}  // namespace
}  // namespace candor::sim
