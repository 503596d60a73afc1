// Documents describe the present: what they name exists, and they stay short.
//
// docs/rules.md holds one table: rule number, rule, files, tests. In its cells, a back-quoted word
// with a slash is a path; in the tests column a word without one is a test's name, which must
// stand in one of that row's test files.
#pragma once

#include <string_view>

#include "tests/tidy/finding.h"
#include "tests/tidy/source_tree.h"

namespace candor::tidy {

inline constexpr int kReadmeLinesMax = 150;
inline constexpr int kArchitectureLinesMax = 200;

Findings document_lengths(const SourceTree& tree);
// Back-quoted paths and relative links of every .md file must exist below `root`.
Findings missing_paths(const SourceTree& tree, const std::string& root);
// Rows of the rules map whose files or tests do not exist; a map without rows is one finding.
Findings broken_rules_map(const SourceTree& tree, std::string_view rules_map);

}  // namespace candor::tidy
