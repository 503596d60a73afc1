// Pages without data of their own: not found, notices, busy, and the notice of an unpublished page.
//
// The shadow notice holds nothing of the state but the page's own name. Pure.
#pragma once

#include "page/html.h"
#include "view/pages_on_demand.h"

namespace candor::page {

Html not_found_page(const view::PageFrame& frame);
// One sentence about an address that leads nowhere, and how it should look.
Html notice_page(const view::PageFrame& frame, std::string_view headline, std::string_view detail);
Html unavailable_page(const view::PageFrame& frame);
// What strangers see while page.publish is `shadow`: nothing of the state.
Html shadow_page(const view::PageFrame& frame);

}  // namespace candor::page
