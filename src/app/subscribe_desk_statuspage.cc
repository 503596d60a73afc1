// The desk's third part: Statuspage's calls about subscribers, as far as a stranger may make them.
#include <utility>

#include "app/subscribe_desk.h"
#include "page/json_writer.h"
#include "view/statuspage.h"

namespace candor::app {
namespace {

std::vector<notify::ForeignId> foreign_ids(const Topology& topology) {
    std::vector<notify::ForeignId> out;
    for (const Component& c : topology.components) {
        out.push_back({view::statuspage_id("component", c.id.value), c.id});
    }
    return out;
}

// Statuspage's members as far as they say something here. No id: it would tell who knows it
// nothing, and be the same for an address that is subscribed.
std::string asked_json(std::string_view mail) {
    page::JsonWriter w;
    w.begin_object().key("subscriber").begin_object();
    w.member("mode", "email").member("email", mail).member("confirmed", false).end_object();
    w.member("message",
             "A mail with a link is on its way. Updates begin once its reader confirms.");
    return w.end_object().take() + "\n";
}

}  // namespace

void SubscribeDesk::visit_statuspage(const VisitPtr& visit) {
    const std::string& url = visit->topology().page.url;
    if (!visit->frame.page.subscribable) {
        return visit->problem(
            501, "nobody can subscribe by mail here; follow " + url + "/history.atom instead");
    }
    if (visit->query.path != "/api/v2/subscribers.json") {
        return visit->problem(501, "mails are stopped by the link that each of them carries");
    }
    const auto form = notify::parse_statuspage_subscriber(
        visit->query.body.empty() ? visit->query.query : visit->query.body,
        foreign_ids(visit->topology()));
    if (!form) {
        const bool other_way = form.error().code == ErrorCode::kUnsupported;
        return visit->problem(
            other_way ? 501 : 422,
            form.error().message + (other_way ? ", or subscribe at " + url + "/subscribe" : ""));
    }
    const Duration wait = too_often(visit, *form);
    if (wait.ms > 0) {
        return visit->problem(429, "asked often in a short time; look into the mailbox",
                              wait.ms / 1000 + 1);
    }
    send_link(visit, *form, [visit, mail = form->mail] {
        visit->done({202, "application/json; charset=utf-8", asked_json(mail), 0});
    });
}

}  // namespace candor::app
