#include "notify/words.h"

#include <date/tz.h>

#include <algorithm>
#include <chrono>

#include "page/status_words.h"
#include "page/utf8.h"

namespace candor::notify {
namespace {

struct LocalTime {
    Timestamp shifted;  // local wall time written as if it were UTC
    std::string abbreviation;
};

LocalTime local_time(Timestamp t, std::string_view zone) {
    // The library reports a name it does not know by an exception only.
    try {
        const date::sys_seconds at{
            std::chrono::floor<std::chrono::seconds>(std::chrono::milliseconds(t.ms))};
        const date::sys_info info = date::locate_zone(std::string(zone))->get_info(at);
        return {t + seconds(info.offset.count()), info.abbrev};
    } catch (const std::exception&) {
        return {t, "UTC"};
    }
}

std::string minute_of(Timestamp t) {
    return format_clock(t).substr(0, 5);
}

std::string_view prefix_of(NewsKind kind) {
    switch (kind) {
        case NewsKind::kOpened:
        case NewsKind::kTest: return "";
        case NewsKind::kReopened: return "Back again: ";
        case NewsKind::kWorse: return "Worse: ";
        case NewsKind::kPost: return "Update: ";
        case NewsKind::kResolved: return "Resolved: ";
        case NewsKind::kFalseAlarm: return "False alarm: ";
        case NewsKind::kOverdue: return "An explanation is overdue: ";
        case NewsKind::kCall: return "You are on call: ";
    }
    return "";
}

std::string lower_first(std::string_view text) {
    std::string out(text);
    if (!out.empty() && out[0] >= 'A' && out[0] <= 'Z') out[0] = static_cast<char>(out[0] + 32);
    return out;
}

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr std::string_view kEllipsis = "…";

void cut_at_character(std::string& text, std::size_t bytes) {
    std::size_t end = std::min(text.size(), bytes);
    while (end > 0 && end < text.size() &&
           (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80) {
        --end;
    }
    text.resize(end);
}

}  // namespace

std::string time_words(Timestamp t, std::string_view zone, Timestamp near) {
    const LocalTime local = local_time(t, zone);
    const LocalTime today = local_time(near, zone);
    std::string out;
    if (format_date(local.shifted) != format_date(today.shifted)) {
        out = format_long_date(local.shifted) + ", ";
    }
    out += minute_of(local.shifted) + ' ' + local.abbreviation;
    if (local.shifted == t) return out;
    return out + " (" + minute_of(t) + " UTC)";
}

std::string headline(const Message& message) {
    std::string_view prefix = prefix_of(message.kind);
    // A merge ends the incident, not the trouble.
    if (message.kind == NewsKind::kResolved && !message.merged_into.empty()) {
        prefix = "Told in another incident from now on: ";
    }
    return bounded_line(std::string(prefix) + message.title, kHeadlineBytesMax);
}

std::vector<std::string> component_lines(const Message& message) {
    std::vector<std::string> out;
    for (const MessageComponent& c : message.components) {
        if (out.size() == kComponentsSpelled) {
            out.push_back("and " + std::to_string(message.components.size() - out.size()) +
                          " more");
            break;
        }
        out.push_back(bounded_line(c.name, kHeadlineBytesMax) + ": " +
                      lower_first(page::words_for(c.status)));
    }
    return out;
}

std::vector<std::string> fact_lines(const Message& message) {
    const std::string& zone = message.page.time_zone;
    std::vector<std::string> out;
    if (message.kind == NewsKind::kTest) return out;
    out.push_back("Since " + time_words(message.started, zone, message.at) + ".");
    if (message.resolved_at.ms != 0) {
        out.push_back("Over at " + time_words(message.resolved_at, zone, message.at) + ", after " +
                      format_duration_words(message.resolved_at - message.started) + ".");
    } else if (message.next_update_due.ms != 0) {
        const std::string due = time_words(message.next_update_due, zone, message.at);
        out.push_back(message.kind == NewsKind::kOverdue
                          ? "Words from a person were promised by " + due + "."
                          : "Next update by " + due + ", at the latest.");
    }
    if (message.kind == NewsKind::kCall) {
        out.push_back(
            "Nobody has answered for it in time. Take it on or write an update; until then the "
            "next "
            "person is called.");
    }
    if (!message.affected_words.empty()) out.push_back(message.affected_words + ".");
    return out;
}

std::string link_of(const Message& message) {
    if (message.page.url.empty()) return "";
    if (message.kind == NewsKind::kTest) return message.page.url + "/";
    return message.page.url + "/incidents/" + message.incident.value;
}

std::string bounded_text(std::string_view text, std::size_t bytes) {
    std::string out;
    while (!text.empty()) {
        std::size_t length = page::utf8_length(text);
        std::string_view next = text.substr(0, length);
        const bool control = length == 1 && (static_cast<unsigned char>(next[0]) < 0x20 ||
                                             static_cast<unsigned char>(next[0]) == 0x7F);
        if (length == 0 || (control && next[0] != '\n' && next[0] != '\t')) {
            // A carriage return before a line feed is only another way to end a line.
            const bool line_end = text.starts_with("\r\n");
            next = line_end ? std::string_view() : kReplacement;
            length = 1;
        }
        if (out.size() + next.size() > bytes) {
            cut_at_character(out, bytes - std::min(bytes, kEllipsis.size()));
            return out + std::string(kEllipsis);
        }
        out += next;
        text.remove_prefix(length);
    }
    return out;
}

std::string bounded_line(std::string_view text, std::size_t bytes) {
    std::string out = bounded_text(text, bytes);
    for (char& c : out) {
        if (c == '\n' || c == '\t') c = ' ';
    }
    return out;
}

}  // namespace candor::notify
