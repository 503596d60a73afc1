// PublicView → Site: every URL that a crowd asks for, as finished bytes.
//
// Knows the Site that readers have and keeps its resources wherever the bytes did not change, so
// that a change of one component pays only for the pages that show it. What it rendered it forgets
// until adopt(): a page rendered ahead may never become true. One renderer, one thread; the
// functions below it are pure and serve the on-demand reader from any thread.
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
    // Everything, encoded fast. Null when `interrupted` said so.
    SitePtr render(const view::PublicView& view, const Interrupted& interrupted = {}) const;

    // At a flip people come first: only "/" and the open incidents are of this view, the rest is as
    // readers have it.
    SitePtr render_first(const view::PublicView& view) const;
    // Completes what render_first() made of the very same view, once readers have that. Null when
    // `interrupted` said so.
    SitePtr render_rest(const view::PublicView& view, const Interrupted& interrupted = {}) const;

    // `site` is what readers have from now on.
    void adopt(SitePtr site) { last_ = std::move(site); }

   private:
    struct Page {
        std::string path;
        std::string content_type;
        CacheClass cache = CacheClass::kPage;
        std::string bytes;
        int status = 200;
    };
    // A site under construction.
    struct Draft {
        std::shared_ptr<Site> site;
        const Interrupted& interrupted;
        std::vector<std::shared_ptr<Resource>> unencoded = {};
        std::vector<const Resource*> added = {};  // changed or not
        bool given_up = false;
    };
    Draft begin(const view::PublicView& view, const Interrupted& interrupted) const;
    void add(Draft& draft, Page page) const;
    static ResourcePtr resource_for(Draft& draft, Page page, const ResourcePtr& before);
    void add_incidents(Draft& draft, const view::PublicView& view,
                       const std::vector<view::IncidentView>& incidents) const;
    void add_maintenances(Draft& draft, const view::PublicView& view) const;
    void add_first(Draft& draft, const view::PublicView& view) const;
    void keep_first(Draft& draft, const view::PublicView& view) const;
    void add_rest(Draft& draft, const view::PublicView& view) const;
    void add_fixed(Draft& draft) const;
    void add_badges(Draft& draft, const view::PublicView& view) const;
    static void drop_gone(Draft& draft);
    static SitePtr finish(Draft draft, Cores cores);

    SitePtr last_;
};

// For the reader behind /history, /components, /at and old incidents.
ResourcePtr render_history(const view::HistoryView& view);
ResourcePtr render_component(const view::ComponentDetailView& view);
ResourcePtr render_incident(const view::IncidentDetailView& view);
ResourcePtr render_at(const view::PublicView& view);  // view.historical

}  // namespace candor::page
