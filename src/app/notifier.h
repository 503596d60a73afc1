// The follower that tells people: reads durable batches, announces them, and has them delivered.
//
// Runs on its own thread with its own file (notify.db), so that telling fifty thousand people never
// delays detection, the journal or the page. When its file fails it says so, keeps away from it for
// kNotifierRetry, and opens it anew; the light does not notice. Rules of what is told to whom and
// when: src/notify.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "app/batch_news.h"
#include "app/publisher.h"
#include "notify/dispatcher.h"
#include "ports/clock.h"

namespace candor::app {

inline constexpr std::size_t kBatchesPerStep = 256;
inline constexpr Duration kNotifierRetry = seconds(30);
// What happened longer ago, while Candor was down, is told by the page alone.
inline constexpr Duration kNewsFresh = hours(24);
inline constexpr Duration kForgetEvery = hours(1);
// Deliveries that ended are kept this long for whoever asks whether they got it.
inline constexpr Duration kDeliveriesKept = days(30);

struct NotifierOptions {
    std::string version;
    std::string page_id;
    std::function<Result<std::unique_ptr<Deliveries>>()> open_deliveries;
    std::function<Result<std::unique_ptr<JournalReader>>()> open_reader;
    Position durable = 0;  // the journal's end at the start
    Clock& clock;
    std::function<void(const std::string&)> log;
};

struct NotifierStats {
    DeliveryCounts deliveries;
    Position position = 0;
    std::uint64_t under_way = 0;
    std::uint64_t failures = 0;         // of notify.db or of reading the journal
    bool stands_still = false;          // after one of them, until it went well again
    std::vector<LaneTrouble> troubles;  // of channels, by lane
};

class Notifier final {
   public:
    // What asks the subscribers runs on the notifier's thread, in turn with everything else.
    using Task = std::function<void(Deliveries*, notify::Dispatcher*)>;

    Notifier(NotifierOptions options, notify::Routes routes, std::unique_ptr<Sender> sender);
    // Stops sending; what was not recorded is told again at the next start.
    ~Notifier();
    Notifier(const Notifier&) = delete;
    Notifier& operator=(const Notifier&) = delete;

    // All safe from any thread; none blocks.
    void offer(Position durable);
    // Who was told nothing before hears what comes after the newest position offered.
    void set_routes(notify::Routes routes);
    // False when too many wait. The pointers are null while the file is unusable.
    bool post(Task task);
    NotifierStats stats() const;

   private:
    struct Work;  // the thread's own

    void loop();
    Result<void> open();
    void close();
    Result<Timestamp> step();
    Result<bool> announce();
    Result<void> announce_batch(const FoldedBatch& batch);
    std::vector<notify::Message> news_of(const FoldedBatch& batch);
    Result<void> settle(std::vector<SendResult> results);
    Result<void> upkeep();
    void send(std::vector<Outgoing> outgoing);
    void run_tasks();
    void stand_still(const Error& error);
    void goes_on();
    void show_troubles();
    void wait(Result<Timestamp> next);
    void finish();

    NotifierOptions options_;
    std::unique_ptr<Work> work_;

    mutable std::mutex mutex_;
    std::condition_variable wake_;
    bool stopping_ = false;                     // guarded by mutex_
    bool fresh_ = true;                         // guarded by mutex_
    Position durable_ = 0;                      // the newest offered; guarded by mutex_
    Position routes_at_ = 0;                    // it, when the routes were set; guarded by mutex_
    std::optional<notify::Routes> new_routes_;  // guarded by mutex_
    std::vector<SendResult> results_;           // guarded by mutex_
    std::vector<Task> tasks_;                   // guarded by mutex_
    NotifierStats stats_;                       // guarded by mutex_
    std::unique_ptr<Sender> sender_;            // reset before the thread's own goes
    std::thread thread_;
};

}  // namespace candor::app
