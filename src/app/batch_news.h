// What one batch is worth telling, as finished messages.
//
// Looks only at the public views of the incidents that the batch names, before and after it. Pure
// apart from the lookup of human texts.
#pragma once

#include <string>
#include <vector>

#include "app/journal_fold.h"
#include "notify/message.h"
#include "view/build_public_view.h"

namespace candor::app {

struct NewsOptions {
    std::string version;
    std::string page_id;
    view::TextLookup text_of;
};

// False for most: nothing in it can be news.
bool may_hold_news(const Batch& batch);

// Incidents that a person took on or wrote about.
std::vector<IncidentId> answered_in(const Batch& batch);

std::vector<notify::Message> news_of_batch(const FoldedBatch& batch, const NewsOptions& options);

}  // namespace candor::app
