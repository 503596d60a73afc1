#include "app/log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>

#include "app/config_node.h"

namespace candor::app {

namespace {

constexpr std::size_t kValueBytesMax = 2048;  // longer values are cut and marked

bool is_plain(char c) {
    const auto u = static_cast<unsigned char>(c);
    return u > 0x20 && u != 0x7F && c != '"' && c != '\\' && c != '=';
}

void append_escaped(std::string& out, char c, bool keep_high) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    const auto u = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
        out += '\\';
        out += c;
    } else if (c == '\n') {
        out += "\\n";
    } else if (u < 0x20 || u == 0x7F || (u >= 0x80 && !keep_high)) {
        out += "\\x";
        out += kDigits[u >> 4];
        out += kDigits[u & 15];
    } else {
        out += c;
    }
}

// C1 controls (U+0080..U+009F) move terminals too; in UTF-8 they are C2 80..C2 9F.
bool has_c1(std::string_view text) {
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const auto next = static_cast<unsigned char>(text[i + 1]);
        if (lead == 0xC2 && next >= 0x80 && next <= 0x9F) return true;
    }
    return false;
}

void append_value(std::string& out, std::string_view value) {
    const bool cut = value.size() > kValueBytesMax;
    value = value.substr(0, kValueBytesMax);
    const bool keep_high = is_clean_utf8(value) && !has_c1(value);
    const bool bare = !value.empty() && keep_high && !cut && std::ranges::all_of(value, is_plain);
    if (bare) {
        out += value;
        return;
    }
    out += '"';
    for (const char c : value) append_escaped(out, c, keep_high);
    if (cut) out += "…";
    out += '"';
}

void write(spdlog::level::level_enum level, std::string_view event, LogFields fields) {
    const auto logger = spdlog::default_logger();
    if (!logger->should_log(level)) return;
    const std::string line = format_log(event, fields);
    logger->log(level, spdlog::string_view_t(line.data(), line.size()));
}

}  // namespace

std::string format_log(std::string_view event, LogFields fields) {
    std::string out = "event=";
    append_value(out, event);
    for (const LogField& field : fields) {
        out += ' ';
        out += field.key;
        out += '=';
        append_value(out, field.value);
    }
    return out;
}

bool set_up_log(std::string_view level) {
    constexpr std::array<std::pair<std::string_view, spdlog::level::level_enum>, 4> kLevels = {
        {{"debug", spdlog::level::debug},
         {"info", spdlog::level::info},
         {"warn", spdlog::level::warn},
         {"error", spdlog::level::err}}};
    const auto known =
        std::ranges::find(kLevels, level, [](const auto& pair) { return pair.first; });
    if (known == kLevels.end()) return false;
    auto logger = std::make_shared<spdlog::logger>(
        "candor", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    logger->set_pattern("time=%Y-%m-%dT%H:%M:%S.%eZ level=%l %v", spdlog::pattern_time_type::utc);
    logger->set_level(known->second);
    logger->flush_on(spdlog::level::debug);
    spdlog::set_default_logger(std::move(logger));
    return true;
}

void log_debug(std::string_view event, LogFields fields) {
    write(spdlog::level::debug, event, fields);
}
void log_info(std::string_view event, LogFields fields) {
    write(spdlog::level::info, event, fields);
}
void log_warn(std::string_view event, LogFields fields) {
    write(spdlog::level::warn, event, fields);
}
void log_error(std::string_view event, LogFields fields) {
    write(spdlog::level::err, event, fields);
}

}  // namespace candor::app
