#include "app/instance.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <thread>
#include <vector>

namespace candor::app {
namespace {

class Instance : public testing::Test {
   protected:
    void SetUp() override {
        folder_ = testing::TempDir() + "instance" + std::to_string(::getpid()) +
                  testing::UnitTest::GetInstance()->current_test_info()->name();
        std::filesystem::remove_all(folder_);
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    std::string folder_;
};

TEST_F(Instance, creates_once_and_reads_ever_after) {
    const auto first = instance_secret(folder_);
    ASSERT_TRUE(first) << first.error().message;
    EXPECT_EQ(first->size(), 64U);
    EXPECT_EQ(*instance_secret(folder_), *first);
    EXPECT_NE(*operator_token(folder_), *first);
    struct stat info{};
    ASSERT_EQ(::stat((folder_ + "/instance.secret").c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777U, 0600U);
    ASSERT_EQ(::stat(folder_.c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777U, 0700U);
    std::size_t files = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder_)) ++files;
    EXPECT_EQ(files, 2U) << "drafts are left over";
}

TEST_F(Instance, starting_together_agrees_on_one) {
    std::vector<std::string> seen(8);
    std::vector<std::thread> threads;
    for (std::string& mine : seen) {
        threads.emplace_back([&mine, this] { mine = instance_secret(folder_).value_or("failed"); });
    }
    for (std::thread& thread : threads) thread.join();
    for (const std::string& mine : seen) EXPECT_EQ(mine, seen[0]);
    EXPECT_EQ(seen[0].size(), 64U);
}

TEST_F(Instance, refuses_what_others_can_read) {
    ASSERT_TRUE(instance_secret(folder_));
    const std::string path = folder_ + "/instance.secret";
    ASSERT_EQ(::chmod(path.c_str(), 0640), 0);
    EXPECT_EQ(instance_secret(folder_).error().message,
              path + " can be read by others: run chmod 600 " + path);
}

TEST_F(Instance, refuses_damage_and_overwrites_nothing) {
    ASSERT_TRUE(instance_secret(folder_));
    const std::string path = folder_ + "/instance.secret";
    std::ofstream(path) << "short\n";
    EXPECT_EQ(instance_secret(folder_).error().code, ErrorCode::kCorrupt);
    std::ifstream in(path);
    std::string left;
    in >> left;
    EXPECT_EQ(left, "short");
}

TEST_F(Instance, a_damaged_token_is_no_matter_of_pings) {
    ASSERT_TRUE(operator_token(folder_));
    ASSERT_TRUE(instance_secret(folder_));
    std::ofstream(folder_ + "/operator.token") << "short\n";
    std::ofstream(folder_ + "/instance.secret") << "short\n";
    EXPECT_EQ(operator_token(folder_).error().message,
              folder_ +
                  "/operator.token does not hold 64 hexadecimal digits: restore it from a "
                  "backup, or delete it: the next start makes a new one");
    EXPECT_NE(instance_secret(folder_).error().message.find("changes all ping URLs"),
              std::string::npos);
}

TEST_F(Instance, follows_no_link) {
    ASSERT_TRUE(ensure_storage_folder(folder_));
    std::filesystem::create_symlink("/dev/null", folder_ + "/instance.secret");
    EXPECT_FALSE(instance_secret(folder_));
}

}  // namespace
}  // namespace candor::app
