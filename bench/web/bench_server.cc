// The server under test of the page and event benches: one page of a given size, nothing behind it.
//
//   bench_server BODY_BYTES [PUBLISH_EVERY_MS]     prints its port; ends when standard input does
#include <poll.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>

#include "web/server.h"

namespace {

class NoOperator final : public candor::Operator {
   public:
    void submit(candor::CommandRequest, candor::CommandDone done) override {
        done(candor::fail(candor::ErrorCode::kBusy, "no engine in a bench"));
    }
    void ping(candor::HeartbeatPing, candor::PingDone done) override { done({}); }
};

class NoPages final : public candor::PageSource {
   public:
    void render(candor::PageQuery, candor::PageDone done) override {
        candor::PageAnswer busy;
        busy.status = 503;
        done(busy);
    }
};

candor::page::SitePtr make_site(std::size_t bytes, candor::Position position) {
    auto page = std::make_shared<candor::page::Resource>();
    page->content_type = "text/html; charset=utf-8";
    page->identity.assign(bytes, 'x');
    page->etag = "\"bench\"";
    auto site = std::make_shared<candor::page::Site>();
    site->position = position;
    site->as_of = candor::Timestamp{1'775'350'800'000};
    site->resources.set("/", page);
    return site;
}

}  // namespace

int main(int argc, char** argv) {
    const std::size_t bytes = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 5000;
    const int every_ms = argc > 2 ? std::atoi(argv[2]) : -1;
    NoOperator commands;
    NoPages pages;
    candor::web::ServerOptions options;
    options.threads = 1;
    auto server = candor::web::start_server(options, commands, pages, {});
    if (!server) {
        std::fprintf(stderr, "%s\n", server.error().message.c_str());
        return 1;
    }
    candor::Position position = 1;
    (*server)->publish(make_site(bytes, position));
    (*server)->set_ready("");
    std::printf("%d\n", (*server)->port(candor::web::Listener::kPublic));
    std::fflush(stdout);
    pollfd input{.fd = 0, .events = POLLIN, .revents = 0};
    char byte = 0;
    while (true) {
        const int ready = ::poll(&input, 1, every_ms);
        if (ready > 0 && ::read(0, &byte, 1) <= 0) return 0;
        if (ready == 0) (*server)->publish(make_site(bytes, ++position));
    }
}
