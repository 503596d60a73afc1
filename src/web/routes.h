// The one route table: every URL that Candor answers, with who may ask, how much, and how long the
// answer may be kept. docs/http.md prints it; routes_test.cc walks it.
//
// Not a dispatcher: dispatch.cc acts on Handler. A URL that is not in the table is a 404.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "page/site.h"
#include "ports/outcome_intake.h"
#include "web/http_request.h"

namespace candor::web {

// A set of listeners, or of methods; bits so that one address can serve several.
using ListenerSet = std::uint8_t;
inline constexpr ListenerSet kPublicListener = 1;
inline constexpr ListenerSet kIntakeListener = 2;
inline constexpr ListenerSet kConsoleListener = 4;

using MethodSet = std::uint8_t;
inline constexpr MethodSet kGetAllowed = 1;  // GET and HEAD
inline constexpr MethodSet kPostAllowed = 2;
inline constexpr MethodSet kPatchAllowed = 4;
inline constexpr MethodSet kDeleteAllowed = 8;

enum class Access : std::uint8_t {
    kAnyone,
    kOurPages,  // anyone; a change not from another site's page, as far as the browser tells
    kLoopback,  // the peer is this machine and the request came through no proxy
    // The scope that a person's role or a token must hold (web/gate.h).
    kRead,
    kIntake,
    kRespond,
    kAdmin,
};

enum class Handler : std::uint8_t {
    kSite,          // pre-rendered bytes only
    kSiteOrReader,  // pre-rendered unless there is a query; else the reader
    kReader,        // always the reader (ports/page_source.h)
    kEvents,
    kPing,
    kOutcomes,
    kAlive,
    kReady,
    kMetrics,
    kDeclare,
    kPostUpdate,
    kRetract,
    kAcceptMonitoring,
    kAcknowledge,
    kMarkDrill,
    kMoveStart,
    kMerge,
    kSplit,
    kScheduleMaintenance,
    kUpdateMaintenance,
    kFinishMaintenance,
    kCancelMaintenance,
    kConsole,  // the embedded console
    kPreview,  // a text as the public would see it
    kDesk,     // subscriptions and answers to calls (ports/page_source.h)
    kOpenApi,
    // web/session_calls.h
    kSignIn,
    kSession,
    kSignOut,
    kChangePassword,
    kTotpBegin,
    kTotpConfirm,
    kTotpRemove,
    kSetUp,
    // web/roster_calls.h
    kUsers,
    kUser,
    kCreateUser,
    kChangeUser,
    kRemoveUser,
    kSetPassword,
    kTokens,
    kToken,
    kCreateToken,
    kRevokeToken,
};

struct Route {
    std::string_view name;  // label of metrics; stable
    ListenerSet listeners;
    MethodSet methods;
    // Segments; "*" stands for exactly one, a final "**" for one or more of them.
    std::string_view pattern;
    Access access;
    std::size_t body_limit;
    page::CacheClass cache;
    Handler handler;
};

inline constexpr std::size_t kApiBodyBytesMax = 256 * 1024;
// A password of 256 characters, each written as an escape, with room for the rest.
inline constexpr std::size_t kAccountBodyBytesMax = 16 * 1024;
// A form with a mail address and every component ticked.
inline constexpr std::size_t kFormBodyBytesMax = 16 * 1024;
// Clients send whole logs; only the first kPingBodyBytesMax bytes of them are kept.
inline constexpr std::size_t kPingBodyAcceptedBytesMax = 1024 * 1024;
// Of any route (ports/outcome_intake.h).
inline constexpr std::size_t kBodyBytesMax = kOutcomeBodyBytesMax;

std::span<const Route> routes();

// The first route of a path on these listeners, or nullptr.
const Route* find_route(ListenerSet listeners, std::string_view path);
// Of the rows that share that route's pattern the one that takes `method`; that first one when none
// does.
const Route* find_route(ListenerSet listeners, std::string_view path, Method method);

// Index into routes().
std::size_t route_index(const Route& route);

bool allows(const Route& route, Method method);
// What the address takes, over all rows of its pattern: "GET, HEAD, OPTIONS".
std::string allow_header(const Route& route);

// The value of Cache-Control.
std::string_view cache_control(page::CacheClass cache);

// "path: why" for every resource that no route would serve as its cache class says.
std::vector<std::string> undeclared_resources(const page::Site& site);

}  // namespace candor::web
