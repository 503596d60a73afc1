#include "notify/mime.h"

#include <gtest/gtest.h>

namespace candor::notify {
namespace {

TEST(Mime, plain_headers_stay_plain_and_fold_before_words) {
    EXPECT_EQ(unstructured_header("Subject", "Directory is down"),
              "Subject: Directory is down\r\n");
    std::string words;
    for (int i = 0; i < 20; ++i) words += "Directory ";
    EXPECT_EQ(unstructured_header("Subject", words + "end").find("\r\n Directory"), 68U);
}

TEST(Mime, other_alphabets_become_encoded_words) {
    EXPECT_EQ(unstructured_header("Subject", "Störung"),
              "Subject:\r\n =?UTF-8?B?U3TDtnJ1bmc=?=\r\n");
}

TEST(Mime, a_line_end_cannot_start_a_header) {
    EXPECT_EQ(unstructured_header("Subject", "a\r\nBcc: b"), "Subject: a Bcc: b\r\n");
    EXPECT_EQ(mailbox("a\r\n\"b", "c@d.example"), "\"a \\\"b\" <c@d.example>");
}

TEST(Mime, what_looks_encoded_is_encoded_again) {
    EXPECT_EQ(unstructured_header("Subject", "=?UTF-8?Q?x?="),
              "Subject:\r\n =?UTF-8?B?PT9VVEYtOD9RP3g/PQ==?=\r\n");
}

TEST(Mime, quoted_printable_keeps_lines_short_and_dots_harmless) {
    EXPECT_EQ(quoted_printable(".\nFrom me\nFree\na = ü \n"),
              "=2E\r\n=46rom me\r\nFree\r\na =3D =C3=BC=20\r\n");
    const std::string long_line = quoted_printable(std::string(200, '='));
    std::size_t start = 0;
    while (start < long_line.size()) {
        const std::size_t end = long_line.find("\r\n", start);
        EXPECT_LE(end - start, 76U);
        start = end + 2;
    }
}

}  // namespace
}  // namespace candor::notify
