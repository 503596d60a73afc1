// What changed about one incident between two positions that is worth telling (rule 10).
//
// Opening, worse, a person's words, the end; and that a person owes words. Machine posts, live
// numbers and better colours are not news. Pure: compares two public views of the same incident, so
// a private one is no news by type, and an entry that changes nothing visible says nothing.
#pragma once

#include <optional>
#include <vector>

#include "notify/message.h"
#include "view/public_view.h"

namespace candor::notify {

struct News {
    NewsKind kind = NewsKind::kOpened;
    // Only those who chose one of these are concerned; empty: everybody.
    std::vector<ComponentId> only;
};

// `before` is absent when the incident did not exist or was private. The strongest news of several.
std::optional<News> news_between(const std::optional<view::IncidentView>& before,
                                 const view::IncidentView& after);

// The words of an announcement. `page` is of the same position as `incident`.
Message compose(const News& news, const view::PublicView& page, const view::IncidentView& incident);

}  // namespace candor::notify
