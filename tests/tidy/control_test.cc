// Negative controls: every scanner is fed something bad and must complain, and something good and
// must not. A scanner that is silent for both would pass every run of tidy_test.

#include <gtest/gtest.h>

#include <string>

#include "tests/tidy/cpp_text.h"
#include "tests/tidy/document_rules.h"
#include "tests/tidy/function_length.h"
#include "tests/tidy/purity_rules.h"
#include "tests/tidy/structure_rules.h"
#include "tests/tidy/text_rules.h"

namespace candor::tidy {
namespace {

constexpr const char* kHeader = "// One.\n// Two.\n// Three.\n#pragma once\n";

SourceTree one(const std::string& path, const std::string& text) {
    return {{path, text}};
}

std::string repeat(const std::string& text, int times) {
    std::string out;
    for (int i = 0; i < times; ++i) out += text;
    return out;
}

TEST(Control, code_only_keeps_positions_and_drops_the_rest) {
    const std::string source =
        "int a; // {\nauto s = R\"x(})\" {)x\"; char c = '{'; int n = 1'000;\n";
    const std::string code = code_only(source);
    EXPECT_EQ(code.size(), source.size());
    EXPECT_EQ(code.find('{'), std::string::npos);
    EXPECT_NE(code.find("int n = 1'000;"), std::string::npos);
    EXPECT_EQ(line_of(source, source.find("char")), 2);
}

TEST(Control, functions_are_measured) {
    const std::string body = repeat("    work();\n", 71);
    const std::string source =
        "namespace a {\nclass B final : public C {\n   public:\n"
        "    B() : x_{1}, y_(2) {}\n    int short_one() const { return 1; }\n"
        "};\nconstexpr int kTable[] = {1, 2};\ntemplate <class T>\n"
        "bool operator==(const T& a, const T& b) {\n" +
        body + "}\n}\n";
    const auto functions = functions_in({"src/a/b.cc", source});
    ASSERT_EQ(functions.size(), 3u);
    EXPECT_EQ(functions[0].head, "B() : x_{1}, y_(2)");
    EXPECT_EQ(functions[1].lines(), 1);
    EXPECT_EQ(functions[2].lines(), 74);
    EXPECT_EQ(functions_longer_than(one("src/a/b.cc", source), 70).size(), 1u);
    EXPECT_TRUE(functions_longer_than(one("src/a/b.cc", source), 74).empty());
}

TEST(Control, long_files_and_wide_lines_are_found) {
    EXPECT_EQ(files_longer_than(one("src/a/b.cc", repeat("int x;\n", 501)), 500).size(), 1u);
    EXPECT_TRUE(files_longer_than(one("src/a/b.cc", repeat("int x;\n", 500)), 500).empty());
    EXPECT_EQ(lines_wider_than(one("a.sh", "x " + repeat("y", 99) + "\n"), 100).size(), 1u);
    EXPECT_TRUE(lines_wider_than(one("a.sh", "x " + repeat("é", 98) + "\n"), 100).empty());
}

TEST(Control, marks_of_unfinished_work_are_found) {
    EXPECT_EQ(forbidden_words(one("src/a/b.cc",
                                  "// TO"
                                  "DO: later\n"))
                  .size(),
              1u);
    EXPECT_EQ(forbidden_words(one("src/a/b_test.cc",
                                  "TEST(A, DIS"
                                  "ABLED_b) {}\n"))
                  .size(),
              1u);
    EXPECT_EQ(forbidden_words(one("src/a/b_test.cc",
                                  "GTEST"
                                  "_SKIP();\n"))
                  .size(),
              1u);
    EXPECT_TRUE(forbidden_words(one("src/a/b.cc",
                                    "mkdtemp(\"/tmp/aXX"
                                    "XXXX\");\n"))
                    .empty());
}

TEST(Control, forbidden_code_is_found_but_not_in_comments) {
    EXPECT_EQ(forbidden_code(one("src/core/a.cc", "void f() { throw 1; }\n")).size(), 1u);
    EXPECT_EQ(forbidden_code(one("src/core/a.h", "virtual int f();\n")).size(), 1u);
    EXPECT_TRUE(forbidden_code(one("src/ports/a.h", "virtual int f() = 0;\n")).empty());
    EXPECT_EQ(forbidden_code(one("src/store/a.cc", "co_await x;\n")).size(), 1u);
    EXPECT_EQ(forbidden_code(one("src/a/a_test.cc", "std::this_thread::sleep_for(x);\n")).size(),
              1u);
    EXPECT_TRUE(forbidden_code(one("src/core/a.cc", "// throw\nauto s = \"throw\";\n")).empty());
}

TEST(Control, names_that_say_nothing_are_found) {
    EXPECT_EQ(forbidden_names(one("src/base/utils.h", kHeader)).size(), 1u);
    EXPECT_EQ(forbidden_names(one("src/base/string_utils.cc", "")).size(), 1u);
    EXPECT_TRUE(forbidden_names(one("src/base/commonmark.cc", "")).empty());
}

TEST(Control, headers_without_contract_are_found) {
    EXPECT_EQ(headers_without_contract(one("src/a/b.h", "#pragma once\n")).size(), 1u);
    EXPECT_EQ(headers_without_contract(one("src/a/b.h", "// 1\n// 2\n// 3\nint x;\n")).size(), 1u);
    EXPECT_EQ(
        headers_without_contract(one("src/a/b.h", repeat("// x\n", 11) + "#pragma once\n")).size(),
        1u);
    EXPECT_TRUE(headers_without_contract(one("src/a/b.h", kHeader)).empty());
}

TEST(Control, forbidden_includes_are_found) {
    const auto include = [](const std::string& path, const std::string& what) {
        return one(path, "#include " + what + "\n");
    };
    EXPECT_EQ(forbidden_includes(include("src/core/a.cc", "\"ports/clock.h\"")).size(), 1u);
    EXPECT_EQ(forbidden_includes(include("src/page/a.cc", "\"core/state.h\"")).size(), 1u);
    EXPECT_EQ(forbidden_includes(include("src/novel/a.cc", "<map>")).size(), 1u);
    EXPECT_TRUE(forbidden_includes(include("src/core/a.cc", "\"model/entry.h\"")).empty());
    EXPECT_TRUE(forbidden_includes(include("src/core/a_test.cc", "\"store/x.h\"")).empty());
    EXPECT_TRUE(forbidden_includes(include("src/app/main.cc", "\"store/x.h\"")).empty());
    EXPECT_EQ(impure_includes(include("src/core/a.cc", "<chrono>")).size(), 1u);
    EXPECT_TRUE(impure_includes(include("src/store/a.cc", "<chrono>")).empty());
}

TEST(Control, dead_files_are_found) {
    SourceTree tree = {{"src/a/CMakeLists.txt", "candor_layer(a SOURCES used.cc)"},
                       {"src/a/used.cc", "#include \"a/used.h\"\n"},
                       {"src/a/used.h", kHeader}};
    EXPECT_TRUE(dead_files(tree).empty());
    tree.push_back({"src/a/unlisted.cc", ""});
    tree.push_back({"src/a/unread.h", kHeader});
    EXPECT_EQ(dead_files(tree).size(), 2u);
}

TEST(Control, an_impure_library_is_found) {
    const auto findings = impure_symbols(CANDOR_NM, CANDOR_IMPURE_ARCHIVE);
    ASSERT_TRUE(findings.has_value()) << findings.error().message;
    EXPECT_EQ(findings->size(), 3u) << to_text(*findings);
    EXPECT_FALSE(impure_symbols(CANDOR_NM, "/nonexistent.a").has_value());
}

TEST(Control, broken_documents_are_found) {
    EXPECT_EQ(document_lengths(one("README.md", repeat("x\n", 151))).size(), 1u);
    EXPECT_EQ(document_lengths(one("ARCHITECTURE.md", repeat("x\n", 201))).size(), 1u);
    EXPECT_EQ(missing_paths(one("a.md", "See `src/nowhere.cc`."), CANDOR_SOURCE_DIR).size(), 1u);
    EXPECT_EQ(missing_paths(one("a.md", "See [this](nowhere.md)."), CANDOR_SOURCE_DIR).size(), 1u);
    EXPECT_TRUE(
        missing_paths(one("a.md", "`src/base/time.h` [x](LICENSE)"), CANDOR_SOURCE_DIR).empty());
}

TEST(Control, a_broken_rules_map_is_found) {
    const SourceTree tree = {{"src/a.cc", ""}, {"src/a_test.cc", "TEST(A, stays_red) {}"}};
    const auto wrong = [&](const std::string& row) {
        return broken_rules_map(tree, row + "\n").size();
    };
    EXPECT_EQ(wrong("| 1 | Rule | `src/a.cc` | `src/a_test.cc` `stays_red` |"), 0u);
    EXPECT_EQ(wrong("| 1 | Rule | `src/b.cc` | `src/a_test.cc` |"), 1u);
    EXPECT_EQ(wrong("| 1 | Rule | `src/a.cc` | `src/a_test.cc` `gone` |"), 1u);
    EXPECT_EQ(wrong("| 1 | Rule | `src/a.cc` | |"), 1u);
    EXPECT_EQ(wrong("nothing"), 1u);
}

}  // namespace
}  // namespace candor::tidy
