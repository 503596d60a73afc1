#include "app/config_problem.h"

#include <algorithm>
#include <boost/json.hpp>
#include <tuple>

namespace candor::app {

void ConfigProblems::add(Mark mark, std::string message, std::string hint) {
    if (problems_.size() >= kConfigProblemsMax) {
        ++dropped_;
        return;
    }
    problems_.push_back({mark, std::move(message), std::move(hint)});
}

void ConfigProblems::add(Mark mark, Complaint complaint) {
    add(mark, std::move(complaint.message), std::move(complaint.hint));
}

void ConfigProblems::sort() {
    std::stable_sort(problems_.begin(), problems_.end(), [](const auto& a, const auto& b) {
        return std::tie(a.mark.line, a.mark.column) < std::tie(b.mark.line, b.mark.column);
    });
}

std::string ConfigProblems::text() const {
    std::string out;
    for (const ConfigProblem& problem : problems_) {
        out += file_;
        if (problem.mark.line > 0) {
            out += ':' + std::to_string(problem.mark.line);
            out += ':' + std::to_string(problem.mark.column);
        }
        out += ": " + problem.message + '\n';
        if (!problem.hint.empty()) out += "  " + problem.hint + '\n';
    }
    if (dropped_ > 0) {
        out += file_ + ": and " + std::to_string(dropped_) + " more; mend these first\n";
    }
    return out;
}

std::string ConfigProblems::json() const {
    boost::json::array list;
    for (const ConfigProblem& problem : problems_) {
        list.push_back(boost::json::object{{"line", problem.mark.line},
                                           {"column", problem.mark.column},
                                           {"message", problem.message},
                                           {"hint", problem.hint}});
    }
    return boost::json::serialize(
        boost::json::object{{"file", file_}, {"problems", std::move(list)}, {"count", count()}});
}

}  // namespace candor::app
