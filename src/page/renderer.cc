#include "page/renderer.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/check.h"
#include "page/assets.h"
#include "page/badges.h"
#include "page/calendar.h"
#include "page/component_page.h"
#include "page/feeds.h"
#include "page/history_page.h"
#include "page/home_page.h"
#include "page/incident_html.h"
#include "page/maintenance_html.h"
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

SitePtr Renderer::render(const view::PublicView& view, const Interrupted& interrupted) const {
    Draft draft = begin(view, interrupted);
    add_first(draft, view);
    add_rest(draft, view);
    drop_gone(draft);
    return finish(std::move(draft), Cores::kOne);
}

SitePtr Renderer::render_first(const view::PublicView& view) const {
    if (last_ == nullptr || view.publish == Publish::kShadow) return render(view);
    const Interrupted never;
    Draft draft = begin(view, never);
    add_first(draft, view);
    return finish(std::move(draft), Cores::kAll);
}

SitePtr Renderer::render_rest(const view::PublicView& view, const Interrupted& interrupted) const {
    CHECK(last_ != nullptr && last_->position == view.position && last_->as_of == view.as_of);
    Draft draft = begin(view, interrupted);
    keep_first(draft, view);
    add_rest(draft, view);
    drop_gone(draft);
    return finish(std::move(draft), Cores::kOne);
}

Renderer::Draft Renderer::begin(const view::PublicView& view,
                                const Interrupted& interrupted) const {
    Draft draft{last_ ? std::make_shared<Site>(*last_) : std::make_shared<Site>(), interrupted};
    draft.site->position = view.position;
    draft.site->as_of = view.as_of;
    return draft;
}

// Of a whole site: what it took over from the one before and did not add again.
void Renderer::drop_gone(Draft& draft) {
    PathMap<ResourcePtr>& resources = draft.site->resources;
    if (draft.given_up) return;
    if (draft.added.size() != resources.size()) {
        std::ranges::sort(draft.added);
        std::vector<std::string> gone;
        resources.for_each([&](const std::string& path, const ResourcePtr& resource) {
            if (!std::ranges::binary_search(draft.added, resource.get())) gone.push_back(path);
        });
        for (const std::string& path : gone) resources.erase(path);
    }
    if (resources.changes().size() > kPathChangesMax) resources.settle();
}

SitePtr Renderer::finish(Draft draft, Cores cores) {
    const bool whole =
        !draft.given_up && encode_all(std::move(draft.unencoded), cores, draft.interrupted);
    return whole ? draft.site : nullptr;
}

ResourcePtr Renderer::resource_for(Draft& draft, Page page, const ResourcePtr& before) {
    const bool same = before && before->identity == page.bytes && before->status == page.status &&
                      before->content_type == page.content_type && before->cache == page.cache;
    if (same) return before;
    auto resource = std::make_shared<Resource>();
    resource->content_type = std::move(page.content_type);
    resource->cache = page.cache;
    resource->identity = std::move(page.bytes);
    resource->status = page.status;
    draft.unencoded.push_back(resource);
    return resource;
}

void Renderer::add(Draft& draft, Page page) const {
    if (draft.interrupted && draft.interrupted()) draft.given_up = true;
    if (draft.given_up) return;
    const ResourcePtr before = last_ ? last_->resources.find(page.path) : nullptr;
    const std::string path = std::move(page.path);
    ResourcePtr resource = resource_for(draft, std::move(page), before);
    draft.added.push_back(resource.get());
    if (resource != before) draft.site->resources.set(path, std::move(resource));
}

void Renderer::add_fixed(Draft& draft) const {
    add(draft, {asset_path(Asset::kStyle), "text/css; charset=utf-8", CacheClass::kImmutable,
                std::string(asset_bytes(Asset::kStyle))});
    add(draft, {asset_path(Asset::kScript), "text/javascript; charset=utf-8",
                CacheClass::kImmutable, std::string(asset_bytes(Asset::kScript))});
    constexpr std::array<std::string_view, 6> kTones = {"op", "mt", "un", "dg", "pa", "ma"};
    for (const std::string_view tone : kTones) {
        add(draft, {"/assets/icon-" + std::string(tone) + ".svg", kSvgType, CacheClass::kPage,
                    icon_svg(tone)});
    }
    add(draft, {"/robots.txt", kTextType, CacheClass::kPage,
                "User-agent: *\nDisallow: /at/\nDisallow: /api/\n"});
}

void Renderer::add_incidents(Draft& draft, const view::PublicView& view,
                             const std::vector<view::IncidentView>& incidents) const {
    const view::PageFrame frame = view::frame_of(view);
    for (const view::IncidentView& incident : incidents) {
        add(draft, {"/incidents/" + incident.id.value, kHtmlType, CacheClass::kPage,
                    incident_page(frame, incident).take()});
    }
}

void Renderer::add_first(Draft& draft, const view::PublicView& view) const {
    if (view.publish == Publish::kShadow) {
        add(draft, {"/", kHtmlType, CacheClass::kPage, shadow_page(view::frame_of(view)).take()});
        return;
    }
    add(draft, {"/", kHtmlType, CacheClass::kPage, home_page(view).take()});
    add_incidents(draft, view, view.open);
}

void Renderer::keep_first(Draft& draft, const view::PublicView& view) const {
    const auto keep = [&](const std::string& path) {
        draft.added.push_back(last_->resources.find(path).get());
    };
    keep("/");
    if (view.publish == Publish::kShadow) return;
    for (const view::IncidentView& incident : view.open) keep("/incidents/" + incident.id.value);
}

void Renderer::add_maintenances(Draft& draft, const view::PublicView& view) const {
    const view::PageFrame frame = view::frame_of(view);
    for (const auto* list : {&view.maintenances, &view.upcoming, &view.past_maintenances}) {
        for (const view::MaintenanceView& maintenance : *list) {
            add(draft, {"/maintenance/" + maintenance.id.value, kHtmlType, CacheClass::kPage,
                        maintenance_page(frame, maintenance).take()});
        }
    }
    add(draft,
        {"/maintenance.ics", "text/calendar; charset=utf-8", CacheClass::kApi, calendar(view)});
}

void Renderer::add_rest(Draft& draft, const view::PublicView& view) const {
    const view::PageFrame frame = view::frame_of(view);
    const ResourcePtr none;
    add_fixed(draft);
    draft.site->not_found =
        resource_for(draft, {"", kHtmlType, CacheClass::kPage, not_found_page(frame).take(), 404},
                     last_ ? last_->not_found : none);
    draft.site->unavailable = resource_for(
        draft, {"", kHtmlType, CacheClass::kNoStore, unavailable_page(frame).take(), 503},
        last_ ? last_->unavailable : none);
    if (view.publish == Publish::kShadow) return;
    add_incidents(draft, view, view.recent);
    add_maintenances(draft, view);
    each_statuspage_document(view, [&](ApiDocument document) {
        add(draft,
            {std::move(document.path), kJsonType, CacheClass::kApi, std::move(document.json)});
        return !draft.given_up;
    });
    if (draft.given_up) return;
    add(draft, {"/history.atom", "application/atom+xml; charset=utf-8", CacheClass::kPage,
                atom_feed(view)});
    add(draft,
        {"/history.rss", "application/rss+xml; charset=utf-8", CacheClass::kPage, rss_feed(view)});
    add_badges(draft, view);
}

void Renderer::add_badges(Draft& draft, const view::PublicView& view) const {
    add(draft, {"/badge.svg", kSvgType, CacheClass::kApi, badge_svg(page_badge(view))});
    for (const view::ComponentView& component : view.components) {
        const Badge badge = component_badge(component);
        const std::string path = "/badge/" + component.id.value;
        add(draft, {path + ".svg", kSvgType, CacheClass::kApi, badge_svg(badge)});
        add(draft, {path + ".json", kJsonType, CacheClass::kApi, badge_json(badge)});
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
