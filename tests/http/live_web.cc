#include "tests/http/live_web.h"

#include <chrono>
#include <utility>

namespace candor::test {
namespace {

page::ResourcePtr resource(std::string type, page::CacheClass cache, std::string body,
                           int status = 200) {
    auto made = std::make_shared<page::Resource>();
    made->content_type = std::move(type);
    made->cache = cache;
    made->etag = "\"" + std::to_string(std::hash<std::string>{}(body)) + "\"";
    made->gzip = "gzip of " + body;
    made->brotli = "brotli of " + body;
    made->identity = std::move(body);
    made->status = status;
    return made;
}

}  // namespace

// --- the engine ----------------------------------------------------------------------------------

void ScriptedOperator::settle(std::function<void()> finish) {
    {
        const std::lock_guard lock(mutex_);
        if (holding_) {
            held_.push_back(std::move(finish));
            changed_.notify_all();
            return;
        }
    }
    finish();
}

void ScriptedOperator::submit(CommandRequest request, CommandDone done) {
    std::optional<Error> error;
    {
        const std::lock_guard lock(mutex_);
        commands_.push_back(std::move(request));
        error = error_;
    }
    settle([done, error] {
        if (error) {
            done(std::unexpected(*error));
        } else {
            done(CommandAnswer{.position = 7, .incident = IncidentId{"abc"}});
        }
    });
}

void ScriptedOperator::ping(HeartbeatPing ping, PingDone done) {
    std::optional<Error> error;
    {
        const std::lock_guard lock(mutex_);
        pings_.push_back(std::move(ping));
        error = error_;
    }
    settle([done, error] { done(error ? Result<void>(std::unexpected(*error)) : Result<void>()); });
}

void ScriptedOperator::release() {
    std::vector<std::function<void()>> finish;
    {
        const std::lock_guard lock(mutex_);
        holding_ = false;
        finish.swap(held_);
    }
    for (const auto& one : finish) one();
}

void ScriptedOperator::fail_with(Error error) {
    const std::lock_guard lock(mutex_);
    error_ = std::move(error);
}

std::vector<HeartbeatPing> ScriptedOperator::pings() {
    const std::lock_guard lock(mutex_);
    return pings_;
}

std::vector<CommandRequest> ScriptedOperator::commands() {
    const std::lock_guard lock(mutex_);
    return commands_;
}

void ScriptedOperator::wait_for_held(std::size_t n) {
    std::unique_lock lock(mutex_);
    EXPECT_TRUE(changed_.wait_for(lock, std::chrono::seconds(kPatienceSeconds),
                                  [&] { return held_.size() >= n; }));
}

// --- the reader ----------------------------------------------------------------------------------

void ScriptedPages::render(PageQuery query, PageDone done) {
    PageAnswer answer;
    {
        const std::lock_guard lock(mutex_);
        answer = answer_;
    }
    if (answer.status == 200) answer.body = query.path + "?" + query.query;
    done(std::move(answer));
}

void ScriptedPages::answer_with(PageAnswer answer) {
    const std::lock_guard lock(mutex_);
    answer_ = std::move(answer);
}

// --- the server ----------------------------------------------------------------------------------

void LiveWeb::start(web::ServerLimits limits, Addresses addresses, int threads) {
    server_.reset();
    web::ServerOptions options;
    options.threads = threads;
    options.gatekeeper = &gatekeeper_;
    options.limits = limits;
    if (addresses == Addresses::kApart) {
        options.intake.host = "127.0.0.2";
        options.console.host = "127.0.0.3";
    }
    if (adjust_) adjust_(options);
    const bool plain = options.tls.public_pages == nullptr;
    auto server = web::start_server(options, operator_, pages_, {});
    ASSERT_TRUE(server) << server.error().message;
    server_ = std::move(*server);
    server_->set_pings(
        {.addresses = {
             {.uuid = kUuid, .key = "k-e-y", .slug = "nightly", .check = CheckId{"nightly"}}}});
    publish(1);
    server_->set_ready("");
    if (!plain) return;
    // Messages are taken in order: when this is answered, pages and pings are in use.
    Talk first(port());
    while (first.get("/").status != 200) {
    }
}

page::SitePtr LiveWeb::sample_site(Position position) const {
    using page::CacheClass;
    auto site = std::make_shared<page::Site>();
    site->position = position;
    site->as_of = Timestamp{1'775'350'800'000 + static_cast<std::int64_t>(position)};
    auto& all = site->resources;
    all.set("/", resource("text/html; charset=utf-8", CacheClass::kPage,
                          "<p>position " + std::to_string(position)));
    all.set("/history", resource("text/html; charset=utf-8", CacheClass::kPage, "<p>history"));
    static const auto kBig = resource("text/html; charset=utf-8", CacheClass::kPage, big_body());
    all.set("/big", kBig);
    all.set("/api/v2/summary.json",
            resource("application/json; charset=utf-8", CacheClass::kApi, "{}"));
    all.set("/assets/abc/page.css", resource("text/css", CacheClass::kImmutable, "p{}"));
    site->not_found = resource("text/html; charset=utf-8", CacheClass::kPage, "<p>no page", 404);
    return site;
}

void LiveWeb::publish(Position position) {
    server_->publish(sample_site(position));
}

double LiveWeb::metric(const std::string& line_start) {
    Talk talk(port(web::Listener::kConsole),
              {.host = port() == port(web::Listener::kConsole) ? "127.0.0.1" : "127.0.0.3"});
    const std::string text = "\n" + talk.get("/metrics").body;
    const std::size_t at = text.find("\n" + line_start + " ");
    if (at == std::string::npos) return -1;
    return std::strtod(text.c_str() + at + line_start.size() + 2, nullptr);
}

std::string big_body() {
    return std::string(std::size_t{8} * 1024 * 1024, 'x');
}

}  // namespace candor::test
