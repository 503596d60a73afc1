// The known name a mistyped one most likely meant.
//
// Used in hints only: nothing is ever corrected silently. Pure; cheap for hostile words, because
// words longer than any name of ours are not compared.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace candor::app {

// By Damerau-Levenshtein distance (optimal string alignment): at most a third of the longer word,
// at least 1, at most 3. The earlier of equally near names wins.
std::optional<std::string_view> nearest_name(std::string_view written,
                                             const std::vector<std::string_view>& known);

}  // namespace candor::app
