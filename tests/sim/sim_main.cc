// sim_campaign: many seeds with a progress line, or one seed with everything it does.
//   sim_campaign [--seeds N] [--from S]     stops at the first failing seed and says how to replay
//   sim_campaign --seed S [--sabotage NAME] --verbose
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "tests/sim/simulation.h"

namespace candor::sim {
namespace {

struct Options {
    std::uint64_t from = 1;
    std::uint64_t seeds = 20'000;
    bool verbose = false;
    Sabotage sabotage = Sabotage::kNone;
};

int usage() {
    std::fprintf(stderr,
                 "usage: sim_campaign [--seeds N] [--from S] | --seed S [--sabotage NAME] "
                 "[--verbose]\n");
    return 2;
}

bool read_number(const char* text, std::uint64_t& number) {
    char* end = nullptr;
    number = std::strtoull(text, &end, 10);
    return end != text && *end == '\0';
}

bool read_sabotage(const std::string& name, Sabotage& sabotage) {
    for (const NamedSabotage& one : all_sabotages()) {
        if (one.name != name) continue;
        sabotage = one.what;
        return true;
    }
    return false;
}

bool read_options(int argc, char** argv, Options& options) {
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        if (word == "--verbose") {
            options.verbose = true;
            continue;
        }
        if (i + 1 == argc) return false;
        const char* value = argv[++i];
        if (word == "--seeds" && read_number(value, options.seeds)) continue;
        if (word == "--from" && read_number(value, options.from)) continue;
        if (word == "--sabotage" && read_sabotage(value, options.sabotage)) continue;
        if (word != "--seed" || !read_number(value, options.from)) return false;
        options.seeds = 1;
    }
    return true;
}

void print_seen(const std::map<std::string, int>& seen) {
    for (const auto& [what, times] : seen) std::printf("%10d  %s\n", times, what.c_str());
}

int run(const Options& options) {
    std::map<std::string, int> seen;
    std::uint64_t batches = 0;
    for (std::uint64_t i = 0; i < options.seeds; ++i) {
        Plan plan{options.from + i, options.sabotage, {}};
        if (options.verbose) {
            plan.trace = [](const std::string& line) { std::printf("%s\n", line.c_str()); };
        }
        const Report report = simulate(plan);
        if (!report.failure.empty()) {
            std::printf(
                "\nseed %llu: %s\nreplay: build/release/tests/sim/sim_campaign --seed %llu "
                "--verbose\n",
                static_cast<unsigned long long>(plan.seed), report.failure.c_str(),
                static_cast<unsigned long long>(plan.seed));
            return 1;
        }
        batches += report.batches;
        for (const auto& [what, times] : report.seen) seen[what] += times;
        if ((i + 1) % 100 == 0 && options.seeds > 1) {
            std::printf("\r%llu of %llu seeds, %llu batches",
                        static_cast<unsigned long long>(i + 1),
                        static_cast<unsigned long long>(options.seeds),
                        static_cast<unsigned long long>(batches));
            std::fflush(stdout);
        }
    }
    std::printf("\nno invariant broke; what came by:\n");
    print_seen(seen);
    return 0;
}

}  // namespace
}  // namespace candor::sim

int main(int argc, char** argv) {
    candor::sim::Options options;
    if (!candor::sim::read_options(argc, argv, options)) return candor::sim::usage();
    return candor::sim::run(options);
}
