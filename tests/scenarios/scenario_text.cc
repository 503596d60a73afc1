#include "tests/scenarios/scenario_text.h"

#include <charconv>
#include <cmath>

namespace candor::scenarios {
namespace {

Result<std::vector<Word>> words_of(std::string_view line) {
    std::vector<Word> words;
    std::size_t i = 0;
    while (i < line.size() && line[i] != '#') {
        if (line[i] == ' ') {
            ++i;
        } else if (line[i] == '"') {
            const std::size_t end = line.find('"', i + 1);
            if (end == std::string_view::npos) {
                return fail(ErrorCode::kInvalid, "a quote is never closed");
            }
            words.push_back({std::string(line.substr(i + 1, end - i - 1)), true});
            i = end + 1;
        } else {
            const std::size_t end = std::min(line.find(' ', i), line.size());
            words.push_back({std::string(line.substr(i, end - i)), false});
            i = end;
        }
    }
    return words;
}

std::int64_t unit_ms(std::string_view unit) {
    if (unit == "ms") return 1;
    if (unit == "s") return 1'000;
    if (unit == "m") return 60'000;
    if (unit == "h") return 3'600'000;
    return unit == "d" ? 86'400'000 : 0;
}

}  // namespace

Result<std::vector<Line>> read_lines(std::string_view text) {
    std::vector<Line> lines;
    int number = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        ++number;
        auto words = words_of(text.substr(at, end - at));
        if (!words) return fail_in("line " + std::to_string(number), words.error());
        if (!words->empty()) lines.push_back({number, std::move(*words)});
        at = end + 1;
    }
    return lines;
}

Result<Duration> duration_from(std::string_view text) {
    const auto bad = [&] {
        return fail(ErrorCode::kInvalid, "`" + std::string(text) + "` is no duration like 1m30s");
    };
    Duration sum;
    std::string_view rest = text;
    if (rest.empty()) return bad();
    while (!rest.empty()) {
        double value = 0;
        const auto [end, code] = std::from_chars(rest.data(), rest.data() + rest.size(), value);
        if (code != std::errc{}) return bad();
        rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
        const std::size_t unit = std::min(rest.find_first_of("0123456789"), rest.size());
        const std::int64_t ms = unit_ms(rest.substr(0, unit));
        if (ms == 0) return bad();
        sum.ms += std::llround(value * static_cast<double>(ms));
        rest.remove_prefix(unit);
    }
    return sum;
}

bool Words::take_if(std::string_view word) {
    if (done() || words_[next_].quoted || peek() != word) return false;
    ++next_;
    return true;
}

Result<std::string> Words::take(std::string_view what) {
    if (done())
        return fail(ErrorCode::kInvalid, "the line ends where " + std::string(what) + " is wanted");
    return words_[next_++].text;
}

Result<std::string> Words::take_quoted(std::string_view what) {
    if (!next_is_quoted()) {
        return fail(ErrorCode::kInvalid, std::string(what) + " is wanted in double quotes");
    }
    return words_[next_++].text;
}

Result<std::int64_t> Words::take_number(std::string_view what) {
    const std::string text = TRY(take(what));
    std::int64_t value = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (code != std::errc{} || end != text.data() + text.size()) {
        return fail(ErrorCode::kInvalid, "`" + text + "` is no " + std::string(what));
    }
    return value;
}

Result<Duration> Words::take_duration(std::string_view what) {
    return duration_from(TRY(take(what)));
}

Result<std::vector<std::string>> Words::take_list(std::string_view what) {
    const std::string text = TRY(take(what));
    std::vector<std::string> items;
    std::size_t at = 0;
    while (at <= text.size()) {
        const std::size_t end = std::min(text.find(',', at), text.size());
        items.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return items;
}

Result<void> Words::finish() const {
    if (done()) return {};
    return fail(ErrorCode::kInvalid, "nobody understands `" + peek() + "`");
}

}  // namespace candor::scenarios
