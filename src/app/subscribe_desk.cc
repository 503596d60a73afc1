#include "app/subscribe_desk.h"

#include <algorithm>
#include <utility>

#include "app/page_answers.h"
#include "app/query_parameter.h"
#include "base/codec.h"
#include "notify/subscriber_record.h"
#include "notify/words.h"
#include "page/plain_pages.h"
#include "page/subscribe_pages.h"
#include "view/build_public_view.h"

namespace candor::app {
namespace {

// Components that are spelled out in the words of a choice.
constexpr std::size_t kSpelled = 5;

std::vector<ComponentId> ids_of(const Topology& topology) {
    std::vector<ComponentId> out;
    for (const Component& c : topology.components) out.push_back(c.id);
    return out;
}

bool chose(const notify::Filter& filter, const ComponentId& id) {
    return std::ranges::find(filter.components, id) != filter.components.end();
}

page::SubscribeFields fields_of(const Topology& topology, const notify::Filter& filter) {
    page::SubscribeFields out;
    out.min_impact = filter.min_impact;
    for (const Component& c : topology.components) {
        out.parts.push_back({c.id, c.name, chose(filter, c.id)});
    }
    return out;
}

// "all trouble", "critical trouble with Directory and Calls".
std::string choice_words(const Topology& topology, const notify::Filter& filter) {
    std::string out = "all trouble";
    if (filter.min_impact == IncidentImpact::kMinor) out = "minor and worse trouble";
    if (filter.min_impact == IncidentImpact::kMajor) out = "major and critical trouble";
    if (filter.min_impact == IncidentImpact::kCritical) out = "critical trouble";
    std::vector<std::string> names;
    for (const Component& c : topology.components) {
        if (chose(filter, c.id)) names.push_back(c.name);
    }
    if (names.empty()) return out;
    if (names.size() > kSpelled) return out + " with " + std::to_string(names.size()) + " parts";
    for (std::size_t i = 0; i < names.size(); ++i) {
        const bool last = i + 1 == names.size();
        out += (i == 0 ? " with " : last ? " and " : ", ") + names[i];
    }
    return out;
}

std::string fresh_key(Clock& clock) {
    return std::to_string(clock.entropy()) + std::to_string(clock.entropy());
}

std::string manage_path(const notify::SubscribeLinks& links, const SubscriberId& id) {
    return "/subscribe/manage?s=" + links.subscriber_word(id);
}

page::ManageLinks manage_links(const notify::SubscribeLinks& links, const SubscriberId& id) {
    return {manage_path(links, id), "/subscribe/leave?s=" + links.subscriber_word(id)};
}

}  // namespace

SubscribeDesk::SubscribeDesk(Operator& commands, Clock& clock)
    : commands_(commands),
      clock_(clock),
      addresses_(kAsksPerAddress, fresh_key(clock)),
      networks_(kAsksPerNetwork, fresh_key(clock)),
      everybody_(kAsksOfEverybody, "") {}

void SubscribeDesk::open(PageReaderOptions options, std::string key, Notifier& notifier) {
    const std::lock_guard lock(mutex_);
    options_ = std::make_shared<const PageReaderOptions>(std::move(options));
    links_ = std::make_shared<const notify::SubscribeLinks>(std::move(key));
    notifier_ = &notifier;
}

void SubscribeDesk::close() {
    const std::lock_guard lock(mutex_);
    options_ = nullptr;
    notifier_ = nullptr;
}

void SubscribeDesk::set_available(bool available) {
    const std::lock_guard lock(mutex_);
    available_ = available;
}

bool SubscribeDesk::available() const {
    const std::lock_guard lock(mutex_);
    return available_;
}

void SubscribeDesk::render(PageQuery query, PageDone done) {
    const bool for_operators = query.path.starts_with("/api/v1/");
    const VisitPtr visit = visit_of(std::move(query), std::move(done));
    if (visit == nullptr) return;
    if (for_operators) {
        visit_api(visit);
    } else if (visit->query.path.starts_with("/api/v2/")) {
        visit_statuspage(visit);
    } else if (!visit->frame.page.subscribable) {
        visit->answer(404, page::not_found_page(visit->frame));
    } else {
        visit_page(visit);
    }
}

// Nothing, and answered, while Candor starts or stops.
SubscribeDesk::VisitPtr SubscribeDesk::visit_of(PageQuery query, PageDone done) const {
    std::shared_ptr<const PageReaderOptions> options;
    auto visit = std::make_shared<Visit>();
    bool subscribable = false;
    {
        const std::lock_guard lock(mutex_);
        options = options_;
        visit->links = links_;
        subscribable = available_;
    }
    if (options == nullptr) {
        done(busy_answer());
        return nullptr;
    }
    visit->query = std::move(query);
    visit->done = std::move(done);
    visit->now = options->newest();
    // What strangers see of a page in shadow holds no form either.
    const bool live = visit->topology().page.publish == Publish::kLive;
    visit->frame = view::build_frame(*visit->now.state, {.as_of = visit->now.as_of,
                                                         .version = options->version,
                                                         .page_id = options->page_id,
                                                         .text_of = {},
                                                         .historical = false,
                                                         .subscribable = subscribable && live});
    return visit;
}

void SubscribeDesk::Visit::answer(int status, page::Html page) const {
    done({status, "text/html; charset=utf-8", std::move(page).take(), 0});
}

void SubscribeDesk::Visit::say(int status, std::string_view headline,
                               std::string_view detail) const {
    answer(status, page::notice_page(frame, headline, detail));
}

void SubscribeDesk::Visit::busy() const {
    if (query.path.starts_with("/api/")) {
        problem(503, "deliveries cannot be reached now; try again in a moment", kRetryAfterSeconds);
        return;
    }
    PageAnswer out;
    out.status = 503;
    out.retry_after_s = kRetryAfterSeconds;
    out.body = page::notice_page(frame, "That did not work just now.",
                                 "Please try again in a moment; nothing was changed.")
                   .take();
    done(std::move(out));
}

void SubscribeDesk::visit_page(const VisitPtr& visit) {
    const std::string& path = visit->query.path;
    const bool changes = visit->query.changes;
    if (path == "/subscribe" && changes) return ask(visit);
    if (path == "/subscribe") {
        return visit->answer(200,
                             page::subscribe_page(visit->frame, fields_of(visit->topology(), {})));
    }
    if (path == "/subscribe/confirm") return confirm(visit);
    if (path == "/subscribe/manage") return manage(visit);
    if (path == "/subscribe/leave") return leave(visit);
    visit->answer(404, page::not_found_page(visit->frame));
}

void SubscribeDesk::ask(const VisitPtr& visit) {
    const Topology& topology = visit->topology();
    const auto form = notify::parse_subscribe_form(visit->query.body, true, ids_of(topology));
    if (!form) {
        auto fields = fields_of(topology, {});
        fields.problem = form.error().message;
        return visit->answer(422, page::subscribe_page(visit->frame, fields));
    }
    const Duration wait = too_often(visit, *form);
    if (wait.ms > 0) {
        PageAnswer out;
        out.status = 429;
        out.retry_after_s = wait.ms / 1000 + 1;
        out.body = page::notice_page(visit->frame, "You have asked often in a short time.",
                                     "Please look into your mailbox, also among the spam, and try "
                                     "again in " +
                                         format_duration_words(wait, 1) + ".")
                       .take();
        return visit->done(std::move(out));
    }
    send_link(visit, *form, [visit] {
        visit->say(200, "Look into your mailbox.",
                   "A mail with a link is on its way to the address that you gave. You get updates "
                   "once you have opened that link and confirmed.");
    });
}

Duration SubscribeDesk::too_often(const VisitPtr& visit, const notify::SubscribeForm& form) {
    const Stamp now = clock_.now();
    Duration wait = networks_.admit(visit->query.network, now.steady);
    if (wait.ms == 0) wait = addresses_.admit(visit->links->id_of(form.mail).value, now.steady);
    if (wait.ms == 0) wait = everybody_.admit("", now.steady);
    return wait;
}

void SubscribeDesk::send_link(const VisitPtr& visit, const notify::SubscribeForm& form,
                              std::function<void()> then) {
    const Topology& topology = visit->topology();
    const Timestamp now = clock_.now().wall;
    const SubscriberId id = visit->links->id_of(form.mail);
    const notify::SubscribeClaim claim{form.mail, form.filter, now + notify::kConfirmWithin};
    const notify::Confirmation mail{
        .page_name = topology.page.name,
        .address = form.mail,
        .confirm_url =
            topology.page.url + "/subscribe/confirm?s=" + visit->links->confirm_word(claim),
        .choice = choice_words(topology, form.filter),
        .expires = notify::time_words(claim.expires, topology.page.time_zone, now),
        .at = now};
    with_deliveries(visit, [visit, id, mail, then = std::move(then)](
                               Deliveries&, notify::Dispatcher& dispatcher) {
        if (!dispatcher.announce_to_one(notify::asking_subject(id), mail)) return visit->busy();
        then();
    });
}

void SubscribeDesk::confirm(const VisitPtr& visit) {
    const auto claim =
        visit->links->confirmed(query_parameter(visit->query.query, "s"), clock_.now().wall);
    if (!claim) return visit->answer(410, page::link_gone_page(visit->frame));
    if (!visit->query.changes) {
        return visit->answer(
            200,
            page::confirm_page(visit->frame, "/subscribe/confirm?" + visit->query.query,
                               claim->address, choice_words(visit->topology(), claim->filter)));
    }
    const SubscriberId id = visit->links->id_of(claim->address);
    change(
        visit, id,
        [id, claim](const std::optional<Subscriber>& known) -> std::optional<Command> {
            command::SetSubscriber set{
                id, claim->filter.components, claim->filter.min_impact, claim->address, {}};
            if (known) {
                const auto record = decode<notify::SubscriberRecord>(known->filter);
                if (record) set.replaces = record->address;
            }
            return set;
        },
        [visit, id](bool) {
            visit->answer(200, page::subscribed_page(
                                   visit->frame, "You get updates now.",
                                   "We write when there is something to say, and not before.",
                                   manage_path(*visit->links, id)));
        });
}

void SubscribeDesk::manage(const VisitPtr& visit) {
    const auto id = visit->links->subscriber(query_parameter(visit->query.query, "s"));
    if (!id) return visit->answer(410, page::link_gone_page(visit->frame));
    if (visit->query.changes) return save_choice(visit, *id);
    show_choice(visit, *id);
}

void SubscribeDesk::show_choice(const VisitPtr& visit, const SubscriberId& id) {
    with_deliveries(visit, [visit, id](Deliveries& deliveries, notify::Dispatcher&) {
        const auto known = deliveries.subscriber(id);
        if (!known) return visit->busy();
        if (!*known) return visit->answer(410, page::link_gone_page(visit->frame));
        const auto record = decode<notify::SubscriberRecord>((*known)->filter);
        auto fields = fields_of(visit->topology(), record ? record->filter : notify::Filter{});
        fields.mail = (*known)->address;
        visit->answer(200,
                      page::manage_page(visit->frame, manage_links(*visit->links, id), fields));
    });
}

void SubscribeDesk::save_choice(const VisitPtr& visit, const SubscriberId& id) {
    const auto form =
        notify::parse_subscribe_form(visit->query.body, false, ids_of(visit->topology()));
    if (!form) return visit->say(422, "That could not be saved.", form.error().message);
    change(
        visit, id,
        [id, form](const std::optional<Subscriber>& known) -> std::optional<Command> {
            if (!known) return std::nullopt;
            const auto record = decode<notify::SubscriberRecord>(known->filter);
            return command::SetSubscriber{id, form->filter.components, form->filter.min_impact,
                                          known->address, record ? record->address : SealedText{}};
        },
        [visit, id, form](bool did) {
            if (!did) return visit->answer(410, page::link_gone_page(visit->frame));
            visit->answer(
                200, page::subscribed_page(visit->frame, "Saved.",
                                           "You get mails about " +
                                               choice_words(visit->topology(), form->filter) + ".",
                                           manage_path(*visit->links, id)));
        });
}

// By the button of the page, or by the mail program itself (RFC 8058). Leaving twice is no error.
void SubscribeDesk::leave(const VisitPtr& visit) {
    const auto id = visit->links->subscriber(query_parameter(visit->query.query, "s"));
    if (!id) return visit->answer(410, page::link_gone_page(visit->frame));
    if (!visit->query.changes) {
        return visit->answer(200, page::leave_page(visit->frame, manage_links(*visit->links, *id)));
    }
    change(
        visit, *id,
        [id = *id](const std::optional<Subscriber>& known) -> std::optional<Command> {
            if (!known) return std::nullopt;
            const auto record = decode<notify::SubscriberRecord>(known->filter);
            return command::RemoveSubscriber{id, record ? record->address : SealedText{}};
        },
        [visit](bool) {
            visit->say(200, "You get no more mails.",
                       "Your address is erased. You can ask for updates again whenever you like.");
        });
}

}  // namespace candor::app
