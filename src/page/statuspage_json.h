// The page for programs: Statuspage's public API v2, shape for shape (docs/page.md).
//
// Every document prints the view's as-of as page.updated_at. Collections are present when empty.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "view/public_view.h"

namespace candor::page {

inline constexpr std::size_t kApiIncidentsMax = 50;

struct ApiDocument {
    std::string path;  // "/api/v2/summary.json"
    std::string json;
};

// All eight documents of one view.
std::vector<ApiDocument> statuspage_documents(const view::PublicView& view);
// The same one after the other, until `take` returns false: some are large.
void each_statuspage_document(const view::PublicView& view,
                              const std::function<bool(ApiDocument)>& take);

}  // namespace candor::page
