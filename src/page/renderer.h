// PublicView → Site: every URL that a crowd asks for, as finished bytes.
//
// Remembers the last Site and keeps its resources wherever the bytes did not change, so that a
// change of one component pays only for the pages that show it. Not thread-safe: one renderer, one
// thread. The functions below it are pure and serve the on-demand reader from any thread.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "page/compress.h"
#include "page/site.h"
#include "view/pages_on_demand.h"
#include "view/public_view.h"

namespace candor::page {

class Renderer {
   public:
    // Everything, encoded fast.
    SitePtr render(const view::PublicView& view);

    // At a flip people come first: only "/" and the open incidents are of this view, the rest is as
    // the last render left it. render() of the same view completes it.
    SitePtr render_first(const view::PublicView& view);

    // The last site in its smallest form: what does not change keeps that form from now on.
    void adopt(SitePtr site) { last_ = std::move(site); }

   private:
    struct Page {
        std::string path;
        std::string content_type;
        CacheClass cache = CacheClass::kPage;
        std::string bytes;
        int status = 200;
    };
    void add(Site& site, Page page);
    ResourcePtr resource_for(Page page, const ResourcePtr& before);
    void add_incidents(Site& site, const view::PublicView& view,
                       const std::vector<view::IncidentView>& incidents);
    SitePtr finish(std::shared_ptr<Site> site, Cores cores);
    void add_published(Site& site, const view::PublicView& view);
    void add_fixed(Site& site);

    SitePtr last_;
    std::vector<std::shared_ptr<Resource>> unencoded_;  // of the site being rendered
};

// For the reader behind /history, /components, /at and old incidents.
ResourcePtr render_history(const view::HistoryView& view);
ResourcePtr render_component(const view::ComponentDetailView& view);
ResourcePtr render_incident(const view::IncidentDetailView& view);
ResourcePtr render_at(const view::PublicView& view);  // view.historical

}  // namespace candor::page
