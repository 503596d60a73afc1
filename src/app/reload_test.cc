#include "app/reload.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace candor::app {
namespace {

namespace fs = std::filesystem;

class Reload : public testing::Test {
   protected:
    void SetUp() override {
        folder_ = fs::path(testing::TempDir()) /
                  ("reload" + std::to_string(::getpid()) +
                   testing::UnitTest::GetInstance()->current_test_info()->name());
        fs::remove_all(folder_);
        fs::create_directories(folder_);
        write("candor.yaml", "one");
    }
    void TearDown() override { fs::remove_all(folder_); }

    void write(const std::string& name, std::string_view text) {
        std::ofstream(folder_ / name) << text;
    }
    SaveWatch watch(const std::string& name = "candor.yaml") {
        return SaveWatch::open((folder_ / name).string(), milliseconds(20)).value();
    }
    // Waits on the descriptor, not on a clock; the limit only ends a broken run.
    static bool saved(SaveWatch& watch) {
        constexpr int kLimitMs = 10'000;
        for (;;) {
            pollfd fd{watch.fd(), POLLIN, 0};
            if (::poll(&fd, 1, kLimitMs) != 1) return false;
            if (watch.poll()) return true;
        }
    }
    // Nothing waits at this moment.
    static bool quiet(SaveWatch& watch) {
        pollfd fd{watch.fd(), POLLIN, 0};
        return ::poll(&fd, 1, 0) == 0 || !watch.poll();
    }

    fs::path folder_;
};

TEST_F(Reload, sees_a_file_written_in_place) {
    SaveWatch saves = watch();
    write("candor.yaml", "two");
    EXPECT_TRUE(saved(saves));
}

TEST_F(Reload, sees_a_new_file_renamed_over_the_old_one) {
    SaveWatch saves = watch();
    for (int round = 0; round < 3; ++round) {
        write(".candor.yaml.swp", "two");
        fs::rename(folder_ / ".candor.yaml.swp", folder_ / "candor.yaml");
        EXPECT_TRUE(saved(saves)) << round;
    }
}

TEST_F(Reload, sees_the_old_one_moved_away_and_a_new_one_written) {
    SaveWatch saves = watch();
    fs::rename(folder_ / "candor.yaml", folder_ / "candor.yaml~");
    write("candor.yaml", "two");
    EXPECT_TRUE(saved(saves));
}

TEST_F(Reload, sees_that_the_file_is_gone) {
    SaveWatch saves = watch();
    fs::remove(folder_ / "candor.yaml");
    EXPECT_TRUE(saved(saves));
    write("candor.yaml", "two");
    EXPECT_TRUE(saved(saves));
    fs::rename(folder_ / "candor.yaml", folder_ / "candor.yaml~");
    EXPECT_TRUE(saved(saves));
}

TEST_F(Reload, sees_a_file_that_was_deleted_and_came_back) {
    SaveWatch saves = watch();
    fs::remove(folder_ / "candor.yaml");
    write("candor.yaml", "two");
    EXPECT_TRUE(saved(saves));
}

TEST_F(Reload, sees_through_a_link_and_when_the_link_moves) {
    fs::create_directories(folder_ / "a");
    fs::create_directories(folder_ / "b");
    write("a/real.yaml", "one");
    write("b/real.yaml", "two");
    fs::create_symlink("a/real.yaml", folder_ / "link.yaml");
    SaveWatch saves = watch("link.yaml");
    write("a/real.yaml", "one again");
    EXPECT_TRUE(saved(saves));
    fs::create_symlink("b/real.yaml", folder_ / "new");
    fs::rename(folder_ / "new", folder_ / "link.yaml");
    EXPECT_TRUE(saved(saves));
    write("b/real.yaml", "three");
    EXPECT_TRUE(saved(saves));
}

TEST_F(Reload, sees_the_swap_of_a_mounted_folder_of_settings) {
    fs::create_directories(folder_ / "v1");
    fs::create_directories(folder_ / "v2");
    write("v1/mounted.yaml", "one");
    write("v2/mounted.yaml", "two");
    fs::create_symlink("v1", folder_ / "..data");
    fs::create_symlink("..data/mounted.yaml", folder_ / "mounted.yaml");
    SaveWatch saves = watch("mounted.yaml");
    fs::create_symlink("v2", folder_ / "..data_tmp");
    fs::rename(folder_ / "..data_tmp", folder_ / "..data");
    EXPECT_TRUE(saved(saves));
}

TEST_F(Reload, a_burst_counts_once_and_other_files_never) {
    SaveWatch saves = watch();
    for (int i = 0; i < 50; ++i) write("candor.yaml", "two");
    saves.touch();
    EXPECT_TRUE(saved(saves));
    EXPECT_TRUE(quiet(saves));
    write("other.yaml", "x");
    EXPECT_TRUE(quiet(saves));
}

TEST_F(Reload, a_folder_that_is_not_there_is_an_error) {
    EXPECT_FALSE(SaveWatch::open((folder_ / "none/candor.yaml").string()));
}

}  // namespace
}  // namespace candor::app
