#include "app/publisher.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "app/log.h"
#include "app/quiet_pass.h"
#include "page/renderer.h"
#include "page/site_file.h"

namespace candor::app {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::size_t kTextsCachedMax = 4'096;
// A page whose pass costs more than this keeps the fast encodings when only its as-of moved.
constexpr Duration kCheapPass = milliseconds(60);
constexpr std::chrono::seconds kSaveEvery{60};
// Positions come in groups (a failure, its incident, its neighbours): the documents for programs
// wait for the end of a group, so that the next page does not wait for them; and no longer than
// this.
constexpr std::chrono::milliseconds kRestAfter{40};
constexpr std::chrono::milliseconds kRestWithin{1'000};

}  // namespace

struct Publisher::Rendering {
    // What may be shown as soon as `speculated` is durable, while `base` is what readers have.
    struct Ahead {
        engine::Published speculated;
        page::SitePtr base;
        view::PublicView view;
        page::SitePtr site;
    };

    page::Renderer renderer;
    engine::Published published;
    view::PublicView view;  // of `published`
    page::SitePtr site;     // of `view`, but for what `wants_rest` says
    bool wants_rest = false;
    std::optional<Ahead> ahead;
    SteadyClock::time_point rest_due{};
    SteadyClock::time_point shown_at{};
    std::unique_ptr<QuietPass> pass;
    bool wants_pass = false;
    Duration pass_cost;  // of the newest that ended
    SteadyClock::time_point saved_at{};
    Position saved_position = 0;
};

Result<std::string> SealedTexts::find(const SealedText& sealed) {
    const auto cached = cache_.find(sealed);
    if (cached != cache_.end()) return cached->second;
    auto text = reader_->sealed_text(sealed.value);
    if (!text) {
        const bool erased = text.error().code == ErrorCode::kNotFound;
        if (!erased && told_.size() < kTextsCachedMax && told_.insert(sealed).second) {
            log_error("text unreadable",
                      {{"message", text.error().message},
                       {"consequence", "the page says that this text is missing"},
                       {"mend", "restore the storage folder from a backup"}});
        }
        return text;
    }
    // Erased texts must not live on here for long; a small cache that empties itself is enough.
    if (cache_.size() >= kTextsCachedMax) cache_.clear();
    cache_[sealed] = *text;
    return text;
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
    rendering_->pass.reset();
    if (rendering_->site == nullptr) return;
    if (const auto saved = page::save_site(*rendering_->site, options_.site_file); !saved) {
        options_.log("the last page was not saved: " + saved.error().message);
    }
}

void Publisher::prepare(engine::Published speculated) {
    {
        const std::lock_guard lock(mutex_);
        speculated_ = std::move(speculated);
    }
    wake_.notify_one();
}

void Publisher::offer(engine::Published durable) {
    {
        const std::lock_guard lock(mutex_);
        newest_ = std::move(durable);
        fresh_ = true;
        speculated_.reset();  // it is this one, or the journal refused it
    }
    wake_.notify_one();
}

void Publisher::loop() {
    while (true) {
        switch (next_task()) {
            case Task::kRender: render(); break;
            case Task::kRenderAhead: render_ahead(); break;
            case Task::kRenderRest: render_rest(); break;
            case Task::kBeginQuietPass: begin_quiet_pass(); break;
            case Task::kEndQuietPass: end_quiet_pass(); break;
            case Task::kStop: return;
        }
    }
}

Publisher::Task Publisher::next_task() {
    Rendering& r = *rendering_;
    std::unique_lock lock(mutex_);
    const auto awake = [this] { return fresh_ || speculated_ || pass_over_ || stopping_; };
    if (r.wants_rest) {
        // A newer position goes first, but not for ever: programs wait for the rest of this one.
        const bool newer = fresh_ || speculated_ || r.ahead;
        const auto due = newer ? r.rest_due : std::min(r.rest_due, r.shown_at + kRestAfter);
        if (SteadyClock::now() >= due) return Task::kRenderRest;
        if (!wake_.wait_until(lock, due, awake)) return Task::kRenderRest;
    } else if (r.wants_pass && r.pass == nullptr) {
        const auto quiet = std::chrono::milliseconds(kQuietBefore.ms);
        if (!wake_.wait_for(lock, quiet, awake)) return Task::kBeginQuietPass;
    } else {
        wake_.wait(lock, awake);
    }
    if (fresh_) {
        const auto spacing = std::chrono::milliseconds(is_ahead(newest_) ? 0 : kRenderSpacing.ms);
        wake_.wait_until(lock, r.shown_at + spacing, [this] { return stopping_; });
        fresh_ = false;
        r.published = newest_;
        return Task::kRender;
    }
    if (speculated_) return Task::kRenderAhead;
    if (stopping_) return Task::kStop;
    pass_over_ = false;
    return Task::kEndQuietPass;
}

view::PublicView Publisher::view_of(const engine::Published& published) {
    return view::build_public_view(
        *published.state, {.as_of = published.as_of,
                           .version = options_.version,
                           .page_id = options_.page_id,
                           .text_of = [this](const SealedText& s) { return texts_.find(s); },
                           .historical = false,
                           .subscribable = options_.subscribable && options_.subscribable()});
}

void Publisher::render() {
    Rendering& r = *rendering_;
    const bool moved = r.site == nullptr || r.site->position != r.published.state->position;
    if (!moved) return render_tick();
    if (r.pass != nullptr) r.pass->cancel();
    auto ahead = is_ahead(r.published) ? std::exchange(r.ahead, std::nullopt) : std::nullopt;
    r.ahead.reset();
    if (ahead) return show_first(std::move(ahead->view), std::move(ahead->site));
    view::PublicView view = view_of(r.published);
    page::SitePtr site = r.renderer.render_first(view);
    show_first(std::move(view), std::move(site));
}

// The position that readers have, at a later time.
void Publisher::render_tick() {
    Rendering& r = *rendering_;
    view::PublicView view = view_of(r.published);
    page::SitePtr site = r.renderer.render(view, [this] { return is_overtaken(); });
    if (site == nullptr) {
        const std::lock_guard lock(mutex_);
        fresh_ = true;  // what overtook it may yet be refused
        return;
    }
    r.wants_rest = false;
    if (r.pass_cost <= kCheapPass) r.wants_pass = true;
    show(std::move(site));
}

bool Publisher::is_overtaken() {
    const std::lock_guard lock(mutex_);
    return fresh_ || speculated_;
}

bool Publisher::is_ahead(const engine::Published& durable) const {
    const Rendering& r = *rendering_;
    return r.ahead && r.ahead->speculated.state == durable.state &&
           r.ahead->speculated.as_of == durable.as_of && r.ahead->base == r.site;
}

void Publisher::render_ahead() {
    Rendering& r = *rendering_;
    engine::Published speculated;
    {
        const std::lock_guard lock(mutex_);
        if (!speculated_) return;  // offered meanwhile
        speculated = *std::exchange(speculated_, std::nullopt);
    }
    if (r.site == nullptr) return;
    view::PublicView view = view_of(speculated);
    page::SitePtr site = r.renderer.render_first(view);
    r.ahead = Rendering::Ahead{std::move(speculated), r.site, std::move(view), std::move(site)};
}

void Publisher::show_first(view::PublicView view, page::SitePtr site) {
    Rendering& r = *rendering_;
    r.view = std::move(view);
    show(std::move(site));
    r.shown_at = SteadyClock::now();
    if (!r.wants_rest) r.rest_due = r.shown_at + kRestWithin;
    r.wants_rest = true;
    r.wants_pass = true;
}

void Publisher::render_rest() {
    Rendering& r = *rendering_;
    page::SitePtr site = r.renderer.render_rest(
        r.view, [&] { return is_overtaken() && SteadyClock::now() < r.rest_due; });
    if (site == nullptr) return;
    r.wants_rest = false;
    show(std::move(site));
    r.view = {};  // not small, and not read again
}

void Publisher::show(page::SitePtr site) {
    Rendering& r = *rendering_;
    r.site = std::move(site);
    r.renderer.adopt(r.site);
    options_.publish(r.site);
}

void Publisher::begin_quiet_pass() {
    Rendering& r = *rendering_;
    const auto now = SteadyClock::now();
    const bool save = r.saved_position != r.site->position || now >= r.saved_at + kSaveEvery;
    if (save) {
        r.saved_at = now;
        r.saved_position = r.site->position;
    }
    const auto over = [this] {
        {
            const std::lock_guard lock(mutex_);
            pass_over_ = true;
        }
        wake_.notify_one();
    };
    r.wants_pass = false;
    r.pass =
        std::make_unique<QuietPass>(r.site, save ? options_.site_file : "", over, options_.log);
}

void Publisher::end_quiet_pass() {
    Rendering& r = *rendering_;
    const std::unique_ptr<QuietPass> pass = std::move(r.pass);
    const page::SitePtr& smallest = pass->result();
    if (smallest == nullptr) return;
    r.pass_cost = pass->cost();
    if (smallest->position != r.site->position || smallest->as_of != r.site->as_of) return;
    show(smallest);
}

}  // namespace candor::app
