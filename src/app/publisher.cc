#include "app/publisher.h"

#include <chrono>

#include "page/renderer.h"
#include "page/site_file.h"

namespace candor::app {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::size_t kTextsCachedMax = 4'096;
// An unchanged page whose best compression costs more than this keeps the fast one on refreshes.
constexpr std::chrono::milliseconds kCheapBest{60};
constexpr std::chrono::seconds kSaveEvery{60};

}  // namespace

struct Publisher::Rendering {
    page::Renderer renderer;
    page::SitePtr site;
    SteadyClock::duration best_cost{};
    SteadyClock::time_point saved_at{};
    Position saved_position = 0;
    bool best_done = true;
};

std::optional<std::string> SealedTexts::find(const SealedText& sealed) {
    const auto cached = cache_.find(sealed);
    if (cached != cache_.end()) return cached->second;
    auto text = reader_->sealed_text(sealed.value);
    if (!text) return std::nullopt;
    // Erased texts must not live on here for long; a small cache that empties itself is enough.
    if (cache_.size() >= kTextsCachedMax) cache_.clear();
    cache_[sealed] = *text;
    return std::move(*text);
}

Publisher::Publisher(PublisherOptions options, std::unique_ptr<JournalReader> reader)
    : options_(std::move(options)),
      texts_(std::move(reader)),
      rendering_(std::make_unique<Rendering>()),
      newest_{std::make_shared<const core::State>(), {}, {}},
      thread_([this] { loop(); }) {}

Publisher::~Publisher() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    thread_.join();
    if (rendering_->site == nullptr) return;
    if (const auto saved = page::save_site(*rendering_->site, options_.site_file); !saved) {
        options_.log("the last page was not saved: " + saved.error().message);
    }
}

void Publisher::offer(engine::Published published) {
    {
        const std::lock_guard lock(mutex_);
        newest_ = std::move(published);
        fresh_ = true;
    }
    wake_.notify_one();
}

void Publisher::loop() {
    const auto spacing = std::chrono::milliseconds(kRenderSpacing.ms);
    const auto quiet = std::chrono::milliseconds(kQuietBefore.ms);
    auto rendered_at = SteadyClock::now() - spacing;
    while (true) {
        engine::Published published;
        bool fresh = false;
        {
            std::unique_lock lock(mutex_);
            const auto wanted = [&] { return fresh_ || stopping_; };
            if (rendering_->best_done) {
                wake_.wait(lock, wanted);
            } else {
                wake_.wait_for(lock, quiet, wanted);
            }
            if (fresh_ && !stopping_)
                wake_.wait_until(lock, rendered_at + spacing, [&] { return stopping_; });
            if (stopping_ && !fresh_) return;
            fresh = fresh_;
            fresh_ = false;
            published = newest_;
        }
        if (fresh) {
            render_fast(published);
        } else {
            render_best(published);
        }
        rendered_at = SteadyClock::now();
    }
}

view::PublicView Publisher::view_of(const engine::Published& published) {
    return view::build_public_view(
        *published.state, {.as_of = published.as_of,
                           .version = options_.version,
                           .page_id = options_.page_id,
                           .text_of = [this](const SealedText& s) { return texts_.find(s); },
                           .historical = false});
}

void Publisher::render_fast(const engine::Published& published) {
    Rendering& r = *rendering_;
    const bool moved = r.site == nullptr || r.site->position != published.state->position;
    r.site = r.renderer.render(view_of(published), page::Compression::kFast);
    options_.publish(r.site);
    r.best_done = !moved && r.best_cost > kCheapBest;
}

void Publisher::render_best(const engine::Published& published) {
    Rendering& r = *rendering_;
    const auto begin = SteadyClock::now();
    r.site = r.renderer.render(view_of(published), page::Compression::kBest);
    r.best_cost = SteadyClock::now() - begin;
    r.best_done = true;
    options_.publish(r.site);
    if (r.saved_position == r.site->position && begin < r.saved_at + kSaveEvery) return;
    r.saved_at = begin;
    r.saved_position = r.site->position;
    if (const auto saved = page::save_site(*r.site, options_.site_file); !saved) {
        options_.log("the last page was not saved: " + saved.error().message);
    }
}

}  // namespace candor::app
