// The counted history of one component: which status was true from when, by the evidence (rule 12).
//
// Spans are appended in time order and kept for kTimelineKept; what was not measured is kept as
// separate exclusions, because a gap or a retraction speaks of the past without rewriting it.
// Copies share their full chunks, so copying a State per publication is cheap.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "base/codec.h"
#include "base/time.h"
#include "model/status.h"

namespace candor::core {

inline constexpr Duration kTimelineKept = days(400);
// Per component; older spans merge away first, so that a year of flapping stays bounded.
inline constexpr std::size_t kTimelineSpansMax = 20'000;

struct Span {
    Timestamp from;
    ComponentStatus status = ComponentStatus::kUnknown;

    friend bool operator==(const Span&, const Span&) = default;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("from", self.from);
        visit("status", self.status);
    }
};

struct Exclusion {
    Timestamp from;
    Timestamp to;

    friend bool operator==(const Exclusion&, const Exclusion&) = default;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("from", self.from);
        visit("to", self.to);
    }
};

class Timeline {
   public:
    // The component has `status` from `from` on. Trouble reaches back over what was better, since
    // it began with its first failure; anything else never reaches behind the newest span's start
    // and replaces it when it begins there. Equal status appends nothing.
    void set(Timestamp from, ComponentStatus status);

    // [from, to) counts as unmeasured. Empty or inverted intervals are ignored.
    void exclude(Timestamp from, Timestamp to);

    // Drops what ended before `horizon`.
    void trim(Timestamp horizon);

    bool empty() const { return full_.empty() && tail_.empty(); }
    std::size_t size() const;
    // Every span with an end after `from` and a start before `to`, ascending.
    std::vector<Span> between(Timestamp from, Timestamp to) const;
    const std::vector<Exclusion>& exclusions() const { return exclusions_; }
    Span last() const;  // requires !empty()

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        self.visit_spans(visit);
        visit("exclusions", self.exclusions_);
    }

   private:
    static constexpr std::size_t kChunk = 64;
    using Chunk = std::vector<Span>;

    template <class Visit>
    void visit_spans(Visit& visit) {
        std::vector<Span> spans;
        visit("spans", spans);
        assign(std::move(spans));
    }
    template <class Visit>
    void visit_spans(Visit& visit) const {
        visit("spans", flatten());
    }
    std::vector<Span> flatten() const;
    void assign(std::vector<Span> spans);
    void push(Span span);
    void pop();

    std::vector<std::shared_ptr<const Chunk>> full_;  // each exactly kChunk spans
    Chunk tail_;                                      // fewer than kChunk spans
    std::vector<Exclusion> exclusions_;               // ascending, not overlapping
};

}  // namespace candor::core
