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
    return make_resource(kHtmlType, CacheClass::kPage, std::move(page).take());
}

}  // namespace

SitePtr Renderer::render(const view::PublicView& view) {
    auto site = std::make_shared<Site>();
    site->position = view.position;
    site->as_of = view.as_of;
    const view::PageFrame frame = view::frame_of(view);
    add_fixed(*site);
    if (view.publish == Publish::kShadow) {
        add(*site, {"/", kHtmlType, CacheClass::kPage, shadow_page(frame).take()});
    } else {
        add_published(*site, view);
    }
    const ResourcePtr none;
    site->not_found =
        resource_for({"", kHtmlType, CacheClass::kPage, not_found_page(frame).take(), 404},
                     last_ ? last_->not_found : none);
    site->unavailable =
        resource_for({"", kHtmlType, CacheClass::kNoStore, unavailable_page(frame).take(), 503},
                     last_ ? last_->unavailable : none);
    return finish(std::move(site), Cores::kOne);
}

SitePtr Renderer::render_first(const view::PublicView& view) {
    if (last_ == nullptr || view.publish == Publish::kShadow) return render(view);
    auto site = std::make_shared<Site>(*last_);
    site->position = view.position;
    site->as_of = view.as_of;
    add(*site, {"/", kHtmlType, CacheClass::kPage, home_page(view).take()});
    add_incidents(*site, view, view.open);
    return finish(std::move(site), Cores::kAll);
}

SitePtr Renderer::finish(std::shared_ptr<Site> site, Cores cores) {
    encode_all(std::exchange(unencoded_, {}), cores);
    last_ = site;
    return site;
}

ResourcePtr Renderer::resource_for(Page page, const ResourcePtr& before) {
    const bool same = before && before->identity == page.bytes && before->status == page.status &&
                      before->content_type == page.content_type && before->cache == page.cache;
    if (same) return before;
    auto resource = std::make_shared<Resource>();
    resource->content_type = std::move(page.content_type);
    resource->cache = page.cache;
    resource->identity = std::move(page.bytes);
    resource->status = page.status;
    unencoded_.push_back(resource);
    return resource;
}

void Renderer::add(Site& site, Page page) {
    ResourcePtr before;
    if (last_) {
        const auto found = last_->resources.find(page.path);
        if (found != last_->resources.end()) before = found->second;
    }
    std::string path = std::move(page.path);
    ResourcePtr resource = resource_for(std::move(page), before);
    site.resources.insert_or_assign(std::move(path), std::move(resource));
}

void Renderer::add_fixed(Site& site) {
    add(site, {asset_path(Asset::kStyle), "text/css; charset=utf-8", CacheClass::kImmutable,
               std::string(asset_bytes(Asset::kStyle))});
    add(site, {asset_path(Asset::kScript), "text/javascript; charset=utf-8", CacheClass::kImmutable,
               std::string(asset_bytes(Asset::kScript))});
    constexpr std::array<std::string_view, 6> kTones = {"op", "mt", "un", "dg", "pa", "ma"};
    for (const std::string_view tone : kTones) {
        add(site, {"/assets/icon-" + std::string(tone) + ".svg", kSvgType, CacheClass::kPage,
                   icon_svg(tone)});
    }
    add(site, {"/robots.txt", kTextType, CacheClass::kPage,
               "User-agent: *\nDisallow: /at/\nDisallow: /api/\n"});
}

void Renderer::add_incidents(Site& site, const view::PublicView& view,
                             const std::vector<view::IncidentView>& incidents) {
    const view::PageFrame frame = view::frame_of(view);
    for (const view::IncidentView& incident : incidents) {
        add(site, {"/incidents/" + incident.id.value, kHtmlType, CacheClass::kPage,
                   incident_page(frame, incident).take()});
    }
}

void Renderer::add_published(Site& site, const view::PublicView& view) {
    add(site, {"/", kHtmlType, CacheClass::kPage, home_page(view).take()});
    add_incidents(site, view, view.open);
    add_incidents(site, view, view.recent);
    for (ApiDocument& document : statuspage_documents(view)) {
        add(site,
            {std::move(document.path), kJsonType, CacheClass::kApi, std::move(document.json)});
    }
    add(site, {"/history.atom", "application/atom+xml; charset=utf-8", CacheClass::kPage,
               atom_feed(view)});
    add(site,
        {"/history.rss", "application/rss+xml; charset=utf-8", CacheClass::kPage, rss_feed(view)});
    add(site, {"/badge.svg", kSvgType, CacheClass::kApi, badge_svg(page_badge(view))});
    for (const view::ComponentView& component : view.components) {
        const Badge badge = component_badge(component);
        const std::string path = "/badge/" + component.id.value;
        add(site, {path + ".svg", kSvgType, CacheClass::kApi, badge_svg(badge)});
        add(site, {path + ".json", kJsonType, CacheClass::kApi, badge_json(badge)});
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
