#include "app/config_percent.h"

#include <algorithm>

namespace candor::app {
namespace {

constexpr std::size_t kFractionDigitsMax = 4;
constexpr std::int64_t kWholePpm = 10'000;  // of one percent
constexpr std::int64_t kObjectiveMin = 500'000;
constexpr std::int64_t kObjectiveMax = 999'990;

bool is_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::optional<std::int64_t> parse_percent_ppm(std::string_view text) {
    if (!text.ends_with('%')) return std::nullopt;
    text.remove_suffix(1);
    const std::size_t point = std::min(text.find('.'), text.size());
    const std::string_view whole = text.substr(0, point);
    if (!is_digits(whole) || whole.size() > 3) return std::nullopt;
    std::int64_t ppm = 0;
    for (const char c : whole) ppm = ppm * 10 + (c - '0');
    ppm *= kWholePpm;
    if (point < text.size()) {
        const std::string_view fraction = text.substr(point + 1);
        if (!is_digits(fraction) || fraction.size() > kFractionDigitsMax) return std::nullopt;
        std::int64_t worth = kWholePpm;
        for (const char c : fraction) ppm += (c - '0') * (worth /= 10);
    }
    if (ppm > 100 * kWholePpm) return std::nullopt;
    return ppm;
}

std::optional<Complaint> check_objective(std::string_view text) {
    const std::optional<std::int64_t> ppm = parse_percent_ppm(text);
    if (ppm && *ppm >= kObjectiveMin && *ppm <= kObjectiveMax) return std::nullopt;
    return Complaint{ppm == 1'000'000 ? "allows no failure at all, so that one would be an outage"
                                      : "is not a percentage from 50% to 99.999%",
                     "say how much of what customers try should succeed, like 99.9%"};
}

}  // namespace candor::app
