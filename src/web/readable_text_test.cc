#include "web/readable_text.h"

#include <gtest/gtest.h>

namespace candor::web {
namespace {

std::string line(std::string_view text) {
    return unreadable(text, TextKind::kLine).value_or("good");
}
std::string lines(std::string_view text) {
    return unreadable(text, TextKind::kLines).value_or("good");
}

TEST(ReadableText, words_of_any_script_are_good) {
    for (const char* text : {"", "Sign-in is slow", "Störung bei Übersee", "登录失败",
                             "خدمة \u200fالدليل", "می\u200cشود", "👩\u200d🔧 at work ❤\ufe0f"}) {
        EXPECT_EQ(line(text), "good") << text;
        EXPECT_EQ(lines(text), "good") << text;
    }
}

TEST(ReadableText, what_turns_the_direction_is_refused_everywhere) {
    for (const char* text : {"a\u202eb", "a\u202ab", "a\u2066b", "a\u2069b"}) {
        EXPECT_NE(line(text).find("in another order"), std::string::npos);
        EXPECT_NE(lines(text).find("in another order"), std::string::npos);
    }
    EXPECT_EQ(line("a\u202eb"),
              "holds U+202E, which shows text in another order than it is written; leave it out");
}

TEST(ReadableText, control_characters_are_refused_but_for_line_ends_in_posts) {
    EXPECT_EQ(line("a\nb"), "holds the control character U+000A; leave it out");
    EXPECT_EQ(lines("a\r\n\tb"), "good");
    for (const char* text : {"a\u0001", "\u007f", "\u009b31m red", "a\u001b[0m"}) {
        EXPECT_NE(line(text).find("control character"), std::string::npos);
        EXPECT_NE(lines(text).find("control character"), std::string::npos);
    }
}

TEST(ReadableText, a_title_holds_no_hidden_characters) {
    for (const char* text : {"Sign\u200b-in", "\ufeffSign-in", "Sign\u2060-in"}) {
        EXPECT_NE(line(text).find("nobody can see"), std::string::npos);
        EXPECT_EQ(lines(text), "good");
    }
}

TEST(ReadableText, something_must_be_seen) {
    for (const char* text : {" ", "\u00a0", "\u200d\u200c", "\u3164", "\u2800", "\u00ad",
                             "\u2003\u3000", "\U000e0041", "\ufe0f"}) {
        EXPECT_NE(line(text).find("nothing that can be seen"), std::string::npos) << text;
        EXPECT_NE(lines(text).find("nothing that can be seen"), std::string::npos) << text;
    }
    EXPECT_NE(lines("\n\n\u200b\n").find("nothing that can be seen"), std::string::npos);
}

}  // namespace
}  // namespace candor::web
