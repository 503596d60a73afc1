// What a journal makes of damage that happened behind its back, and of a second owner.
#include "tests/contract/journal_contract.h"

namespace candor::test {
namespace {

TEST_P(JournalContract, a_torn_last_batch_is_dropped_with_a_log_line) {
    append_many(*journal_, 5);
    AppendRequest torn = request_at(6, "torn", "torn-key");
    torn.sealed.push_back(sealed_row("torn text"));
    ASSERT_TRUE(journal_->append({&torn, 1}));
    ASSERT_TRUE(journal_->put_snapshot(snapshot_of(*journal_, 6, 1, "torn")));
    ASSERT_TRUE(journal_->set_follower_position("page", 6));
    journal_.reset();
    harness_.damage(6);
    harness_.log->clear();
    reopen();
    EXPECT_EQ(journal_->head()->position, 5u);
    EXPECT_EQ(read_all(*journal_)->size(), 5u);
    EXPECT_EQ(journal_->sealed_text(torn.sealed[0].commitment).error().code, ErrorCode::kNotFound);
    EXPECT_FALSE(journal_->snapshot(6, 1).value());
    EXPECT_EQ(journal_->follower_position("page").value(), 5u);
    const auto logged = testing::PrintToString(*harness_.log);
    EXPECT_NE(logged.find("dropped a torn last batch: batch 6"), std::string::npos) << logged;
    // Its key is free again, and the journal goes on from there.
    torn.sealed.clear();
    EXPECT_EQ(journal_->append({&torn, 1}).value(), 6u);
}

TEST_P(JournalContract, any_other_damage_stops_the_open_and_names_the_place) {
    append_many(*journal_, 20);
    journal_.reset();
    harness_.damage(7);
    const std::string before = harness_.all_bytes();
    for (int i = 0; i < 2; ++i) {
        const auto opened = harness_.open();
        ASSERT_FALSE(opened);
        EXPECT_EQ(opened.error().code, ErrorCode::kCorrupt);
        EXPECT_NE(opened.error().message.find("batch 7 "), std::string::npos)
            << opened.error().message;
        EXPECT_NE(opened.error().message.find("expected chain"), std::string::npos);
    }
    EXPECT_TRUE(harness_.all_bytes() == before) << "something was overwritten";
}

TEST_P(JournalContract, reading_verifies_what_it_reads) {
    append_many(*journal_, 20);
    auto reader = journal_->open_reader().value();
    harness_.damage(9);
    std::vector<Position> seen;
    const auto done = reader->read(0, 100, [&](const JournalRecord& r) -> Result<void> {
        seen.push_back(r.position);
        return {};
    });
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, ErrorCode::kCorrupt);
    EXPECT_NE(done.error().message.find("batch 9 "), std::string::npos) << done.error().message;
}

TEST_P(JournalContract, a_second_owner_is_refused) {
    const auto second = harness_.open();
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, ErrorCode::kConflict);
}

}  // namespace
}  // namespace candor::test
