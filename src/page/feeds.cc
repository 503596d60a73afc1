#include "page/feeds.h"

#include <algorithm>
#include <array>
#include <vector>

#include "page/html.h"
#include "page/layout.h"
#include "page/markdown.h"
#include "page/status_words.h"

namespace candor::page {
namespace {

using Incidents = std::vector<const view::IncidentView*>;

Incidents newest_first(const view::PublicView& view) {
    Incidents out;
    for (const view::IncidentView& incident : view.open) out.push_back(&incident);
    for (const view::IncidentView& incident : view.recent) out.push_back(&incident);
    std::ranges::stable_sort(out, std::greater{},
                             [](const view::IncidentView* i) { return i->opened; });
    if (out.size() > view::kRecentIncidentsMax) out.resize(view::kRecentIncidentsMax);
    return out;
}

Timestamp newest_change(const Incidents& incidents, const view::PublicView& view) {
    Timestamp newest = view.page.created;
    for (const view::IncidentView* incident : incidents) {
        newest = std::max(newest, incident->changed);
    }
    return newest;
}

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

// One <p> per update, newest first, as Statuspage writes it.
Html updates_html(const view::IncidentView& incident) {
    Html out;
    for (const view::UpdateView& update : incident.updates) {
        const CivilTime at = civil_from(update.at);
        out.add("<p><small>"_html, month_name(at.month), " <var data-var='date'>"_html, at.day,
                "</var>, <var data-var='time'>"_html, format_clock(update.at).substr(0, 5),
                "</var> UTC</small><br><strong>"_html, words_for(update.phase), "</strong> - "_html,
                update_text(update), "</p>"_html);
    }
    return out;
}

std::string incident_url(const view::PublicView& view, const view::IncidentView& incident) {
    return absolute_url(view.page, "/incidents/" + incident.id.value);
}

std::string feed_title(const view::PublicView& view) {
    return view.page.name + " Status - Incident History";
}

}  // namespace

std::string atom_feed(const view::PublicView& view) {
    const Incidents incidents = newest_first(view);
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
        "</title>\n<updated>"_html, format_rfc3339(newest_change(incidents, view)),
        "</updated>\n<author>\n<name>"_html, view.page.name, "</name>\n</author>\n"_html);
    for (const view::IncidentView* incident : incidents) {
        const std::string content = updates_html(*incident).bytes();
        out.add("<entry>\n<id>tag:"_html, host, ",2005:Incident/"_html, incident->id.value,
                "</id>\n<published>"_html, format_rfc3339(incident->opened),
                "</published>\n<updated>"_html, format_rfc3339(incident->changed),
                "</updated>\n<link rel=\"alternate\" type=\"text/html\" href=\""_html,
                incident_url(view, *incident), "\"/>\n<title>"_html, incident->title,
                "</title>\n<content type=\"html\">"_html, content, "</content>\n</entry>\n"_html);
    }
    return std::move(out.add("</feed>\n"_html)).take();
}

std::string rss_feed(const view::PublicView& view) {
    const Incidents incidents = newest_first(view);
    Html out;
    out.add(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" "
        "xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n<channel>\n<title>"_html,
        feed_title(view), "</title>\n<link>"_html, absolute_url(view.page, "/"),
        "</link>\n<description>Candor</description>\n<pubDate>"_html,
        format_http_date(newest_change(incidents, view)), "</pubDate>\n"_html);
    for (const view::IncidentView* incident : incidents) {
        const std::string content = updates_html(*incident).bytes();
        const std::string url = incident_url(view, *incident);
        out.add("<item>\n<title>"_html, incident->title, "</title>\n<description>"_html, content,
                "</description>\n<pubDate>"_html, format_http_date(incident->opened),
                "</pubDate>\n<link>"_html, url, "</link>\n<guid>"_html, url,
                "</guid>\n</item>\n"_html);
    }
    return std::move(out.add("</channel>\n</rss>\n"_html)).take();
}

}  // namespace candor::page
