// The dead man's switch: tells somebody elsewhere, again and again, that Candor is well.
//
// A service that raises the alarm when it hears nothing notices what Candor cannot say itself: that
// it died, stands still, or can tell nobody. So nothing is sent while there is trouble. Owns its
// sender; tick() is for one thread and never blocks, stats() for any.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "app/config.h"
#include "base/time.h"
#include "ports/sender.h"

namespace candor::app {

inline constexpr Duration kWatchdogTimeout = seconds(10);

struct WatchdogStats {
    std::uint64_t sent = 0;    // signs of life that arrived
    std::uint64_t failed = 0;  // that did not
};

class Watchdog final {
   public:
    // Nothing in `settings`: it is switched off. `log` is called from any thread.
    Watchdog(std::optional<WatchdogSettings> settings, std::unique_ptr<Sender> sender,
             std::function<void(const std::string&)> log);
    // Waits for what is under way.
    ~Watchdog() = default;

    // A reload; the next sign of life is due at once.
    void set(std::optional<WatchdogSettings> settings);

    // Sends a sign of life when one is due and `trouble` is empty. How long until the next call;
    // nothing: it need not be called again. `now` is steady time.
    std::optional<Duration> tick(Duration now, std::string_view trouble);

    WatchdogStats stats() const;

   private:
    void send();
    void on_result(const SendResult& result);

    std::optional<WatchdogSettings> settings_;
    std::optional<Duration> due_;  // steady; nothing: at once
    std::string trouble_;          // as it was told last

    mutable std::mutex mutex_;
    bool under_way_ = false;  // guarded by mutex_
    bool failing_ = false;    // guarded by mutex_
    WatchdogStats stats_;     // guarded by mutex_

    std::function<void(const std::string&)> log_;
    std::unique_ptr<Sender> sender_;  // goes first: its results come here
};

}  // namespace candor::app
