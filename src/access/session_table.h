// Who is signed in: sessions of people, kept in memory only.
//
// A restart signs everybody out. The table holds the SHA-256 of an id, never the id: who reads our
// memory cannot become somebody. Time is steady time, handed in; a wall clock that is set changes
// nothing. Safe from any thread. Every session belongs to one generation of its user (model/account
// entries): a raised generation makes it worthless, whether or not it was closed.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "base/sha256.h"
#include "base/time.h"
#include "model/access.h"

namespace candor::access {

inline constexpr Duration kSessionIdleMax = minutes(30);
inline constexpr Duration kSessionAgeMax = hours(12);
inline constexpr std::size_t kSessionsPerUserMax = 10;  // the least recently used gives way
inline constexpr std::size_t kSessionsMax = 5'000;      // likewise

struct Session {
    UserId user;
    std::int64_t generation = 0;
    Duration opened;  // steady
    Duration used;    // steady
};

class SessionTable final {
   public:
    // `id` is a fresh secret (access/secret.h).
    void open(const Digest& id, UserId user, std::int64_t generation, Duration now);

    // The live session of this id, which counts as used now.
    std::optional<Session> use(const Digest& id, Duration now);
    // The same without counting as use: an open event stream keeps nobody signed in.
    std::optional<Session> peek(const Digest& id, Duration now) const;

    void close(const Digest& id);
    void close_all_of(const UserId& user);
    std::size_t size() const;

   private:
    static bool is_live(const Session& session, Duration now);
    void drop_dead(Duration now);
    void make_room(const UserId& user);

    mutable std::mutex mutex_;
    std::map<Digest, Session> sessions_;  // guarded by mutex_
};

// What a page must send with every change it asks for in this session; follows from the id, so that
// nothing is stored, and does not give it away.
std::string csrf_token(std::string_view session_id);

}  // namespace candor::access
