#include "tests/tidy/function_length.h"

#include <array>
#include <cctype>
#include <string_view>

#include "tests/tidy/cpp_text.h"

namespace candor::tidy {
namespace {

enum class Opens { kScope, kFunction, kInitializer };

bool is_space(char c) {
    return std::isspace(static_cast<unsigned char>(c)) != 0;
}

std::string_view trim(std::string_view s) {
    while (!s.empty() && is_space(s.front())) s.remove_prefix(1);
    while (!s.empty() && is_space(s.back())) s.remove_suffix(1);
    return s;
}

// "template <class T> struct X" without its "template <…>" prefixes.
std::string_view without_template(std::string_view head) {
    while (head.starts_with("template")) {
        const std::size_t open = head.find('<');
        if (open == std::string_view::npos) return head;
        int depth = 0;
        std::size_t i = open;
        for (; i < head.size(); ++i) {
            if (head[i] == '<') ++depth;
            if (head[i] == '>' && --depth == 0) break;
        }
        head = trim(head.substr(std::min(i + 1, head.size())));
    }
    return head;
}

// An "=" outside parentheses: a variable with an initializer, or a concept.
bool assigns(std::string_view head) {
    int depth = 0;
    for (std::size_t i = 0; i < head.size(); ++i) {
        if (head[i] == '(') ++depth;
        if (head[i] == ')') --depth;
        const bool operator_name = i > 0 && head.substr(0, i).find("operator") + 12 >= i;
        if (head[i] == '=' && depth == 0 && !operator_name) return true;
    }
    return false;
}

Opens what_opens(std::string_view text_before_brace) {
    const std::string_view head = without_template(trim(text_before_brace));
    constexpr std::array kScopes = {"namespace", "class",        "struct",   "union",
                                    "enum",      "inline names", "extern \""};
    for (const char* word : kScopes) {
        if (!head.starts_with(word)) continue;
        // `struct stat now() {` is a function all the same.
        const bool plain =
            head.find('(') == std::string_view::npos || head.find(':') < head.find('(');
        if (plain || head.starts_with("class")) return Opens::kScope;
    }
    if (head.find('(') == std::string_view::npos || assigns(head)) return Opens::kInitializer;
    const char before = text_before_brace.empty() ? ' ' : text_before_brace.back();
    return is_space(before) ? Opens::kFunction : Opens::kInitializer;
}

std::size_t closing_brace(std::string_view code, std::size_t open) {
    int depth = 0;
    for (std::size_t i = open; i < code.size(); ++i) {
        if (code[i] == '{') ++depth;
        if (code[i] == '}' && --depth == 0) return i;
    }
    return code.size();
}

std::string one_line(std::string_view head) {
    std::string out;
    for (char c : trim(head)) {
        if (!is_space(c)) {
            out += c;
        } else if (!out.empty() && out.back() != ' ') {
            out += ' ';
        }
    }
    return out;
}

// Access labels stand in front of the first member's head.
std::string_view without_label(std::string_view head) {
    for (const char* label : {"public:", "private:", "protected:"}) {
        const std::size_t at = head.rfind(label);
        if (at != std::string_view::npos) head.remove_prefix(at + std::string_view(label).size());
    }
    return head;
}

}  // namespace

std::vector<FunctionExtent> functions_in(const SourceFile& file) {
    const std::string code = code_only(file.text);
    const std::string_view view = code;
    std::vector<FunctionExtent> found;
    std::size_t head_start = 0;
    for (std::size_t i = 0; i < code.size(); ++i) {
        if (code[i] == ';' || code[i] == '}') head_start = i + 1;
        if (code[i] != '{') continue;
        const std::string_view head = without_label(view.substr(head_start, i - head_start));
        const Opens opens = what_opens(head);
        if (opens == Opens::kScope) {
            head_start = i + 1;
            continue;
        }
        const std::size_t close = closing_brace(view, i);
        if (opens == Opens::kFunction) {
            const auto start = static_cast<std::size_t>(trim(head).data() - view.data());
            found.push_back({one_line(head), line_of(view, start),
                             line_of(view, std::min(close, code.size()))});
            head_start = close + 1;
        }
        i = close;
    }
    return found;
}

Findings functions_longer_than(const SourceTree& tree, int lines_max) {
    Findings findings;
    for (const SourceFile& file : tree) {
        if (!is_cpp(file)) continue;
        for (const FunctionExtent& one : functions_in(file)) {
            if (one.lines() <= lines_max) continue;
            findings.push_back({file.path, one.first_line,
                                "function of " + std::to_string(one.lines()) + " lines, at most " +
                                    std::to_string(lines_max) + ": " + one.head.substr(0, 80)});
        }
    }
    return findings;
}

}  // namespace candor::tidy
