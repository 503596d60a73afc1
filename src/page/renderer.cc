#include "page/renderer.h"

#include <array>
#include <utility>

#include "page/assets.h"
#include "page/badges.h"
#include "page/component_page.h"
#include "page/feeds.h"
#include "page/history_page.h"
#include "page/home_page.h"
#include "page/incident_html.h"
#include "page/plain_pages.h"
#include "page/statuspage_json.h"

namespace candor::page {
namespace {

constexpr const char* kHtmlType = "text/html; charset=utf-8";
constexpr const char* kJsonType = "application/json; charset=utf-8";
constexpr const char* kSvgType = "image/svg+xml";
constexpr const char* kTextType = "text/plain; charset=utf-8";

ResourcePtr on_demand(Html page) {
    return make_resource(kHtmlType, CacheClass::kPage, std::move(page).take(), Compression::kFast);
}

}  // namespace

SitePtr Renderer::render(const view::PublicView& view, Compression level) {
    auto site = std::make_shared<Site>();
    site->position = view.position;
    site->as_of = view.as_of;
    next_best_.clear();
    const view::PageFrame frame = view::frame_of(view);
    add_fixed(*site, level);
    if (view.publish == Publish::kShadow) {
        add(*site, {"/", kHtmlType, CacheClass::kPage, shadow_page(frame).take()}, level);
    } else {
        add_published(*site, view, level);
    }
    const ResourcePtr none;
    site->not_found =
        resource_for({"", kHtmlType, CacheClass::kPage, not_found_page(frame).take(), 404},
                     last_ ? last_->not_found : none, level);
    site->unavailable =
        resource_for({"", kHtmlType, CacheClass::kNoStore, unavailable_page(frame).take(), 503},
                     last_ ? last_->unavailable : none, level);
    best_ = std::move(next_best_);
    last_ = site;
    return site;
}

ResourcePtr Renderer::resource_for(const Page& page, const ResourcePtr& before, Compression level) {
    const bool same = before && before->identity == page.bytes && before->status == page.status &&
                      before->content_type == page.content_type && before->cache == page.cache;
    ResourcePtr resource;
    if (same && (level == Compression::kFast || best_.contains(before.get()))) {
        resource = before;
    } else if (same) {
        resource = recompress(*before, level);
    } else {
        resource = make_resource(page.content_type, page.cache, page.bytes, level, page.status);
    }
    if (level == Compression::kBest || best_.contains(resource.get())) {
        next_best_.insert(resource.get());
    }
    return resource;
}

void Renderer::add(Site& site, Page page, Compression level) {
    ResourcePtr before;
    if (last_) {
        const auto found = last_->resources.find(page.path);
        if (found != last_->resources.end()) before = found->second;
    }
    ResourcePtr resource = resource_for(page, before, level);
    site.resources.emplace(std::move(page.path), std::move(resource));
}

void Renderer::add_fixed(Site& site, Compression level) {
    add(site,
        {asset_path(Asset::kStyle), "text/css; charset=utf-8", CacheClass::kImmutable,
         std::string(asset_bytes(Asset::kStyle))},
        level);
    add(site,
        {asset_path(Asset::kScript), "text/javascript; charset=utf-8", CacheClass::kImmutable,
         std::string(asset_bytes(Asset::kScript))},
        level);
    constexpr std::array<std::string_view, 6> kTones = {"op", "mt", "un", "dg", "pa", "ma"};
    for (const std::string_view tone : kTones) {
        add(site,
            {"/assets/icon-" + std::string(tone) + ".svg", kSvgType, CacheClass::kPage,
             icon_svg(tone)},
            level);
    }
    add(site,
        {"/robots.txt", kTextType, CacheClass::kPage,
         "User-agent: *\nDisallow: /at/\nDisallow: /api/\n"},
        level);
}

void Renderer::add_published(Site& site, const view::PublicView& view, Compression level) {
    add(site, {"/", kHtmlType, CacheClass::kPage, home_page(view).take()}, level);
    const view::PageFrame frame = view::frame_of(view);
    for (const auto* incidents : {&view.open, &view.recent}) {
        for (const view::IncidentView& incident : *incidents) {
            add(site,
                {"/incidents/" + incident.id.value, kHtmlType, CacheClass::kPage,
                 incident_page(frame, incident).take()},
                level);
        }
    }
    for (ApiDocument& document : statuspage_documents(view)) {
        add(site, {std::move(document.path), kJsonType, CacheClass::kApi, std::move(document.json)},
            level);
    }
    add(site,
        {"/history.atom", "application/atom+xml; charset=utf-8", CacheClass::kPage,
         atom_feed(view)},
        level);
    add(site,
        {"/history.rss", "application/rss+xml; charset=utf-8", CacheClass::kPage, rss_feed(view)},
        level);
    add(site, {"/badge.svg", kSvgType, CacheClass::kApi, badge_svg(page_badge(view))}, level);
    for (const view::ComponentView& component : view.components) {
        const Badge badge = component_badge(component);
        const std::string path = "/badge/" + component.id.value;
        add(site, {path + ".svg", kSvgType, CacheClass::kApi, badge_svg(badge)}, level);
        add(site, {path + ".json", kJsonType, CacheClass::kApi, badge_json(badge)}, level);
    }
}

ResourcePtr render_history(const view::HistoryView& view) {
    return on_demand(history_page(view));
}

ResourcePtr render_component(const view::ComponentDetailView& view) {
    return on_demand(component_page(view));
}

ResourcePtr render_incident(const view::IncidentDetailView& view) {
    return on_demand(incident_page(view.frame, view.incident));
}

ResourcePtr render_at(const view::PublicView& view) {
    return on_demand(home_page(view));
}

}  // namespace candor::page
