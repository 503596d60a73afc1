// PublicView → Site: every URL that a crowd asks for, as finished bytes.
//
// Remembers the last Site and keeps its resources wherever the bytes did not change, so that a
// change of one component pays only for the pages that show it. Not thread-safe: one renderer, one
// thread. The functions below it are pure and serve the on-demand reader from any thread.
#pragma once

#include <string>
#include <unordered_set>
#include <vector>

#include "page/compress.h"
#include "page/site.h"
#include "view/pages_on_demand.h"
#include "view/public_view.h"

namespace candor::page {

// The site's HTML refreshes itself in the browser this often; a page older than three of these
// says so by itself. The caller renders anew at least every kRenderAtLeastEvery.
inline constexpr Duration kBrowserRefreshEvery = seconds(30);
inline constexpr Duration kRenderAtLeastEvery = seconds(20);

class Renderer {
   public:
    // At kBest, what an earlier kFast render of equal bytes left is compressed again.
    SitePtr render(const view::PublicView& view, Compression level);

   private:
    struct Page {
        std::string path;
        std::string content_type;
        CacheClass cache = CacheClass::kPage;
        std::string bytes;
        int status = 200;
    };
    void add(Site& site, Page page, Compression level);
    ResourcePtr resource_for(const Page& page, const ResourcePtr& before, Compression level);
    void add_published(Site& site, const view::PublicView& view, Compression level);
    void add_fixed(Site& site, Compression level);

    SitePtr last_;
    std::unordered_set<const Resource*> best_;  // of last_: compressed at kBest
    std::unordered_set<const Resource*> next_best_;
};

// For the reader behind /history, /components, /at and old incidents.
ResourcePtr render_history(const view::HistoryView& view);
ResourcePtr render_component(const view::ComponentDetailView& view);
ResourcePtr render_incident(const view::IncidentDetailView& view);
ResourcePtr render_at(const view::PublicView& view);  // view.historical

}  // namespace candor::page
