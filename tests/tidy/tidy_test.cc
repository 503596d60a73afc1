// The repository against its own rules. Each rule is one test; what it forbids is said where the
// rule is implemented. Run one with `ctest -R tidy_test` or --gtest_filter.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <string>
#include <string_view>

#include "tests/tidy/document_rules.h"
#include "tests/tidy/function_length.h"
#include "tests/tidy/purity_rules.h"
#include "tests/tidy/source_tree.h"
#include "tests/tidy/structure_rules.h"
#include "tests/tidy/text_rules.h"

namespace candor::tidy {
namespace {

const SourceTree& tree() {
    static const SourceTree kTree = read_source_tree(CANDOR_SOURCE_DIR);
    return kTree;
}

void expect_none(const Findings& findings) {
    EXPECT_TRUE(findings.empty()) << to_text(findings);
}

// Over the aim but under the limit: said, not failed.
void mention(const Findings& findings) {
    if (!findings.empty()) std::printf("worth a second look:%s\n", to_text(findings).c_str());
}

TEST(Tidy, the_tree_is_found) {
    EXPECT_GT(tree().size(), 60u);
}

TEST(Tidy, folders_include_only_what_the_table_allows) {
    expect_none(forbidden_includes(tree()));
}

TEST(Tidy, pure_folders_include_no_clock_file_or_hash_order) {
    expect_none(impure_includes(tree()));
}

TEST(Tidy, pure_libraries_reach_for_nothing_outside) {
    std::string archives = CANDOR_PURE_ARCHIVES;
    int scanned = 0;
    while (!archives.empty()) {
        const std::string archive = archives.substr(0, archives.find(':'));
        archives.erase(0, archive.size() + 1);
        const auto findings = impure_symbols(CANDOR_NM, archive);
        ASSERT_TRUE(findings.has_value()) << findings.error().message;
        expect_none(*findings);
        ++scanned;
    }
    EXPECT_GE(scanned, 1);
}

TEST(Tidy, files_stay_small) {
    mention(files_longer_than(tree(), kFileLines));
    expect_none(files_longer_than(tree(), kFileLinesMax));
}

TEST(Tidy, functions_stay_small) {
    mention(functions_longer_than(tree(), kFunctionLines));
    expect_none(functions_longer_than(tree(), kFunctionLinesMax));
}

TEST(Tidy, lines_fit_in_100_columns) {
    expect_none(lines_wider_than(tree(), kColumnsMax));
}

TEST(Tidy, no_marks_of_unfinished_work) {
    expect_none(forbidden_words(tree()));
}

TEST(Tidy, no_throw_no_stray_virtual_no_sleeping_test) {
    expect_none(forbidden_code(tree()));
}

TEST(Tidy, file_names_say_something) {
    expect_none(forbidden_names(tree()));
}

TEST(Tidy, headers_open_with_their_contract) {
    expect_none(headers_without_contract(tree()));
}

// Contracts agreed on before the code that uses them; each leaves the list with its first user.
constexpr auto kAwaitingTheirUser = std::to_array<std::string_view>(
    {"src/app/config.h", "src/core/apply.h", "src/core/decide.h", "src/page/site.h",
     "src/ports/clock.h", "src/ports/operator.h", "src/ports/prober.h", "src/view/public_view.h"});

TEST(Tidy, no_dead_files) {
    Findings findings = dead_files(tree());
    std::erase_if(findings, [](const Finding& one) {
        return std::ranges::find(kAwaitingTheirUser, std::string_view(one.file)) !=
               kAwaitingTheirUser.end();
    });
    expect_none(findings);
}

TEST(Tidy, readme_and_architecture_stay_short) {
    expect_none(document_lengths(tree()));
}

TEST(Tidy, documents_name_only_what_exists) {
    expect_none(missing_paths(tree(), CANDOR_SOURCE_DIR));
}

TEST(Tidy, every_rule_names_its_files_and_tests) {
    std::string map;
    for (const SourceFile& file : tree()) {
        if (file.path == "docs/rules.md") map = file.text;
    }
    expect_none(broken_rules_map(tree(), map));
}

}  // namespace
}  // namespace candor::tidy
