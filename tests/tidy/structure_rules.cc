#include "tests/tidy/structure_rules.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "tests/tidy/cpp_text.h"

namespace candor::tidy {
namespace {

struct Include {
    int line = 0;
    std::string target;  // what stands between the quotes or angle brackets
    bool quoted = false;
};

std::vector<Include> includes_of(const SourceFile& file) {
    std::vector<Include> found;
    int number = 0;
    for (std::string_view line : split_lines(file.text)) {
        ++number;
        if (!line.starts_with("#include ") || line.size() < 12) continue;
        const bool quoted = line[9] == '"';
        const std::size_t end = line.find(quoted ? '"' : '>', 10);
        if (end == std::string_view::npos) continue;
        found.push_back({number, std::string(line.substr(10, end - 10)), quoted});
    }
    return found;
}

std::string folder_in_src(std::string_view path) {
    if (!path.starts_with("src/")) return "";
    return std::string(path.substr(4, path.find('/', 4) - 4));
}

constexpr std::array kPureFolders = {"core", "detect", "impact", "learn", "ledger"};
constexpr std::array kImpureHeaders = {
    "chrono",     "ctime",         "time.h",   "random",        "fstream",      "iostream",
    "filesystem", "thread",        "mutex",    "atomic",        "locale",       "cstdio",
    "future",     "unordered_map", "unistd.h", "unordered_set", "sys/socket.h", "sstream"};

}  // namespace

const std::map<std::string, std::set<std::string>>& include_table() {
    static const std::map<std::string, std::set<std::string>> kTable = {
        {"base", {}},
        {"model", {"base"}},
        {"core", {"base", "model"}},
        {"detect", {"base", "model"}},
        {"impact", {"base", "model"}},
        {"learn", {"base", "model", "core"}},
        {"ledger", {"base"}},
        {"ports", {"base", "model"}},
        {"engine", {"base", "model", "ports", "core", "detect", "impact"}},
        {"replay", {"base", "model", "ports", "core", "detect", "impact", "engine"}},
        {"store", {"base", "model", "ports"}},
        {"probe", {"base", "model", "ports"}},
        {"intake", {"base", "model"}},
        {"notify", {"base", "model", "ports", "view", "page"}},
        {"access", {"base", "model", "ports"}},
        {"view", {"base", "model", "core", "impact", "learn"}},
        {"page", {"base", "view"}},
        {"web", {"base", "model", "ports", "intake", "access", "view", "page"}},
    };
    return kTable;
}

Findings forbidden_includes(const SourceTree& tree) {
    Findings findings;
    for (const SourceFile& file : tree) {
        const std::string folder = folder_in_src(file.path);
        if (folder.empty() || folder == "app" || !is_cpp(file) || is_test(file)) continue;
        const auto row = include_table().find(folder);
        if (row == include_table().end()) {
            findings.push_back({file.path, 0, "folder " + folder + " is not in the include table"});
            continue;
        }
        for (const Include& one : includes_of(file)) {
            const std::string target = one.target.substr(0, one.target.find('/'));
            if (!one.quoted || target == folder || row->second.contains(target)) continue;
            findings.push_back(
                {file.path, one.line, folder + " may not include \"" + one.target + "\""});
        }
    }
    return findings;
}

Findings impure_includes(const SourceTree& tree) {
    Findings findings;
    for (const SourceFile& file : tree) {
        const std::string folder = folder_in_src(file.path);
        if (!is_cpp(file) || is_test(file) ||
            std::ranges::find(kPureFolders, folder) == kPureFolders.end()) {
            continue;
        }
        for (const Include& one : includes_of(file)) {
            if (std::ranges::find(kImpureHeaders, one.target) == kImpureHeaders.end()) continue;
            findings.push_back({file.path, one.line, "<" + one.target + "> in a pure folder"});
        }
    }
    return findings;
}

Findings dead_files(const SourceTree& tree) {
    std::set<std::string> included;
    for (const SourceFile& file : tree) {
        for (const Include& one : includes_of(file)) included.insert(one.target);
    }
    const auto listed = [&](const SourceFile& source) {
        return std::ranges::any_of(tree, [&](const SourceFile& list) {
            return (list.name() == "CMakeLists.txt" || list.extension() == ".cmake") &&
                   (source.path.starts_with(list.folder()) || list.folder() == "cmake") &&
                   list.text.find(source.name()) != std::string::npos;
        });
    };
    Findings findings;
    for (const SourceFile& file : tree) {
        if (file.extension() == ".cc" && !listed(file)) {
            findings.push_back({file.path, 0, "no CMakeLists.txt names it"});
        }
        if (file.extension() != ".h") continue;
        // src/ and examples/ are include directories; everything else is named from the root.
        const bool under_root = file.path.starts_with("src/") || file.path.starts_with("examples/");
        const std::size_t prefix = under_root ? file.path.find('/') + 1 : 0;
        if (!included.contains(file.path.substr(prefix))) {
            findings.push_back({file.path, 0, "nothing includes it"});
        }
    }
    return findings;
}

}  // namespace candor::tidy
