// The page follower: turns each durable position into a Site and hands it to the server.
//
// Runs on its own thread, so that rendering never delays detection. Positions that arrive faster
// than kRenderSpacing are coalesced; the newest always wins. A position is rendered while its batch
// is on the way to the disk and shown once it is durable: never before, and never if the journal
// refused it. A flip is compressed fast; once the page has been quiet for kQuietBefore it is
// compressed as small as it gets, and written to disk for the next start.
#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>

#include "base/result.h"
#include "base/time.h"
#include "engine/engine.h"
#include "page/site.h"
#include "ports/journal.h"
#include "view/build_public_view.h"

namespace candor::app {

inline constexpr Duration kRenderSpacing = milliseconds(5);
inline constexpr Duration kQuietBefore = seconds(3);

struct PublisherOptions {
    std::string version;
    std::string page_id;
    std::string site_file;  // the last page, for the next start
    std::function<void(page::SitePtr)> publish;
    std::function<void(const std::string&)> log;
    // Whether pages offer mails; may be empty: they do not.
    std::function<bool()> subscribable = {};
};

// Human texts by commitment, cached; one thread. A text that does not match its commitment is told
// to the log once.
class SealedTexts {
   public:
    explicit SealedTexts(std::unique_ptr<JournalReader> reader) : reader_(std::move(reader)) {}
    Result<std::string> find(const SealedText& sealed);

   private:
    std::unique_ptr<JournalReader> reader_;
    std::map<SealedText, std::string> cache_;
    std::set<SealedText> told_;
};

class Publisher {
   public:
    // `reader` becomes the thread's own.
    Publisher(PublisherOptions options, std::unique_ptr<JournalReader> reader);
    // Finishes the render under way and writes the newest page to disk.
    ~Publisher();
    Publisher(const Publisher&) = delete;
    Publisher& operator=(const Publisher&) = delete;

    // Both are safe from any thread and never block.
    //
    // This position may become durable: it is rendered, and kept until it is offered.
    void prepare(engine::Published speculated);
    // This position is durable: it is shown.
    void offer(engine::Published durable);

   private:
    enum class Task { kRender, kRenderAhead, kRenderRest, kBeginQuietPass, kEndQuietPass, kStop };

    void loop();
    Task next_task();
    void render();
    void render_ahead();
    void render_tick();
    void render_rest();
    void show_first(view::PublicView view, page::SitePtr site);
    void show(page::SitePtr site);
    bool is_ahead(const engine::Published& durable) const;
    bool is_overtaken();
    void begin_quiet_pass();
    void end_quiet_pass();
    view::PublicView view_of(const engine::Published& published);

    PublisherOptions options_;
    SealedTexts texts_;
    struct Rendering;
    std::unique_ptr<Rendering> rendering_;  // the thread's own

    std::mutex mutex_;
    std::condition_variable wake_;
    engine::Published newest_;                     // guarded by mutex_
    bool fresh_ = false;                           // guarded by mutex_
    std::optional<engine::Published> speculated_;  // not rendered yet; guarded by mutex_
    bool pass_over_ = false;                       // guarded by mutex_
    bool stopping_ = false;                        // guarded by mutex_
    std::thread thread_;
};

}  // namespace candor::app
