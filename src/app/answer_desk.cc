#include "app/answer_desk.h"

#include <utility>

#include "app/page_answers.h"
#include "app/query_parameter.h"
#include "page/answer_pages.h"
#include "page/plain_pages.h"
#include "view/build_public_view.h"

namespace candor::app {
namespace {

// One request and what it is answered with.
struct Visit {
    PageDone done;
    view::PageFrame frame;
    page::AnswerFacts facts;

    void answer(int status, page::Html page) const {
        done({status, "text/html; charset=utf-8", std::move(page).take(), 0});
    }
    void say(int status, std::string_view headline, std::string_view detail) const {
        answer(status, page::notice_page(frame, headline, detail));
    }
};

page::AnswerFacts facts_of(const core::IncidentState& incident) {
    page::AnswerFacts out;
    out.incident = incident.id;
    // A person's title is sealed: it is read where the incident is shown.
    out.title = incident.title.empty() ? "An incident that a person declared" : incident.title;
    for (const core::IncidentComponent& c : incident.components) out.components.push_back(c.name);
    out.started = incident.started;
    out.owned_at = incident.record.owned_at;
    out.update_due = incident.clock.due;
    return out;
}

void settle(const Visit& visit, const Result<CommandAnswer>& answer) {
    if (answer) return visit.answer(200, page::answered_page(visit.frame, visit.facts));
    // It changed between the page and the button.
    if (answer.error().code == ErrorCode::kConflict || answer.error().code == ErrorCode::kInvalid) {
        return visit.say(409, "There is nothing to take on any more.",
                         "It is over and explained, or it goes on in another incident.");
    }
    visit.say(503, "That did not work just now.", "Nothing was changed. Please try again.");
}

}  // namespace

void AnswerDesk::open(PageReaderOptions options, std::string key) {
    const std::lock_guard lock(mutex_);
    opened_ = std::make_shared<const Opened>(std::move(options), notify::AnswerLinks(key));
}

void AnswerDesk::close() {
    const std::lock_guard lock(mutex_);
    opened_ = nullptr;
}

void AnswerDesk::render(PageQuery query, PageDone done) {
    std::shared_ptr<const Opened> opened;
    {
        const std::lock_guard lock(mutex_);
        opened = opened_;
    }
    if (opened == nullptr) return done(busy_answer());
    const engine::Published now = opened->options.newest();
    Visit visit{.done = std::move(done),
                .frame = view::build_frame(*now.state, {.as_of = now.as_of,
                                                        .version = opened->options.version,
                                                        .page_id = opened->options.page_id,
                                                        .text_of = {},
                                                        .historical = false,
                                                        .subscribable = false}),
                .facts = {}};
    const auto claim = opened->links.claimed(query_parameter(query.query, "w"), clock_.now().wall);
    if (!claim) {
        return visit.say(410, "This link does not work any more.",
                         "Links to take an incident on work for a day. You can do it in the "
                         "console at any time.");
    }
    const auto found = now.state->incidents.find(claim->incident);
    if (found == now.state->incidents.end()) {
        return visit.say(410, "This incident is not there any more.", "There is nothing to do.");
    }
    const core::IncidentState& incident = *found->second;
    const ActorId actor{"channel:" + claim->channel};
    visit.facts = facts_of(incident);
    if (!incident.is_open()) {
        return visit.say(200, "It is over already.",
                         "There is nothing left to take on. What the page owes its readers is a "
                         "few words about it, if nobody has written them yet.");
    }
    if (incident.record.owner == actor) {
        return visit.answer(200, page::answered_page(visit.frame, visit.facts));
    }
    if (!query.changes) {
        const std::string action = "/answer?w=" + std::string(query_parameter(query.query, "w"));
        return visit.answer(200, page::answer_page(visit.frame, visit.facts, action));
    }
    commands_.submit(
        {.what = command::Acknowledge{incident.id}, .actor = actor, .idempotency_key = {}},
        [visit = std::move(visit)](const Result<CommandAnswer>& answer) { settle(visit, answer); });
}

}  // namespace candor::app
