#include "page/path_map.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace candor::page {
namespace {

using Value = std::shared_ptr<const int>;
using Numbers = PathMap<Value>;

std::map<std::string, int> contents(const Numbers& numbers) {
    std::map<std::string, int> out;
    numbers.for_each([&](const std::string& path, const Value& value) {
        EXPECT_TRUE(out.emplace(path, *value).second) << path << " was visited twice";
    });
    EXPECT_EQ(out.size(), numbers.size());
    return out;
}

TEST(PathMap, a_copy_shares_its_base_and_disturbs_nobody) {
    Numbers first;
    first.set("/a", std::make_shared<const int>(1));
    first.set("/b", std::make_shared<const int>(2));
    first.settle();
    Numbers second = first;
    second.set("/a", std::make_shared<const int>(3));
    second.erase("/b");
    second.set("/c", std::make_shared<const int>(4));
    EXPECT_EQ(first.base(), second.base());
    EXPECT_EQ(second.changes().size(), 3U);
    EXPECT_EQ(contents(first), (std::map<std::string, int>{{"/a", 1}, {"/b", 2}}));
    EXPECT_EQ(contents(second), (std::map<std::string, int>{{"/a", 3}, {"/c", 4}}));
    EXPECT_EQ(second.find("/b"), nullptr);
}

TEST(PathMap, setting_what_is_there_changes_nothing) {
    Numbers numbers;
    const auto one = std::make_shared<const int>(1);
    numbers.set("/a", one);
    numbers.settle();
    numbers.set("/a", one);
    numbers.erase("/none");
    EXPECT_TRUE(numbers.changes().empty());
}

TEST(PathMap, holds_what_a_plain_map_would) {
    std::mt19937 random(1);
    Numbers numbers;
    std::map<std::string, int> expected;
    for (int i = 0; i < 2'000; ++i) {
        const std::string path = "/" + std::to_string(random() % 40);
        if (random() % 3 == 0) {
            numbers.erase(path);
            expected.erase(path);
        } else {
            numbers.set(path, std::make_shared<const int>(i));
            expected[path] = i;
        }
        if (random() % 50 == 0) numbers.settle();
        ASSERT_EQ(contents(numbers), expected);
    }
}

}  // namespace
}  // namespace candor::page
