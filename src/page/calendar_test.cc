// The bytes of RFC 5545; tests/e2e reads whole calendars with other people's parsers.
#include "page/calendar.h"

#include <gtest/gtest.h>

#include <string>

namespace candor::page {
namespace {

view::PublicView page_with(std::string name, std::string text) {
    view::PublicView view;
    view.page.name = "Acme; Cloud";
    view.page.url = "https://status.acme.example:8443";
    view::MaintenanceView m;
    m.id = MaintenanceId{"upgrade-20260501"};
    m.name = std::move(name);
    m.start = parse_rfc3339("2026-05-01T22:00:00Z").value();
    m.end = m.start + hours(2);
    m.announced = m.changed = m.start - days(7);
    m.sequence = 2;
    m.components = {{ComponentId{"shop"}, "Shop", "Shop"}};
    m.updates = {{UpdateId{"u"},
                  m.changed,
                  Origin::kMachine,
                  MaintenancePhase::kScheduled,
                  std::move(text),
                  {}}};
    view.upcoming = {std::move(m)};
    return view;
}

TEST(Calendar, an_event_has_its_lines) {
    const std::string text = calendar(page_with("Upgrade", "We upgrade, slowly."));
    const std::string event =
        "BEGIN:VEVENT\r\n"
        "UID:upgrade-20260501@status.acme.example\r\n"
        "DTSTAMP:20260424T220000Z\r\n"
        "DTSTART:20260501T220000Z\r\n"
        "DTEND:20260502T000000Z\r\n"
        "SUMMARY:Upgrade\r\n"
        "DESCRIPTION:Affects Shop.\\nWe upgrade\\, slowly.\r\n"
        "URL:https://status.acme.example:8443/maintenance/upgrade-20260501\r\n"
        "CREATED:20260424T220000Z\r\n"
        "LAST-MODIFIED:20260424T220000Z\r\n"
        "SEQUENCE:2\r\n"
        "STATUS:CONFIRMED\r\n"
        "CATEGORIES:MAINTENANCE\r\n"
        "TRANSP:TRANSPARENT\r\n"
        "END:VEVENT\r\n";
    EXPECT_NE(text.find(event), std::string::npos) << text;
    EXPECT_TRUE(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
    EXPECT_TRUE(text.ends_with("END:VCALENDAR\r\n"));
    EXPECT_NE(text.find("\r\nNAME:Acme\\; Cloud maintenance\r\n"), std::string::npos);
}

TEST(Calendar, one_called_off_stays_as_cancelled) {
    auto view = page_with("Upgrade", "No.");
    view.past_maintenances = std::move(view.upcoming);
    view.upcoming.clear();
    view.past_maintenances[0].phase = MaintenancePhase::kCancelled;
    EXPECT_NE(calendar(view).find("\r\nSTATUS:CANCELLED\r\n"), std::string::npos);
}

TEST(Calendar, an_early_end_is_a_change_of_its_own) {
    auto view = page_with("Upgrade", "Done.");
    view.upcoming[0].phase = MaintenancePhase::kCompleted;
    view.upcoming[0].ended = view.upcoming[0].start + minutes(30);
    const std::string text = calendar(view);
    EXPECT_NE(text.find("\r\nDTEND:20260501T223000Z\r\n"), std::string::npos);
    EXPECT_NE(text.find("\r\nSEQUENCE:3\r\n"), std::string::npos);
}

TEST(Calendar, lines_fold_at_75_octets_between_characters) {
    EXPECT_EQ(content_line(std::string(75, 'x')), std::string(75, 'x') + "\r\n");
    EXPECT_EQ(content_line(std::string(76, 'x')), std::string(75, 'x') + "\r\n x\r\n");
    EXPECT_EQ(content_line(std::string(150, 'x')),
              std::string(75, 'x') + "\r\n " + std::string(74, 'x') + "\r\n x\r\n");
    // A character of three octets that would straddle the fold goes to the next line whole.
    EXPECT_EQ(content_line(std::string(74, 'x') + "\u20ac"),
              std::string(74, 'x') + "\r\n \u20ac\r\n");
    std::string many;
    for (int i = 0; i < 100; ++i) many += "\u20ac";
    const std::string folded = content_line(many);
    for (std::size_t at = 0; at < folded.size();) {
        const std::size_t end = folded.find("\r\n", at);
        EXPECT_LE(end - at, 75U);
        at = end + 2;
    }
}

TEST(Calendar, text_is_escaped_and_cannot_add_lines) {
    EXPECT_EQ(escape_calendar_text("a\\b;c,d\ne"), "a\\\\b\\;c\\,d\\ne");
    EXPECT_EQ(escape_calendar_text("a\r\nBEGIN:VEVENT\x01\x7f"), "a\\nBEGIN:VEVENT");
    EXPECT_EQ(escape_calendar_text("\xff!"), "\xEF\xBF\xBD!");
    const std::string text = calendar(page_with("Evil\r\nEND:VCALENDAR", "x\r\nBEGIN:VALARM"));
    EXPECT_EQ(text.find("\r\nBEGIN:VALARM"), std::string::npos);
    EXPECT_EQ(text.find("END:VCALENDAR"), text.find("\\nEND:VCALENDAR") + 2);
}

}  // namespace
}  // namespace candor::page
