#include "tests/contract/journal_contract.h"

#include <limits>
#include <thread>

namespace candor::test {

AppendRequest request_at(std::int64_t second, std::string bytes, std::string key) {
    AppendRequest request;
    request.at = Timestamp{second * 1000};
    request.bytes = std::move(bytes);
    request.idempotency_key = std::move(key);
    return request;
}

SealedRow sealed_row(const std::string& text, char salt_byte) {
    const std::string salt(32, salt_byte);
    return {seal_commitment(salt, text), salt, text};
}

void append_many(Journal& journal, std::size_t n) {
    const Position start = journal.head()->position;
    std::vector<AppendRequest> group;
    for (std::size_t i = 0; i < n; ++i) {
        const auto position = static_cast<std::int64_t>(start + i + 1);
        group.push_back(request_at(position, "batch " + std::to_string(position)));
        if (group.size() < 100 && i + 1 < n) continue;
        const auto appended = journal.append(group);
        ASSERT_TRUE(appended) << appended.error().message;
        group.clear();
    }
}

Result<std::vector<JournalRecord>> read_all(JournalReader& reader, Position after) {
    std::vector<JournalRecord> records;
    TRY(reader.read(after, std::numeric_limits<std::size_t>::max(),
                    [&](const JournalRecord& record) -> Result<void> {
                        records.push_back(record);
                        return {};
                    }));
    return records;
}

StateSnapshot snapshot_of(Journal& journal, Position position, std::int64_t apply_version,
                          std::string bytes) {
    const auto records = read_all(journal, position - 1);
    EXPECT_TRUE(records && !records->empty());
    const JournalRecord& end = records->front();
    return {position, end.at, end.chain, apply_version, std::move(bytes)};
}

namespace {

// The chain as docs/journal.md states it, computed here a second time.
Digest chain_by_the_book(const Digest& previous, Position position, Timestamp at,
                         const std::string& bytes) {
    std::string message(as_bytes(previous));
    for (const std::uint64_t word : {position, static_cast<std::uint64_t>(at.ms)}) {
        for (int i = 7; i >= 0; --i) message += static_cast<char>((word >> (8 * i)) & 0xff);
    }
    return sha256(message + bytes);
}

TEST_P(JournalContract, empty_journal_stands_at_position_zero) {
    const auto head = journal_->head();
    ASSERT_TRUE(head);
    EXPECT_EQ(head->position, 0u);
    EXPECT_EQ(head->chain, Digest{});
    EXPECT_TRUE(read_all(*journal_)->empty());
    EXPECT_EQ(journal_->append({}).value(), 0u);
}

TEST_P(JournalContract, batches_come_back_in_order_with_the_documented_chain) {
    append_many(*journal_, 300);
    reopen();
    const auto records = read_all(*journal_);
    ASSERT_TRUE(records) << records.error().message;
    ASSERT_EQ(records->size(), 300u);
    Digest chain{};
    Position position = 0;
    for (const JournalRecord& record : *records) {
        ++position;
        EXPECT_EQ(record.position, position);
        EXPECT_EQ(record.bytes, "batch " + std::to_string(position));
        chain = chain_by_the_book(chain, position, record.at, record.bytes);
        EXPECT_EQ(record.chain, chain);
    }
    EXPECT_EQ(journal_->head()->chain, chain);
    EXPECT_EQ(journal_->head()->position, 300u);
}

TEST_P(JournalContract, bytes_may_be_empty_or_binary) {
    const std::string binary("\0\xff\0x", 4);
    const std::vector<AppendRequest> group{request_at(1, ""), request_at(1, binary)};
    ASSERT_EQ(journal_->append(group).value(), 2u);
    reopen();
    const auto records = read_all(*journal_);
    EXPECT_EQ(records->at(0).bytes, "");
    EXPECT_EQ(records->at(1).bytes, binary);
}

TEST_P(JournalContract, a_checkpoint_changes_nothing_that_is_read) {
    append_many(*journal_, 40);
    const auto before = journal_->head().value();
    journal_->checkpoint();
    EXPECT_EQ(journal_->head().value().chain, before.chain);
    append_many(*journal_, 2);
    EXPECT_EQ(journal_->head().value().position, before.position + 2);
}

TEST_P(JournalContract, read_starts_after_a_position_and_stops_at_the_limit) {
    append_many(*journal_, 600);
    std::vector<Position> seen;
    const auto done = journal_->read(100, 300, [&](const JournalRecord& r) -> Result<void> {
        seen.push_back(r.position);
        return {};
    });
    ASSERT_TRUE(done);
    ASSERT_EQ(seen.size(), 300u);
    EXPECT_EQ(seen.front(), 101u);
    EXPECT_EQ(seen.back(), 400u);
    EXPECT_TRUE(read_all(*journal_, 600)->empty());
    EXPECT_TRUE(read_all(*journal_, 10'000)->empty());
    EXPECT_TRUE(read_all(*journal_, std::numeric_limits<Position>::max())->empty());
}

TEST_P(JournalContract, an_error_from_the_visitor_ends_the_read) {
    append_many(*journal_, 10);
    int visits = 0;
    const auto done = journal_->read(0, 10, [&](const JournalRecord&) -> Result<void> {
        if (++visits == 3) return fail(ErrorCode::kBusy, "enough");
        return {};
    });
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().message, "enough");
    EXPECT_EQ(visits, 3);
}

TEST_P(JournalContract, a_visitor_may_use_the_journal) {
    append_many(*journal_, 3);
    const auto done = journal_->read(0, 3, [&](const JournalRecord& r) -> Result<void> {
        TRY(journal_->append({{request_at(100, "from inside")}}));
        return journal_->set_follower_position("inside", r.position);
    });
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_EQ(journal_->head()->position, 6u);
}

TEST_P(JournalContract, a_used_idempotency_key_refuses_the_whole_group) {
    ASSERT_TRUE(journal_->append({{request_at(1, "a", "key-1")}}));
    const std::vector<AppendRequest> group{request_at(2, "b"), request_at(2, "c", "key-1")};
    const auto refused = journal_->append(group);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::kConflict);
    EXPECT_EQ(journal_->head()->position, 1u);
    const std::vector<AppendRequest> twice{request_at(2, "b", "k"), request_at(2, "c", "k")};
    EXPECT_EQ(journal_->append(twice).error().code, ErrorCode::kConflict);
    // The journal goes on, and the same key keeps pointing at its batch.
    ASSERT_EQ(journal_->append({{request_at(2, "d", "key-2")}}).value(), 2u);
    reopen();
    EXPECT_EQ(read_all(*journal_)->size(), 2u);
    const auto found = journal_->find_by_key("key-1");
    ASSERT_TRUE(found && *found);
    EXPECT_EQ((*found)->position, 1u);
    EXPECT_EQ((*found)->bytes, "a");
    EXPECT_FALSE(journal_->find_by_key("never").value());
    EXPECT_FALSE(journal_->find_by_key("").value());
}

TEST_P(JournalContract, time_never_runs_backwards) {
    ASSERT_TRUE(journal_->append({{request_at(10, "a")}}));
    EXPECT_TRUE(journal_->append({{request_at(10, "same instant")}}));
    const auto refused = journal_->append({{request_at(9, "b")}});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::kInvalid);
    const std::vector<AppendRequest> inside{request_at(12, "c"), request_at(11, "d")};
    EXPECT_EQ(journal_->append(inside).error().code, ErrorCode::kInvalid);
    EXPECT_EQ(journal_->head()->position, 2u);
}

TEST_P(JournalContract, the_first_batch_may_be_before_1970) {
    ASSERT_TRUE(journal_->append({{request_at(-5, "early")}}));
    EXPECT_EQ(journal_->head()->at.ms, -5000);
}

TEST_P(JournalContract, head_at_names_the_newest_batch_of_that_instant) {
    EXPECT_EQ(journal_->head_at(Timestamp{5}).value().position, 0u);
    for (const std::int64_t second : {10, 20, 20, 30}) {
        ASSERT_TRUE(journal_->append({{request_at(second, "x")}}));
    }
    const auto position_at = [&](std::int64_t ms) {
        return journal_->head_at(Timestamp{ms}).value().position;
    };
    EXPECT_EQ(position_at(9'999), 0u);
    EXPECT_EQ(position_at(10'000), 1u);
    EXPECT_EQ(position_at(19'999), 1u);
    EXPECT_EQ(position_at(20'000), 3u);
    EXPECT_EQ(position_at(29'999), 3u);
    EXPECT_EQ(position_at(30'000), 4u);
    EXPECT_EQ(position_at(99'999), 4u);
    EXPECT_EQ(journal_->head_at(Timestamp{25'000})->chain, read_all(*journal_)->at(2).chain);
}

TEST_P(JournalContract, bounds_are_hit_exactly) {
    ASSERT_TRUE(journal_->append({{request_at(1, std::string(kBatchBytesMax, 'x'))}}));
    const auto code = [&](const AppendRequest& request) {
        return journal_->append({&request, 1}).error().code;
    };
    EXPECT_EQ(code(request_at(1, std::string(kBatchBytesMax + 1, 'x'))), ErrorCode::kTooLarge);
    ASSERT_TRUE(
        journal_->append({{request_at(1, "a", std::string(kIdempotencyKeyBytesMax, 'k'))}}));
    EXPECT_EQ(code(request_at(1, "a", std::string(kIdempotencyKeyBytesMax + 1, 'k'))),
              ErrorCode::kTooLarge);
    AppendRequest sealed = request_at(1, "a");
    sealed.sealed.push_back(sealed_row(std::string(kSealedTextBytesMax, 't')));
    EXPECT_TRUE(journal_->append({&sealed, 1}));
    sealed.sealed[0] = sealed_row(std::string(kSealedTextBytesMax + 1, 't'));
    EXPECT_EQ(code(sealed), ErrorCode::kTooLarge);
    std::vector<AppendRequest> many(kRequestsPerAppendMax, request_at(1, "m"));
    EXPECT_TRUE(journal_->append(many));
    many.push_back(request_at(1, "m"));
    EXPECT_EQ(journal_->append(many).error().code, ErrorCode::kTooLarge);
    EXPECT_EQ(journal_->head()->position, 3 + kRequestsPerAppendMax);
}

TEST_P(JournalContract, names_and_values_are_bounded) {
    const std::string longest(kStoredNameBytesMax, 'n');
    EXPECT_TRUE(journal_->set_meta(longest, std::string(kMetaValueBytesMax, 'v')));
    EXPECT_EQ(journal_->set_meta(longest + "n", "v").error().code, ErrorCode::kTooLarge);
    EXPECT_EQ(journal_->set_meta("n", std::string(kMetaValueBytesMax + 1, 'v')).error().code,
              ErrorCode::kTooLarge);
    EXPECT_EQ(journal_->set_meta("", "v").error().code, ErrorCode::kInvalid);
    EXPECT_EQ(journal_->set_follower_position(longest + "n", 0).error().code, ErrorCode::kTooLarge);
}

TEST_P(JournalContract, sealed_text_is_durable_with_its_batch) {
    AppendRequest request = request_at(1, "a");
    const SealedRow row = sealed_row("We unplugged the wrong router.");
    request.sealed.push_back(row);
    ASSERT_TRUE(journal_->append({&request, 1}));
    reopen();
    EXPECT_EQ(journal_->sealed_text(row.commitment).value(), row.text);
    EXPECT_EQ(journal_->sealed_text(std::string(64, '0')).error().code, ErrorCode::kNotFound);
}

TEST_P(JournalContract, a_commitment_that_does_not_match_is_refused) {
    AppendRequest request = request_at(1, "a");
    request.sealed.push_back(sealed_row("text"));
    request.sealed[0].text = "another text";
    EXPECT_EQ(journal_->append({&request, 1}).error().code, ErrorCode::kInvalid);
    EXPECT_EQ(journal_->head()->position, 0u);
}

TEST_P(JournalContract, an_erased_text_is_in_no_file_and_the_chain_still_verifies) {
    std::vector<SealedRow> rows;
    for (int i = 0; i < 120; ++i) {
        // Sizes from a few bytes to several pages, so that splits and overflow pages take part.
        std::string text = "erasable-" + std::to_string(i) + "-mark ";
        text += std::string(static_cast<std::size_t>(i * i), static_cast<char>('a' + i % 26));
        rows.push_back(sealed_row(text + " end-" + std::to_string(i) + "-mark"));
        AppendRequest request = request_at(i, "batch");
        request.sealed.push_back(rows.back());
        ASSERT_TRUE(journal_->append({&request, 1}));
    }
    for (std::size_t i = 0; i < rows.size(); i += 2) {
        const auto erased = journal_->erase_sealed_text(rows[i].commitment);
        ASSERT_TRUE(erased) << erased.error().message;
    }
    const std::string bytes = harness_.all_bytes();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const bool gone = i % 2 == 0;
        const std::string number = std::to_string(i);
        if (gone) {
            EXPECT_EQ(bytes.find("erasable-" + number + "-mark"), std::string::npos) << i;
            EXPECT_EQ(bytes.find("end-" + number + "-mark"), std::string::npos) << i;
            EXPECT_EQ(journal_->sealed_text(rows[i].commitment).error().code, ErrorCode::kNotFound);
        } else {
            // The negative control of the search: what was not erased is found.
            if (!bytes.empty()) {
                EXPECT_NE(bytes.find("erasable-" + number + "-mark"), std::string::npos) << i;
            }
            EXPECT_EQ(journal_->sealed_text(rows[i].commitment).value(), rows[i].text);
        }
    }
    EXPECT_TRUE(journal_->erase_sealed_text(rows[0].commitment));
    EXPECT_TRUE(journal_->erase_sealed_text(std::string(64, '0')));
    reopen();
    EXPECT_EQ(read_all(*journal_)->size(), rows.size());
    EXPECT_EQ(journal_->sealed_text(rows[0].commitment).error().code, ErrorCode::kNotFound);
}

TEST_P(JournalContract, the_newest_matching_snapshot_is_found) {
    append_many(*journal_, 30);
    EXPECT_FALSE(journal_->snapshot(30, 1).value());
    ASSERT_TRUE(journal_->put_snapshot(snapshot_of(*journal_, 10, 1, "at ten")));
    ASSERT_TRUE(journal_->put_snapshot(snapshot_of(*journal_, 20, 1, "at twenty")));
    ASSERT_TRUE(journal_->put_snapshot(snapshot_of(*journal_, 25, 2, "newer apply")));
    reopen();
    EXPECT_EQ(journal_->snapshot(30, 1).value()->bytes, "at twenty");
    EXPECT_EQ(journal_->snapshot(19, 1).value()->bytes, "at ten");
    EXPECT_EQ(journal_->snapshot(30, 2).value()->bytes, "newer apply");
    EXPECT_FALSE(journal_->snapshot(9, 1).value());
    EXPECT_FALSE(journal_->snapshot(30, 3).value());
    const auto found = journal_->snapshot(std::numeric_limits<Position>::max(), 1).value();
    EXPECT_EQ(found->position, 20u);
    EXPECT_EQ(found->at.ms, 20'000);
    EXPECT_EQ(found->chain, read_all(*journal_)->at(19).chain);
}

TEST_P(JournalContract, a_snapshot_of_another_chain_is_never_returned) {
    append_many(*journal_, 5);
    StateSnapshot foreign = snapshot_of(*journal_, 5, 1, "foreign");
    foreign.chain[0] ^= 1;
    ASSERT_TRUE(journal_->put_snapshot(snapshot_of(*journal_, 4, 1, "ours")));
    ASSERT_TRUE(journal_->put_snapshot(foreign));
    EXPECT_EQ(journal_->snapshot(5, 1).value()->bytes, "ours");
}

TEST_P(JournalContract, old_snapshots_are_thinned_to_one_a_day) {
    // Thirty snapshots, ten on each of three days.
    for (int i = 0; i < 30; ++i) {
        const std::int64_t day = i / 10;
        ASSERT_TRUE(journal_->append({{request_at(day * 86'400 + i, "x")}}));
        const auto position = static_cast<Position>(i + 1);
        ASSERT_TRUE(journal_->put_snapshot(snapshot_of(*journal_, position, 1, "s")));
    }
    std::vector<Position> kept;
    for (Position p = 30; p > 0;) {
        const auto found = journal_->snapshot(p, 1).value();
        if (!found) break;
        kept.push_back(found->position);
        p = found->position - 1;
    }
    EXPECT_EQ(kept, (std::vector<Position>{30, 29, 28, 27, 26, 25, 24, 23, 20, 10}));
}

TEST_P(JournalContract, followers_keep_their_positions) {
    append_many(*journal_, 5);
    EXPECT_EQ(journal_->follower_position("page").value(), 0u);
    ASSERT_TRUE(journal_->set_follower_position("page", 3));
    ASSERT_TRUE(journal_->set_follower_position("page", 4));
    ASSERT_TRUE(journal_->set_follower_position("mail", 5));
    EXPECT_EQ(journal_->set_follower_position("mail", 6).error().code, ErrorCode::kInvalid);
    reopen();
    EXPECT_EQ(journal_->follower_position("page").value(), 4u);
    EXPECT_EQ(journal_->follower_position("mail").value(), 5u);
}

TEST_P(JournalContract, meta_values_are_kept) {
    EXPECT_EQ(journal_->meta("salt").value(), "");
    const std::string binary("\0\x01\xff", 3);
    ASSERT_TRUE(journal_->set_meta("salt", "first"));
    ASSERT_TRUE(journal_->set_meta("salt", binary));
    reopen();
    EXPECT_EQ(journal_->meta("salt").value(), binary);
}

TEST_P(JournalContract, readers_see_whole_groups_only) {
    append_many(*journal_, 3);
    auto reader = journal_->open_reader();
    ASSERT_TRUE(reader) << reader.error().message;
    EXPECT_EQ((*reader)->head()->position, 3u);
    append_many(*journal_, 2);
    EXPECT_EQ((*reader)->head()->position, 5u);
    EXPECT_EQ(read_all(**reader)->size(), 5u);
    // Another thread reads while this one appends groups of ten.
    bool torn_group_seen = false;
    std::thread other([&, own = std::move(*reader)] {
        for (Position last = 5; last < 1'005;) {
            last = own->head()->position;
            if (last % 10 != 5 || !read_all(*own, last - 5)) torn_group_seen = true;
        }
    });
    for (int i = 0; i < 100; ++i) append_many(*journal_, 10);
    other.join();
    EXPECT_FALSE(torn_group_seen);
}

TEST_P(JournalContract, a_reader_answers_all_questions) {
    AppendRequest request = request_at(7, "a", "key");
    request.sealed.push_back(sealed_row("text"));
    ASSERT_TRUE(journal_->append({&request, 1}));
    ASSERT_TRUE(journal_->put_snapshot(snapshot_of(*journal_, 1, 1, "s")));
    auto reader = journal_->open_reader().value();
    EXPECT_EQ(reader->head_at(Timestamp{7'000})->position, 1u);
    EXPECT_EQ(reader->snapshot(1, 1).value()->bytes, "s");
    EXPECT_EQ(reader->sealed_text(request.sealed[0].commitment).value(), "text");
    EXPECT_EQ(reader->find_by_key("key").value()->position, 1u);
}

}  // namespace
}  // namespace candor::test
