// The one place that knows who somebody is: operator, person with a session, or program with a
// token.
//
// Not what they may reach: that is the route table's column (web/gate.h). Holds what does not
// outlive the process: sessions, tries, the setup key. Safe from any thread; never blocks on more
// than a short lock.
#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "access/directory.h"
#include "access/login_throttle.h"
#include "access/password_workers.h"
#include "access/session_table.h"
#include "ports/clock.h"

namespace candor::access {

inline constexpr Duration kSetupKeyAgeMax = minutes(30);

enum class CallerKind : std::uint8_t { kNobody, kOperator, kPerson, kToken };

struct Caller {
    CallerKind kind = CallerKind::kNobody;
    ScopeSet scopes = {};
    ActorId actor = {};  // "operator", "user:ID", "token:ID"; what entries carry
    UserId user = {};    // of kPerson
    TokenId token = {};  // of kToken
    Digest session{};    // of kPerson: digest of its id
    std::int64_t generation = 0;
};

ActorId actor_of(const UserId& user);
ActorId actor_of(const TokenId& token);

class Gatekeeper final {
   public:
    // `operator_token` opens everything on this machine; empty opens nothing.
    Gatekeeper(Clock& clock, std::string_view operator_token);

    // A new directory; tells the listener, since it may have taken something from somebody.
    void set_directory(DirectoryPtr directory);
    DirectoryPtr directory() const;

    // Nobody for an unknown, expired, revoked or malformed secret, with one and the same answer.
    std::optional<Caller> by_bearer(std::string_view secret) const;
    std::optional<Caller> by_session(std::string_view id);
    // As it is now, without counting as use; for streams that stay open.
    bool is_still_let_in(const Caller& caller) const;

    // Opens a session for this person and returns its fresh id; `before`, the id that the browser
    // had, is closed.
    std::string sign_in(const Person& person, std::string_view before);
    void sign_out(const Caller& caller);

    // A key that makes the first admin, once, within half an hour; "" when somebody exists already.
    std::string new_setup_key();
    // True exactly once for the right key.
    bool take_setup_key(std::string_view key);

    Stamp now() const { return clock_.now(); }
    Clock& clock() const { return clock_; }
    LoginThrottle& throttle() { return throttle_; }
    PasswordWorkers& workers() { return workers_; }

    // Called, from any thread, whenever somebody may have lost what they had; must not call back.
    // After on_change({}) no earlier listener runs any more.
    void on_change(std::function<void()> listener);

   private:
    std::optional<Caller> caller_of(const Digest& id, const Session& session) const;
    void tell();

    Clock& clock_;
    const std::optional<Digest> operator_digest_;
    SessionTable sessions_;
    LoginThrottle throttle_;
    PasswordWorkers workers_;

    mutable std::mutex mutex_;
    DirectoryPtr directory_;              // guarded by mutex_
    std::function<void()> listener_;      // guarded by mutex_
    std::optional<Digest> setup_digest_;  // guarded by mutex_
    Duration setup_made_;                 // guarded by mutex_
};

}  // namespace candor::access
