#include "page/calendar.h"

#include <algorithm>

#include "page/layout.h"
#include "page/utf8.h"

namespace candor::page {
namespace {

constexpr std::size_t kLineBytesMax = 75;

// "20260501T220000Z"
std::string calendar_time(Timestamp t) {
    std::string text = format_rfc3339(t).substr(0, 19);
    std::erase(text, '-');
    std::erase(text, ':');
    return text + "Z";
}

// "status.acme.example" of "https://status.acme.example:8443".
std::string host_of(const view::PageFacts& page) {
    const std::size_t start = page.url.find("://");
    if (start == std::string::npos) return "localhost";
    const std::string rest = page.url.substr(start + 3);
    return rest.substr(0, rest.find_first_of(":/"));
}

std::string description_of(const view::MaintenanceView& m) {
    std::string out;
    for (const view::MaintenanceComponentView& c : m.components) {
        out += (out.empty() ? "Affects " : ", ") + c.name;
    }
    if (!out.empty()) out += ".\n";
    if (m.updates.empty()) return out;
    const view::MaintenanceUpdateView& newest = m.updates.front();
    return out + (newest.missing.empty() ? newest.text : newest.missing);
}

class Writer {
   public:
    void text(std::string_view name, std::string_view value) {
        raw(name, escape_calendar_text(value));
    }
    void raw(std::string_view name, std::string_view value) {
        out_ += content_line(std::string(name) + ":" + std::string(value));
    }
    std::string take() { return std::move(out_); }

   private:
    std::string out_;
};

void put_event(Writer& w, const view::PublicView& view, const view::MaintenanceView& m) {
    const bool ended = m.phase == MaintenancePhase::kCompleted;
    const Timestamp end = std::max(ended ? m.ended : m.end, m.start + seconds(1));
    // An end that came early is a change of its own for calendars.
    const std::int64_t sequence = m.sequence + (ended && m.ended != m.end ? 1 : 0);
    w.raw("BEGIN", "VEVENT");
    w.raw("UID", m.id.value + "@" + host_of(view.page));
    w.raw("DTSTAMP", calendar_time(m.changed));
    w.raw("DTSTART", calendar_time(m.start));
    w.raw("DTEND", calendar_time(end));
    w.text("SUMMARY", m.name);
    w.text("DESCRIPTION", description_of(m));
    if (!view.page.url.empty()) w.raw("URL", absolute_url(view.page, "/maintenance/" + m.id.value));
    w.raw("CREATED", calendar_time(m.announced));
    w.raw("LAST-MODIFIED", calendar_time(m.changed));
    w.raw("SEQUENCE", std::to_string(sequence));
    w.raw("STATUS", m.phase == MaintenancePhase::kCancelled ? "CANCELLED" : "CONFIRMED");
    w.raw("CATEGORIES", "MAINTENANCE");
    w.raw("TRANSP", "TRANSPARENT");
    w.raw("END", "VEVENT");
}

}  // namespace

std::string escape_calendar_text(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const std::size_t length = utf8_length(text);
        const std::string_view one = text.substr(0, std::max<std::size_t>(length, 1));
        text.remove_prefix(one.size());
        const auto byte = static_cast<unsigned char>(one.front());
        if (length == 0) {
            out += "\xEF\xBF\xBD";  // U+FFFD
        } else if (one == "\n") {
            out += "\\n";
        } else if (byte >= 0x20 && byte != 0x7f) {
            if (one == "\\" || one == ";" || one == ",") out += '\\';
            out += one;
        }
    }
    return out;
}

std::string content_line(std::string_view line) {
    std::string out;
    std::size_t width = 0;
    for (std::size_t i = 0; i < line.size();) {
        std::size_t end = i + 1;
        while (end < line.size() && (static_cast<unsigned char>(line[end]) & 0xc0) == 0x80) ++end;
        if (width + (end - i) > kLineBytesMax) {
            out += "\r\n ";
            width = 1;
        }
        out += line.substr(i, end - i);
        width += end - i;
        i = end;
    }
    return out + "\r\n";
}

std::string calendar(const view::PublicView& view) {
    Writer w;
    w.raw("BEGIN", "VCALENDAR");
    w.raw("VERSION", "2.0");
    w.raw("PRODID", "-//Candor//Status page//EN");
    w.raw("CALSCALE", "GREGORIAN");
    w.raw("METHOD", "PUBLISH");
    const std::string name = view.page.name + " maintenance";
    w.text("NAME", name);
    w.text("X-WR-CALNAME", name);
    w.raw("REFRESH-INTERVAL;VALUE=DURATION", "PT15M");
    w.raw("X-PUBLISHED-TTL", "PT15M");
    if (!view.page.url.empty())
        w.raw("SOURCE;VALUE=URI", absolute_url(view.page, "/maintenance.ics"));
    for (const auto* list : {&view.maintenances, &view.upcoming, &view.past_maintenances}) {
        for (const view::MaintenanceView& m : *list) put_event(w, view, m);
    }
    w.raw("END", "VCALENDAR");
    return w.take();
}

}  // namespace candor::page
