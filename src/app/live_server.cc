#include "app/live_server.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <future>

#include "app/access_follower.h"
#include "app/certificates.h"
#include "app/config_value.h"
#include "app/console_answers.h"
#include "app/definition.h"
#include "app/engine_metrics.h"
#include "app/engine_thread.h"
#include "app/instance.h"
#include "app/log.h"
#include "app/newest_state.h"
#include "app/outcome_metrics.h"
#include "app/outcome_prober.h"
#include "app/outcome_thread.h"
#include "app/page_answers.h"
#include "app/publisher.h"
#include "app/readers.h"
#include "app/reload_limits.h"
#include "app/start_notifier.h"
#include "app/state_log.h"
#include "app/system_clock.h"
#include "app/watchdog.h"
#include "base/sha256.h"
#include "engine/engine.h"
#include "notify/sender_thread.h"
#include "page/site_file.h"
#include "probe/prober.h"
#include "store/memory_series.h"
#include "store/sqlite_deliveries_reader.h"
#include "store/sqlite_journal.h"
#include "store/sqlite_outcomes.h"
#include "store/sqlite_series.h"
#include "web/server.h"

namespace candor::app {
namespace {

constexpr const char* kSiteFile = "last-page.bin";
constexpr const char* kPageIdName = "page_id";
constexpr std::size_t kPageIdLength = 12;
constexpr std::chrono::seconds kFirstPageWithin{30};
constexpr std::chrono::seconds kReloadWithin{30};

web::Address web_address(const ListenAddress& address) {
    return {address.host, address.port};
}

engine::Setup setup_of(const Config& config) {
    engine::Setup setup;
    setup.topology = config.topology;
    setup.clocks = config.clocks;
    setup.digest = to_hex(sha256(config.redacted));
    setup.checks = config.checks;
    setup.anchors = config.observer.anchors;
    setup.maintenances = config.maintenances;
    setup.keep_observations = config.storage.keep_observations;
    return setup;
}

// The console's own names: of the page, behind whose proxy it may stand, and of this machine.
std::vector<std::string> console_names(const Config& config) {
    std::vector<std::string> names;
    std::string_view url = config.topology.page.url;
    if (const std::size_t scheme = url.find("://"); scheme != std::string_view::npos) {
        url.remove_prefix(scheme + 3);
        names.emplace_back(url.substr(0, url.find_first_of(":/?#")));
    }
    std::array<char, 256> name{};
    if (::gethostname(name.data(), name.size() - 1) == 0) names.emplace_back(name.data());
    return names;
}

// A browser that was told so speaks TLS with every port of the host: not while the console, which
// browsers visit too, is elsewhere than on this machine and speaks plain HTTP.
bool may_send_hsts(const Config& config) {
    return config.network.tls.console || is_loopback(config.listen.console.host);
}

intake::PingDirectory pings_of(const Config& config, std::string_view secret) {
    intake::PingDirectory directory;
    const std::string key = derive_ping_key(secret);
    for (const CheckSpec& spec : config.checks) {
        if (const auto* target = std::get_if<HeartbeatTarget>(&spec.target)) {
            directory.addresses.push_back(
                {target->ping_uuid, key, spec.rule.id.value, spec.rule.id});
        }
    }
    return directory;
}

// The stores say one thing at every start, and otherwise only what is out of the ordinary.
void store_line(std::string_view event, std::string_view line) {
    const LogFields fields = {{"message", std::string(line)}};
    if (line.find(" opened with ") != std::string_view::npos) {
        log_info(event, fields);
    } else {
        log_warn(event, fields);
    }
}

void log_line(std::string_view event, std::string_view line) {
    log_warn(event, {{"message", std::string(line)}});
}

// Losing the series costs history, never the light: then it is kept in memory until a restart.
Result<std::unique_ptr<Series>> open_series(const std::string& folder) {
    auto series = store::open_sqlite_series(
        {.folder = folder, .log = [](std::string_view line) { store_line("series", line); }});
    if (series) return series;
    log_error("series unusable",
              {{"message", series.error().message},
               {"consequence", "latency plots start empty and are lost at the next restart"},
               {"mend", "move series.db away or restore it, then restart"}});
    return store::open_memory_series(std::make_shared<store::MemorySeriesStorage>());
}

// The id by which status page clients know this page; made once, kept in the journal.
Result<std::string> page_id_of(Journal& journal, Clock& clock) {
    std::string id = TRY(journal.meta(kPageIdName));
    if (!id.empty()) return id;
    constexpr std::string_view kAlphabet = "abcdefghijklmnopqrstuvwxyz0123456789";
    while (id.size() < kPageIdLength) id += kAlphabet[clock.entropy() % kAlphabet.size()];
    TRY(journal.set_meta(kPageIdName, id));
    return id;
}

}  // namespace

// Declared in the order of construction: what is named later may use what is named before.
struct LiveServer::Parts {
    Parts(Config c, LiveServerOptions o)
        : config(std::move(c)), options(std::move(o)), thread(clock, options.fatal) {}

    Result<void> start();
    Result<void> seal(Config& wanted) const;
    Result<void> start_web();
    Result<void> start_engine();
    Result<void> start_reader();
    Result<void> compare_with_last_page();
    std::vector<web::MetricFamily> metrics() const;
    void publish(page::SitePtr site);

    Config config;
    LiveServerOptions options;
    std::string secret;
    SystemClock clock;
    NewestState newest;
    StateLog state_log;  // the engine's thread only
    EngineThread thread;
    OutcomeThread outcomes{clock, [](const std::string& line) { log_line("outcomes", line); }};
    std::unique_ptr<access::Gatekeeper> gatekeeper;
    Readers readers{thread, clock};
    Certificates certificates;
    std::unique_ptr<web::Server> server;
    std::unique_ptr<Journal> journal;
    std::unique_ptr<AccessFollower> access;  // the engine's thread only
    std::unique_ptr<Series> series;
    std::unique_ptr<Prober> prober;
    std::unique_ptr<Publisher> publisher;
    std::unique_ptr<Notifier> notifier;
    std::unique_ptr<Watchdog> watchdog;
    std::atomic<bool> telling = false;  // there are the two; asked by /metrics
    std::unique_ptr<engine::Engine> engine;
    std::string page_id;
    std::promise<void> first_page;
    Position shown_before = 0;       // of the last page that readers saw before this start
    bool first_page_served = false;  // the publisher's thread only
};

Result<void> LiveServer::Parts::start() {
    TRY(ensure_storage_folder(config.storage.folder));
    secret = TRY(instance_secret(config.storage.folder));
    seal_definitions(config, secret);
    set_ping_uuids(config, secret);
    set_people_keys(config, secret);
    readers.configure(config);
    TRY(start_web());
    TRY(start_engine());
    TRY(start_reader());
    if (first_page.get_future().wait_for(kFirstPageWithin) != std::future_status::ready) {
        return fail(ErrorCode::kBusy,
                    "no page was rendered within 30 s: is the machine overloaded?");
    }
    return {};
}

// First of all the sockets: the last page is better than a refused connection.
Result<void> LiveServer::Parts::start_web() {
    web::ServerOptions web;
    web.public_pages = web_address(config.listen.public_pages);
    web.intake = web_address(config.listen.intake);
    web.console = web_address(config.listen.console);
    web.console_names = console_names(config);
    TRY(certificates.load(config.network.tls));
    web.tls = {certificates.shown(web::Listener::kPublic),
               certificates.shown(web::Listener::kIntake),
               certificates.shown(web::Listener::kConsole)};
    web.hsts = may_send_hsts(config);
    web.trusted_proxies = config.network.trusted_proxies;
    gatekeeper =
        std::make_unique<access::Gatekeeper>(clock, TRY(operator_token(config.storage.folder)));
    web.gatekeeper = gatekeeper.get();
    web.outcomes = &outcomes;
    server = TRY(web::start_server(std::move(web), thread, readers, [this] { return metrics(); }));
    auto last = page::load_site(config.storage.folder + '/' + kSiteFile);
    if (last) {
        shown_before = (*last)->position;
        server->publish(std::move(*last));
    } else if (last.error().code != ErrorCode::kNotFound) {
        log_line("last page unusable", last.error().message);
    }
    server->set_ready("starting: reading the journal");
    return {};
}

Result<void> LiveServer::Parts::start_engine() {
    journal = TRY(store::open_sqlite_journal(
        {.folder = config.storage.folder,
         .log = [](std::string_view line) { store_line("journal", line); }}));
    TRY(compare_with_last_page());
    outcomes.start([folder = config.storage.folder] {
        return store::open_sqlite_outcomes(
            {.folder = folder, .log = [](std::string_view line) { store_line("outcomes", line); }});
    });
    access =
        std::make_unique<AccessFollower>(*gatekeeper, TRY(journal->open_reader()),
                                         [](const std::string& line) { log_line("access", line); });
    series = TRY(open_series(config.storage.folder));
    page_id = TRY(page_id_of(*journal, clock));
    const ProbeSink sink = [this](ProbeResult r) { thread.post(std::move(r)); };
    prober = std::make_unique<OutcomeProber>(
        TRY(probe::make_prober({.reach = config.network.probes}, sink)), outcomes, clock, sink);
    publisher = std::make_unique<Publisher>(
        PublisherOptions{.version = options.version,
                         .page_id = page_id,
                         .site_file = config.storage.folder + '/' + kSiteFile,
                         .publish = [this](page::SitePtr site) { publish(std::move(site)); },
                         .log = [](const std::string& line) { log_line("page", line); },
                         .subscribable = [this] { return readers.subscribable(); }},
        TRY(journal->open_reader()));
    notifier = TRY(start_notifier(config, {options.version, page_id, secret, *journal, clock}));
    watchdog =
        std::make_unique<Watchdog>(config.watchdog, TRY(notify::start_sender()),
                                   [](const std::string& line) { log_line("watchdog", line); });
    telling = true;
    engine = std::make_unique<engine::Engine>(
        engine::EnginePorts{*journal, *series, *prober, clock},
        engine::EngineOptions{
            .version = options.version,
            .publish =
                [this](const engine::Published& published) {
                    newest.set(published, clock.now().steady);
                    publisher->offer(published);
                    notifier->offer(published.state->position);
                    access->follow(*published.state);
                    state_log.note(published);
                },
            .prepare =
                [this](const engine::Published& speculated) { publisher->prepare(speculated); },
            .log = [](const std::string& line) { log_line("engine", line); }});
    TRY(engine->start(setup_of(config)));
    return {};
}

std::vector<web::MetricFamily> LiveServer::Parts::metrics() const {
    auto out = engine_metrics(newest.get(), options.version);
    std::ranges::move(certificates.metrics(), std::back_inserter(out));
    std::ranges::move(outcome_metrics(outcomes.stats()), std::back_inserter(out));
    if (telling) {
        std::ranges::move(notifier_metrics(notifier->stats()), std::back_inserter(out));
        out.push_back(watchdog_metrics(watchdog->stats()));
    }
    return out;
}

// Readers saw a position that the journal does not have: it was lost, or an older one was put back.
// To go on would silently take back what was public. One batch is the torn one that was dropped.
Result<void> LiveServer::Parts::compare_with_last_page() {
    const JournalHead head = TRY(journal->head());
    if (head.position + 1 >= shown_before) return {};
    return fail(ErrorCode::kCorrupt,
                "the journal in " + config.storage.folder + " ends at record " +
                    std::to_string(head.position) + ", but readers have seen record " +
                    std::to_string(shown_before) +
                    ": restore journal.db from a backup, or remove " + kSiteFile +
                    " to accept that the records between are lost");
}

Result<void> LiveServer::Parts::start_reader() {
    const PageReaderOptions reading = {.version = options.version,
                                       .page_id = page_id,
                                       .newest = [this] { return newest.get(); },
                                       .subscribable = [this] { return readers.subscribable(); }};
    readers.open_desks(reading, secret, *notifier);
    const auto pages =
        std::make_shared<PageAnswers>(reading, TRY(journal->open_reader()),
                                      TRY(journal->open_reader()), TRY(series->open_reader()));
    readers.pages.open([pages](const PageQuery& q) { return pages->answer(q); },
                       ReaderPriority::kLowest);
    const auto console = std::make_shared<ConsoleAnswers>(
        reading, TRY(journal->open_reader()), TRY(journal->open_reader()),
        TRY(series->open_reader()), store::make_sqlite_deliveries_reader(config.storage.folder));
    readers.console.open([console](const PageQuery& q) { return console->answer(q); },
                         ReaderPriority::kNormal);
    server->set_pings(pings_of(config, secret));
    thread.run(*engine);
    return {};
}

void LiveServer::Parts::publish(page::SitePtr site) {
    server->publish(std::move(site));
    server->set_ready(newest.get().stats.store_failed ? "the journal cannot be written: disk full"
                                                      : "");
    if (first_page_served) return;
    first_page_served = true;
    first_page.set_value();
}

LiveServer::LiveServer(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

LiveServer::~LiveServer() {
    stop();
}

Result<std::unique_ptr<LiveServer>> LiveServer::start(Config config, LiveServerOptions options) {
    auto parts = std::make_unique<Parts>(std::move(config), std::move(options));
    // Owned before it starts, so that a start that fails half-way is stopped like any other.
    std::unique_ptr<LiveServer> live(new LiveServer(std::move(parts)));
    TRY(live->parts_->start());
    return live;
}

Result<void> LiveServer::reload(Config config) {
    TRY(can_reload(parts_->config, config));
    seal_definitions(config, parts_->secret);
    set_ping_uuids(config, parts_->secret);
    set_people_keys(config, parts_->secret);
    auto answer = std::make_shared<std::promise<Result<void>>>();
    auto taken = answer->get_future();
    parts_->thread.reload(setup_of(config),
                          [answer](Result<void> r) { answer->set_value(std::move(r)); });
    if (taken.wait_for(kReloadWithin) != std::future_status::ready) {
        return fail(ErrorCode::kBusy, "the engine did not take the configuration within 30 s");
    }
    TRY(taken.get());
    parts_->server->set_pings(pings_of(config, parts_->secret));
    parts_->server->set_trusted_proxies(config.network.trusted_proxies);
    parts_->certificates.renew(config.network.tls, *parts_->server);
    parts_->watchdog->set(config.watchdog);
    parts_->notifier->set_routes(routes_of(config, parts_->secret));
    parts_->readers.configure(config);
    parts_->config = std::move(config);
    return {};
}

bool LiveServer::alive() const {
    return parts_->clock.now().steady < parts_->newest.set_at() + kAliveWithin;
}

std::optional<Duration> LiveServer::tick() {
    std::string trouble;
    if (!alive()) trouble = "the engine stands still";
    if (parts_->newest.get().stats.store_failed) trouble = "the journal cannot be written";
    if (parts_->notifier->stats().stands_still) trouble = "telling people stands still";
    return parts_->watchdog->tick(parts_->clock.now().steady, trouble);
}

std::string LiveServer::setup_key() {
    return parts_->gatekeeper->new_setup_key();
}

ListenSettings LiveServer::listening() const {
    ListenSettings out = parts_->config.listen;
    out.public_pages.port = parts_->server->port(web::Listener::kPublic);
    out.intake.port = parts_->server->port(web::Listener::kIntake);
    out.console.port = parts_->server->port(web::Listener::kConsole);
    return out;
}

// What asks goes first, what answers goes last.
void LiveServer::stop() {
    Parts& parts = *parts_;
    if (parts.server != nullptr) {
        parts.server->set_ready("stopping");
        if (!parts.server->drain(kDrainWithin)) log_warn("some requests were cut off");
    }
    parts.outcomes.stop();
    parts.thread.stop();
    parts.readers.stop();
    parts.prober.reset();
    parts.publisher.reset();
    parts.telling = false;
    parts.readers.close_desks();
    parts.notifier.reset();
    parts.watchdog.reset();
    parts.engine.reset();
}

}  // namespace candor::app
