#include "access/session_table.h"

#include <algorithm>

namespace candor::access {

bool SessionTable::is_live(const Session& session, Duration now) {
    return now < session.used + kSessionIdleMax && now < session.opened + kSessionAgeMax;
}

void SessionTable::drop_dead(Duration now) {
    std::erase_if(sessions_, [&](const auto& one) { return !is_live(one.second, now); });
}

// Room for one more of this user, and in the table.
void SessionTable::make_room(const UserId& user) {
    const auto is_of_user = [&](const auto& one) { return one.second.user == user; };
    const auto used_earlier = [](const auto& a, const auto& b) {
        return a.second.used < b.second.used;
    };
    if (static_cast<std::size_t>(std::ranges::count_if(sessions_, is_of_user)) >=
        kSessionsPerUserMax) {
        auto oldest = sessions_.end();
        for (auto it = sessions_.begin(); it != sessions_.end(); ++it) {
            if (!is_of_user(*it)) continue;
            if (oldest == sessions_.end() || used_earlier(*it, *oldest)) oldest = it;
        }
        sessions_.erase(oldest);
    }
    if (sessions_.size() >= kSessionsMax) {
        sessions_.erase(std::ranges::min_element(sessions_, used_earlier));
    }
}

void SessionTable::open(const Digest& id, UserId user, std::int64_t generation, Duration now) {
    const std::lock_guard lock(mutex_);
    drop_dead(now);
    make_room(user);
    sessions_[id] = {std::move(user), generation, now, now};
}

std::optional<Session> SessionTable::use(const Digest& id, Duration now) {
    const std::lock_guard lock(mutex_);
    const auto found = sessions_.find(id);
    if (found == sessions_.end()) return std::nullopt;
    if (!is_live(found->second, now)) {
        sessions_.erase(found);
        return std::nullopt;
    }
    found->second.used = now;
    return found->second;
}

std::optional<Session> SessionTable::peek(const Digest& id, Duration now) const {
    const std::lock_guard lock(mutex_);
    const auto found = sessions_.find(id);
    if (found == sessions_.end() || !is_live(found->second, now)) return std::nullopt;
    return found->second;
}

void SessionTable::close(const Digest& id) {
    const std::lock_guard lock(mutex_);
    sessions_.erase(id);
}

void SessionTable::close_all_of(const UserId& user) {
    const std::lock_guard lock(mutex_);
    std::erase_if(sessions_, [&](const auto& one) { return one.second.user == user; });
}

std::size_t SessionTable::size() const {
    const std::lock_guard lock(mutex_);
    return sessions_.size();
}

std::string csrf_token(std::string_view session_id) {
    return to_hex(sha256("candor csrf v1\n" + std::string(session_id)));
}

}  // namespace candor::access
