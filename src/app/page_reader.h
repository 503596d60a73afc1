// The bounded reader behind what is rendered on request: one thread, one queue.
//
// The crowd's (/history, /components, /at, old incidents) runs at the lowest priority: however many
// people browse the past, the present page and detection do not notice. Operators have one of their
// own. A full queue answers 503 at once.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "app/publisher.h"
#include "ports/journal.h"
#include "ports/page_source.h"
#include "ports/series.h"

namespace candor::app {

inline constexpr std::size_t kPageQueueMax = 64;
inline constexpr std::int64_t kRetryAfterSeconds = 2;
// A moment's page is rebuilt from the nearest snapshot and at most this many batches after it.
inline constexpr std::size_t kAtReplayMax = 200'000;

struct PageReaderOptions {
    std::string version;
    std::string page_id;
    // The newest published state; called from the reader's thread.
    std::function<engine::Published()> newest;
    // Whether pages offer mails; may be empty: they do not.
    std::function<bool()> subscribable = {};
};

using PageAnswering = std::function<PageAnswer(const PageQuery&)>;

enum class ReaderPriority : std::uint8_t { kLowest, kNormal };

class PageReader final : public PageSource {
   public:
    PageReader();
    ~PageReader() override;

    // Starts answering; `answering` is called on the reader's thread only. Before this, and after
    // stop(), everything is answered 503.
    void open(PageAnswering answering, ReaderPriority priority);
    // Answers what is queued with 503 and ends the thread.
    void stop();

    void render(PageQuery query, PageDone done) override;

   private:
    struct Job {
        PageQuery query;
        PageDone done;
    };
    void loop(ReaderPriority priority);

    PageAnswering answering_;  // used by the thread only, once it runs
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Job> queue_;  // guarded by mutex_
    bool running_ = false;   // guarded by mutex_
    std::thread thread_;
};

}  // namespace candor::app
