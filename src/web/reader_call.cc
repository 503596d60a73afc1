#include "web/reader_call.h"

#include <utility>

#include "web/gate.h"
#include "web/precondition.h"

namespace candor::web {

PageQuery query_of(const Route& route, const RequestHead& head, Request& request) {
    PageQuery query;
    query.path = head.path;
    query.query = head.query;
    if (route.handler != Handler::kDesk) return query;
    query.changes = head.method == Method::kPost || head.method == Method::kDelete;
    query.removes = head.method == Method::kDelete;
    query.body = std::move(request.body);
    if (query.changes) query.revisions = parse_if_match(head.if_match);
    query.network = network_name(head, request.peer);
    query.actor = request.caller.actor;
    query.sees_addresses = request.caller.scopes.holds(AccessScope::kAdmin);
    return query;
}

Answer page_answer(const PageAnswer& page, page::CacheClass cache, std::string_view if_none_match) {
    Answer answer;
    answer.status = page.status;
    answer.content_type = page.content_type;
    answer.body = page.body;
    answer.cache = page.status == 200 ? cache : page::CacheClass::kNoStore;
    if (page.retry_after_s > 0) {
        answer.extra += "Retry-After: " + std::to_string(page.retry_after_s) + "\r\n";
    }
    if (page.revision.empty()) return answer;
    return with_etag(std::move(answer), page.revision, if_none_match);
}

Answer as_problem(Answer answer) {
    if (answer.status < 400 || answer.content_type != Answer().content_type) return answer;
    std::string_view sentence = answer.body;
    while (sentence.ends_with('\n')) sentence.remove_suffix(1);
    Answer out = problem(answer.status, reason_phrase(answer.status), sentence);
    out.extra = std::move(answer.extra);
    return out;
}

}  // namespace candor::web
