// Everything that is wrong with a configuration, found in one reading, each with its place.
//
// A configuration with any problem is refused whole: it never starts and never replaces a good
// one. Messages name fields and say how to mend them; they never quote an expanded secret.
// Thread rule: plain values.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace candor::app {

// A place in the file, both counted from 1. Line 0: the file as a whole.
struct Mark {
    int line = 0;
    int column = 0;

    friend bool operator==(const Mark&, const Mark&) = default;
};

// What is wrong with one value, before it is known where it stands.
struct Complaint {
    std::string message;
    std::string hint;  // may be empty
};

struct ConfigProblem {
    Mark mark;
    std::string message;
    std::string hint;

    friend bool operator==(const ConfigProblem&, const ConfigProblem&) = default;
};

// More than this many are counted, not kept: nobody mends the 101st first.
inline constexpr std::size_t kConfigProblemsMax = 100;

class ConfigProblems {
   public:
    explicit ConfigProblems(std::string file = {}) : file_(std::move(file)) {}

    void add(Mark mark, std::string message, std::string hint = {});
    void add(Mark mark, Complaint complaint);

    bool empty() const { return problems_.empty(); }
    std::size_t count() const { return problems_.size() + dropped_; }
    const std::vector<ConfigProblem>& kept() const { return problems_; }
    const std::string& file() const { return file_; }
    // Puts the problems into the order of the file.
    void sort();

    // "file:line:column: message\n  hint\n" per problem.
    std::string text() const;
    // {"file":…,"problems":[{"line":…,"column":…,"message":…,"hint":…}],"count":n}
    std::string json() const;

   private:
    std::string file_;
    std::vector<ConfigProblem> problems_;
    std::size_t dropped_ = 0;
};

}  // namespace candor::app
