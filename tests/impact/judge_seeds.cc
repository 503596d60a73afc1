// Over many seeds: how often is a planted cause named first, and noise called noise?
// usage: judge_seeds SEEDS [first seed]; exit 0 when both are at least 99 in 100.

#include <charconv>
#include <cstdio>
#include <cstring>
#include <string_view>

#include "impact/explain.h"
#include "tests/impact/worlds.h"

namespace candor::impact {
namespace {

constexpr double kWanted = 0.99;

std::uint64_t number(const char* text) {
    std::uint64_t out = 0;
    std::from_chars(text, text + std::strlen(text), out);
    return out;
}

bool planted_first(std::uint64_t seed) {
    worlds::Dice dice(seed);
    const auto world = worlds::planted(
        seed, {.rows = dice.between(2'000, 20'000), .columns = dice.between(3, 12)});
    const Explanation explanation = explain(world.table, world.affected);
    const bool first =
        !explanation.answers.empty() && explanation.answers[0].pattern == world.cause;
    if (!first) {
        std::printf("  seed %llu: planted %s, named %s\n", static_cast<unsigned long long>(seed),
                    worlds::text(world.table, world.cause).c_str(),
                    explanation.answers.empty()
                        ? "nothing"
                        : worlds::text(world.table, explanation.answers[0].pattern).c_str());
    }
    return first;
}

bool noise_is_noise(std::uint64_t seed) {
    worlds::Dice dice(seed);
    const auto world =
        worlds::noise(seed, {.rows = dice.between(100, 20'000), .columns = dice.between(3, 12)});
    return explain(world.table, world.affected).answers.empty();
}

int run(std::uint64_t seeds, std::uint64_t from) {
    std::uint64_t first = 0;
    std::uint64_t none = 0;
    for (std::uint64_t seed = from; seed < from + seeds; ++seed) {
        first += planted_first(seed);
        none += noise_is_noise(seed);
    }
    const auto share = [&](std::uint64_t of) {
        return static_cast<double>(of) / static_cast<double>(seeds);
    };
    std::printf("planted causes named first: %.3f of %llu seeds (at least 0.99)\n", share(first),
                static_cast<unsigned long long>(seeds));
    std::printf("noise called noise:         %.3f of %llu seeds (at least 0.99)\n", share(none),
                static_cast<unsigned long long>(seeds));
    return share(first) >= kWanted && share(none) >= kWanted ? 0 : 1;
}

}  // namespace
}  // namespace candor::impact

int main(int argc, char** argv) {
    const std::uint64_t seeds = argc > 1 ? candor::impact::number(argv[1]) : 0;
    if (seeds == 0) {
        std::fprintf(stderr, "usage: judge_seeds SEEDS [first seed]\n");
        return 2;
    }
    return candor::impact::run(seeds, argc > 2 ? candor::impact::number(argv[2]) : 1);
}
