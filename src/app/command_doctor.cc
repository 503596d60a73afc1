// `candor doctor`: would this configuration work here, and if not, what must be mended?
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cstdio>

#include "app/commands.h"
#include "app/config_load.h"
#include "app/doctor.h"

namespace candor::app {

namespace {

std::string counted(std::size_t number, std::string_view what) {
    return fmt::format("{} {}{}", number, what, number == 1 ? "" : "s");
}

Findings examine_file(const std::string& file) {
    const LoadedConfig config = load_config(file);
    if (config) {
        Findings all = examine(*config);
        all.insert(all.begin(), {Grade::kOk, "configuration",
                                 counted(config->topology.components.size(), "component") + ", " +
                                     counted(config->checks.size(), "check"),
                                 ""});
        return all;
    }
    Findings all;
    for (const ConfigProblem& problem : config.error().kept()) {
        all.push_back({Grade::kFail, "configuration",
                       fmt::format("{}:{}:{}: {}", file, problem.mark.line, problem.mark.column,
                                   problem.message),
                       problem.hint.empty() ? "mend the file" : problem.hint});
    }
    return all;
}

std::size_t count(const Findings& findings, Grade grade) {
    return static_cast<std::size_t>(std::ranges::count(findings, grade, &Finding::grade));
}

void print_text(const std::string& file, const Findings& findings) {
    fmt::print("{}\n", file);
    for (const Finding& one : findings) {
        fmt::print("  {:<4}  {:<14} {}\n", name_of(one.grade), one.about, one.message);
        if (!one.remedy.empty()) fmt::print("  {:<20} → {}\n", "", one.remedy);
    }
    fmt::print("{}, {}\n", counted(count(findings, Grade::kFail), "failure"),
               counted(count(findings, Grade::kWarn), "warning"));
}

void print_json(const std::string& file, const Findings& findings) {
    boost::json::array list;
    for (const Finding& one : findings) {
        list.push_back(boost::json::object{{"grade", name_of(one.grade)},
                                           {"about", one.about},
                                           {"message", one.message},
                                           {"remedy", one.remedy}});
    }
    const boost::json::object out{{"file", file},
                                  {"good", count(findings, Grade::kFail) == 0},
                                  {"warnings", count(findings, Grade::kWarn)},
                                  {"findings", std::move(list)}};
    fmt::print("{}\n", boost::json::serialize(out));
}

}  // namespace

int run_doctor(const DoctorOptions& options) {
    const Findings findings = examine_file(options.config);
    if (options.json) {
        print_json(options.config, findings);
    } else {
        print_text(options.config, findings);
    }
    return count(findings, Grade::kFail) == 0 ? kExitGood : kExitBad;
}

}  // namespace candor::app
