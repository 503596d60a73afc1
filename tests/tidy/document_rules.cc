#include "tests/tidy/document_rules.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <string>
#include <vector>

namespace candor::tidy {
namespace {

constexpr std::array kPathStarts = {"src/",   "tests/", "bench/",     "examples/", "tools/",
                                    "cmake/", "docs/",  "packaging/", "console/",  ".ci/"};

// Words between back quotes on one line.
std::vector<std::string> quoted_words(std::string_view line) {
    std::vector<std::string> words;
    for (std::size_t open = line.find('`'); open != std::string_view::npos;) {
        const std::size_t close = line.find('`', open + 1);
        if (close == std::string_view::npos) break;
        words.emplace_back(line.substr(open + 1, close - open - 1));
        open = line.find('`', close + 1);
    }
    return words;
}

// Targets of [text](target) that are neither URLs nor anchors.
std::vector<std::string> relative_links(std::string_view line) {
    std::vector<std::string> links;
    for (std::size_t at = line.find("]("); at != std::string_view::npos;
         at = line.find("](", at + 2)) {
        const std::size_t end = line.find(')', at);
        if (end == std::string_view::npos) break;
        std::string target(line.substr(at + 2, end - at - 2));
        target = target.substr(0, target.find('#'));
        if (!target.empty() && target.find(':') == std::string::npos) links.push_back(target);
    }
    return links;
}

bool names_a_path(const std::string& word) {
    if (word.find_first_of(" *<>{}…$") != std::string::npos) return false;
    return std::ranges::any_of(kPathStarts, [&](const char* s) { return word.starts_with(s); });
}

std::vector<std::string_view> cells(std::string_view row) {
    std::vector<std::string_view> out;
    row.remove_prefix(1);
    while (!row.empty()) {
        const std::size_t end = row.find('|');
        if (end == std::string_view::npos) break;
        out.push_back(row.substr(0, end));
        row.remove_prefix(end + 1);
    }
    return out;
}

bool is_rule_row(std::string_view line) {
    return line.starts_with("| ") && line.size() > 2 &&
           std::isdigit(static_cast<unsigned char>(line[2])) != 0;
}

const SourceFile* find_file(const SourceTree& tree, const std::string& path) {
    const auto found = std::ranges::find(tree, path, &SourceFile::path);
    return found == tree.end() ? nullptr : &*found;
}

// What is wrong with one cell: paths must exist, and a name must stand in one of those files.
std::vector<std::string> wrong_in_cell(const SourceTree& tree, std::string_view cell) {
    std::vector<std::string> wrong;
    std::vector<const SourceFile*> files;
    std::vector<std::string> names;
    for (const std::string& word : quoted_words(cell)) {
        if (word.find('/') == std::string::npos) {
            names.push_back(word);
        } else if (const SourceFile* file = find_file(tree, word)) {
            files.push_back(file);
        } else {
            wrong.push_back(word + " does not exist");
        }
    }
    if (files.empty() && wrong.empty()) wrong.emplace_back("a cell names no file");
    for (const std::string& name : names) {
        const bool found = std::ranges::any_of(
            files, [&](const SourceFile* f) { return f->text.find(name) != std::string::npos; });
        if (!found) wrong.push_back("no test named " + name + " in the row's files");
    }
    return wrong;
}

}  // namespace

Findings document_lengths(const SourceTree& tree) {
    Findings findings;
    for (const SourceFile& file : tree) {
        const auto lines = std::ranges::count(file.text, '\n');
        const int most = file.path == "README.md"         ? kReadmeLinesMax
                         : file.path == "ARCHITECTURE.md" ? kArchitectureLinesMax
                                                          : 0;
        if (most == 0 || lines <= most) continue;
        findings.push_back(
            {file.path, 0, std::to_string(lines) + " lines, at most " + std::to_string(most)});
    }
    return findings;
}

Findings missing_paths(const SourceTree& tree, const std::string& root) {
    Findings findings;
    for (const SourceFile& file : tree) {
        if (file.extension() != ".md") continue;
        int number = 0;
        for (std::string_view line : split_lines(file.text)) {
            ++number;
            const auto require = [&](const std::filesystem::path& path, const std::string& said) {
                if (std::filesystem::exists(path)) return;
                findings.push_back({file.path, number, said + " does not exist"});
            };
            for (const std::string& word : quoted_words(line)) {
                if (names_a_path(word)) require(std::filesystem::path(root) / word, word);
            }
            for (const std::string& link : relative_links(line)) {
                require(std::filesystem::path(root) / file.folder() / link, link);
            }
        }
    }
    return findings;
}

Findings broken_rules_map(const SourceTree& tree, std::string_view rules_map) {
    Findings findings;
    int number = 0;
    int rows = 0;
    for (std::string_view line : split_lines(rules_map)) {
        ++number;
        if (!is_rule_row(line)) continue;
        ++rows;
        const auto columns = cells(line);
        if (columns.size() != 4) {
            findings.push_back(
                {"docs/rules.md", number, "a row is | number | rule | files | tests |"});
            continue;
        }
        for (std::size_t column : {std::size_t{2}, std::size_t{3}}) {
            for (const std::string& wrong : wrong_in_cell(tree, columns[column])) {
                findings.push_back({"docs/rules.md", number, wrong});
            }
        }
    }
    if (rows == 0) findings.push_back({"docs/rules.md", 0, "the map has no rows"});
    return findings;
}

}  // namespace candor::tidy
