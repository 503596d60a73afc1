// Everything that runs while Candor serves: stores, prober, engine, publisher, reader, web server.
//
// Wiring only; every rule lives in the layers below. Start here to see who talks to whom. All
// methods are for the main thread, but alive().
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/config.h"
#include "base/result.h"
#include "base/time.h"

namespace candor::app {

// Requests under way at a stop get this long to finish.
inline constexpr Duration kDrainWithin = seconds(10);
// An engine that published nothing for this long stands still: it refreshes every 10 seconds.
inline constexpr Duration kAliveWithin = seconds(60);

struct LiveServerOptions {
    std::string version;
    // Called once from another thread when the journal can no longer be trusted: stop the process.
    std::function<void(const Error&)> fatal;
};

class LiveServer final {
   public:
    // Binds, shows the last page at once, recovers, and returns when the present one is served.
    // Nothing is left behind on error but the storage folder with its secrets.
    static Result<std::unique_ptr<LiveServer>> start(Config config, LiveServerOptions options);
    ~LiveServer();
    LiveServer(const LiveServer&) = delete;
    LiveServer& operator=(const LiveServer&) = delete;

    // The running configuration stays whenever this fails. kUnsupported: it wants another address
    // or folder, which needs a restart.
    Result<void> reload(Config config);

    // False when the engine stands still. Safe from any thread.
    bool alive() const;

    // Gives the watchdog its sign of life when one is due and nothing is wrong. How long until the
    // next call; nothing: there is no watchdog.
    std::optional<Duration> tick();

    // The key of a fresh setup link, which makes the first admin; "" once anybody exists.
    std::string setup_key();

    // Where the public pages, the intake and the console really listen.
    ListenSettings listening() const;

    // Drains requests, makes the last observations durable, keeps the page for the next start.
    void stop();

   private:
    struct Parts;
    explicit LiveServer(std::unique_ptr<Parts> parts);

    std::unique_ptr<Parts> parts_;
};

}  // namespace candor::app
