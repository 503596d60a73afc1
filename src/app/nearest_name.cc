#include "app/nearest_name.h"

#include <algorithm>
#include <cstddef>

namespace candor::app {

namespace {

constexpr std::size_t kWordBytesMax = 64;  // longer words are no typing slips

std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before_last(b.size() + 1);
    std::vector<std::size_t> last(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, change});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                row[j] = std::min(row[j], before_last[j - 2] + 1);
            }
        }
        std::swap(before_last, last);
        std::swap(last, row);
    }
    return last[b.size()];
}

}  // namespace

std::optional<std::string_view> nearest_name(std::string_view written,
                                             const std::vector<std::string_view>& known) {
    if (written.empty() || written.size() > kWordBytesMax) return std::nullopt;
    std::optional<std::string_view> best;
    std::size_t best_distance = 0;
    for (const std::string_view name : known) {
        const std::size_t limit =
            std::clamp<std::size_t>(std::max(name.size(), written.size()) / 3, 1, 3);
        const std::size_t d = distance(written, name);
        if (d > limit || d >= name.size() || (best && d >= best_distance)) continue;
        best = name;
        best_distance = d;
    }
    return best;
}

}  // namespace candor::app
