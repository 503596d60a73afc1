#include "page/excerpt.h"

#include <gtest/gtest.h>

#include <string>

namespace candor::page {
namespace {

TEST(Excerpt, what_fits_is_left_alone) {
    EXPECT_EQ(excerpt("", 0), "");
    EXPECT_EQ(excerpt("one two ", 8), "one two ");
    EXPECT_EQ(excerpt("\u00e4\u00f6\u00fc", 3), "\u00e4\u00f6\u00fc");
}

TEST(Excerpt, ends_behind_a_whole_word) {
    EXPECT_EQ(excerpt("one two three", 10), "one two");
    EXPECT_EQ(excerpt("one two three", 7), "one two");
    EXPECT_EQ(excerpt("one two\n\nthree", 9), "one two");
}

TEST(Excerpt, a_text_without_a_blank_is_cut_between_characters) {
    EXPECT_EQ(excerpt("\u00e4\u00f6\u00fc\u00df", 3), "\u00e4\u00f6\u00fc");
    EXPECT_EQ(excerpt("   abcdef", 5), "   ab");
}

TEST(Excerpt, bytes_that_are_no_characters_end_too) {
    EXPECT_EQ(excerpt(std::string(10, '\x80'), 4).size(), 4U);
}

}  // namespace
}  // namespace candor::page
