#include "core/decide.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "base/codec.h"
#include "tests/world/decisions.h"

namespace candor::core {
namespace {

using world::Decisions;

std::string printed(const std::vector<Entry>& entries) {
    std::string out;
    for (const Entry& entry : entries) out += print_entry(entry) + "\n";
    return out;
}

TEST(Decide, the_same_input_gives_the_same_entries) {
    Decisions d({"shop"});
    d.verdict("shop/1", Verdict::kPass);
    VerdictChange change;
    change.check = CheckId{"shop/1"};
    change.verdict = Verdict::kFail;
    change.since = d.now;
    const Input input{d.now, 7, "", input::VerdictsChanged{{change}}};
    const auto first = decide(d.state, input);
    const auto second = decide(d.state, input);
    ASSERT_TRUE(first && second);
    EXPECT_EQ(printed(*first), printed(*second));
    EXPECT_GT(first->size(), 3U);
}

TEST(Decide, what_changes_nothing_is_no_entry) {
    Decisions d({"shop"});
    d.verdict("shop/1", Verdict::kPass);
    d.timer();
    EXPECT_TRUE(d.newest.empty());
    d.must(input::ConfigurationLoaded{*d.state.topology, d.state.configuration});
    EXPECT_TRUE(d.newest.empty());
    d.must(input::VerdictsChanged{{}});
    EXPECT_TRUE(d.newest.empty());
    d.must(input::ObserverGap{d.now, d.now});
    EXPECT_TRUE(d.newest.empty());
}

TEST(Decide, verdicts_of_unknown_checks_are_ignored) {
    Decisions d({"shop"});
    VerdictChange change;
    change.check = CheckId{"nobody/1"};
    change.verdict = Verdict::kFail;
    d.must(input::VerdictsChanged{{change}});
    EXPECT_TRUE(d.newest.empty());
}

TEST(Decide, a_start_tells_how_long_nobody_watched) {
    Decisions d({"shop"});
    d.pass(minutes(10));
    d.must(input::Started{"1.0", d.now - minutes(4)});
    EXPECT_NE(printed(d.newest).find("measurement_gap"), std::string::npos);
    d.must(input::Started{"1.0", Timestamp{}});
    EXPECT_EQ(printed(d.newest).find("measurement_gap"), std::string::npos);
}

TEST(Decide, the_earliest_deadline_is_next) {
    Decisions d({"a", "b"});
    d.verdicts({"a/1", "b/1"}, Verdict::kPass);
    EXPECT_FALSE(next_deadline(d.state).has_value());
    d.verdict("a/1", Verdict::kFail);
    d.pass(minutes(2));
    d.verdict("a/1", Verdict::kPass);
    const Timestamp resolves = d.now + minutes(5);
    EXPECT_EQ(next_deadline(d.state), resolves);
    d.verdict("b/1", Verdict::kFail);
    d.pass(seconds(10));
    d.verdict("b/1", Verdict::kPass);
    EXPECT_EQ(next_deadline(d.state), d.now + seconds(50));  // b's min_red
}

// A year of random inputs: replaying the entries gives the same state, a snapshot of it decodes to
// the same state, and what both decide next is the same.
TEST(Decide, states_survive_replay_and_snapshot) {
    std::mt19937 random(17);
    Decisions d({"a", "b", "c", "e"});
    d.topology.groups = {{GroupId{"g"}, "G", {}}};
    d.find("a").group = d.find("b").group = GroupId{"g"};
    d.load();
    State replayed = d.state;
    constexpr Verdict kVerdicts[] = {Verdict::kPass, Verdict::kFail, Verdict::kNoData,
                                     Verdict::kBlind};
    const auto check = [&] { return std::string(1, "abce"[random() % 4]) + "/1"; };
    for (int i = 0; i < 3'000; ++i) {
        d.pass(seconds(static_cast<std::int64_t>(random() % 400)));
        const auto deadline = next_deadline(d.state);
        if (random() % 3 == 0 && deadline) d.now = std::max(d.now, *deadline);
        if (random() % 4 == 0) {
            d.timer();
        } else {
            d.verdict(check(), kVerdicts[random() % 4]);
        }
        for (const Entry& entry : d.newest) apply(replayed, d.now, entry);
    }
    replayed.position = d.state.position;
    replayed.at = d.state.at;
    EXPECT_EQ(state_hash(replayed), state_hash(d.state));
    const auto snapshot = decode<State>(encode(d.state));
    ASSERT_TRUE(snapshot.has_value());
    EXPECT_EQ(state_hash(*snapshot), state_hash(d.state));
    EXPECT_EQ(next_deadline(*snapshot), next_deadline(d.state));
}

}  // namespace
}  // namespace candor::core
