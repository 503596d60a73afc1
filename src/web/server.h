// The HTTP server: one thread per core, each with its own epoll set and SO_REUSEPORT listeners,
// serving immutable pages from memory. Start here for wiring; worker.h shows how it runs.
//
// All methods are safe from any thread. Published pages are visible to new requests within a few
// milliseconds, and to event streams right after. Limits and URLs: docs/http.md.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "access/gatekeeper.h"
#include "base/result.h"
#include "base/time.h"
#include "intake/ping_path.h"
#include "page/site.h"
#include "ports/operator.h"
#include "ports/outcome_intake.h"
#include "ports/page_source.h"
#include "web/client.h"
#include "web/listen.h"
#include "web/metrics.h"
#include "web/tls_context.h"

namespace candor::web {

enum class Listener : std::uint8_t { kPublic, kIntake, kConsole };

// Time limits per connection; the defaults are the contract of docs/http.md.
struct ServerLimits {
    Duration handshake = seconds(5);    // of TLS, from the connection's start
    Duration head = seconds(5);         // from the first byte of a request to its blank line
    Duration body = seconds(10);        // plus one second per KiB received
    Duration keep_alive = seconds(15);  // between two requests
    Duration write = seconds(10);       // a reader takes one KiB per second in each such span
    Duration answer = seconds(30);      // until a handler behind the server has answered
    Duration heartbeat = seconds(15);   // comment on quiet event streams
    std::size_t connections = 16'000;   // lowered when the system allows fewer descriptors
    std::size_t event_streams = 12'000;
    std::size_t console_connections_per_network = 32;  // per IPv4 /24 or IPv6 /48
    std::int64_t api_calls_per_second = 100;           // of all callers together
    std::int64_t api_calls_burst = 1000;
};

struct ServerOptions {
    // Equal addresses share one listener; that is allowed on loopback only.
    Address public_pages = {};
    Address intake = {};
    Address console = {};
    int threads = 0;  // 0: one per core
    // Who may call the console API; must outlive the server. Without one, nobody may.
    access::Gatekeeper* gatekeeper = nullptr;
    // Who counts outcomes; must outlive the server. Without one they are refused.
    OutcomeIntake* outcomes = nullptr;
    // Names by which the console is asked, beside those of console_host.h.
    std::vector<std::string> console_names = {};
    // The certificate of each listener; null where plain HTTP is spoken. Listeners that share an
    // address must share it too.
    struct {
        TlsContextPtr public_pages, intake, console;
    } tls = {};
    // Tells browsers, over TLS, to speak nothing else with this host, whatever the port.
    bool hsts = false;
    // Whose X-Forwarded-For and X-Forwarded-Proto are believed.
    TrustedProxies trusted_proxies = {};
    ServerLimits limits = {};
};

using MetricsSource = std::function<std::vector<MetricFamily>()>;

class Server {
   public:
    // Drains for at most one second, then closes everything.
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    // Replaces every page and sends the new position to all event streams.
    void publish(page::SitePtr site);

    // Replaces what ping URLs mean; before the first call every one of them is 404.
    void set_pings(intake::PingDirectory directory);

    // New connections are shown this certificate; those that are open go on with theirs. Only for
    // a listener that speaks TLS already.
    void set_certificate(Listener listener, TlsContextPtr context);

    // Believed from the next connection on.
    void set_trusted_proxies(TrustedProxies proxies);

    // A line behind "ready" for what is wrong but does not keep us from serving; "" takes it back.
    void set_note(std::string note);

    // What /readyz says: "" is ready, anything else is the reason why not.
    void set_ready(std::string reason_not_ready);

    // Stops accepting, finishes what is in flight, closes. Blocks until done or `within` is over.
    // True when nothing was cut off.
    bool drain(Duration within);

    std::uint16_t port(Listener listener) const;

   private:
    struct Parts;
    explicit Server(std::unique_ptr<Parts> parts);
    friend Result<std::unique_ptr<Server>> start_server(ServerOptions, Operator&, PageSource&,
                                                        MetricsSource);

    std::unique_ptr<Parts> parts_;
};

// Binds, listens and starts the threads. `commands`, `pages` and what `metrics` touches must
// outlive the server. Errors name the address and say how to mend it. `metrics` runs on a server
// thread per scrape and must not block.
Result<std::unique_ptr<Server>> start_server(ServerOptions options, Operator& commands,
                                             PageSource& pages, MetricsSource metrics);

}  // namespace candor::web
