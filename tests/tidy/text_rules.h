// Rules that read a file's text alone: size, width, names, forbidden words and calls.
//
// Not about layout: clang-format decides that. Every bound is a constant here.
#pragma once

#include "tests/tidy/finding.h"
#include "tests/tidy/source_tree.h"

namespace candor::tidy {

inline constexpr int kFileLines = 400;     // what we aim at
inline constexpr int kFileLinesMax = 500;  // what fails
inline constexpr int kColumnsMax = 100;
inline constexpr int kHeaderCommentLinesMin = 3;
inline constexpr int kHeaderCommentLinesMax = 10;

// C++ and scripts; documents and data may be longer.
Findings files_longer_than(const SourceTree& tree, int lines_max);
// Counted in characters, not bytes; a line without a space to break at is left alone.
Findings lines_wider_than(const SourceTree& tree, int columns_max);
// Marks of unfinished or silenced work, in any file.
Findings forbidden_words(const SourceTree& tree);
// `throw` in our code, `virtual` outside ports, coroutines outside web and probe, sleeping tests.
Findings forbidden_code(const SourceTree& tree);
// utils, common, helpers, manager, misc.
Findings forbidden_names(const SourceTree& tree);
// A header opens with its contract and `#pragma once`.
Findings headers_without_contract(const SourceTree& tree);

}  // namespace candor::tidy
