// Finding: one place where the repository breaks one of its own rules.
//
// Scanners return findings and never print; the tests decide what is fatal. A scanner that finds
// nothing returns an empty list, so each has a negative control that must make it complain.
#pragma once

#include <string>
#include <vector>

namespace candor::tidy {

struct Finding {
    std::string file;  // path from the repository's root
    int line = 0;      // 1-based; 0 when the whole file is meant
    std::string message;
};

using Findings = std::vector<Finding>;

inline std::string to_text(const Findings& findings) {
    std::string out;
    for (const Finding& one : findings) {
        out += "\n  " + one.file + (one.line > 0 ? ":" + std::to_string(one.line) : "") + ": " +
               one.message;
    }
    return out;
}

}  // namespace candor::tidy
