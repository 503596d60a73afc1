// Between a request and the page source: what is asked of it, and its answer as one of HTTP.
//
// Pure; knows no page.
#pragma once

#include "ports/page_source.h"
#include "web/dispatch.h"
#include "web/http_request.h"
#include "web/response.h"
#include "web/routes.h"

namespace candor::web {

// Takes the body out of `request` where the route reads it.
PageQuery query_of(const Route& route, const RequestHead& head, Request& request);

// With its ETag, or as 304, where the page has a revision.
Answer page_answer(const PageAnswer& page, page::CacheClass cache, std::string_view if_none_match);

// Errors of the API are problem+json (RFC 9457), whoever wrote their sentence.
Answer as_problem(Answer answer);

}  // namespace candor::web
