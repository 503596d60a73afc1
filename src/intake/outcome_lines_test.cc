#include "intake/outcome_lines.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace candor::intake {
namespace {

// What became of each line, as "line: …".
std::vector<std::string> read_all(std::string body) {
    OutcomeLines lines;
    lines.open(std::move(body));
    std::vector<std::string> out;
    while (true) {
        const LineRead read = lines.next();
        if (read == LineRead::kEnd) return out;
        std::string text = std::to_string(lines.line()) + ": ";
        if (read == LineRead::kBad) {
            out.push_back(text + std::string(lines.problem()));
            continue;
        }
        const Outcome& o = lines.outcome();
        text += std::string(o.stream) + ' ' + std::string(o.customer) + (o.ok ? " ok" : " failed");
        if (o.at != Timestamp{}) text += " at " + std::to_string(o.at.ms);
        if (!o.id.empty()) text += " id " + std::string(o.id);
        for (const OutcomeAttribute& a : o.attributes) {
            text += ' ' + std::string(a.name) + '=' + std::string(a.value);
        }
        out.push_back(text);
    }
}

std::string problem(const std::string& line) {
    const std::vector<std::string> read = read_all(line);
    EXPECT_EQ(read.size(), 1U) << line;
    return read.empty() ? "" : read.front();
}

using Lines = std::vector<std::string>;

TEST(OutcomeLines, reads_every_member) {
    EXPECT_EQ(read_all(R"({"t":1775350800123,"stream":"login","customer":"acme","ok":false,)"
                       R"("attrs":{"region":"us-east","version":"4.2.1"},"id":"a-1"})"),
              Lines{"1: login acme failed at 1775350800123 id a-1 region=us-east version=4.2.1"});
}

TEST(OutcomeLines, what_is_optional_may_be_left_out_and_order_does_not_matter) {
    EXPECT_EQ(read_all(R"({"ok":true,"customer":"acme","stream":"login"})"),
              Lines{"1: login acme ok"});
}

TEST(OutcomeLines, a_bad_line_costs_only_itself) {
    EXPECT_EQ(read_all("{\"stream\":\"a\",\"customer\":\"x\",\"ok\":true}\n"
                       "nonsense\n"
                       "\n"
                       "{\"stream\":\"a\",\"customer\":\"y\",\"ok\":true}\r\n"
                       "{\"stream\":\"a\",\"customer\":\"z\",\"ok\":false}"),
              (Lines{"1: a x ok",
                     "2: the line is not a JSON object: send one object on each line, without a "
                     "list around them",
                     "4: a y ok", "5: a z failed"}));
}

TEST(OutcomeLines, names_the_member_that_is_wrong) {
    EXPECT_EQ(problem(R"({"customer":"x","ok":true})"), "1: `stream` is missing");
    EXPECT_EQ(problem(R"({"stream":"a","ok":true})"), "1: `customer` is missing");
    EXPECT_EQ(problem(R"({"stream":"a","customer":"x"})"), "1: `ok` is missing");
    EXPECT_EQ(problem(R"({"stream":"a","customer":"x","ok":"true"})"),
              "1: `ok` must be true or false");
    EXPECT_EQ(problem(R"({"t":"1775350800123","stream":"a","customer":"x","ok":true})"),
              "1: `t` must be a whole number: milliseconds since 1970");
    EXPECT_EQ(problem(R"({"t":-5,"stream":"a","customer":"x","ok":true})"),
              "1: `t` is no time of this world: it counts milliseconds since 1970");
    EXPECT_EQ(problem(R"({"stream":"A b","customer":"x","ok":true})"),
              "1: `stream` must be made of a-z, 0-9 and -");
    EXPECT_EQ(problem(R"({"stream":"a","customer":7,"ok":true})"), "1: `customer` must be a text");
    EXPECT_EQ(problem(R"({"stream":"a","customer":"","ok":true})"), "1: `customer` is empty");
    EXPECT_EQ(problem(R"({"stream":"a","customer":"x","customer":"y","ok":true})"),
              "1: `customer` stands twice");
    EXPECT_EQ(problem(R"({"stream":"a","customer":"x","ok":true,"attrs":[]})"),
              "1: `attrs` must be an object of names and texts");
}

TEST(OutcomeLines, says_so_when_the_framing_is_wrong) {
    EXPECT_EQ(problem(R"([{"stream":"a","customer":"x","ok":true}])"),
              "1: the line is not a JSON object: send one object on each line, without a list "
              "around them");
    EXPECT_EQ(problem(R"({"stream":"a","customer":"x","ok":true}{"stream":"a"})"),
              "1: something follows the JSON object on the same line: send one on each line");
    EXPECT_EQ(problem(R"({"stream":"a","customer":"x","ok":true)"),
              "1: the line is not one whole JSON object");
    EXPECT_EQ(problem("{\"stream\":\"a\",\"customer\":\"\xff\",\"ok\":true}"),
              "1: the line is not valid UTF-8");
}

TEST(OutcomeLines, control_characters_are_refused_however_they_are_written) {
    EXPECT_EQ(problem(R"({"stream":"a","customer":"x\u0000y","ok":true})"),
              "1: `customer` holds a control character");
    EXPECT_EQ(problem(R"({"stream":"a","customer":"x\ny","ok":true})"),
              "1: `customer` holds a control character");
    const std::string raw("{\"stream\":\"a\",\"customer\":\"x\0y\",\"ok\":true}", 42);
    EXPECT_NE(problem(raw).find("1: "), std::string::npos);
    EXPECT_EQ(problem(raw).find(" ok"), std::string::npos);
}

TEST(OutcomeLines, every_bound_holds_at_its_edge) {
    const auto line = [](const std::string& customer, const std::string& attrs) {
        return R"({"stream":"a","customer":")" + customer + R"(","ok":true,"attrs":{)" + attrs +
               "}}";
    };
    const auto attributes = [](std::size_t count) {
        std::string out;
        for (std::size_t i = 0; i < count; ++i) {
            out += (i == 0 ? "\"k" : ",\"k") + std::to_string(i) + R"(":"v")";
        }
        return out;
    };
    EXPECT_TRUE(problem(line(std::string(128, 'x'), "")).ends_with("ok"));
    EXPECT_EQ(problem(line(std::string(129, 'x'), "")), "1: `customer` is longer than 128 bytes");
    EXPECT_TRUE(problem(line("x", attributes(16))).ends_with("k15=v"));
    EXPECT_EQ(problem(line("x", attributes(17))), "1: `attrs` holds more than 16 attributes");
    EXPECT_EQ(problem(line("x", attributes(200))), "1: `attrs` holds more than 16 attributes");
    EXPECT_EQ(problem(line("x", "\"k\":\"" + std::string(129, 'v') + '"')),
              "1: `attrs.k` is longer than 128 bytes");
    EXPECT_EQ(problem(line(std::string(1'000'000, 'x'), "")),
              "1: the line is longer than 16384 bytes");
}

TEST(OutcomeLines, attributes_may_be_numbers_and_flags) {
    EXPECT_EQ(problem(R"({"stream":"a","customer":"x","ok":true,"attrs":{"n":42 ,"b":true}})"),
              "1: a x ok n=42 b=true");
    EXPECT_EQ(problem(R"({"stream":"a","customer":"x","ok":true,"attrs":{"n":{}}})"),
              "1: `attrs.n` must be a text, a number, true or false");
    EXPECT_EQ(problem(R"({"stream":"a","customer":"x","ok":true,"attrs":{"n":"1","n":"2"}})"),
              "1: `attrs.n` stands twice");
}

TEST(OutcomeLines, further_members_are_passed_over) {
    EXPECT_EQ(
        problem(R"({"stream":"a","host":{"deep":[1,{"ok":false}]},"customer":"x","ok":true})"),
        "1: a x ok");
}

TEST(OutcomeLines, one_reader_serves_body_after_body) {
    OutcomeLines lines;
    lines.open("{\"stream\":\"a\",\"customer\":\"x\",\"ok\":true}\n");
    EXPECT_EQ(lines.next(), LineRead::kOutcome);
    EXPECT_EQ(lines.next(), LineRead::kEnd);
    lines.open("");
    EXPECT_EQ(lines.next(), LineRead::kEnd);
    lines.open("{\"stream\":\"a\",\"customer\":\"y\",\"ok\":true}");
    EXPECT_EQ(lines.next(), LineRead::kOutcome);
    EXPECT_EQ(lines.outcome().customer, "y");
    EXPECT_EQ(lines.line(), 1U);
}

}  // namespace
}  // namespace candor::intake
