#include "app/log.h"

#include <gtest/gtest.h>

namespace candor::app {
namespace {

TEST(Log, writes_one_line_of_keys_and_values) {
    EXPECT_EQ(format_log("reload", {{"file", "candor.yaml"}, {"checks", "12"}}),
              "event=reload file=candor.yaml checks=12");
    EXPECT_EQ(format_log("two words", {{"empty", ""}}), "event=\"two words\" empty=\"\"");
}

TEST(Log, nobody_writes_a_second_line_or_a_false_key) {
    EXPECT_EQ(format_log("e", {{"v", "a\nlevel=error b"}}), "event=e v=\"a\\nlevel=error b\"");
    EXPECT_EQ(format_log("e", {{"v", "x\" y=\"1"}}), "event=e v=\"x\\\" y=\\\"1\"");
    EXPECT_EQ(format_log("e", {{"v", "a\x1b[31m\r\x7f"}}), "event=e v=\"a\\x1b[31m\\x0d\\x7f\"");
    EXPECT_EQ(format_log("e", {{"v", "\xff"}}), "event=e v=\"\\xff\"");
    EXPECT_EQ(format_log("e", {{"v", "\xc2\x9b"}}), "event=e v=\"\\xc2\\x9b\"");
    EXPECT_EQ(format_log("e", {{"v", "Zürich"}}), "event=e v=Zürich");
}

TEST(Log, long_values_are_cut) {
    const std::string line = format_log("e", {{"v", std::string(5000, 'x')}});
    EXPECT_LT(line.size(), 2100U);
    EXPECT_TRUE(line.ends_with("x…\""));
}

TEST(Log, knows_its_levels) {
    EXPECT_FALSE(set_up_log("loud"));
    EXPECT_TRUE(set_up_log("error"));
}

}  // namespace
}  // namespace candor::app
