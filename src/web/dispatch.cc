#include "web/dispatch.h"

#include "base/check.h"
#include "base/sha256.h"
#include "web/accept.h"
#include "web/api.h"
#include "web/console_assets.h"
#include "web/console_host.h"
#include "web/gzip.h"
#include "web/http_text.h"
#include "web/no_document.h"
#include "web/openapi.h"
#include "web/outcome_call.h"
#include "web/precondition.h"
#include "web/reader_call.h"
#include "web/roster_calls.h"
#include "web/session_calls.h"

namespace candor::web {
namespace {

bool reads(Method method) {
    return method == Method::kGet || method == Method::kHead;
}

Answer text_answer(int status, std::string body, std::string extra = {}) {
    Answer answer;
    answer.status = status;
    answer.body = std::move(body);
    answer.extra = std::move(extra);
    return answer;
}

Answer not_allowed(const Route& route) {
    return text_answer(405, "This address does not take that method.\n",
                       "Allow: " + std::string(allow_header(route)) + "\r\n");
}

Answer ping_answer(int status, std::string_view body) {
    return text_answer(status, std::string(body),
                       "Ping-Body-Limit: " + std::to_string(kPingBodyBytesMax) +
                           "\r\nAccess-Control-Allow-Origin: *\r\n");
}

bool is_json(std::string_view content_type) {
    const std::string_view type = next_item(content_type, ';');
    return equals_ignoring_case(type, "application/json");
}

// Of what a command asks; tells a repeated request from another one under the same key.
std::string digest_of(const RequestHead& head, std::string_view body) {
    constexpr std::size_t kDigits = 32;
    return to_hex(sha256(std::string(head.path) + '\n' + std::string(body))).substr(0, kDigits);
}

// Whose errors are problem+json.
bool is_api(std::string_view path) {
    return path.starts_with("/api/v1/") || path.starts_with("/v1/");
}

constexpr std::string_view kEventHeaders =
    "Content-Type: text/event-stream\r\nCache-Control: no-cache\r\nX-Accel-Buffering: no\r\n\r\n";

}  // namespace

void Dispatcher::append_page(const ServedResource& resource, const RequestHead& head,
                             const Envelope& envelope, Output& out) {
    const Variant& variant = resource.choose(head.accept_encoding);
    const int status = resource.resource->status;
    std::string& text = out.text();
    if (status == 200 && !head.if_none_match.empty() && !variant.etag.empty() &&
        matches_etag(head.if_none_match, variant.etag)) {
        append_head_start(text, 304, envelope);
        text += variant.validators;
        text += "\r\n";
        counters_.count_request(resource.route, 304);
        return;
    }
    append_head_start(text, status, envelope);
    text += variant.validators;
    text += variant.entity;
    text += "\r\n";
    if (!envelope.head_only) out.append_body(variant.body);
    counters_.count_request(resource.route, status);
}

bool Dispatcher::try_page(const RequestHead& head, const Peer& peer, const Envelope& envelope,
                          Output& out) {
    if (site_ == nullptr || !reads(head.method) || head.has_body()) return false;
    const ServedResource* resource = site_->find(head.path);
    if (resource == nullptr) return false;
    const Route& route = routes()[resource->route];
    if ((route.listeners & peer.listeners) == 0 || route.access != Access::kAnyone) return false;
    if (route.handler != Handler::kSite &&
        (route.handler != Handler::kSiteOrReader || !head.query.empty())) {
        return false;
    }
    append_page(*resource, head, envelope, out);
    return true;
}

Answer Dispatcher::options(const Route* route) const {
    const std::string allow(route == nullptr ? "GET, HEAD, POST, OPTIONS" : allow_header(*route));
    std::string extra = "Allow: " + allow + "\r\n";
    if (route != nullptr && (route->cache == page::CacheClass::kApi || route->name == "ping")) {
        extra += "Access-Control-Allow-Origin: *\r\nAccess-Control-Allow-Methods: " + allow +
                 "\r\nAccess-Control-Max-Age: 86400\r\n";
    }
    return text_answer(204, "", std::move(extra));
}

// What is wrong with the request besides who asks.
std::optional<Answer> Dispatcher::refuse_head(const Route& route, const RequestHead& head,
                                              const Peer& peer) const {
    if (!allows(route, head.method)) return not_allowed(route);
    if (route.access == Access::kLoopback && (!peer.loopback || head.was_forwarded)) {
        return text_answer(403, "This address answers this machine only.\n");
    }
    if (!head.if_match.empty() && is_api(head.path) && !reads(head.method) &&
        !has_revision(route)) {
        return refuse_if_match();
    }
    const std::optional<BodyEncoding> encoding = encoding_of(head.content_encoding);
    if (!encoding || (*encoding == BodyEncoding::kGzip && route.handler != Handler::kOutcomes)) {
        return text_answer(415, "Bodies that are compressed like this are not accepted here.\n");
    }
    if (head.content_length > route.body_limit) {
        counters_.rejected[static_cast<std::size_t>(Reject::kBodyTooLarge)].add();
        return text_answer(
            413, "The body is larger than " + std::to_string(route.body_limit) + " bytes.\n");
    }
    return std::nullopt;
}

Admission Dispatcher::admit(const RequestHead& head, const Peer& peer, std::int64_t now_ms) const {
    const Route* route = find_route(peer.listeners, head.path, head.method);
    Admission out{.route = nullptr,
                  .refusal = {},
                  .caller = {},
                  .label = route == nullptr ? kNoRoute : route_index(*route)};
    const auto refuse = [&](Answer why) {
        out.refusal = is_api(head.path) ? as_problem(std::move(why)) : std::move(why);
        return out;
    };
    if (head.asterisk) return refuse(options(nullptr));
    if (head.connect) {
        return refuse(text_answer(405, "This server is no proxy.\n", "Allow: GET, HEAD\r\n"));
    }
    if (route == nullptr) return refuse(text_answer(404, "There is nothing at this address.\n"));
    if (route->listeners == kConsoleListener &&
        !is_console_host(head.host, shared_.options.console_names)) {
        return refuse(text_answer(421,
                                  "The console is not known by that name: ask by its "
                                  "address, or by the host of page.url.\n"));
    }
    const bool preflight = head.method == Method::kOptions;
    if (!preflight && allows(*route, head.method)) {
        Judgement judged = judge(shared_.options.gatekeeper, *route, head, peer);
        if (judged.refusal) return refuse(std::move(*judged.refusal));
        out.caller = std::move(judged.caller);
        // What programs send is bounded by the queue that takes it.
        const bool counted =
            out.caller.kind != access::CallerKind::kNobody && route->access != Access::kIntake;
        if (counted && !shared_.api_rate.take(now_ms)) {
            return refuse(
                text_answer(429, "more calls per second than this server takes; call again later\n",
                            "Retry-After: 1\r\n"));
        }
    }
    if (auto wrong = refuse_head(*route, head, peer)) return refuse(std::move(*wrong));
    if (preflight) return refuse(options(route));
    out.route = route;
    return out;
}

void Dispatcher::answer(std::size_t label, const Answer& answer, const Envelope& envelope,
                        Output& out) {
    append_answer(out.text(), answer, envelope);
    counters_.count_request(label, answer.status);
}

Outcome Dispatcher::serve_page(const Route& route, const RequestHead& head, Request& request,
                               const Envelope& envelope, const Ticket& ticket, Output& out) {
    if (route.handler != Handler::kSite) {
        shared_.pages.render(
            query_of(route, head, request),
            [mailbox = mailbox_, ticket, cache = route.cache, api = is_api(head.path),
             known = std::string(head.if_none_match)](PageAnswer page) {
                Answer answer = page_answer(page, cache, known);
                if (api) answer = as_problem(std::move(answer));
                mailbox->post(Completed{ticket, std::move(answer)});
            });
        return Outcome::kPending;
    }
    // Here with a body, which try_page() leaves alone: it changes nothing about what is asked.
    if (const ServedResource* page = site_ != nullptr ? site_->find(head.path) : nullptr) {
        append_page(*page, head, envelope, out);
        return Outcome::kAnswered;
    }
    const std::optional<Answer> no_document =
        site_ == nullptr ? std::nullopt : no_such_document(head.path);
    const ServedResource* fallback = nullptr;
    if (site_ != nullptr) fallback = site_->not_found.get();
    if (no_document) {
        answer(route_index(route), *no_document, envelope, out);
    } else if (fallback != nullptr) {
        append_page(*fallback, head, envelope, out);
    } else if (site_ != nullptr) {
        answer(route_index(route), text_answer(404, "There is no such page.\n"), envelope, out);
    } else {
        answer(route_index(route),
               text_answer(503, "The status page is starting. Please try again in a moment.\n",
                           "Retry-After: 1\r\n"),
               envelope, out);
    }
    return Outcome::kAnswered;
}

Outcome Dispatcher::serve_ping(const RequestHead& head, std::string body, const Peer& peer,
                               const Ticket& ticket, Answer& now) {
    const bool bare_slug_allowed = peer.loopback && !head.was_forwarded;
    intake::PingRequest request;
    if (pings_ != nullptr) {
        request = intake::parse_ping(*pings_, head.path, head.query, bare_slug_allowed);
    }
    now = ping_answer(intake::ping_status(request.outcome), intake::ping_body(request.outcome));
    if (request.outcome != intake::PingOutcome::kAccepted) return Outcome::kAnswered;
    request.ping.body = std::move(body);
    shared_.commands.ping(std::move(request.ping),
                          [mailbox = mailbox_, ticket, good = std::move(now)](Result<void> result) {
                              if (result) {
                                  mailbox->post(Completed{ticket, good});
                                  return;
                              }
                              const int status = status_of(result.error().code);
                              Answer answer = ping_answer(status, result.error().message + "\n");
                              if (status == 503) answer.extra += "Retry-After: 1\r\n";
                              mailbox->post(Completed{ticket, std::move(answer)});
                          });
    return Outcome::kPending;
}

Outcome Dispatcher::serve_command(const Route& route, const RequestHead& head, const Request& from,
                                  const Ticket& ticket, Answer& now) {
    const std::string& body = from.body;
    if (!body.empty() && !is_json(head.content_type)) {
        now = problem(415, reason_phrase(415), "send the body as Content-Type: application/json");
        return Outcome::kAnswered;
    }
    Result<Command> command =
        parse_command(route.handler, path_variable(route.pattern, head.path), body);
    Result<std::string> key = parse_idempotency_key(head.idempotency_key);
    if (!command || !key) {
        now = answer_error(!command ? command.error() : key.error());
        return Outcome::kAnswered;
    }
    CommandRequest request{.what = std::move(*command),
                           .actor = from.caller.actor,
                           .idempotency_key = std::move(*key),
                           .digest = digest_of(head, body),
                           .revisions = parse_if_match(head.if_match)};
    shared_.commands.submit(
        std::move(request),
        [mailbox = mailbox_, ticket, status = success_status(route)](Result<CommandAnswer> result) {
            mailbox->post(Completed{ticket, answer_command(status, result)});
        });
    return Outcome::kPending;
}

// Passwords and tokens: no Idempotency-Key, because what was asked under one is remembered as a
// hash, from which a password could be guessed.
Outcome Dispatcher::serve_account(const Route& route, const RequestHead& head, Request& from,
                                  const Ticket& ticket, Answer& now) {
    const bool merges = head.method == Method::kPatch &&
                        equals_ignoring_case(head.content_type, "application/merge-patch+json");
    if (!from.body.empty() && !merges && !is_json(head.content_type)) {
        now = problem(415, reason_phrase(415), "send the body as Content-Type: application/json");
    } else if (!head.idempotency_key.empty()) {
        now = problem(422, reason_phrase(422), "Idempotency-Key is not taken here");
    } else if (shared_.options.gatekeeper == nullptr) {
        now = problem(503, reason_phrase(503), "nobody can sign in to this server");
    } else {
        const bool local = is_local(head, from.peer);
        AccountCall call{.handler = route.handler,
                         .id = std::string(path_variable(route.pattern, head.path)),
                         .query = std::string(head.query),
                         .body = std::move(from.body),
                         .caller = std::move(from.caller),
                         .local = local,
                         .session = std::string(session_id(head.cookie, local)),
                         .network = network_name(head, from.peer),
                         .if_match = std::string(head.if_match),
                         .if_none_match = std::string(head.if_none_match)};
        const AccountPorts ports{shared_.options.gatekeeper, &shared_.commands};
        const auto later = [mailbox = mailbox_, ticket](Answer answer) {
            mailbox->post(Completed{ticket, std::move(answer)});
        };
        if (route.handler >= Handler::kUsers) {
            answer_roster_call(ports, std::move(call), later);
        } else {
            answer_session_call(ports, std::move(call), later);
        }
        return Outcome::kPending;
    }
    return Outcome::kAnswered;
}

Answer Dispatcher::metrics(const RequestHead& head) const {
    std::vector<MetricFamily> families = collect(shared_.counters);
    if (shared_.metrics) {
        for (MetricFamily& family : shared_.metrics()) families.push_back(std::move(family));
    }
    const bool open = prefers_openmetrics(head.accept);
    Answer answer;
    answer.content_type = open ? kOpenMetricsType : kTextMetricsType;
    answer.body = open ? render_open_metrics(families) : render_text_metrics(families);
    answer.extra = "Vary: Accept, Accept-Encoding\r\n";
    if (accepted_encodings(head.accept_encoding).gzip) {
        std::string packed = gzip_bytes(answer.body);
        if (!packed.empty()) {
            answer.body = std::move(packed);
            answer.extra += "Content-Encoding: gzip\r\n";
        }
    }
    return answer;
}

// What is answered from memory at once.
Outcome Dispatcher::serve_small(const Route& route, const RequestHead& head, Answer& now) const {
    switch (route.handler) {
        case Handler::kAlive: now = text_answer(200, "alive\n"); break;
        case Handler::kReady: {
            const std::string reason = shared_.readiness.reason();
            const std::string note = shared_.readiness.note();
            now = reason.empty() ? text_answer(200, "ready\n" + (note.empty() ? "" : note + "\n"))
                                 : text_answer(503, reason + "\n", "Retry-After: 1\r\n");
            break;
        }
        case Handler::kMetrics: now = metrics(head); break;
        default:
            CHECK(route.handler == Handler::kOpenApi);
            now.content_type = "application/json; charset=utf-8";
            now.body = openapi_document();
            break;
    }
    return Outcome::kAnswered;
}

Outcome Dispatcher::serve(const Route& route, const RequestHead& head, Request request,
                          const Envelope& envelope, const Ticket& ticket, Output& out) {
    Answer now;
    Outcome outcome = Outcome::kAnswered;
    switch (route.handler) {
        case Handler::kSite:
        case Handler::kSiteOrReader:
        case Handler::kReader:
        case Handler::kDesk: return serve_page(route, head, request, envelope, ticket, out);
        case Handler::kEvents:
            append_head_start(out.text(), 200, envelope);
            out.text() += kEventHeaders;
            counters_.count_request(route_index(route), 200);
            return envelope.head_only ? Outcome::kAnswered : Outcome::kEvents;
        case Handler::kPing:
            outcome = serve_ping(head, std::move(request.body), request.peer, ticket, now);
            break;
        case Handler::kOutcomes:
            count_outcomes(shared_.options.outcomes, encoding_of(head.content_encoding).value(),
                           std::move(request.body), [mailbox = mailbox_, ticket](Answer answer) {
                               mailbox->post(Completed{ticket, std::move(answer)});
                           });
            return Outcome::kPending;
        case Handler::kDeclare:
        case Handler::kPostUpdate:
        case Handler::kRetract:
        case Handler::kAcceptMonitoring:
        case Handler::kAcknowledge:
        case Handler::kMarkDrill:
        case Handler::kMoveStart:
        case Handler::kMerge:
        case Handler::kSplit:
        case Handler::kScheduleMaintenance:
        case Handler::kUpdateMaintenance:
        case Handler::kFinishMaintenance:
        case Handler::kCancelMaintenance:
            outcome = serve_command(route, head, request, ticket, now);
            break;
        case Handler::kConsole: now = answer_console(head.path, head.accept_encoding); break;
        case Handler::kPreview: now = answer_preview(request.body); break;
        case Handler::kAlive:
        case Handler::kReady:
        case Handler::kMetrics:
        case Handler::kOpenApi: outcome = serve_small(route, head, now); break;
        default: outcome = serve_account(route, head, request, ticket, now); break;
    }
    if (outcome == Outcome::kAnswered) answer(route_index(route), now, envelope, out);
    return outcome;
}

}  // namespace candor::web
