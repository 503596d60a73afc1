#include "app/notifier.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "app/on_call_overrides.h"
#include "app/subscriber_fold.h"

namespace candor::app {
namespace {

constexpr Duration kLongestSleep = seconds(60);
constexpr std::size_t kTasksMax = 256;
constexpr std::size_t kForgetAtOnce = 50;
// Without news the position moves this seldom: a restart reads so many batches again and finds
// again that they are no news.
constexpr Position kPositionEvery = 1'024;
constexpr Duration kCountEvery = seconds(10);

bool is_followed(const Batch& batch) {
    const auto is_order = [](const Entry& e) {
        return std::holds_alternative<entry::PagingMuted>(e) ||
               std::holds_alternative<entry::ShiftOverridden>(e) ||
               std::holds_alternative<entry::ShiftOverrideRemoved>(e) ||
               std::holds_alternative<entry::ChannelSwitchedOn>(e);
    };
    return may_hold_news(batch) || speaks_of_subscribers(batch) ||
           std::ranges::any_of(batch.entries, is_order);
}

// Before the position moves: what a crash repeats here changes nothing.
Result<void> switch_channels_on(const Batch& batch, notify::Dispatcher& dispatcher) {
    bool ordered = false;
    for (const Entry& entry : batch.entries) {
        const auto* order = std::get_if<entry::ChannelSwitchedOn>(&entry);
        if (order == nullptr) continue;
        dispatcher.switch_on(notify::lane_of_channel(order->channel), batch.at);
        ordered = true;
    }
    return ordered ? dispatcher.record() : Result<void>();
}

void follow_paging(const core::PagingState& paging, notify::Dispatcher& dispatcher) {
    dispatcher.mute_calls_until(paging.muted_until);
    dispatcher.set_hand_overrides(hand_overrides(paging));
}

bool tells_anybody(const notify::Routes& routes) {
    return !routes.channels.empty() || routes.subscriber_mail.has_value();
}

}  // namespace

struct Notifier::Work {
    notify::Routes routes;
    std::unique_ptr<Deliveries> deliveries;
    std::unique_ptr<notify::Dispatcher> dispatcher;
    std::unique_ptr<JournalFold> fold;
    std::unique_ptr<SealedTexts> texts;
    std::unique_ptr<JournalReader> addresses;  // of subscribers; not cached
    Position announced = 0;
    std::uint64_t last_number = 0;  // of what earlier dispatchers handed out
    Position routes_at = 0;
    bool was_idle = false;  // nobody was to be told; what happened meanwhile is history
    Timestamp retry_at;
    Timestamp forget_at;
    Timestamp count_at;
};

Notifier::Notifier(NotifierOptions options, notify::Routes routes, std::unique_ptr<Sender> sender)
    : options_(std::move(options)), work_(std::make_unique<Work>()), sender_(std::move(sender)) {
    work_->routes = std::move(routes);
    durable_ = routes_at_ = options_.durable;
    thread_ = std::thread([this] { loop(); });
}

Notifier::~Notifier() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    thread_.join();
    finish();
    sender_.reset();
}

// What servers accepted in time is written down; what they had not is told at the next start.
void Notifier::finish() {
    Work& w = *work_;
    if (w.dispatcher == nullptr) return;
    std::vector<SendResult> results;
    {
        const std::lock_guard lock(mutex_);
        results.swap(results_);
    }
    Result<void> done = settle(std::move(results));
    if (done && w.fold->position() > w.announced) {
        done = w.deliveries->take(w.fold->position(), {}, {});
    }
    if (!done) options_.log("the last results were not recorded: " + done.error().message);
}

void Notifier::offer(Position durable) {
    {
        const std::lock_guard lock(mutex_);
        durable_ = durable;
        fresh_ = true;
    }
    wake_.notify_one();
}

void Notifier::set_routes(notify::Routes routes) {
    {
        const std::lock_guard lock(mutex_);
        new_routes_ = std::move(routes);
        routes_at_ = durable_;
    }
    wake_.notify_one();
}

bool Notifier::post(Task task) {
    {
        const std::lock_guard lock(mutex_);
        if (stopping_ || tasks_.size() >= kTasksMax) return false;
        tasks_.push_back(std::move(task));
    }
    wake_.notify_one();
    return true;
}

NotifierStats Notifier::stats() const {
    const std::lock_guard lock(mutex_);
    return stats_;
}

void Notifier::loop() {
    while (true) {
        Result<Timestamp> next = candor::fail(ErrorCode::kBusy, "standing still");
        if (options_.clock.now().wall >= work_->retry_at) {
            next = step();
            if (next) {
                goes_on();
            } else {
                stand_still(next.error());
            }
        }
        run_tasks();
        wait(std::move(next));
        const std::lock_guard lock(mutex_);
        if (stopping_) return;
    }
}

Result<void> Notifier::open() {
    Work& w = *work_;
    if (w.dispatcher != nullptr) return {};
    auto deliveries = TRY(options_.open_deliveries());
    auto fold = std::make_unique<JournalFold>(TRY(options_.open_reader()));
    w.addresses = TRY(options_.open_reader());
    w.texts = std::make_unique<SealedTexts>(TRY(options_.open_reader()));
    auto position = TRY(deliveries->position());
    if (!position || w.was_idle) {
        // What happened before anybody asked to be told is history.
        const Position last = position.value_or(0);
        position = std::max(last, w.routes_at);
        const auto reader = TRY(options_.open_reader());
        TRY(fold_subscribers_between(last, *position, *reader, *deliveries, options_.log));
        TRY(deliveries->take(*position, {}, {}));
    }
    TRY(fold->start(*position));
    w.announced = *position;
    w.fold = std::move(fold);
    w.deliveries = std::move(deliveries);
    w.dispatcher = std::make_unique<notify::Dispatcher>(*w.deliveries, w.routes, w.last_number);
    follow_paging(w.fold->state().paging, *w.dispatcher);
    w.was_idle = false;
    return w.dispatcher->start();
}

void Notifier::close() {
    Work& w = *work_;
    if (w.dispatcher != nullptr) w.last_number = w.dispatcher->last_number();
    w.dispatcher.reset();
    w.deliveries.reset();
    w.fold.reset();
    w.texts.reset();
    w.addresses.reset();
}

// One round of everything there is to do; when to come back at the latest.
Result<Timestamp> Notifier::step() {
    std::vector<SendResult> results;
    std::optional<notify::Routes> routes;
    {
        const std::lock_guard lock(mutex_);
        results.swap(results_);
        routes = std::exchange(new_routes_, std::nullopt);
        work_->routes_at = routes_at_;
        fresh_ = false;
    }
    Work& w = *work_;
    if (routes) w.routes = *std::move(routes);
    if (routes && w.dispatcher != nullptr) w.dispatcher->set_routes(w.routes);
    if (!tells_anybody(w.routes)) {
        close();
        w.was_idle = true;
        return options_.clock.now().wall + kLongestSleep;
    }
    TRY(open());
    TRY(settle(std::move(results)));
    const bool more_batches = TRY(announce());
    const Timestamp now = options_.clock.now().wall;
    const bool more_rows = TRY(w.dispatcher->expand(now));
    send(TRY(w.dispatcher->take_due(now)));
    TRY(w.dispatcher->record());
    show_troubles();
    TRY(upkeep());
    if (more_batches || more_rows) return now;
    const Timestamp next = TRY(w.dispatcher->next_wakeup(now));
    return next.ms == 0 ? now + kLongestSleep : next;
}

Result<void> Notifier::settle(std::vector<SendResult> results) {
    const Timestamp now = options_.clock.now().wall;
    for (const SendResult& result : results) {
        work_->dispatcher->on_result(result, now, options_.clock.entropy());
    }
    TRY(work_->dispatcher->record());
    for (const std::string& notice : work_->dispatcher->take_notices()) options_.log(notice);
    return {};
}

Result<bool> Notifier::announce() {
    Work& w = *work_;
    const std::size_t read =
        TRY(w.fold->advance(kBatchesPerStep, is_followed,
                            [this](const FoldedBatch& batch) { return announce_batch(batch); }));
    if (w.fold->position() >= w.announced + kPositionEvery) {
        TRY(w.deliveries->take(w.fold->position(), {}, {}));
        w.announced = w.fold->position();
    }
    return read == kBatchesPerStep;
}

Result<void> Notifier::announce_batch(const FoldedBatch& batch) {
    Work& w = *work_;
    follow_paging(batch.after.paging, *w.dispatcher);
    // The journal is older than what was announced: a backup was put back.
    if (batch.position <= w.announced) return {};
    TRY(switch_channels_on(batch.batch, *w.dispatcher));
    const bool of_subscribers = speaks_of_subscribers(batch.batch);
    if (of_subscribers) {
        TRY(fold_subscribers(batch.batch, *w.addresses, *w.deliveries, options_.log));
    }
    const auto messages = news_of(batch);
    const std::vector<IncidentId> answered = answered_in(batch.batch);
    if (messages.empty() && answered.empty() && !of_subscribers) return {};
    TRY(w.dispatcher->announce(batch.position, messages,
                               {.tell_after = batch.after.topology->incidents.tell_after,
                                .operators = !w.routes.channels.empty(),
                                .subscribers = w.routes.subscriber_mail.has_value(),
                                .on_call = w.routes.on_call.steps},
                               answered));
    w.announced = batch.position;
    return {};
}

std::vector<notify::Message> Notifier::news_of(const FoldedBatch& batch) {
    if (!may_hold_news(batch.batch)) return {};
    if (batch.after.at + kNewsFresh < options_.clock.now().wall) return {};
    // Operators of a shadow page look at the console; a channel may lead to customers.
    if (batch.after.topology->page.publish != Publish::kLive) return {};
    const auto text_of = [this](const SealedText& sealed) { return work_->texts->find(sealed); };
    return news_of_batch(batch, {options_.version, options_.page_id, text_of});
}

void Notifier::send(std::vector<Outgoing> outgoing) {
    for (Outgoing& one : outgoing) {
        sender_->send(std::move(one), [this](SendResult result) {
            {
                const std::lock_guard lock(mutex_);
                results_.push_back(std::move(result));
            }
            wake_.notify_one();
        });
    }
}

Result<void> Notifier::upkeep() {
    Work& w = *work_;
    const Timestamp now = options_.clock.now().wall;
    if (now >= w.forget_at) {
        const bool more = TRY(w.deliveries->forget(now - kDeliveriesKept, kForgetAtOnce));
        w.forget_at = more ? now : now + kForgetEvery;
    }
    if (now < w.count_at && w.count_at <= now + kCountEvery) return {};
    w.count_at = now + kCountEvery;
    const DeliveryCounts counts = TRY(w.deliveries->counts());
    const std::lock_guard lock(mutex_);
    stats_.deliveries = counts;
    stats_.position = w.fold->position();
    stats_.under_way = w.dispatcher->under_way();
    return {};
}

void Notifier::show_troubles() {
    const std::lock_guard lock(mutex_);
    stats_.troubles.clear();
    for (const auto& [lane, trouble] : work_->dispatcher->troubles()) {
        stats_.troubles.push_back(trouble);
    }
}

void Notifier::run_tasks() {
    std::vector<Task> tasks;
    {
        const std::lock_guard lock(mutex_);
        tasks.swap(tasks_);
    }
    for (const Task& task : tasks) task(work_->deliveries.get(), work_->dispatcher.get());
    if (tasks.empty()) return;
    const std::lock_guard lock(mutex_);
    fresh_ = true;  // a task may have left something to tell
}

// Everything of this life is let go; what was under way and not recorded is told again.
void Notifier::stand_still(const Error& error) {
    Work& w = *work_;
    options_.log("telling people stands still for " + format_duration_words(kNotifierRetry) + ": " +
                 error.message);
    close();
    w.retry_at = options_.clock.now().wall + kNotifierRetry;
    const std::lock_guard lock(mutex_);
    ++stats_.failures;
    stats_.stands_still = true;
}

void Notifier::goes_on() {
    const std::lock_guard lock(mutex_);
    stats_.stands_still = false;
}

// Until there is something to do, or until `next`. While it stands still nothing but a task or the
// end wakes it.
void Notifier::wait(Result<Timestamp> next) {
    const Timestamp wake = next ? *next : work_->retry_at;
    const Duration left = wake - options_.clock.now().wall;
    const auto sleep =
        std::chrono::milliseconds(std::clamp(left.ms, std::int64_t{0}, kLongestSleep.ms));
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, sleep, [&] {
        if (stopping_ || !tasks_.empty()) return true;
        return next && (fresh_ || new_routes_ || !results_.empty());
    });
}

}  // namespace candor::app
