// Rules about how files relate: who may include whom, and that no file is dead.
//
// The include table is DESIGN's "house"; ARCHITECTURE.md prints the same one. Tests are exempt.
// Folders are compared as they stand in the include line: "core/state.h" is folder core.
#pragma once

#include <map>
#include <set>
#include <string>

#include "tests/tidy/finding.h"
#include "tests/tidy/source_tree.h"

namespace candor::tidy {

// Folder of src/ → the other folders it may include. `app` may include everything.
const std::map<std::string, std::set<std::string>>& include_table();

Findings forbidden_includes(const SourceTree& tree);
// Clocks, files, sockets, locales and hash order as included headers of the pure folders.
Findings impure_includes(const SourceTree& tree);
// A .cc that no CMakeLists names, a header that nothing includes.
Findings dead_files(const SourceTree& tree);

}  // namespace candor::tidy
