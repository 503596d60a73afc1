// A page::Site made ready for the wire: response heads formatted once, routes looked up once.
//
// Immutable after build(); shared by all threads. Resources that did not change between two
// positions share their prepared form too, so that a flip formats and looks up only what it
// changed.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>

#include "page/site.h"
#include "web/accept.h"
#include "web/routes.h"

namespace candor::web {

struct Variant {
    std::string_view body;
    std::string etag;
    std::string validators;  // ETag, Cache-Control, Vary, CORS: what a 304 repeats
    std::string entity;      // Content-Type, Content-Encoding, Content-Length
};

struct ServedResource {
    page::ResourcePtr resource;       // owns the bytes that the variants point into
    std::size_t route = 0;            // index into routes()
    std::array<Variant, 3> variants;  // by Encoding; empty body where not offered

    const Variant& choose(std::string_view accept_encoding) const;
};

using ServedResourcePtr = std::shared_ptr<const ServedResource>;

struct ServedSite {
    page::SitePtr site;
    page::PathMap<ServedResourcePtr> resources;
    ServedResourcePtr not_found;    // may be null
    ServedResourcePtr unavailable;  // may be null
    std::string event;              // the SSE frame of this position

    const ServedResource* find(std::string_view path) const;
};

using ServedSitePtr = std::shared_ptr<const ServedSite>;

// `previous` may be null.
ServedSitePtr build_served_site(page::SitePtr site, const ServedSite* previous);

}  // namespace candor::web
