// A byte of the closed journal is flipped, at many places: the truth, or a refusal that names the
// place, and never an overwritten file.
//
// "The truth" is every batch with its verified chain, or all but a last one that was dropped with a
// log line. What the chain covers is compared in full; other tables are checked for what they can
// prove themselves (texts by commitment, snapshots by digest).

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <cstdio>
#include <fstream>
#include <limits>
#include <map>

#include "store/sqlite_journal.h"
#include "tests/contract/temp_folder.h"
#include "tests/crash/workload_values.h"

namespace candor::test {
namespace {

constexpr Position kBatches = 60;
constexpr std::size_t kStride = 167;

std::string path_of(const TempFolder& folder) {
    return folder.path() + "/journal.db";
}

void write_file(const std::string& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

void fill(const TempFolder& folder) {
    auto journal = store::open_sqlite_journal({.folder = folder.path(), .ballast_bytes = 0});
    ASSERT_TRUE(journal) << journal.error().message;
    for (Position p = 1; p <= kBatches; ++p) {
        AppendRequest request{batch_time(p), batch_bytes(p, 500), batch_key(p), {}, true};
        if (p % 10 == 0) request.sealed.push_back(text_row(p));
        ASSERT_TRUE((*journal)->append({&request, 1}));
        if (p != 40) continue;
        const JournalHead head = (*journal)->head().value();
        ASSERT_TRUE((*journal)->put_snapshot({p, head.at, head.chain, 1, snapshot_bytes(p)}));
    }
}

// What opening and asking everything gave.
struct Answers {
    bool refused = false;           // some answer was an error
    bool dropped_torn = false;      // the last batch went, with a log line
    std::string error;              // the first one
    std::vector<std::string> lies;  // wrong answers without an error
};

class Asker final {
   public:
    explicit Asker(const std::string& folder) {
        auto opened = store::open_sqlite_journal(
            {.folder = folder, .ballast_bytes = 0, .log = [this](std::string_view line) {
                 answers_.dropped_torn |= line.find("torn") != std::string_view::npos;
             }});
        if (!opened) {
            refuse(opened.error());
            return;
        }
        ask(**opened);
    }
    const Answers& answers() const { return answers_; }

   private:
    void refuse(const Error& error) {
        if (!answers_.refused) answers_.error = error.message;
        answers_.refused = true;
        const bool exact =
            error.code == ErrorCode::kCorrupt || error.code == ErrorCode::kUnsupported;
        if (!exact) answers_.lies.push_back("refused as another kind: " + error.message);
    }
    void expect(bool good, std::string lie) {
        if (!good) answers_.lies.push_back(std::move(lie));
    }

    void ask(Journal& journal) {
        const Position end = answers_.dropped_torn ? kBatches - 1 : kBatches;
        expect(journal.head()->position == end, "head");
        Position seen = 0;
        const auto read = journal.read(0, std::numeric_limits<std::size_t>::max(),
                                       [&](const JournalRecord& r) -> Result<void> {
                                           ++seen;
                                           expect(r.position == seen && r.at == batch_time(seen) &&
                                                      r.bytes == batch_bytes(seen, 500),
                                                  "batch " + std::to_string(seen));
                                           return {};
                                       });
        if (!read) refuse(read.error());
        expect(!read || seen == end, "batches end early");
        for (Position p = 1; p <= end; ++p) {
            const auto at = journal.head_at(batch_time(p));
            if (!at) refuse(at.error());
            expect(!at || at->position == p, "head_at " + std::to_string(p));
        }
        ask_side_tables(journal, end);
    }

    void ask_side_tables(Journal& journal, Position end) {
        const auto snapshot = journal.snapshot(end, 1);
        if (!snapshot) refuse(snapshot.error());
        expect(!snapshot || !*snapshot || (*snapshot)->bytes == snapshot_bytes(40), "snapshot");
        for (Position p = 10; p <= end; p += 10) {
            const SealedRow row = text_row(p);
            const auto text = journal.sealed_text(row.commitment);
            if (!text && text.error().code != ErrorCode::kNotFound) refuse(text.error());
            expect(!text || *text == row.text, "text " + std::to_string(p));
        }
        for (Position p = 3; p <= end; p += 3) {
            const auto found = journal.find_by_key(batch_key(p));
            if (!found) refuse(found.error());
            expect(!found || !*found || (*found)->bytes == batch_bytes(p, 500),
                   "key " + std::to_string(p));
        }
    }

    Answers answers_;
};

TEST(Damage, a_flipped_byte_is_refused_by_name_or_changes_nothing) {
    const TempFolder folder;
    fill(folder);
    const std::string pristine = TempFolder::file_bytes(path_of(folder));
    ASSERT_GT(pristine.size(), 60'000u);
    std::map<std::string, int> counts;
    for (std::size_t offset = 0; offset < pristine.size(); offset += kStride) {
        SCOPED_TRACE("byte " + std::to_string(offset));
        std::filesystem::remove(path_of(folder) + "-wal");
        std::string damaged = pristine;
        damaged[offset] = static_cast<char>(damaged[offset] ^ (1 << (offset / kStride % 8)));
        write_file(path_of(folder), damaged);
        const Answers answers = Asker(folder.path()).answers();
        EXPECT_EQ(answers.lies, std::vector<std::string>{}) << answers.error;
        if (answers.dropped_torn) {
            ++counts["torn"];
            continue;
        }
        ++counts[answers.refused ? "refused" : "unaffected"];
        EXPECT_TRUE(TempFolder::file_bytes(path_of(folder)) == damaged) << "overwritten";
        const bool names_it = answers.error.find("journal") != std::string::npos ||
                              answers.error.find("commitment") != std::string::npos;
        EXPECT_TRUE(!answers.refused || names_it) << answers.error;
    }
    for (const auto& [what, count] : counts) std::printf("%s: %d\n", what.c_str(), count);
    EXPECT_GT(counts["refused"], 100);
    EXPECT_GT(counts["unaffected"], 0);
}

// The control: a journal that was rewritten with valid pages is caught by the chain alone.
TEST(DamageControl, a_changed_batch_in_valid_pages_is_refused_by_its_position) {
    const TempFolder folder;
    fill(folder);
    std::string bytes = TempFolder::file_bytes(path_of(folder));
    const std::size_t at = bytes.find("batch 17 ");
    ASSERT_NE(at, std::string::npos);
    bytes[at + 20] = '!';
    write_file(path_of(folder), bytes);
    const auto opened = store::open_sqlite_journal({.folder = folder.path(), .ballast_bytes = 0});
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, ErrorCode::kCorrupt);
    EXPECT_NE(opened.error().message.find("batch 17 of the journal is damaged"), std::string::npos)
        << opened.error().message;
    EXPECT_TRUE(TempFolder::file_bytes(path_of(folder)) == bytes);
}

// VACUUM moves the pages at which tables begin; that is no damage.
TEST(Damage, a_vacuumed_journal_opens_as_it_was) {
    const TempFolder folder;
    fill(folder);
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(path_of(folder).c_str(), &database), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(database, "VACUUM", nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(database);
    const Answers answers = Asker(folder.path()).answers();
    EXPECT_FALSE(answers.refused) << answers.error;
    EXPECT_EQ(answers.lies, std::vector<std::string>{});
}

// A start verifies only the newest batches; what is behind them is verified when it is asked for.
TEST(Damage, an_old_time_that_changed_is_never_answered_with) {
    const TempFolder folder;
    constexpr Position kMany = 5'000;
    {
        auto journal = store::open_sqlite_journal({.folder = folder.path(), .ballast_bytes = 0});
        ASSERT_TRUE(journal) << journal.error().message;
        std::vector<AppendRequest> group;
        for (Position p = 1; p <= kMany; ++p) {
            group.push_back({batch_time(p), batch_bytes(p, 20), "", {}, true});
            if (p % 2'500 != 0) continue;
            ASSERT_TRUE((*journal)->append(group));
            group.clear();
        }
    }
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(path_of(folder).c_str(), &database), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(database, "UPDATE batches SET at = at + 3000000 WHERE position = 10",
                           nullptr, nullptr, nullptr),
              SQLITE_OK);
    sqlite3_close(database);
    auto journal = store::open_sqlite_journal({.folder = folder.path(), .ballast_bytes = 0});
    ASSERT_TRUE(journal) << journal.error().message;
    for (Position p = 1; p <= 30; ++p) {
        const auto found = (*journal)->head_at(batch_time(p));
        if (found) {
            EXPECT_EQ(found->position, p);
        } else {
            EXPECT_EQ(found.error().code, ErrorCode::kCorrupt);
        }
    }
    const auto misled = (*journal)->head_at(batch_time(10));
    ASSERT_FALSE(misled);
    EXPECT_NE(misled.error().message.find("batch 10 "), std::string::npos)
        << misled.error().message;
}

}  // namespace
}  // namespace candor::test
