#include "app/watchdog.h"

#include <algorithm>
#include <utility>

namespace candor::app {

Watchdog::Watchdog(std::optional<WatchdogSettings> settings, std::unique_ptr<Sender> sender,
                   std::function<void(const std::string&)> log)
    : settings_(std::move(settings)), log_(std::move(log)), sender_(std::move(sender)) {}

void Watchdog::set(std::optional<WatchdogSettings> settings) {
    settings_ = std::move(settings);
    due_.reset();
}

std::optional<Duration> Watchdog::tick(Duration now, std::string_view trouble) {
    if (!settings_) return std::nullopt;
    if (due_ && now < *due_) return *due_ - now;
    due_ = now + settings_->every;
    if (trouble != trouble_) {
        trouble_ = trouble;
        log_(trouble_.empty() ? "the watchdog is told that Candor is well again"
                              : "the watchdog is told nothing: " + trouble_);
    }
    if (trouble_.empty()) send();
    return settings_->every;
}

void Watchdog::send() {
    {
        const std::lock_guard lock(mutex_);
        if (std::exchange(under_way_, true)) return;
    }
    Outgoing out{.what = outgoing::Http{.url = settings_->url,
                                        .reach = Reach::kAnywhere,
                                        .method = outgoing::Http::Method::kGet},
                 .timeout = std::min(kWatchdogTimeout, settings_->every)};
    sender_->send(std::move(out), [this](const SendResult& result) { on_result(result); });
}

void Watchdog::on_result(const SendResult& result) {
    const bool arrived = result.outcome == SendOutcome::kDelivered;
    bool changed = false;
    {
        const std::lock_guard lock(mutex_);
        under_way_ = false;
        ++(arrived ? stats_.sent : stats_.failed);
        changed = std::exchange(failing_, !arrived) == arrived;
    }
    if (!changed) return;
    log_(arrived ? "the watchdog can be reached again"
                 : "the watchdog cannot be reached and may raise the alarm: " + result.detail);
}

WatchdogStats Watchdog::stats() const {
    const std::lock_guard lock(mutex_);
    return stats_;
}

}  // namespace candor::app
