#include "web/served_site.h"

#include <utility>

#include "base/check.h"

namespace candor::web {
namespace {

// `"abc"` becomes `"abc-gz"`: each representation has its own strong tag (RFC 9110 §8.8.3).
std::string tag_with(std::string_view etag, std::string_view suffix) {
    if (etag.size() < 2 || etag.back() != '"') return std::string(etag);
    return std::string(etag.substr(0, etag.size() - 1)) + std::string(suffix) + "\"";
}

Variant make_variant(const page::Resource& resource, std::string_view body,
                     std::string_view encoding, std::string_view suffix) {
    Variant v;
    v.body = body;
    v.etag = tag_with(resource.etag, suffix);
    if (!v.etag.empty()) v.validators += "ETag: " + v.etag + "\r\n";
    v.validators += "Cache-Control: ";
    v.validators += cache_control(resource.cache);
    v.validators += "\r\nVary: Accept-Encoding\r\n";
    if (resource.cache == page::CacheClass::kApi) {
        v.validators += "Access-Control-Allow-Origin: *\r\n";
    }
    v.entity = "Content-Type: " + resource.content_type + "\r\n";
    if (!encoding.empty()) v.entity += "Content-Encoding: " + std::string(encoding) + "\r\n";
    v.entity += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    return v;
}

ServedResourcePtr prepare(const page::ResourcePtr& resource, std::size_t route) {
    auto served = std::make_shared<ServedResource>();
    served->resource = resource;
    served->route = route;
    served->variants[0] = make_variant(*resource, resource->identity, "", "");
    if (!resource->gzip.empty()) {
        served->variants[1] = make_variant(*resource, resource->gzip, "gzip", "-gz");
    }
    if (!resource->brotli.empty()) {
        served->variants[2] = make_variant(*resource, resource->brotli, "br", "-br");
    }
    return served;
}

// What the site has at this path, in the form it had before where it is the same. Null where there
// is nothing, or no route: undeclared_resources() names such.
ServedResourcePtr prepare_at(std::string_view path, const page::ResourcePtr& resource,
                             const ServedSite* previous) {
    if (resource == nullptr) return nullptr;
    if (previous != nullptr) {
        const ServedResourcePtr& before = previous->resources.find(path);
        if (before != nullptr && before->resource == resource) return before;
    }
    const Route* route = find_route(kPublicListener, path);
    return route == nullptr ? nullptr : prepare(resource, route_index(*route));
}

using ServedMap = page::PathMap<ServedResourcePtr>::Map;

std::shared_ptr<const ServedMap> prepare_base(const page::PathMap<page::ResourcePtr>::Map& base,
                                              const ServedSite* previous) {
    auto served = std::make_shared<ServedMap>();
    served->reserve(base.size());
    for (const auto& [path, resource] : base) {
        if (auto one = prepare_at(path, resource, previous)) served->emplace(path, std::move(one));
    }
    return served;
}

ServedResourcePtr prepare_fallback(const page::ResourcePtr& resource,
                                   const ServedResourcePtr* previous) {
    if (resource == nullptr) return nullptr;
    if (previous != nullptr && *previous != nullptr && (*previous)->resource == resource) {
        return *previous;
    }
    const Route* route = find_route(kPublicListener, "/other");
    CHECK(route != nullptr);
    return prepare(resource, route_index(*route));
}

std::string event_frame(const page::Site& site) {
    const std::string position = std::to_string(site.position);
    return "event: position\nid: " + position + "\ndata: {\"position\":" + position +
           ",\"as_of\":\"" + format_rfc3339(site.as_of) + "\"}\n\n";
}

}  // namespace

const Variant& ServedResource::choose(std::string_view accept_encoding) const {
    if (accept_encoding.empty()) return variants[0];
    const AcceptedEncodings accepted = accepted_encodings(accept_encoding);
    if (accepted.brotli && !variants[2].body.empty()) return variants[2];
    if (accepted.gzip && !variants[1].body.empty()) return variants[1];
    return variants[0];
}

const ServedResource* ServedSite::find(std::string_view path) const {
    return resources.find(path).get();
}

ServedSitePtr build_served_site(page::SitePtr site, const ServedSite* previous) {
    CHECK(site != nullptr);
    auto served = std::make_shared<ServedSite>();
    const bool same_base =
        previous != nullptr && previous->site->resources.base() == site->resources.base();
    served->resources = page::PathMap<ServedResourcePtr>(
        same_base ? previous->resources.base() : prepare_base(*site->resources.base(), previous));
    for (const auto& [path, resource] : site->resources.changes()) {
        served->resources.set(path, prepare_at(path, resource, previous));
    }
    served->not_found =
        prepare_fallback(site->not_found, previous != nullptr ? &previous->not_found : nullptr);
    served->unavailable =
        prepare_fallback(site->unavailable, previous != nullptr ? &previous->unavailable : nullptr);
    served->event = event_frame(*site);
    served->site = std::move(site);
    return served;
}

}  // namespace candor::web
