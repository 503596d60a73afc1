// ETag, If-None-Match and If-Match of what the API reads and changes one by one (RFC 9110 §13).
//
// A tag is "REVISION.DIGEST": the digest is of the very bytes, so the tag is strong; the revision
// (ports/revisions.h) is what If-Match is held against, so that a newer observation, which is shown
// beside an incident but decides nothing, does not keep anybody from answering for it. Pure.
#pragma once

#include <string>
#include <string_view>

#include "ports/revisions.h"
#include "web/response.h"
#include "web/routes.h"

namespace candor::web {

// Tags of one If-Match that are looked at; what comes after them does not match.
inline constexpr std::size_t kIfMatchTagsMax = 16;

// Whether the thing at this address has an ETag, and changing it there takes If-Match.
bool has_revision(const Route& route);

// Absent without the header, and for "*". Weak and malformed tags match nothing.
Revisions parse_if_match(std::string_view header);

// A 200 with its ETag, or the 304 that it comes to.
Answer with_etag(Answer answer, std::string_view revision, std::string_view if_none_match);

// Of an If-Match where nothing has an ETag: a change must not be made that was not meant.
Answer refuse_if_match();

}  // namespace candor::web
