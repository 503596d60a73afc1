// The storage folder as a whole: foreign files, an older copy of the journal, who may read.
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <filesystem>

#include "store/sqlite_journal.h"
#include "store/sqlite_series.h"
#include "tests/contract/temp_folder.h"

namespace candor::test {
namespace {

namespace fs = std::filesystem;

class StorageFolder : public ::testing::Test {
   protected:
    Result<std::unique_ptr<Journal>> open() {
        return store::open_sqlite_journal({.folder = path(), .ballast_bytes = 4096});
    }
    // Opens, appends `n` batches that say `what`, closes.
    void write(int n, const std::string& what) {
        const auto journal = open();
        ASSERT_TRUE(journal) << journal.error().message;
        for (int i = 0; i < n; ++i) {
            const AppendRequest request{Timestamp{1'000}, what, "", {}, true};
            ASSERT_TRUE((*journal)->append({&request, 1}));
        }
    }
    std::string refusal() {
        const auto journal = open();
        if (journal) return "opened";
        EXPECT_EQ(journal.error().code, ErrorCode::kCorrupt);
        return journal.error().message;
    }
    void sql(const std::string& file, const std::string& statements) {
        sqlite3* database = nullptr;
        ASSERT_EQ(sqlite3_open((path() + "/" + file).c_str(), &database), SQLITE_OK);
        ASSERT_EQ(sqlite3_exec(database, statements.c_str(), nullptr, nullptr, nullptr), SQLITE_OK);
        sqlite3_close(database);
    }
    void copy(const std::string& from, const std::string& to) {
        fs::copy_file(path() + "/" + from, path() + "/" + to, fs::copy_options::overwrite_existing);
    }
    std::string bytes(const std::string& file) const {
        return TempFolder::file_bytes(path() + "/" + file);
    }
    const std::string& path() const { return folder_.path(); }

    TempFolder folder_;
};

TEST_F(StorageFolder, a_database_of_another_program_is_refused_as_it_was_found) {
    for (const char* file : {"journal.db", "series.db"}) {
        sql(file, "CREATE TABLE theirs (x); INSERT INTO theirs VALUES (1)");
    }
    const std::string journal = bytes("journal.db");
    const std::string series = bytes("series.db");
    EXPECT_NE(refusal().find("was not made by Candor"), std::string::npos);
    EXPECT_FALSE(store::open_sqlite_series({.folder = path()}));
    EXPECT_TRUE(bytes("journal.db") == journal);
    EXPECT_TRUE(bytes("series.db") == series);
}

TEST_F(StorageFolder, an_older_copy_of_the_journal_is_noticed) {
    write(3, "before");
    copy("journal.db", "older.db");
    write(4, "after");
    copy("older.db", "journal.db");
    const std::string older = bytes("journal.db");
    EXPECT_NE(refusal().find("ends at record 3, but it had got to record 7"), std::string::npos)
        << refusal();
    EXPECT_TRUE(bytes("journal.db") == older);
    // A person may accept the loss.
    fs::remove(path() + "/journal.head");
    write(1, "again");
    EXPECT_EQ((*open())->head()->position, 4U);
}

TEST_F(StorageFolder, a_missing_journal_is_noticed) {
    write(3, "before");
    fs::remove(path() + "/journal.db");
    EXPECT_NE(refusal().find("ends at record 0, but it had got to record 3"), std::string::npos);
}

TEST_F(StorageFolder, another_journal_is_noticed) {
    write(5, "one");
    copy("journal.head", "one.head");
    for (const char* file : {"journal.db", "journal.head"}) fs::remove(path() + "/" + file);
    write(6, "another");
    copy("one.head", "journal.head");
    EXPECT_NE(refusal().find("is another one"), std::string::npos) << refusal();
}

TEST_F(StorageFolder, a_mark_that_cannot_be_read_proves_nothing) {
    write(2, "x");
    std::ofstream(path() + "/journal.head") << "no mark";
    write(1, "x");
    EXPECT_EQ((*open())->head()->position, 3U);
}

TEST_F(StorageFolder, what_it_makes_is_for_its_user_alone) {
    const mode_t before = ::umask(0);
    {
        const std::string inner = path() + "/a/b";
        const auto journal = store::open_sqlite_journal({.folder = inner, .ballast_bytes = 4096});
        const auto series = store::open_sqlite_series({.folder = inner});
        ASSERT_TRUE(journal && series);
        const AppendRequest request{Timestamp{1'000}, "x", "", {}, true};
        ASSERT_TRUE((*journal)->append({&request, 1}));
        std::size_t files = 0;
        for (const auto& entry : fs::recursive_directory_iterator(path())) {
            const auto mode = static_cast<unsigned>(entry.status().permissions());
            EXPECT_EQ(mode, entry.is_directory() ? 0700U : 0600U) << entry.path();
            files += entry.is_directory() ? 0 : 1;
        }
        EXPECT_GE(files, 8U);
    }
    ::umask(before);
}

}  // namespace
}  // namespace candor::test
