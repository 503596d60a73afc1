// Who answers what is rendered on request: a reader for the crowd, another for operators.
//
// Wiring only. Thread rule of ports/page_source.h.
#pragma once

#include <utility>

#include "app/page_reader.h"
#include "ports/page_source.h"

namespace candor::app {

class Readers final : public PageSource {
   public:
    PageReader pages;
    PageReader console;

    void render(PageQuery query, PageDone done) override {
        const bool for_console = query.path.starts_with("/api/v1/");
        (for_console ? console : pages).render(std::move(query), std::move(done));
    }
    void stop() {
        pages.stop();
        console.stop();
    }
};

}  // namespace candor::app
