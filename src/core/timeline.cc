#include "core/timeline.h"

#include <algorithm>

#include "base/check.h"

namespace candor::core {

void Timeline::set(Timestamp from, ComponentStatus status) {
    while (!empty() && from <= last().from) {
        const Span newest = last();
        pop();
        const bool reaches_back = is_trouble(status) && status >= newest.status;
        const bool behind_worse = !empty() && last().status > status;
        if (reaches_back && !behind_worse) continue;
        from = newest.from;
        break;
    }
    if (!empty() && last().status == status) return;
    push(Span{from, status});
}

void Timeline::pop() {
    tail_.pop_back();
    if (!tail_.empty() || full_.empty()) return;
    tail_ = *full_.back();
    full_.pop_back();
}

void Timeline::push(Span span) {
    tail_.push_back(span);
    if (tail_.size() > kChunk) {
        full_.push_back(std::make_shared<const Chunk>(tail_.begin(), tail_.begin() + kChunk));
        tail_.erase(tail_.begin(), tail_.begin() + kChunk);
    }
    if (size() > kTimelineSpansMax) full_.erase(full_.begin());
}

void Timeline::exclude(Timestamp from, Timestamp to) {
    if (to <= from) return;
    std::vector<Exclusion> merged;
    for (const Exclusion& e : exclusions_) {
        if (e.to < from || e.from > to) {
            merged.push_back(e);
        } else {
            from = std::min(from, e.from);
            to = std::max(to, e.to);
        }
    }
    const auto place =
        std::ranges::find_if(merged, [&](const Exclusion& e) { return e.from > from; });
    merged.insert(place, Exclusion{from, to});
    exclusions_ = std::move(merged);
}

void Timeline::trim(Timestamp horizon) {
    while (!full_.empty()) {
        const Timestamp next = full_.size() > 1 ? full_[1]->front().from : tail_.front().from;
        if (next > horizon) break;
        full_.erase(full_.begin());
    }
    std::erase_if(exclusions_, [&](const Exclusion& e) { return e.to <= horizon; });
}

std::size_t Timeline::size() const {
    return full_.size() * kChunk + tail_.size();
}

Span Timeline::last() const {
    CHECK(!tail_.empty());
    return tail_.back();
}

std::vector<Span> Timeline::between(Timestamp from, Timestamp to) const {
    std::vector<Span> out;
    const auto take = [&](const Chunk& chunk) {
        for (const Span& span : chunk) {
            if (span.from >= to) return;
            // A span ends where its successor starts: one at or before `from` replaces the older.
            if (span.from <= from) out.clear();
            out.push_back(span);
        }
    };
    for (std::size_t i = 0; i < full_.size(); ++i) {
        const Timestamp next =
            i + 1 < full_.size() ? full_[i + 1]->front().from : tail_.front().from;
        if (next <= from) continue;
        take(*full_[i]);
    }
    take(tail_);
    return out;
}

std::vector<Span> Timeline::flatten() const {
    std::vector<Span> out;
    out.reserve(size());
    for (const auto& chunk : full_) out.insert(out.end(), chunk->begin(), chunk->end());
    out.insert(out.end(), tail_.begin(), tail_.end());
    return out;
}

void Timeline::assign(std::vector<Span> spans) {
    full_.clear();
    tail_.clear();
    for (const Span& span : spans) push(span);
}

}  // namespace candor::core
