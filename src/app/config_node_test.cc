#include "app/config_node.h"

#include <gtest/gtest.h>

namespace candor::app {
namespace {

std::string problems_of(std::string_view yaml) {
    ConfigProblems problems("f");
    parse_yaml(yaml, problems);
    return problems.text();
}

TEST(ConfigNode, knows_where_things_stand) {
    ConfigProblems problems("f");
    const auto root = parse_yaml("a:\n  - { b: 'x y', c: }\n  - \"5\"\n", problems);
    ASSERT_TRUE(root);
    const Node* list = root->find("a");
    ASSERT_NE(list, nullptr);
    ASSERT_EQ(list->items.size(), 2U);
    const Node& map = list->items[0];
    EXPECT_EQ(map.mark, (Mark{2, 5}));
    EXPECT_EQ(map.entries[0].mark, (Mark{2, 7}));
    EXPECT_EQ(map.entries[0].value.mark, (Mark{2, 10}));
    EXPECT_EQ(map.entries[0].value.text, "x y");
    EXPECT_TRUE(map.entries[1].value.is_null());
    EXPECT_FALSE(list->items[1].plain);
    EXPECT_EQ(problems.text(), "");
}

TEST(ConfigNode, an_empty_text_is_an_empty_map) {
    for (const char* text : {"", "\n", "# only a comment\n", "---\n"}) {
        ConfigProblems problems("f");
        const auto root = parse_yaml(text, problems);
        ASSERT_TRUE(root) << text;
        EXPECT_TRUE(root->entries.empty());
    }
}

TEST(ConfigNode, nests_to_32_levels_and_no_deeper) {
    const auto nested = [](std::size_t depth) {
        return std::string(depth, '[') + std::string(depth, ']');
    };
    EXPECT_EQ(problems_of(nested(kConfigDepthMax)), "");
    EXPECT_EQ(problems_of(nested(kConfigDepthMax + 1)),
              "f:1:33: nested deeper than 32 levels\n"
              "  no field of Candor nests this deep: check the indentation\n");
    EXPECT_NE(problems_of(nested(100'000)), "");
}

TEST(ConfigNode, files_end_at_4_MiB) {
    const std::string line = "# comment\n";
    std::string text;
    while (text.size() + line.size() <= kConfigBytesMax) text += line;
    text.resize(kConfigBytesMax, '\n');
    EXPECT_EQ(problems_of(text), "");
    EXPECT_EQ(problems_of(text + '\n'),
              "f: the file is larger than 4 MiB\n  a configuration this large is a mistake\n");
}

TEST(ConfigNode, many_keys_stay_linear) {
    std::string text;
    for (int i = 0; i < 200'000; ++i) text += "k" + std::to_string(i) + ": 1\n";
    ConfigProblems problems("f");
    const auto root = parse_yaml(text, problems);
    ASSERT_TRUE(root);
    EXPECT_EQ(root->entries.size(), 200'000U);
}

TEST(ConfigNode, only_strict_utf8_is_read) {
    EXPECT_TRUE(is_clean_utf8("aé€😀"));
    for (const std::string_view bad :
         {std::string_view("\x00", 1), std::string_view("\xC0\x80"),
          std::string_view("\xED\xA0\x80"), std::string_view("\xF4\x90\x80\x80"),
          std::string_view("\xE2\x82"), std::string_view("\xFF"),
          std::string_view("\xE0\x80\x80")}) {
        EXPECT_FALSE(is_clean_utf8(bad));
    }
    EXPECT_EQ(problems_of("a: \xFF"),
              "f: the file is not UTF-8 text\n  save it as UTF-8 without NUL bytes\n");
}

TEST(ConfigNode, at_most_a_hundred_problems_are_kept) {
    ConfigProblems problems("f");
    for (std::size_t i = 0; i < kConfigProblemsMax + 5; ++i) problems.add({1, 1}, "x");
    EXPECT_EQ(problems.kept().size(), kConfigProblemsMax);
    EXPECT_EQ(problems.count(), kConfigProblemsMax + 5);
    EXPECT_TRUE(problems.text().ends_with("f: and 5 more; mend these first\n"));
}

}  // namespace
}  // namespace candor::app
