#include "web/json_members.h"

#include <boost/json/basic_parser_impl.hpp>
#include <cstdint>
#include <set>
#include <vector>

namespace candor::web {
namespace {

namespace json = boost::json;
using Text = json::string_view;

std::string escaped(std::string_view name) {
    std::string out;
    for (const char c : name) {
        if (c == '~' || c == '/') {
            out += c == '~' ? "~0" : "~1";
        } else {
            out += c;
        }
    }
    return out;
}

// What basic_parser calls; only names and the nesting matter.
class Members {
   public:
    static constexpr std::size_t max_object_size = std::size_t(-1);
    static constexpr std::size_t max_array_size = std::size_t(-1);
    static constexpr std::size_t max_key_size = std::size_t(-1);
    static constexpr std::size_t max_string_size = std::size_t(-1);

    const std::optional<std::string>& repeated() const { return repeated_; }

    bool on_object_begin(json::error_code&) { return open(false); }
    bool on_array_begin(json::error_code&) { return open(true); }
    bool on_object_end(std::size_t, json::error_code&) { return close(); }
    bool on_array_end(std::size_t, json::error_code&) { return close(); }
    bool on_key_part(Text part, std::size_t, json::error_code&) {
        name_.append(part.data(), part.size());
        return true;
    }
    bool on_key(Text part, std::size_t, json::error_code&) {
        name_.append(part.data(), part.size());
        Level& level = levels_.back();
        level.at = std::move(name_);
        name_.clear();
        if (!level.names.insert(level.at).second && !repeated_) repeated_ = pointer();
        return true;
    }
    bool on_document_begin(json::error_code&) { return true; }
    bool on_document_end(json::error_code&) { return true; }
    bool on_string_part(Text, std::size_t, json::error_code&) { return true; }
    bool on_string(Text, std::size_t, json::error_code&) { return value(); }
    bool on_number_part(Text, json::error_code&) { return true; }
    bool on_int64(std::int64_t, Text, json::error_code&) { return value(); }
    bool on_uint64(std::uint64_t, Text, json::error_code&) { return value(); }
    bool on_double(double, Text, json::error_code&) { return value(); }
    bool on_bool(bool, json::error_code&) { return value(); }
    bool on_null(json::error_code&) { return value(); }
    bool on_comment_part(Text, json::error_code&) { return true; }
    bool on_comment(Text, json::error_code&) { return true; }

   private:
    struct Level {
        bool is_array = false;
        std::size_t index = 0;  // of the element that is being read
        std::string at;         // the member that is being read
        std::set<std::string> names;
    };

    bool open(bool is_array) {
        levels_.push_back({.is_array = is_array, .index = 0, .at = {}, .names = {}});
        return true;
    }
    bool close() {
        levels_.pop_back();
        return value();
    }
    bool value() {
        if (!levels_.empty()) ++levels_.back().index;
        return true;
    }
    std::string pointer() const {
        std::string out;
        for (const Level& level : levels_) {
            out += '/' + (level.is_array ? std::to_string(level.index) : escaped(level.at));
        }
        return out;
    }

    std::vector<Level> levels_;
    std::string name_;
    std::optional<std::string> repeated_;
};

}  // namespace

std::optional<std::string> repeated_member(std::string_view valid_json) {
    json::basic_parser<Members> parser{json::parse_options{}};
    json::error_code error;
    parser.write_some(false, valid_json.data(), valid_json.size(), error);
    return parser.handler().repeated();
}

}  // namespace candor::web
