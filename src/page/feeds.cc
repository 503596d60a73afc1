#include "page/feeds.h"

#include <algorithm>
#include <array>
#include <vector>

#include "page/html.h"
#include "page/layout.h"
#include "page/maintenance_html.h"
#include "page/markdown.h"
#include "page/status_words.h"

namespace candor::page {
namespace {

// "status.acme.example" of "https://status.acme.example:8443".
std::string host_of(const view::PageFacts& page) {
    const std::size_t start = page.url.find("://");
    if (start == std::string::npos) return "localhost";
    const std::string rest = page.url.substr(start + 3);
    return rest.substr(0, rest.find_first_of(":/"));
}

std::string_view month_name(int month) {
    constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    return kMonths[static_cast<std::size_t>(month - 1)];
}

Html post_text(const view::UpdateView& update) {
    if (!update.missing.empty()) return html(update.missing);
    if (update.origin == Origin::kMachine) return html(update.text);
    return render_markdown(update.text, MarkdownForm::kInline);
}

Html update_text(const view::UpdateView& update) {
    Html out = post_text(update);
    if (!update.note.empty()) out.add(" "_html, update.note.plain(update.at));
    return out;
}

// How Statuspage begins a post: when it was, with parts that its clients look for.
Html stamp(Timestamp t) {
    const CivilTime at = civil_from(t);
    return html("<p><small>"_html, month_name(at.month), " <var data-var='date'>"_html, at.day,
                "</var>, <var data-var='time'>"_html, format_clock(t).substr(0, 5),
                "</var> UTC</small><br>"_html);
}

// One <p> per update, newest first, as Statuspage writes it.
Html updates_html(const view::IncidentView& incident) {
    Html out;
    for (const view::UpdateView& update : incident.updates) {
        out.add(stamp(update.at), "<strong>"_html, words_for(update.phase), "</strong> - "_html,
                update_text(update), "</p>"_html);
    }
    return out;
}

// What a feed says of one incident or maintenance.
struct Item {
    std::string id;
    Timestamp opened;
    Timestamp changed;
    std::string url;
    std::string title;
    std::string content;
};

// "Jan 16, 12:00", UTC.
std::string moment(Timestamp t) {
    const CivilTime at = civil_from(t);
    return std::string(month_name(at.month)) + " " + std::to_string(at.day) + ", " +
           format_clock(t).substr(0, 5);
}

Html maintenance_content(const view::MaintenanceView& m) {
    const bool same_day = format_date(m.start) == format_date(m.end);
    Html out;
    out.add("<p><strong>THIS IS A SCHEDULED EVENT "_html, moment(m.start), " - "_html,
            same_day ? format_clock(m.end).substr(0, 5) : moment(m.end), " UTC</strong></p>"_html);
    for (const view::MaintenanceUpdateView& update : m.updates) {
        out.add(stamp(update.at), "<strong>"_html, words_for(update.phase), "</strong> - "_html,
                maintenance_words(update, true), "</p>"_html);
    }
    return out;
}

Item item_of(const view::PublicView& view, const view::IncidentView& i) {
    return {i.id.value, i.opened,
            i.changed,  absolute_url(view.page, "/incidents/" + i.id.value),
            i.title,    updates_html(i).take()};
}

Item item_of(const view::PublicView& view, const view::MaintenanceView& m) {
    return {m.id.value, m.announced,
            m.changed,  absolute_url(view.page, "/maintenance/" + m.id.value),
            m.name,     maintenance_content(m).take()};
}

std::vector<Item> newest_first(const view::PublicView& view) {
    std::vector<Item> out;
    for (const auto* list : {&view.open, &view.recent}) {
        for (const view::IncidentView& incident : *list) out.push_back(item_of(view, incident));
    }
    for (const auto* list : {&view.maintenances, &view.upcoming, &view.past_maintenances}) {
        for (const view::MaintenanceView& m : *list) {
            if (m.start <= view.as_of + kUpcomingShownAhead) out.push_back(item_of(view, m));
        }
    }
    std::ranges::stable_sort(out, std::greater{}, &Item::opened);
    if (out.size() > view::kRecentIncidentsMax) out.resize(view::kRecentIncidentsMax);
    return out;
}

Timestamp newest_change(const std::vector<Item>& items, const view::PublicView& view) {
    Timestamp newest = view.page.created;
    for (const Item& item : items) newest = std::max(newest, item.changed);
    return newest;
}

std::string feed_title(const view::PublicView& view) {
    return view.page.name + " Status - Incident History";
}

}  // namespace

std::string atom_feed(const view::PublicView& view) {
    const std::vector<Item> items = newest_first(view);
    const std::string host = host_of(view.page);
    Html out;
    out.add(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<feed xml:lang=\"en\" xmlns=\"http://www.w3.org/2005/Atom\">\n<id>tag:"_html,
        host, ",2005:/history</id>\n<link rel=\"alternate\" type=\"text/html\" href=\""_html,
        absolute_url(view.page, "/"),
        "\"/>\n<link rel=\"self\" type=\"application/atom+xml\" "
        "href=\""_html,
        absolute_url(view.page, "/history.atom"), "\"/>\n<title>"_html, feed_title(view),
        "</title>\n<updated>"_html, format_rfc3339(newest_change(items, view)),
        "</updated>\n<author>\n<name>"_html, view.page.name, "</name>\n</author>\n"_html);
    for (const Item& item : items) {
        out.add("<entry>\n<id>tag:"_html, host, ",2005:Incident/"_html, item.id,
                "</id>\n<published>"_html, format_rfc3339(item.opened),
                "</published>\n<updated>"_html, format_rfc3339(item.changed),
                "</updated>\n<link rel=\"alternate\" type=\"text/html\" href=\""_html, item.url,
                "\"/>\n<title>"_html, item.title, "</title>\n<content type=\"html\">"_html,
                item.content, "</content>\n</entry>\n"_html);
    }
    return std::move(out.add("</feed>\n"_html)).take();
}

std::string rss_feed(const view::PublicView& view) {
    const std::vector<Item> items = newest_first(view);
    Html out;
    out.add(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" "
        "xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n<channel>\n<title>"_html,
        feed_title(view), "</title>\n<link>"_html, absolute_url(view.page, "/"),
        "</link>\n<description>Candor</description>\n<pubDate>"_html,
        format_http_date(newest_change(items, view)), "</pubDate>\n"_html);
    for (const Item& item : items) {
        out.add("<item>\n<title>"_html, item.title, "</title>\n<description>"_html, item.content,
                "</description>\n<pubDate>"_html, format_http_date(item.opened),
                "</pubDate>\n<link>"_html, item.url, "</link>\n<guid>"_html, item.url,
                "</guid>\n</item>\n"_html);
    }
    return std::move(out.add("</channel>\n</rss>\n"_html)).take();
}

}  // namespace candor::page
