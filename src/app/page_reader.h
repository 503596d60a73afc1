// The bounded low-priority reader behind /history, /components, /at and old incidents.
//
// One thread at the lowest priority with its own read-only connections: however many people browse
// the past, the present page and detection do not notice. A full queue answers 503 at once.
#pragma once

#include <condition_variable>
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
};

class PageReader final : public PageSource {
   public:
    PageReader();
    ~PageReader() override;

    // Starts answering. `journal` and `texts` are two readers of the same journal. Before this,
    // and after stop(), everything is answered 503.
    void open(PageReaderOptions options, std::unique_ptr<JournalReader> journal,
              std::unique_ptr<JournalReader> texts, std::unique_ptr<SeriesReader> series);
    // Answers what is queued with 503 and ends the thread.
    void stop();

    void render(PageQuery query, PageDone done) override;

   private:
    struct Job {
        PageQuery query;
        PageDone done;
    };
    struct Parts;

    void loop();

    std::unique_ptr<Parts> parts_;  // used by the thread only, once it runs
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Job> queue_;  // guarded by mutex_
    bool running_ = false;   // guarded by mutex_
    std::thread thread_;
};

}  // namespace candor::app
