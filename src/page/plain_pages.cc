#include "page/plain_pages.h"

#include <utility>

#include "page/layout.h"

namespace candor::page {
namespace {

Html plain(const view::PageFrame& frame, std::string_view title, Html detail) {
    Document document;
    document.title = title;
    document.description = title;
    document.refresh = Refresh::kStill;
    document.as_of_in_footer = false;
    document.main.add(banner_card("un"_html, title, detail));
    return render_document(frame, document);
}

}  // namespace

Html not_found_page(const view::PageFrame& frame) {
    return plain(frame, "There is no such page.",
                 html("The address may be mistyped, or the component was removed. "
                      "<a href=\"/\">See the current status</a> or <a href=\"/history\">what "
                      "happened before</a>."_html));
}

Html notice_page(const view::PageFrame& frame, std::string_view headline, std::string_view detail) {
    return plain(frame, headline, html(detail, " <a href=\"/\">See the current status</a>."_html));
}

Html unavailable_page(const view::PageFrame& frame) {
    return plain(frame, "This view is busy; please try again in a few seconds.",
                 html("The record is read one request at a time, so that the current status always "
                      "comes first. <a href=\"/\">See the current status</a>."_html));
}

Html shadow_page(const view::PageFrame& frame) {
    return plain(frame, "This status page is not published yet.",
                 html("It is being set up and tried out. Please come back later."_html));
}

}  // namespace candor::page
