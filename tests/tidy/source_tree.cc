#include "tests/tidy/source_tree.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace candor::tidy {
namespace {

namespace fs = std::filesystem;

constexpr std::array kFolders = {"src",   "tests", "bench",     "examples", "tools",
                                 "cmake", "docs",  "packaging", "console",  ".ci"};
constexpr std::array kTextExtensions = {".cc",   ".h",    ".md",      ".txt",     ".sh",
                                        ".js",   ".mjs",  ".cmake",   ".css",     ".html",
                                        ".yaml", ".json", ".service", ".scenario"};
constexpr std::array kProducedFolders = {"node_modules", "build", "corpus", "data"};

template <class Names>
bool contains(const Names& names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

bool is_text(const fs::path& path) {
    const std::string extension = path.extension().string();
    if (extension.empty()) return true;  // Makefile, debian-packages, run
    return contains(kTextExtensions, extension);
}

SourceFile read(const fs::path& path, const fs::path& root) {
    std::ifstream in(path, std::ios::binary);
    return {path.lexically_relative(root).string(), {std::istreambuf_iterator<char>(in), {}}};
}

}  // namespace

std::string SourceFile::name() const {
    return fs::path(path).filename().string();
}
std::string SourceFile::extension() const {
    return fs::path(path).extension().string();
}
std::string SourceFile::folder() const {
    return fs::path(path).parent_path().string();
}

SourceTree read_source_tree(const std::string& root) {
    SourceTree tree;
    for (const auto& entry : fs::directory_iterator(root)) {
        if (entry.is_regular_file() && is_text(entry.path())) tree.push_back(read(entry, root));
    }
    for (const char* folder : kFolders) {
        const fs::path start = fs::path(root) / folder;
        if (!fs::exists(start)) continue;
        for (auto it = fs::recursive_directory_iterator(start); it != fs::end(it); ++it) {
            if (it->is_directory() && contains(kProducedFolders, it->path().filename().string())) {
                it.disable_recursion_pending();
            } else if (it->is_regular_file() && is_text(it->path())) {
                tree.push_back(read(it->path(), root));
            }
        }
    }
    std::ranges::sort(tree, {}, &SourceFile::path);
    return tree;
}

bool is_cpp(const SourceFile& file) {
    return file.extension() == ".cc" || file.extension() == ".h";
}

bool is_test(const SourceFile& file) {
    return file.path.starts_with("tests/") || file.path.starts_with("bench/") ||
           file.name().ends_with("_test.cc") || file.name().ends_with("_bench.cc");
}

std::vector<std::string_view> split_lines(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        lines.push_back(text.substr(0, end));
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 1);
    }
    return lines;
}

}  // namespace candor::tidy
