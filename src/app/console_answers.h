// What each /api/v1 reading answers; runs on the console reader's thread only.
//
// Operators have a reader of their own, so that a crowd browsing the history never makes them wait.
// Reads the newest published state, the journal and the series; caches nothing.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "app/page_reader.h"
#include "ports/deliveries_reader.h"
#include "ports/journal.h"
#include "ports/page_source.h"
#include "ports/series.h"
#include "view/console_view.h"

namespace candor::app {

// An incident's timeline is gathered from at most this many batches, the newest ones.
inline constexpr std::size_t kTimelineBatchesMax = 20'000;
inline constexpr std::size_t kTimelineItemsMax = 2'000;
inline constexpr std::size_t kObservationsShown = 200;
// What came shortly before an incident belongs to its story.
inline constexpr Duration kTimelineLead = minutes(10);
// Batches of one instant that are looked at for a maintenance's timeline.
inline constexpr std::size_t kBatchesAtOnceMax = 100;
// One audit answer looks at most at this many batches; the cursor goes on from there.
inline constexpr std::size_t kAuditBatchesMax = 20'000;

class ConsoleAnswers {
   public:
    ConsoleAnswers(PageReaderOptions options, std::unique_ptr<JournalReader> journal,
                   std::unique_ptr<JournalReader> texts, std::unique_ptr<SeriesReader> series,
                   std::unique_ptr<DeliveriesReader> deliveries);

    // Blocks on the disk. Unknown paths and malformed parameters answer problem+json.
    PageAnswer answer(const PageQuery& query);

   private:
    PageAnswer now();
    PageAnswer incidents(const PageQuery& query);
    PageAnswer incident(const IncidentId& id);
    PageAnswer checks(const PageQuery& query);
    PageAnswer check(const CheckId& id);
    PageAnswer audit(const PageQuery& query);
    PageAnswer deliveries(const PageQuery& query);
    PageAnswer maintenances(const PageQuery& query);
    PageAnswer maintenance(const MaintenanceId& id);

    view::ViewOptions view_options(Timestamp as_of);
    // What people wrote, where it is still there.
    void fill_in_texts(std::vector<view::TimelineItem>& timeline);
    std::optional<Observation> newest_of(const CheckId& id);

    PageReaderOptions options_;
    std::unique_ptr<JournalReader> journal_;
    std::unique_ptr<SeriesReader> series_;
    std::unique_ptr<DeliveriesReader> deliveries_;
    SealedTexts texts_;
};

}  // namespace candor::app
