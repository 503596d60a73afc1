// Who answers what is rendered on request: a reader for the crowd, another for operators, and the
// desks for those who subscribe, those who are called, and those who look after calls and channels.
//
// Wiring only. Thread rule of ports/page_source.h.
#pragma once

#include <string>
#include <utility>

#include "app/answer_desk.h"
#include "app/channel_desk.h"
#include "app/config.h"
#include "app/definition.h"
#include "app/on_call_desk.h"
#include "app/page_reader.h"
#include "app/subscribe_desk.h"
#include "ports/page_source.h"

namespace candor::app {

class Readers final : public PageSource {
   public:
    Readers(Operator& commands, Clock& clock)
        : subscribers_(commands, clock),
          answers_(commands, clock),
          on_call_(commands, clock),
          channels_(commands) {}

    PageReader pages;
    PageReader console;

    // At the start and at a reload.
    void configure(const Config& config) {
        subscribers_.set_available(config.subscribers.has_value());
        on_call_.set(config.on_call);
        channels_.set(config.notify);
    }
    bool subscribable() const { return subscribers_.available(); }

    void open_desks(const PageReaderOptions& options, const std::string& secret,
                    Notifier& notifier) {
        subscribers_.open(options, derive_subscriber_key(secret), notifier);
        answers_.open(options, derive_answer_key(secret));
        on_call_.open(options, notifier);
        channels_.open(notifier);
    }
    // Once this returns, the notifier is not asked any more.
    void close_desks() {
        subscribers_.close();
        answers_.close();
        on_call_.close();
        channels_.close();
    }

    void render(PageQuery query, PageDone done) override {
        source_of(query.path).render(std::move(query), std::move(done));
    }
    void stop() {
        pages.stop();
        console.stop();
    }

   private:
    PageSource& source_of(const std::string& path) {
        for (const char* place : {"/subscribe", "/api/v1/subscribers", "/api/v2/subscribers"}) {
            if (path.starts_with(place)) return subscribers_;
        }
        if (path == "/answer") return answers_;
        if (path.starts_with("/api/v1/on_call")) return on_call_;
        if (path.starts_with("/api/v1/channels")) return channels_;
        if (path.starts_with("/api/v1/")) return console;
        return pages;
    }

    SubscribeDesk subscribers_;
    AnswerDesk answers_;
    OnCallDesk on_call_;
    ChannelDesk channels_;
};

}  // namespace candor::app
