// The front page: the banner's sentence, open incidents, components with bars, what came before.
//
// The order is the promise of docs/page.md: trouble before detail, the present before the past.
// Also the page of /at, which is the same page marked as the past. Pure.
#pragma once

#include "page/html.h"
#include "view/public_view.h"

namespace candor::page {

// With more components than this, rows are compact and groups that are well start folded.
inline constexpr std::size_t kRoomyComponentsMax = 40;
inline constexpr std::size_t kPastIncidentsShown = 5;

// Live, or marked as the past when view.historical.
Html home_page(const view::PublicView& view);

}  // namespace candor::page
