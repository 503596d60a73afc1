// Measures function bodies by their braces.
//
// Relies on clang-format's layout (a body's brace has a space in front, an initializer's has
// none). Lambdas and local classes count as part of the function that holds them.
#pragma once

#include <string>
#include <vector>

#include "tests/tidy/finding.h"
#include "tests/tidy/source_tree.h"

namespace candor::tidy {

inline constexpr int kFunctionLines = 40;     // what we aim at
inline constexpr int kFunctionLinesMax = 70;  // what fails

struct FunctionExtent {
    std::string head;  // its signature on one line
    int first_line = 0;
    int last_line = 0;

    int lines() const { return last_line - first_line + 1; }
};

std::vector<FunctionExtent> functions_in(const SourceFile& file);

Findings functions_longer_than(const SourceTree& tree, int lines_max);

}  // namespace candor::tidy
