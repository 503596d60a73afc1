#include "tests/tidy/text_rules.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "tests/tidy/cpp_text.h"

namespace candor::tidy {
namespace {

// Written in halves so that this file does not break its own rule.
constexpr std::array kForbiddenWords = {
    "TO"
    "DO",
    "FIX"
    "ME",
    "XX"
    "X",
    "HA"
    "CK",
    "GTEST"
    "_SKIP"};
constexpr std::string_view kDisabledTest =
    "DIS"
    "ABLED_";
constexpr std::array kSleeps = {"sleep", "usleep", "nanosleep", "sleep_for", "sleep_until"};
constexpr std::array kForbiddenNames = {"utils",  "util",    "common", "helpers",
                                        "helper", "manager", "misc"};

bool is_script(const SourceFile& file) {
    constexpr std::array kExtensions = {".sh", ".js", ".mjs", ".css", ".cmake"};
    return std::ranges::find(kExtensions, file.extension()) != kExtensions.end() ||
           file.path == ".ci/run" || file.name() == "CMakeLists.txt";
}

bool is_source(const SourceFile& file) {
    return is_cpp(file) || is_script(file);
}

int columns(std::string_view line) {
    return static_cast<int>(std::ranges::count_if(line, [](char c) { return (c & 0xC0) != 0x80; }));
}

bool can_break(std::string_view line) {
    const std::size_t start = line.find_first_not_of(' ');
    return start != std::string_view::npos && line.find(' ', start) != std::string_view::npos;
}

std::string folder_in_src(const SourceFile& file) {
    if (!file.path.starts_with("src/")) return "";
    return file.path.substr(4, file.path.find('/', 4) - 4);
}

void find_code(const SourceFile& file, const std::string& code, std::string_view word,
               const std::string& why, Findings& findings) {
    for (std::size_t at = find_word(code, word); at != std::string::npos;
         at = find_word(code, word, at + 1)) {
        findings.push_back({file.path, line_of(code, at), std::string(word) + ": " + why});
    }
}

Findings check_header(const SourceFile& file) {
    const auto lines = split_lines(file.text);
    int comment = 0;
    while (comment < static_cast<int>(lines.size()) &&
           lines[static_cast<std::size_t>(comment)].starts_with("//")) {
        ++comment;
    }
    Findings findings;
    if (comment < kHeaderCommentLinesMin || comment > kHeaderCommentLinesMax) {
        findings.push_back({file.path, 1,
                            "a header opens with 3 to 10 lines of contract, this one has " +
                                std::to_string(comment)});
    }
    const auto next = static_cast<std::size_t>(comment);
    if (next >= lines.size() || lines[next] != "#pragma once") {
        findings.push_back({file.path, comment + 1, "#pragma once follows the opening comment"});
    }
    return findings;
}

}  // namespace

Findings files_longer_than(const SourceTree& tree, int lines_max) {
    Findings findings;
    for (const SourceFile& file : tree) {
        const int lines = static_cast<int>(std::ranges::count(file.text, '\n'));
        if (!is_source(file) || lines <= lines_max) continue;
        findings.push_back({file.path, 0,
                            std::to_string(lines) + " lines, at most " + std::to_string(lines_max) +
                                ": probably two concepts"});
    }
    return findings;
}

Findings lines_wider_than(const SourceTree& tree, int columns_max) {
    Findings findings;
    for (const SourceFile& file : tree) {
        if (!is_source(file)) continue;
        int number = 0;
        for (std::string_view line : split_lines(file.text)) {
            ++number;
            if (columns(line) <= columns_max || !can_break(line)) continue;
            findings.push_back({file.path, number, std::to_string(columns(line)) + " columns"});
        }
    }
    return findings;
}

Findings forbidden_words(const SourceTree& tree) {
    Findings findings;
    for (const SourceFile& file : tree) {
        for (const char* word : kForbiddenWords) {
            const std::size_t at = find_word(file.text, word);
            if (at == std::string::npos) continue;
            findings.push_back(
                {file.path, line_of(file.text, at), std::string(word) + " is unfinished work"});
        }
        const std::size_t at = file.text.find(kDisabledTest);
        if (at == std::string::npos) continue;
        findings.push_back({file.path, line_of(file.text, at), "a disabled test tests nothing"});
    }
    return findings;
}

Findings forbidden_code(const SourceTree& tree) {
    Findings findings;
    for (const SourceFile& file : tree) {
        if (!is_cpp(file)) continue;
        const std::string code = code_only(file.text);
        const std::string folder = folder_in_src(file);
        if (is_test(file)) {
            for (const char* word : kSleeps) {
                find_code(file, code, word, "a test waits for what it needs, never for time",
                          findings);
            }
            continue;
        }
        if (folder.empty()) continue;
        find_code(file, code, "throw", "our code returns Result", findings);
        if (folder != "ports") find_code(file, code, "virtual", "only ports have it", findings);
        if (folder == "web" || folder == "probe") continue;
        for (const char* word : {"co_await", "co_return", "co_yield"}) {
            find_code(file, code, word, "coroutines only in web and probe", findings);
        }
    }
    return findings;
}

Findings forbidden_names(const SourceTree& tree) {
    Findings findings;
    for (const SourceFile& file : tree) {
        if (!is_source(file)) continue;
        const std::string stem = file.name().substr(0, file.name().find('.'));
        for (std::string_view name : kForbiddenNames) {
            const bool part = stem.ends_with("_" + std::string(name)) ||
                              stem.starts_with(std::string(name) + "_");
            if (stem != name && !part) continue;
            findings.push_back({file.path, 0, "name the concept; this name says nothing"});
        }
    }
    return findings;
}

Findings headers_without_contract(const SourceTree& tree) {
    Findings findings;
    for (const SourceFile& file : tree) {
        if (file.extension() != ".h") continue;
        const Findings more = check_header(file);
        findings.insert(findings.end(), more.begin(), more.end());
    }
    return findings;
}

}  // namespace candor::tidy
