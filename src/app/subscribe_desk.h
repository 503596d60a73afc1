// Where readers subscribe and leave, and where operators see who did: /subscribe, what Statuspage's
// clients call instead (/api/v2/subscribers…), and /api/v1/subscribers.
//
// Asks, never acts: a confirmed choice is a command of the engine's, a mail is the notifier's. The
// answer to an address is the same whether it is known or not. Before its
// owner confirmed it, an address is kept in the mail that asks and nowhere else. Safe from any
// thread; never blocks.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "app/notifier.h"
#include "app/page_reader.h"
#include "notify/ask_limit.h"
#include "notify/subscribe_form.h"
#include "notify/subscribe_links.h"
#include "page/html.h"
#include "ports/operator.h"
#include "ports/page_source.h"
#include "view/pages_on_demand.h"

namespace candor::app {

// Mails to confirm: three to one address in six hours, twenty for one network in a quarter.
inline constexpr notify::AskLimitOptions kAsksPerAddress = {.times = 3, .within = hours(6)};
inline constexpr notify::AskLimitOptions kAsksPerNetwork = {.times = 20, .within = minutes(15)};
// Whoever asks from everywhere at once fills no disk and no mail server's queue.
inline constexpr notify::AskLimitOptions kAsksOfEverybody = {
    .times = 2'000, .within = minutes(10), .buckets = 1};

class SubscribeDesk final : public PageSource {
   public:
    SubscribeDesk(Operator& commands, Clock& clock);

    // Before this, and after close(), everything is answered 503. `key` signs the links.
    void open(PageReaderOptions options, std::string key, Notifier& notifier);
    // Once this returns, the notifier is not asked any more.
    void close();
    // Whether the configuration lets readers subscribe.
    void set_available(bool available);
    bool available() const;

    void render(PageQuery query, PageDone done) override;

   private:
    // One request and what it is answered with.
    struct Visit {
        PageQuery query;
        PageDone done;
        engine::Published now;
        view::PageFrame frame;
        std::shared_ptr<const notify::SubscribeLinks> links;

        const Topology& topology() const { return *now.state->topology; }
        void answer(int status, page::Html page) const;
        void say(int status, std::string_view headline, std::string_view detail) const;
        void busy() const;
        void problem(int status, std::string_view detail, std::int64_t retry_after_s = 0) const;
    };
    using VisitPtr = std::shared_ptr<const Visit>;
    // What becomes of a subscriber; nothing: there is nothing to do.
    using Decide = std::function<std::optional<Command>(const std::optional<Subscriber>&)>;

    VisitPtr visit_of(PageQuery query, PageDone done) const;
    void visit_page(const VisitPtr& visit);
    void ask(const VisitPtr& visit);
    // How long whoever asks has to wait; 0: not at all, and it was counted.
    Duration too_often(const VisitPtr& visit, const notify::SubscribeForm& form);
    // The mail that asks its owner to confirm; `then` answers once it is kept.
    void send_link(const VisitPtr& visit, const notify::SubscribeForm& form,
                   std::function<void()> then);
    void visit_statuspage(const VisitPtr& visit);
    void confirm(const VisitPtr& visit);
    void manage(const VisitPtr& visit);
    void show_choice(const VisitPtr& visit, const SubscriberId& id);
    void save_choice(const VisitPtr& visit, const SubscriberId& id);
    void leave(const VisitPtr& visit);
    void visit_api(const VisitPtr& visit);
    void list(const VisitPtr& visit);
    void find(const VisitPtr& visit);
    void remove(const VisitPtr& visit);

    // Runs `task` on the notifier's thread, or answers that it cannot be.
    void with_deliveries(const VisitPtr& visit,
                         std::function<void(Deliveries&, notify::Dispatcher&)> task);
    // Makes a command of what is known of a subscriber, one at a time for each; `then` answers once
    // it is durable, with whether there was something to do.
    void change(const VisitPtr& visit, const SubscriberId& id, Decide decide,
                std::function<void(bool)> then);
    bool may_change(Deliveries& deliveries, const SubscriberId& id);
    void settled(const SubscriberId& id, std::optional<Position> at);

    Operator& commands_;
    Clock& clock_;
    notify::AskLimit addresses_;
    notify::AskLimit networks_;
    notify::AskLimit everybody_;

    mutable std::mutex mutex_;
    bool available_ = false;                               // guarded by mutex_
    Notifier* notifier_ = nullptr;                         // guarded by mutex_
    std::shared_ptr<const PageReaderOptions> options_;     // guarded by mutex_
    std::shared_ptr<const notify::SubscribeLinks> links_;  // guarded by mutex_
    // Commands under way, and answered ones that the notifier's list does not show yet: the next
    // command must know the record that it replaces.
    std::map<SubscriberId, std::optional<Position>> unsettled_;  // guarded by mutex_
};

}  // namespace candor::app
