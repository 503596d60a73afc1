// What each on-demand URL answers; runs on the page reader's thread only.
//
// Pages of the past are rebuilt from the journal and the series each time; nothing is cached here.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "app/page_reader.h"
#include "core/state.h"
#include "page/site.h"
#include "ports/page_source.h"
#include "view/build_public_view.h"

namespace candor::app {

// 503 with Retry-After: the reader is full, starting or stopping.
PageAnswer busy_answer();

class PageAnswers {
   public:
    PageAnswers(PageReaderOptions options, std::unique_ptr<JournalReader> journal,
                std::unique_ptr<JournalReader> texts, std::unique_ptr<SeriesReader> series);

    // Blocks on the disk. Unknown paths and malformed parameters answer 404 or 400 with
    // a page that says so.
    PageAnswer answer(const PageQuery& query);

   private:
    PageAnswer history(const PageQuery& query);
    PageAnswer component(const PageQuery& query);
    PageAnswer incident(const PageQuery& query);
    PageAnswer at(const PageQuery& query);
    // The page that the site answers unknown paths with.
    PageAnswer not_found();
    PageAnswer notice(int status, std::string_view headline, std::string_view detail);

    view::ViewOptions view_options(Timestamp as_of, bool historical);
    void add_latency(view::ComponentDetailView& view, const core::State& state);
    // The state as it was at `t`: nearest snapshot plus the batches after it.
    Result<core::State> state_at(Timestamp t);

    PageReaderOptions options_;
    std::unique_ptr<JournalReader> journal_;
    std::unique_ptr<SeriesReader> series_;
    SealedTexts texts_;
};

}  // namespace candor::app
