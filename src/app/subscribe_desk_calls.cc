// The desk's second part: operators' calls, and how everybody's changes reach the engine.
#include <utility>

#include "app/delivery_answers.h"
#include "app/subscribe_desk.h"
#include "base/codec.h"
#include "notify/subscribe_form.h"
#include "notify/subscriber_record.h"
#include "page/json_writer.h"
#include "web/page_of.h"
#include "web/response.h"

namespace candor::app {
namespace {

constexpr std::string_view kSubscriberPath = "/api/v1/subscribers/";

constexpr const char* kJson = "application/json; charset=utf-8";

// Who may not read addresses sees who it might be, and no more.
std::string list_json(const std::vector<Subscriber>& people, std::size_t limit,
                      const DeliveryCounts& counts, bool plain) {
    page::JsonWriter w;
    w.begin_object().key("items").begin_array();
    for (std::size_t i = 0; i < people.size() && i < limit; ++i) {
        const Subscriber& s = people[i];
        const auto record = decode<notify::SubscriberRecord>(s.filter);
        const notify::Filter filter = record ? record->filter : notify::Filter{};
        w.begin_object()
            .member("id", s.id.value)
            .member("address", plain ? s.address : mask_addresses(s.address));
        w.key("components").begin_array();
        for (const ComponentId& id : filter.components) w.value(id.value);
        w.end_array().member("min_impact", name_of(filter.min_impact));
        w.member("confirmed", s.confirmed).member("failures", s.failures);
        w.member("disabled", s.disabled).end_object();
    }
    w.end_array().member("total", static_cast<std::int64_t>(counts.subscribers));
    w.member("disabled", static_cast<std::int64_t>(counts.disabled_subscribers));
    if (people.size() > limit) {
        w.member("next", people[limit - 1].id.value);
    } else {
        w.null_member("next");
    }
    return w.end_object().take() + "\n";
}

}  // namespace

void SubscribeDesk::Visit::problem(int status, std::string_view detail,
                                   std::int64_t retry_after_s) const {
    web::Answer answer = web::problem(status, web::reason_phrase(status), detail);
    done({status, std::move(answer.content_type), std::move(answer.body), retry_after_s});
}

void SubscribeDesk::visit_api(const VisitPtr& visit) {
    if (!available()) {
        return visit->problem(404, "nobody can subscribe: the configuration has no `subscribers`");
    }
    if (visit->query.changes) return remove(visit);
    list(visit);
}

// At most one, by the address: who writes "stop these mails" tells no id.
void SubscribeDesk::find(const VisitPtr& visit) {
    if (!visit->query.sees_addresses) {
        return visit->problem(403, "only an admin may look for an address");
    }
    const auto form = notify::parse_subscribe_form(visit->query.query, true, {});
    if (!form) return visit->problem(422, form.error().message);
    const SubscriberId id = visit->links->id_of(form->mail);
    with_deliveries(visit, [visit, id](Deliveries& deliveries, notify::Dispatcher&) {
        const auto found = deliveries.subscriber(id);
        const auto counts = deliveries.counts();
        if (!found || !counts) return visit->busy();
        std::vector<Subscriber> people;
        if (*found) people.push_back(**found);
        visit->done({200, kJson, list_json(people, 1, *counts, true), 0});
    });
}

void SubscribeDesk::list(const VisitPtr& visit) {
    if (visit->query.query.starts_with("mail=")) return find(visit);
    const auto page = web::parse_page(visit->query.query);
    if (!page) return visit->problem(422, page.error().message);
    with_deliveries(visit, [visit, page](Deliveries& deliveries, notify::Dispatcher&) {
        const auto people = deliveries.subscribers({page->cursor}, page->limit + 1);
        const auto counts = deliveries.counts();
        if (!people || !counts) return visit->busy();
        visit->done(
            {200, kJson, list_json(*people, page->limit, *counts, visit->query.sees_addresses), 0});
    });
}

void SubscribeDesk::remove(const VisitPtr& visit) {
    const SubscriberId id{visit->query.path.substr(kSubscriberPath.size())};
    change(
        visit, id,
        [id](const std::optional<Subscriber>& known) -> std::optional<Command> {
            if (!known) return std::nullopt;
            const auto record = decode<notify::SubscriberRecord>(known->filter);
            return command::RemoveSubscriber{id, record ? record->address : SealedText{}};
        },
        [visit, id](bool did) {
            if (!did) return visit->problem(404, "there is no subscriber `" + id.value + "`");
            visit->done({204, "", "", 0});
        });
}

void SubscribeDesk::with_deliveries(const VisitPtr& visit,
                                    std::function<void(Deliveries&, notify::Dispatcher&)> task) {
    const auto run = [visit, task = std::move(task)](Deliveries* deliveries,
                                                     notify::Dispatcher* dispatcher) {
        if (deliveries == nullptr || dispatcher == nullptr) return visit->busy();
        task(*deliveries, *dispatcher);
    };
    {
        const std::lock_guard lock(mutex_);
        if (notifier_ != nullptr && notifier_->post(run)) return;
    }
    visit->busy();
}

void SubscribeDesk::change(const VisitPtr& visit, const SubscriberId& id, Decide decide,
                           std::function<void(bool)> then) {
    with_deliveries(visit, [this, visit, id, decide = std::move(decide), then = std::move(then)](
                               Deliveries& deliveries, notify::Dispatcher&) {
        if (!may_change(deliveries, id)) return visit->busy();
        const auto known = deliveries.subscriber(id);
        auto command = known ? decide(*known) : std::nullopt;
        if (!command) {
            settled(id, std::nullopt);
            return known ? then(false) : visit->busy();
        }
        commands_.submit(
            {.what = *std::move(command), .actor = visit->query.actor, .idempotency_key = {}},
            [this, visit, id, then](const Result<CommandAnswer>& answer) {
                if (!answer) {
                    settled(id, std::nullopt);
                    return visit->busy();
                }
                settled(id, answer->position);
                then(true);
            });
    });
}

bool SubscribeDesk::may_change(Deliveries& deliveries, const SubscriberId& id) {
    const auto shown = deliveries.position();
    if (!shown) return false;
    const std::lock_guard lock(mutex_);
    std::erase_if(unsettled_,
                  [&](const auto& one) { return one.second && *one.second <= shown->value_or(0); });
    return unsettled_.try_emplace(id).second;
}

// Nothing was changed, or it was at this position.
void SubscribeDesk::settled(const SubscriberId& id, std::optional<Position> at) {
    const std::lock_guard lock(mutex_);
    if (at) {
        unsettled_[id] = at;
    } else {
        unsettled_.erase(id);
    }
}

}  // namespace candor::app
