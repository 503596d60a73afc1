#include "probe/http_expect.h"

#include <boost/json.hpp>
#include <utility>

namespace candor::probe {
namespace {

constexpr std::size_t kJsonDepthMax = 64;
constexpr std::size_t kShownBytesMax = 80;

std::string shown(std::string_view text) {
    std::string out = "'" + std::string(text.substr(0, kShownBytesMax));
    if (text.size() > kShownBytesMax) out += "…";
    return out + "'";
}

bool numbers_equal(const boost::json::value& a, const boost::json::value& b) {
    if (a.is_double() || b.is_double()) {
        boost::system::error_code ignored;
        return a.to_number<double>(ignored) == b.to_number<double>(ignored);
    }
    return a == b;
}

bool scalar_equals(const boost::json::value& found, const std::string& wanted) {
    switch (found.kind()) {
        case boost::json::kind::null: return wanted == "null";
        case boost::json::kind::bool_: return wanted == (found.get_bool() ? "true" : "false");
        case boost::json::kind::string: return std::string_view(found.get_string()) == wanted;
        case boost::json::kind::int64:
        case boost::json::kind::uint64:
        case boost::json::kind::double_: {
            boost::system::error_code error;
            const boost::json::value number = boost::json::parse(wanted, error);
            return !error && number.is_number() && numbers_equal(found, number);
        }
        case boost::json::kind::array:
        case boost::json::kind::object: return false;
    }
    return false;
}

std::optional<Trouble> judge_status(const HttpTarget& target, std::int64_t status) {
    const bool good = target.status == 0 ? status >= 200 && status <= 299 : status == target.status;
    if (good) return std::nullopt;
    const std::int64_t expected = target.status == 0 ? 200 : target.status;
    return Trouble{Evidence{FailureKind::kHttpStatus, status, expected},
                   "answered with status " + std::to_string(status) + ", expected " +
                       (target.status == 0 ? "any 2xx" : std::to_string(expected))};
}

}  // namespace

bool needs_body(const HttpTarget& target) {
    return !target.body_contains.empty() || target.json.has_value();
}

bool json_matches(const JsonExpectation& expected, std::string_view body, std::string& why) {
    boost::json::parse_options options;
    options.max_depth = kJsonDepthMax;
    boost::system::error_code error;
    const boost::json::value document =
        boost::json::parse({body.data(), body.size()}, error, {}, options);
    if (error) {
        why = "the answer is not JSON (" + error.message() + "): " + shown(body);
        return false;
    }
    const boost::json::value* found = document.find_pointer(expected.pointer, error);
    if (found == nullptr) {
        why = "the answer has nothing at " + shown(expected.pointer);
        return false;
    }
    if (scalar_equals(*found, expected.equals)) return true;
    why = "at " + shown(expected.pointer) + " is " + shown(boost::json::serialize(*found)) +
          ", expected " + shown(expected.equals);
    return false;
}

std::optional<Trouble> judge(const HttpTarget& target, const HttpAnswer& answer) {
    if (auto why = judge_status(target, answer.status)) return why;
    if (answer.body.find(target.body_contains) == std::string_view::npos) {
        return trouble(FailureKind::kBodyMismatch, "the answer does not contain " +
                                                       shown(target.body_contains) +
                                                       "; it begins with " + shown(answer.body));
    }
    std::string why;
    if (target.json && !json_matches(*target.json, answer.body, why)) {
        return trouble(FailureKind::kJsonMismatch, std::move(why));
    }
    if (target.max_latency && answer.total_us > target.max_latency->ms * 1000) {
        const std::int64_t taken_ms = (answer.total_us + 999) / 1000;
        return Trouble{Evidence{FailureKind::kTooSlow, taken_ms, target.max_latency->ms},
                       "took " + std::to_string(taken_ms) + " ms"};
    }
    return std::nullopt;
}

}  // namespace candor::probe
