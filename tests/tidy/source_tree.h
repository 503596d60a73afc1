// The repository's own text files, read once, with paths relative to its root.
//
// Not a git client: it walks the folders people write in and leaves out what tools produce
// (build/, node_modules/). Thread rule: plain values.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace candor::tidy {

struct SourceFile {
    std::string path;  // "src/base/time.h"
    std::string text;

    std::string name() const;       // "time.h"
    std::string extension() const;  // ".h"; "" without one
    std::string folder() const;     // "src/base"
};

using SourceTree = std::vector<SourceFile>;

// Every file under the repository's written folders and its root, sorted by path.
SourceTree read_source_tree(const std::string& root);

bool is_cpp(const SourceFile& file);
// A test, or a file that only tests use.
bool is_test(const SourceFile& file);

std::vector<std::string_view> split_lines(std::string_view text);

}  // namespace candor::tidy
