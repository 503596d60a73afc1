// Who answers what is rendered on request: a reader for the crowd, another for operators, and the
// desks for those who subscribe and those who are called.
//
// Wiring only. Thread rule of ports/page_source.h.
#pragma once

#include <utility>

#include "app/answer_desk.h"
#include "app/page_reader.h"
#include "app/subscribe_desk.h"
#include "ports/page_source.h"

namespace candor::app {

class Readers final : public PageSource {
   public:
    PageReader pages;
    PageReader console;
    // Outlive what asks.
    SubscribeDesk* desk = nullptr;
    AnswerDesk* answers = nullptr;

    void render(PageQuery query, PageDone done) override {
        if (desk != nullptr && is_for_desk(query.path)) {
            desk->render(std::move(query), std::move(done));
            return;
        }
        if (answers != nullptr && query.path == "/answer") {
            answers->render(std::move(query), std::move(done));
            return;
        }
        const bool for_console = query.path.starts_with("/api/v1/");
        (for_console ? console : pages).render(std::move(query), std::move(done));
    }
    void stop() {
        pages.stop();
        console.stop();
    }

   private:
    static bool is_for_desk(const std::string& path) {
        return path.starts_with("/subscribe") || path.starts_with("/api/v1/subscribers");
    }
};

}  // namespace candor::app
